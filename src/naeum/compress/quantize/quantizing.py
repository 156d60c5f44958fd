"""How is an exported folder brought to eight bits, and what did that cost?

The activations of some fit rows say where ends lie and what each layer costs by itself; then the whole is measured on
tune, and the dearest layers go back to float32 until the loss holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.export import folder, parity
from naeum.compress.export.layers import Layer, layers
from naeum.compress.export.reaching import reached
from naeum.compress.loss.carried import Carried, carried
from naeum.compress.loss.compared import Loss, compared
from naeum.compress.quantize import balancing, calibration, eight_bits, rounding, sensitivity, stored
from naeum.compress.quantize.arithmetic import INT4, INT8, NF4, Arithmetic
from naeum.compress.quantize.fallback import fewest
from naeum.compress.quantize.ranges import between
from naeum.compress.reading import opening, reader
from naeum.compress.reading.cells import tidied
from naeum.contract import Dataset, Outputs, Task, subset
from naeum.errors import InputError, ParityError
from naeum.extras import need
from naeum.measure import metric
from naeum.measure.judged import row_errors

DYNAMIC = "dynamic"
SEEN = 256  # fit rows, spread evenly, that show how activations lie
HEARD = 64  # of them that noise in the scores is measured on: a share to a few percent
LISTED = 3  # layers that a sentence names
WHOLE = (INT8, INT4, NF4)  # with these, vectors beside a graph are kept in eight bits
LEAST = 1e-9  # a score of nothing is not divided by


@dataclass(frozen=True)
class Settings:
    """How it is done; see `Quantized`."""

    how: str
    max_loss: float
    kept: tuple[str, ...] | None
    arithmetic: Arithmetic = Arithmetic()  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, eq=False)
class _Graph:
    """One graph of the folder in float32."""

    node: dict[str, Any]
    model: Any  # onnx.ModelProto
    layers: tuple[Layer, ...]
    ends: eight_bits.Ends | None
    costs: tuple[sensitivity.Cost, ...]
    noise: tuple[Carried, ...]  # what layers carry of it into the scores


@dataclass(frozen=True)
class Measured:
    """The model in eight bits beside the one in float32, on tune."""

    rows: int
    before: float  # score of the task's metric
    after: float
    loss: float  # relative; below 0: it got better
    flips: int  # rows with another answer
    better: int  # rows that are less wrong now
    worse: int


@dataclass(frozen=True)
class EightBits:
    """What was done and what it cost; `model.json` has it under "eight_bits"."""

    how: str
    kept: tuple[str, ...]  # layers that stay in float32
    layers: tuple[sensitivity.Cost, ...]  # each by itself, the dearest first
    instructions: str  # of the processor it was measured on; '' for none
    size_mb: tuple[float, float]  # of the graphs, before and after
    measured: Measured | None  # None without labelled tune rows
    plain: Measured | None  # with no layer kept
    noise: tuple[Carried, ...] = ()  # which layers carry it into the scores, of all of them in eight bits
    arithmetic: Arithmetic = Arithmetic()  # noqa: RUF009 - a frozen value

    def said(self, loss: Loss | None) -> str:
        """What was lost, in which layers, and what to do next."""
        return " ".join(_sentences(self, loss))


def quantize(place: Path, card: dict[str, Any], fit: Dataset, tune: Dataset, settings: Settings) -> dict[str, Any]:
    """Bring the graphs of an exported folder to eight bits, in place.

    Args:
        place: the folder; only the caller has it.
        card: what its model.json says.
        fit: rows that show how activations lie.
        tune: rows that the loss is measured on.
        settings: how.

    Returns:
        The card of the changed folder.

    Raises:
        InputError: the folder has no graph, a layer to be kept is not there, or the rows are not of its task.
        ParityError: with the layers that were to be kept it loses more than it may.
    """
    work = _Work(place, card, fit, tune, settings)
    kept = settings.kept
    if kept is None:
        order = [one.layer for one in work.costs]
        kept = fewest(order, lambda some: work.measured(some).loss, settings.max_loss) if len(work.judged) else ()
    unknown = set(kept) - {one.layer for one in work.costs}
    if unknown:
        known = ", ".join(one.layer for one in work.costs[:LISTED])
        raise InputError(
            f"a layer to keep must be one of the model; got {sorted(unknown)[0]!r}; its layers are {known}, …"
        )
    if len(work.judged) and (lost := work.measured(tuple(kept)).loss) > settings.max_loss:
        worst = ", ".join(one.said for one in work.costs[:LISTED])
        raise ParityError(
            f"a model in {settings.arithmetic.called} must lose at most {100 * settings.max_loss:.2g} % of its score; "
            f"it loses {100 * lost:.2g} %, most in {worst}; keep more layers, or leave out which to have it decided"
        )
    return work.finished(tuple(kept))


class _Work:
    """The graphs in float32, and what was measured so far."""

    def __init__(self, place: Path, card: dict[str, Any], fit: Dataset, tune: Dataset, settings: Settings) -> None:
        self.place, self.card, self.how, self.fit = place, card, settings.how, fit
        self.arithmetic = settings.arithmetic
        self.task = Task.from_json(card["task"])
        nodes = [node for node in folder.nodes(card["model"]) if node["kind"] in opening.GRAPHS]
        self.vectors = stored.Vectors.of(place, card) if self.arithmetic.weights in WHOLE else ()
        some = _spread(fit)
        if nodes:
            ends = settings.how != DYNAMIC and not settings.arithmetic.alone
            calibration.check(self.task, some, tune, ends=ends)
        seen = tidied(parity.cells(some.rows, self.task.inputs), self.task.to_json())
        inside = ((node, reached(card["model"], node, seen) or []) for node in nodes)
        found = (self._graph(node, rows, many=len(nodes) > 1) for node, rows in inside)
        self.graphs = [graph for graph in found if graph.layers]
        costs = [cost for graph in self.graphs for cost in graph.costs] + [one.cost for one in self.vectors]
        self.costs = sorted(costs, key=lambda one: one.decibels)
        if not costs:
            raise InputError(
                "a model must have an encoder, or vectors of words, to be quantized; this one has none; n-grams and "
                "tables are small and quick as they are"
            )
        known = np.flatnonzero(tune.target >= 0)
        self.judged = subset(tune, known, tune.key)  # maybe no row
        self.own = self._answers(card)
        self.done: dict[tuple[str, ...], Measured] = {}
        self.answers: dict[tuple[str, ...], Outputs] = {}
        self.rounded: dict[str, str] = {}  # files of vectors -> the same in eight bits, those that were written

    def measured(self, kept: tuple[str, ...]) -> Measured:
        """The model with these layers in float32 beside the one with all of them."""
        if kept not in self.done:
            self.answers[kept] = self._answers(self._written(kept))
            self.done[kept] = self._measured(self.answers[kept])
        return self.done[kept]

    def finished(self, kept: tuple[str, ...]) -> dict[str, Any]:
        """The card of the folder with these layers in float32; the graphs in float32 are gone."""
        before = _megabytes(self.place, self.card)
        measured, plain = (self.measured(some) if len(self.judged) else None for some in (kept, ()))
        card = self._written(kept)  # once more, as what was measured last may be another
        used = set(folder.files(card))
        for name in [*(graph.node["file"] for graph in self.graphs), *self.rounded.values(), *self.rounded]:
            if name not in used:
                (self.place / name).unlink()
        sizes = before, _megabytes(self.place, card)
        noise = _together([graph.noise for graph in self.graphs])
        found = EightBits(
            self.how, kept, tuple(self.costs), eight_bits.instructions(), sizes, measured, plain, noise, self.arithmetic
        )
        loss = self._loss(kept, noise) if len(self.judged) else None
        told = {} if loss is None else {"loss": loss.to_json()}
        return {**card, **told, "eight_bits": {**asdict(found), "said": found.said(loss)}}

    def _loss(self, kept: tuple[str, ...], noise: Sequence[Carried]) -> Loss:
        """Where it was lost, with these layers in float32."""
        left = [one for one in noise if one.layer not in kept and (one.layer or not kept)]
        whole = sum(one.share for one in left) or 1.0
        shares = [replace(one, share=one.share / whole) for one in left]
        return compared(self.own, self.answers[kept], self.judged, fit=self.fit, layers=shares)

    def _graph(self, node: dict[str, Any], seen: list[list[Any]], many: bool) -> _Graph:
        onnx = need("onnx", "quantizing")
        model = onnx.load(str(self.place / node["file"]))
        found = self._layers(model, node, many)
        if not found:
            return _Graph(node, model, (), None, (), ())
        read = opening.graph(self.place, node, opening.Wanted("label", 1))
        batches = [given for _, given in read.batches(seen)]
        values: balancing.Seen = sensitivity.activations(self.place / node["file"], found, batches)
        if self.arithmetic.balance:
            model, values = balancing.balanced(model, found, values, self.how, self.arithmetic)
            found = self._layers(model, node, many)
        ends = {name: between(value, self.how) for name, value in values.items()} if self.how != DYNAMIC else None
        costs = sensitivity.costs(model, found, values, self.how, self.arithmetic)
        softmax = self.task.output in ("label", "tags")
        heard = read.batches(seen[:: -(-len(seen) // HEARD)])
        told = _Heard(model, found, ends, [given for _, given in heard], self.arithmetic)
        noise = carried(costs, told.alone, told.scores(model), softmax=softmax)
        return _Graph(node, model, found, ends, costs, noise)

    def _layers(self, model: Any, node: dict[str, Any], many: bool) -> tuple[Layer, ...]:
        """Of a graph; with several graphs their file stands before their names."""
        found = layers(model)
        return tuple(replace(one, name=f"{node['file']}:{one.name}") for one in found) if many else found

    def _written(self, kept: tuple[str, ...]) -> dict[str, Any]:
        """Write the graphs with these layers in float32; gives the card that names them."""
        onnx, names = need("onnx", "quantizing"), {}
        for graph in self.graphs:
            changing = [layer for layer in graph.layers if layer.name not in kept]
            names[graph.node["file"]] = f"{graph.node['file'].removesuffix('.onnx')}.{self.arithmetic.weights}.onnx"
            made = rounding.graph(graph.model, changing, graph.ends, self.arithmetic)
            onnx.save(made, str(self.place / names[graph.node["file"]]))
        for one in self.vectors:
            if one.layer not in kept:
                if one.file not in self.rounded:
                    self.rounded[one.file] = one.write(self.place, INT8)
                names[one.file] = self.rounded[one.file]
        return {**self.card, "model": _renamed(self.card["model"], names)}

    def _answers(self, card: dict[str, Any]) -> Outputs:
        folder.describe(self.place, card)
        return parity.answers(reader.Model(self.place), self.task, self.judged.rows)

    def _measured(self, new: Outputs) -> Measured:
        chosen = metric(self.task.metric)
        before, after = (chosen.score(outputs, self.judged) for outputs in (self.own, new))
        errors = [row_errors(outputs, self.judged) for outputs in (self.own, new)]
        return Measured(
            len(self.judged),
            before,
            after,
            chosen.sign * (before - after) / max(abs(before), LEAST),
            parity.flips(self.own, new),
            int((errors[1] < errors[0]).sum()),
            int((errors[1] > errors[0]).sum()),
        )


@dataclass(frozen=True, eq=False)
class _Heard:
    """A graph with some rows, whose scores are looked at."""

    model: Any
    layers: tuple[Layer, ...]
    ends: eight_bits.Ends | None
    batches: list[dict[str, Any]]
    arithmetic: Arithmetic

    def alone(self, names: tuple[str, ...]) -> Any:
        """The scores with these layers alone in other numbers."""
        chosen = [layer for layer in self.layers if layer.name in names]
        return self.scores(rounding.graph(self.model, chosen, self.ends, self.arithmetic))

    def scores(self, model: Any) -> Any:
        """(rows, columns) of a graph in memory."""
        runtime = need("onnxruntime", "quantizing")
        options = runtime.SessionOptions()
        options.log_severity_level = 3  # errors only
        session = runtime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
        return np.concatenate([session.run(None, given)[0] for given in self.batches])


def _together(several: Sequence[tuple[Carried, ...]]) -> tuple[Carried, ...]:
    """What layers of several graphs carry: each graph is taken to add alike."""
    found = [replace(one, share=one.share / len(several)) for noise in several for one in noise]
    return tuple(sorted(found, key=lambda one: -one.share))


def _spread(fit: Dataset) -> Dataset:
    """SEEN labelled rows that count, evenly spread; all rows where none is one."""
    counted = np.flatnonzero((fit.weight > 0) & (fit.target >= 0))
    counted = counted if len(counted) else np.arange(len(fit))
    return subset(fit, counted[:: -(-len(counted) // SEEN)], fit.key)


def _renamed(node: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = dict(node)
    found |= {key: names.get(node[key], node[key]) for key in ("file", "arrays") if key in node}
    if "members" in node:
        found["members"] = [_renamed(member, names) for member in node["members"]]
    return found


def _megabytes(place: Path, card: dict[str, Any]) -> float:
    """Of graphs, and of vectors that lie beside them."""
    beside = (
        node[stored.STORED[node["kind"]][0]] for node in folder.nodes(card["model"]) if node["kind"] in stored.STORED
    )
    files = {*beside, *(name for name in folder.files(card) if name.endswith(".onnx"))}
    return float(sum((place / name).stat().st_size for name in files)) / 1e6


def _sentences(found: EightBits, loss: Loss | None) -> list[str]:
    before, after = found.size_mb
    called = found.arithmetic.called
    how = "weights alone" if found.arithmetic.alone else found.how
    said = [f"In {called} ({how}) graphs and vectors have {after:.1f} MB instead of {before:.1f} MB."]
    worst = ", ".join(one.said for one in found.layers[:LISTED])
    if found.kept and found.plain is not None:
        said.append(
            f"With every layer in {called} it would have lost {100 * found.plain.loss:.2g} %, so {len(found.kept)} of "
            f"{len(found.layers)} layers stay in float32: {', '.join(found.kept[:LISTED])}"
            f"{', …' if len(found.kept) > LISTED else ''}."
        )
    said.append(f"It costs most in {worst}.")
    if loss is not None:
        said.append(loss.said)
    if len(found.kept) == len(found.layers):
        said.append("No layer is changed in the end: allow a larger loss, or try another calibration.")
    if found.arithmetic.alone:
        said.append("Weights come back to float32 before they are multiplied: this is smaller, and not quicker here.")
    elif not found.instructions:
        said.append("This processor is not known to sum products of bytes in one step: float32 may be as quick here.")
    return said
