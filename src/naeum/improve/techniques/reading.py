"""How much of a text is read, and which part of what the base model knows is used?"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, of_kind, settings, technique, whose

LENGTHS = (64, 128, 256, 512)  # tokens; the encoders of the catalogue read at most 512
PIECES = {"ko": 2.2, "ja": 2.0, "zh": 2.0}  # word pieces a word; a Korean word carries its particles
PIECES_ELSE = 1.4
LAYERS = (-1, -2, -3, -4)  # from the last; the middle layers often hold more than the last (Liu et al. 2019)


def _max_length(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    wanted, seen = _long(evidence)
    for path, now in settings(rung.learner, "max_length"):
        longer = [length for length in LENGTHS if length > now]
        if not longer or wanted <= now:
            continue
        enough = next((length for length in longer if length >= wanted), longer[-1])
        for new in dict.fromkeys((enough, longer[0])):
            yield Change(
                values.put(rung.learner, path, new),
                f"reading {new} instead of {now} tokens in {whose(rung.learner, path)}",
                f"5 % of the texts are longer than about {seen:.0f} tokens",
            )


def _long(evidence: Evidence) -> tuple[float, float]:
    """The tokens that should be read, and the 95 % quantile of lengths that says so."""
    for finding in evidence.findings:
        if finding.code == "M05" and "p95" in finding.numbers:
            # What was cut off is longer than the maximum even where the quantile is not.
            return max(finding.numbers["p95"], finding.numbers.get("max_length", 0) + 1), finding.numbers["p95"]
    pieces = PIECES.get(evidence.languages[0], PIECES_ELSE) if evidence.languages else PIECES_ELSE
    length = pieces * evidence.tokens.get("p95", 0.0)
    return length, length


def _layer_pooling(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, node in of_kind(rung.learner, "probe"):
        for layer in (one for one in LAYERS if one != node.layer):
            yield Change(
                values.put(rung.learner, f"{path}.layer".lstrip("."), layer),
                f"layer {layer} instead of {node.layer} under {whose(rung.learner, path)}",
                "all layers come from one pass, and the last is not always the most telling",
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
