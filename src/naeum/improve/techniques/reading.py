"""How much of a text is read, and which part of what the base model knows is used?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, of_kind, settings, technique, whose

LENGTHS = (64, 128, 256, 512)  # tokens; the encoders of the catalogue read at most 512
PIECES = {"ko": 2.2, "ja": 2.0, "zh": 2.0}  # tokens a word; a Korean word carries its particles
PIECES_ELSE = 1.4
CHARACTERS = (128, 256, 512, 1024)  # what a network over characters may read
A_WORD = {"ko": 4.2}  # characters a word, the space included
A_WORD_ELSE = 6.0
LAYERS = (-1, -2, -3, -4)  # from the last; the middle layers often hold more than the last (Liu et al. 2019)
SIDE_BY_SIDE = (1, 2, 4)
DEEPEST = 6  # layers from the last that every base model of the catalogue has


def _max_length(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, now in settings(rung.learner, "max_length"):
        holder = values.get(rung.learner, path.rpartition(".")[0])
        tokens = hasattr(holder, "base")
        wanted, seen = _long(evidence, now) if tokens else _long_characters(evidence)
        longer = [length for length in (LENGTHS if tokens else CHARACTERS) if length > now]
        if not longer or wanted <= now:
            continue
        enough = next((length for length in longer if length >= wanted), longer[-1])
        unit = "tokens" if tokens else "characters"
        for new in dict.fromkeys((enough, longer[0])):
            yield Change(
                values.put(rung.learner, path, new),
                f"reading {new} instead of {now} {unit} in {whose(rung.learner, path)}",
                f"5 % of the texts are longer than about {seen:.0f} {unit}",
            )


def _long(evidence: Evidence, now: int) -> tuple[float, float]:
    """The tokens that should be read, and the 95 % quantile of lengths that says so."""
    for finding in evidence.findings:
        if finding.code == "M05" and "p95" in finding.numbers and finding.numbers.get("max_length", now) <= now:
            # What was cut off is longer than the maximum even where the quantile is not.
            return max(finding.numbers["p95"], now + 1), finding.numbers["p95"]
    length = _by_language(evidence, PIECES, PIECES_ELSE)
    return length, length


def _long_characters(evidence: Evidence) -> tuple[float, float]:
    length = _by_language(evidence, A_WORD, A_WORD_ELSE)
    return length, length


def _by_language(evidence: Evidence, of_word: Mapping[str, float], otherwise: float) -> float:
    """The 95 % quantile of lengths, from that in words."""
    each = of_word.get(evidence.languages[0], otherwise) if evidence.languages else otherwise
    return each * evidence.tokens.get("p95", 0.0)


def _layer_pooling(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, node in of_kind(rung.learner, "probe"):
        for layer in (one for one in LAYERS if one != node.layer and node.layers - one - 1 <= DEEPEST):
            yield Change(
                values.put(rung.learner, f"{path}.layer".lstrip("."), layer),
                f"layer {layer} instead of {node.layer} under {whose(rung.learner, path)}",
                "all layers come from one pass, and the last is not always the most telling",
            )
        for layers in (one for one in SIDE_BY_SIDE if one != node.layers):
            if layers - node.layer - 1 <= DEEPEST:
                yield Change(
                    values.put(rung.learner, f"{path}.layers".lstrip("."), layers),
                    f"{layers} instead of {node.layers} layers side by side under {whose(rung.learner, path)}",
                    f"{evidence.rows} rows may bear a {'wider' if layers > node.layers else 'narrower'} head better",
                )
    for path, now in settings(rung.learner, "pooling"):
        for pooling in (one for one in _options(rung.learner, path) if one != now):
            yield Change(
                values.put(rung.learner, path, pooling),
                f"{pooling} instead of {now} pooling in {whose(rung.learner, path)}",
                f"a text of {evidence.tokens.get('p50', 0):.0f} words may be summed up in several ways",
            )


def _options(learner: Any, path: str) -> tuple[Any, ...]:
    """What a setting may be, by its search space."""
    holder, _, name = path.rpartition(".")
    spaces = {field.name: field.metadata.get("space") for field in dataclasses.fields(values.get(learner, holder))}
    space = spaces[name]
    return space.options if isinstance(space, values.Choice) else ()


MAX_LENGTH = technique("max_length", "longer texts", ("M05",), _max_length)
LAYER_POOLING = technique("layer_pooling", "another layer or pooling", ("M01",), _layer_pooling)
