"""How long, how fast and in which steps should a network learn?"""

from __future__ import annotations

import math
from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, found, of_kind, technique, whose

# What may be proposed for an optimization of either kind: an encoder's, or that of a network from nothing, on images.
KINDS = ("optimization", "descent")
EPOCHS = {"optimization": (1.0, 20.0), "descent": (5.0, 120.0)}
# Small networks take a hundred times the rate of an encoder, gradient descent with momentum ten times more again.
RATES = {"optimization": (1e-6, 3e-2), "descent": (1e-3, 0.5)}
BATCHES = (8, 256)  # rows of a step
LONG_WARMUP = 0.2  # share of the schedule; for trainings that jumped
SCHEDULES = ("linear", "cosine")


def _epochs(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    codes = found(evidence)
    fewer = "M02" in codes and not codes & {"M01", "M09"}
    for at, node in of_kind(rung.learner, *KINDS):
        factors = (0.5, 2.0) if fewer else (2.0, 1.5) if codes & {"M01", "M09"} else (2.0, 0.5)
        least, most = EPOCHS[node.kind]
        for factor in factors:
            new = round(min(max(node.epochs * factor, least), most), 1)
            yield Change(
                values.put(rung.learner, _at(at, "epochs"), new),
                f"{new:g} epochs instead of {node.epochs:g} for {whose(rung.learner, at)}",
                f"on {evidence.rows} rows the best length of training is not known beforehand",
            )


def _learning_rate(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    codes = found(evidence)
    for at, node in of_kind(rung.learner, *KINDS):
        least, most = RATES[node.kind]
        for factor in (1 / 3, 1 / 10) if "M10" in codes else (2.0, 0.5):
            new = _rounded(min(max(node.learning_rate * factor, least), most))
            yield Change(
                values.put(rung.learner, _at(at, "learning_rate"), new),
                f"learning rate {new:g} instead of {node.learning_rate:g} for {whose(rung.learner, at)}",
                "of all settings of a training it matters most, and the best one differs between data sets",
            )


def _schedule(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for at, node in of_kind(rung.learner, *KINDS):
        for new in SCHEDULES:
            if new != node.schedule:
                yield Change(
                    values.put(rung.learner, _at(at, "schedule"), new),
                    f"a {new} instead of a {node.schedule} schedule for {whose(rung.learner, at)}",
                    f"it spends its {node.epochs:g} epochs differently between high and low rates",
                )
        if node.warmup < LONG_WARMUP:
            yield Change(
                values.put(rung.learner, _at(at, "warmup"), LONG_WARMUP),
                f"a warm-up of {LONG_WARMUP:.0%} instead of {node.warmup:.0%} for {whose(rung.learner, at)}",
                "a slower start harms the base model less",
            )


def _batch_size(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """The learning rate goes with the square root of the batch, as holds for Adam (Malladi et al. 2022)."""
    larger = "M10" in found(evidence)
    for at, node in of_kind(rung.learner, *KINDS):
        for factor in (2.0,) if larger else (2.0, 0.5):
            new = int(node.batch_size * factor)
            if BATCHES[0] <= new <= min(BATCHES[1], max(evidence.rows // 10, BATCHES[0])):
                learner = values.put(rung.learner, _at(at, "batch_size"), new)
                rate = _rounded(min(node.learning_rate * math.sqrt(factor), RATES[node.kind][1]))
                yield Change(
                    values.put(learner, _at(at, "learning_rate"), rate),
                    f"{new} instead of {node.batch_size} rows a step for {whose(rung.learner, at)}, at rate {rate:g}",
                    f"{evidence.rows} rows give {evidence.rows // new} steps an epoch",
                )


def _at(path: str, name: str) -> str:
    return f"{path}.{name}".lstrip(".")


def _rounded(rate: float) -> float:
    """To two digits: 0.0002, not 0.00019999."""
    return float(f"{rate:.1e}")


EPOCHS_TECHNIQUE = technique("epochs", "longer or shorter training", ("M01", "M02", "M06", "M09", "M10"), _epochs)
LEARNING_RATE = technique("learning_rate", "another learning rate", ("M01", "M06", "M09", "M10"), _learning_rate)
SCHEDULE = technique("schedule", "another learning-rate schedule", ("M01", "M09", "M10"), _schedule)
BATCH_SIZE = technique("batch_size", "another batch size", ("M09", "M10"), _batch_size)
