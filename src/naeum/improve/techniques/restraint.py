"""Should a network be held back from learning its rows by heart, or be let go?

Dropout (Srivastava et al. 2014), decoupled weight decay (Loshchilov & Hutter 2019), label smoothing
(Szegedy et al. 2016; Müller et al. 2019 on what it does to calibration), the mean of the weights
along the way (Polyak & Juditsky 1992).
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, OutputKind, Rung
from naeum.improve.techniques.editing import Change, found, of_kind, settings, technique, whose

SMOOTHED: frozenset[OutputKind] = frozenset({"label", "labels", "tags"})
DROPOUTS = (0.0, 0.1, 0.2, 0.3)
DECAYS = (0.0, 0.01, 0.1, 0.3)  # decoupled; 0.3 is the most that published recipes of encoders use
DECAYS_OF_DESCENT = (0.0, 1e-4, 5e-4, 1e-3, 5e-3)  # coupled, with rates near 0.1
SMOOTHINGS = (0.0, 0.05, 0.1)
AVERAGES = (0.0, 0.99, 0.999)  # decay of the mean of the weights: over about the last 100 or 1000 steps


def _dropout(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    yield from _stepped(rung, evidence, "dropout", DROPOUTS, "dropout")


def _weight_decay(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for at, node in of_kind(rung.learner, "optimization", "descent"):
        steps = DECAYS if node.kind == "optimization" else DECAYS_OF_DESCENT
        path = f"{at}.weight_decay".lstrip(".")
        yield from _at(rung, evidence, (path, node.weight_decay), steps, "weight decay")


def _label_smoothing(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    yield from _stepped(rung, evidence, "label_smoothing", SMOOTHINGS, "label smoothing")


def _averaging(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    yield from _stepped(rung, evidence, "average", AVERAGES, "a mean of the weights with decay")


def _stepped(rung: Rung, evidence: Evidence, name: str, steps: tuple[float, ...], words: str) -> Iterator[Change]:
    """The two next stronger steps, or the next weaker one where the model learns too little."""
    for path, now in settings(rung.learner, name):
        yield from _at(rung, evidence, (path, now), steps, words)


def _at(
    rung: Rung, evidence: Evidence, place: tuple[str, float], steps: tuple[float, ...], words: str
) -> Iterator[Change]:
    path, now = place
    looser = "M01" in found(evidence) and "M02" not in found(evidence)
    wanted = [step for step in steps if step < now][-1:] if looser else [step for step in steps if step > now][:2]
    for new in wanted:
        yield Change(
            values.put(rung.learner, path, new),
            f"{words} {new:g} instead of {now:g} in {whose(rung.learner, path)}",
            f"{evidence.rows} rows are few for a network that can learn them by heart",
        )


DROPOUT = technique("dropout", "more or less dropout", ("M01", "M02"), _dropout)
WEIGHT_DECAY = technique("weight_decay", "more or less weight decay", ("M02",), _weight_decay)
LABEL_SMOOTHING = technique("label_smoothing", "label smoothing", ("M02", "M03", "M11"), _label_smoothing, SMOOTHED)
AVERAGING = technique("averaging", "the mean of the weights along the way", ("M02", "M10"), _averaging)
