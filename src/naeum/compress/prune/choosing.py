"""Which parts stay when an encoder may compute only so much?"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from naeum.compress.compact.operations import Prices, planned
from naeum.compress.compact.plan import Plan, Stay
from naeum.compress.prune.importance import Doubles, Importance

PARTS, LAYERS, WIDTH, ALL, EVERY = "parts", "layers", "width", "all", "every"
WHAT = (PARTS, LAYERS, WIDTH, ALL, EVERY)
# Of a layer's operations: with less left it goes as a whole. Its norms and sums, which are no operations here, take
# about as long as so much of MiniLM-L6 in batches of 32.
THIN = 0.15
TOGETHER = 16  # neurons, or columns of states, that stay or go together: processors compute that many float32 at once
FEWEST = 8  # blocks of columns of an encoder


def schedule(share: float, steps: int) -> tuple[float, ...]:
    """What stays after each step: much goes at first, little at last (Zhu & Gupta 2017, "To prune, or not to prune").

    Example:
        >>> [round(one, 3) for one in schedule(0.5, 3)]
        [0.648, 0.519, 0.5]
    """
    return tuple(share + (1.0 - share) * (1.0 - step / steps) ** 3 for step in range(1, steps + 1))


def best_parts(importance: Importance, prices: Prices, budget: float) -> Plan:
    """The heads and neurons that matter most for what they cost, over all layers, until a budget is spent.

    Each layer keeps its best head and its best TOGETHER neurons, whatever they cost.

    Args:
        importance: of what there is now.
        prices: multiply-adds a token.
        budget: the same, of all that stays.
    """
    heads = [_order(scores) for scores in importance.heads]
    blocks = [_blocks(scores) for scores in importance.neurons]
    kept = [[1, 1] for _ in heads]  # of each layer: heads, blocks of neurons
    spent = sum(prices.head + prices.neuron * len(layer[0]) for layer in blocks)
    waiting: list[tuple[float, int, int]] = []  # minus importance an operation, layer, 0 for heads and 1 for neurons

    def offer(layer: int, sort: int) -> None:
        at = kept[layer][sort]
        if sort == 0 and at < len(heads[layer]):
            heapq.heappush(waiting, (-importance.heads[layer][heads[layer][at]] / prices.head, layer, sort))
        if sort == 1 and at < len(blocks[layer]):
            block = blocks[layer][at]
            worth = float(importance.neurons[layer][block].sum()) / (prices.neuron * len(block))
            heapq.heappush(waiting, (-worth, layer, sort))

    for layer in range(len(heads)):
        offer(layer, 0)
        offer(layer, 1)
    while waiting:
        _, layer, sort = heapq.heappop(waiting)
        price = prices.head if sort == 0 else prices.neuron * len(blocks[layer][kept[layer][1]])
        if spent + price <= budget:
            spent += price
            kept[layer][sort] += 1
            offer(layer, sort)
    return Plan(
        tuple(
            Stay(at, _numbers(heads[at][: kept[at][0]]), _numbers(np.concatenate(blocks[at][: kept[at][1]])))
            for at in range(len(heads))
        )
    )


def best_of_all(importance: Importance, prices: Prices, budget: float) -> Plan:
    """As `best_parts`, but a layer of which less than THIN would stay goes as a whole, the thinnest first, and what it
    would have cost is shared out among the others."""
    left = list(range(len(importance.layers)))
    full = [len(one) * prices.head + len(other) * prices.neuron for one, other in _parts(importance)]
    while True:
        found = best_parts(_of_layers(importance, left), prices, budget)
        stay = tuple(replace(one, layer=left[one.layer]) for one in found.stay)
        thin = {one.layer: planned(Plan((one,)), prices) / full[one.layer] for one in stay}
        thinnest = min(thin, key=lambda layer: thin[layer])
        if thin[thinnest] >= THIN or len(left) == 1:
            return Plan(stay)
        left.remove(thinnest)


def best_layers(importance: Importance, prices: Prices, budget: float) -> Plan:
    """The whole layers that matter most, as many as a budget pays for, at least one."""
    costs = [len(one) * prices.head + len(other) * prices.neuron for one, other in _parts(importance)]
    kept: list[int] = []
    for layer in _order(importance.layers):
        if not kept or sum(costs[at] for at in (*kept, int(layer))) <= budget:
            kept.append(int(layer))
    return _everything(importance).only(kept)


def best_width(importance: Importance, prices: Prices, budget: float) -> Plan:
    """The columns of states that matter most, as many as a budget pays for, at least a block; every part stays."""
    every, blocks = _everything(importance), _columns(importance)
    count = len(blocks)
    while count > 1 and planned(replace(every, width=_first(blocks, count)), prices) > budget:
        count -= 1
    return replace(every, width=_first(blocks, count))


def best_of_every(importance: Importance, prices: Prices, budget: float) -> Plan:
    """The width at which least is lost: of columns that go, and of parts and layers that `best_of_all` then leaves out.

    A narrower encoder has room for more heads and neurons, as each costs less. Importance is a loss, which adds up.
    """
    blocks, best, least = _columns(importance), Plan(), np.inf
    for count in range(1, len(blocks) + 1):
        width = _first(blocks, count)
        plan = replace(best_of_all(importance, prices.at(len(width)), budget), width=width)
        lost = -sum(importance.columns[list(width)]) - _kept(importance, plan)
        if lost < least and (planned(plan, prices) <= budget or not best.stay):
            best, least = plan, lost
    return replace(best, width=()) if len(best.width) == len(importance.columns) else best


def _kept(importance: Importance, plan: Plan) -> float:
    """What the heads and neurons that stay matter together."""
    heads = (importance.heads[one.layer][list(one.heads)].sum() for one in plan.stay)
    neurons = (importance.neurons[one.layer][list(one.neurons)].sum() for one in plan.stay)
    return float(sum(heads) + sum(neurons))


def _everything(importance: Importance) -> Plan:
    return Plan(
        tuple(
            Stay(at, _numbers(np.arange(len(one))), _numbers(np.arange(len(other))))
            for at, (one, other) in enumerate(_parts(importance))
        )
    )


def _parts(importance: Importance) -> list[tuple[Doubles, Doubles]]:
    """Scores of heads and of neurons, by layer."""
    return list(zip(importance.heads, importance.neurons, strict=True))


def _of_layers(importance: Importance, layers: Sequence[int]) -> Importance:
    """The scores of some layers alone."""
    heads, neurons = (tuple(one[at] for at in layers) for one in (importance.heads, importance.neurons))
    return Importance(heads, neurons, importance.layers[list(layers)], importance.columns)


def _order(scores: Doubles) -> np.ndarray:
    """Numbers of parts, the one that matters most first; the earlier of equals."""
    return np.argsort(-scores, kind="stable")


def _blocks(scores: Doubles, together: int = TOGETHER) -> list[np.ndarray]:
    """Neurons or columns that stay or go together, those that matter most first."""
    order = _order(scores)
    return [order[at : at + together] for at in range(0, len(order), together)]


def _columns(importance: Importance) -> list[np.ndarray]:
    """Blocks of columns of states; of a narrow encoder smaller ones, so that there are some to choose from."""
    return _blocks(importance.columns, max(1, min(TOGETHER, len(importance.columns) // FEWEST)))


def _first(blocks: Sequence[np.ndarray], count: int) -> tuple[int, ...]:
    """The numbers in the first so many blocks."""
    return _numbers(np.concatenate(blocks[:count]))


def _numbers(found: np.ndarray | Sequence[int]) -> tuple[int, ...]:
    return tuple(sorted(int(one) for one in found))
