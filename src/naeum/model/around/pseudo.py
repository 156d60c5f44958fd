"""Does a learner get better when it also learns from rows without a label, by what a model of it says of them?

The learner is fitted on the labelled rows and answers the unlabelled ones with its temperature set on held-out rows.
Its answers are moved so that classes come as often as among the labels (distribution alignment); rows that it is sure
of, by a threshold of each class, become rows to learn from with soft targets, as many of a class as its share allows;
the learner is fitted again on all. Rows to tune or to select on are never among them.

References:
    Lee 2013, "Pseudo-label: the simple and efficient semi-supervised learning method".
    Berthelot et al. 2020, "ReMixMatch" (distribution alignment); Sohn et al. 2020, "FixMatch" (only sure rows).
    Zhang et al. 2021, "FlexMatch" (a threshold of each class, lower where a class is learned worse).
    Xie et al. 2020, "Self-training with noisy student" (rounds; put `Augmented` inside, or take dropout, for noise).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import values
from naeum.contract import (
    PSEUDO,
    Dataset,
    Floats,
    InputKind,
    Ints,
    OutputKind,
    Parts,
    Run,
    Shape,
    State,
    Task,
    subset,
)
from naeum.data.parts import joined
from naeum.errors import InputError
from naeum.model.around.one import AroundOne
from naeum.model.around.weights import log_probabilities, temperature
from naeum.model.claims import ALL, LABEL
from naeum.model.table.cases import shares_of
from naeum.values import Choice, Real, setting

MOST_ASKED = 50_000  # unlabelled rows that a model is asked about, and
ASKED_A_ROW = 20  # as many for each labelled row: more cannot all be taken
LEAST_SHARE = 0.01  # of a class in a soft target; less is left out, so that 150 classes do not make 150 cases of a row
UNDECIDED = 1.0  # temperature where there are no held-out rows


@dataclass(frozen=True)
class Pseudo:
    """`inner` fitted again on the labelled rows and on rows without a label that a fit of it is sure of.

    Args:
        inner: the learner, first the teacher, then the student.
        confidence: probability from which an unlabelled row of the class that is known best is taken; of other classes
            from as much less as the teacher is less sure of them.
        share: pseudo rows a labelled row, at most; each class gets its share of them.
        weight: of a pseudo row over that of a labelled one.
        align: whether answers are moved so that classes come as often as among the labels.
        soft: whether a row is learned with the probabilities of all classes, or with the likeliest one.
        rounds: how often the student becomes the teacher.
        temperature: of the teacher; 0: the one with the least log loss on held-out rows.

    Raises:
        InputError: a number is out of its range.

    Example:
        >>> from naeum.model.floor import Majority
        >>> Pseudo(Majority()).rows_factor
        5.0
    """

    inner: Any = None
    confidence: float = setting(0.8, Real(0.5, 0.98))
    share: float = setting(3.0, Real(0.5, 10.0, log=True))
    weight: float = setting(0.5, Real(0.1, 1.0))
    align: bool = setting(True, Choice((True, False)))
    soft: bool = setting(True, Choice((True, False)))
    rounds: int = 1
    temperature: float = 0.0

    kind: ClassVar[str] = "pseudo"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = LABEL
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if not (0 <= self.confidence < 1 and self.share > 0 and 0 < self.weight <= 1):
            raise InputError(
                f"confidence must be in [0, 1), share above 0 and weight above 0 and at most 1; got {self.confidence}, "
                f"{self.share} and {self.weight}; leave them out to use the defaults"
            )
        if self.rounds < 1 or self.temperature < 0:
            raise InputError(
                f"rounds must be 1 or more and temperature 0 or more; got {self.rounds} and {self.temperature}; leave "
                "them out to use the defaults"
            )

    @property
    def rows_factor(self) -> float:
        """How many times the labelled rows all fits learn from."""
        return 1.0 + self.rounds * (1.0 + self.share)

    def fit(self, parts: Parts, run: Run) -> Taught:
        """Fit the teacher, label what it is sure of, and fit again; without unlabelled rows the teacher is all."""
        rows = asked(run.bare, parts, run.seed)
        model = run.fit(self.inner, parts, share=1 / (self.rounds + 1))
        heat = self.temperature
        if not heat:
            heat = UNDECIDED
            if len(rows) and (parts.tune.target >= 0).any():
                outputs, data = run.held_out(self.inner, parts)
                heat = temperature(log_probabilities(outputs), data)
        for done in range(self.rounds if len(rows) else 0):
            told = log_probabilities(model.predict(rows.rows)) / heat
            made = labelled(rows, told, parts.fit, self)
            run.report(done + 1, self.rounds, None, f"{len(made):,} of {len(rows):,} rows without a label are taken")
            if not len(made):
                break
            model = run.fit(self.inner, Parts(together(parts.fit, made), parts.tune), share=1 / (self.rounds - done))
        return Taught(model, heat)


@dataclass(frozen=True, eq=False)
class Taught(AroundOne):
    """The student, and the temperature that its teacher had."""

    temperature: float

    kind: ClassVar[str] = "taught"
    version: ClassVar[int] = 1

    def state(self) -> State:
        """The temperature beside the student."""
        return State({"temperature": self.temperature}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> Taught:
        """Read back."""
        return cls(state.children["inner"], float(state.settings["temperature"]))

    def decided(self, learner: Pseudo) -> Pseudo:
        """The student decided, and the temperature written down."""
        return replace(learner, inner=self.inner.decided(learner.inner), temperature=self.temperature)


def asked(rows: Dataset | None, parts: Parts, seed: int) -> Dataset:
    """The unlabelled rows that a teacher is asked about: all, or as many as could be taken, drawn by their ids."""
    fit, none = parts.fit, np.empty(0, np.int64)
    if rows is None:
        return subset(fit, none, f"{fit.key}/nothing")
    known = set(fit.ids.tolist()) | set(parts.tune.ids.tolist())
    there = np.array([at for at, one in enumerate(rows.ids.tolist()) if one not in known], np.int64)
    most = min(MOST_ASKED, ASKED_A_ROW * len(fit))
    if len(there) > most:
        there = np.sort(there[np.random.default_rng(seed).permutation(len(there))[:most]])
    inputs = list(fit.task.inputs)
    whole = replace(rows, task=fit.task, rows=rows.rows.select(inputs))
    return subset(whole, there, values.digest(f"{rows.key}{inputs}{len(there)}{seed}"))


def labelled(rows: Dataset, told: np.ndarray, fit: Dataset, how: Pseudo) -> Dataset:
    """The rows that are sure enough, with targets, as rows of origin PSEUDO.

    Args:
        rows: without a label.
        told: (rows, classes) log-probabilities.
        fit: the labelled rows, for how often each class comes.
        how: thresholds and shares.
    """
    shares = shares_of(fit) * np.asarray(fit.weight, np.float64)[:, None]
    often = shares.sum(axis=0) / max(shares.sum(), 1e-12)
    chances = np.exp(told - told.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    if how.align:
        chances = aligned(chances, often)
    heard = (fit.target >= 0) & (fit.weight > 0)
    at = chosen(chances, often, how.confidence, how.share * int(heard.sum()))
    codes = chances[at].argmax(axis=1).astype(np.int64)
    soft = np.where(chances[at] >= LEAST_SHARE, chances[at], 0.0) if how.soft else np.eye(len(often))[codes]
    soft = np.asarray(soft / np.maximum(soft.sum(axis=1, keepdims=True), 1e-12), np.float32)
    mean = float(fit.weight[heard].mean()) if heard.any() else 1.0
    key = values.digest(values.canonical([rows.key, at.tolist(), values.digest(soft.tobytes()), how.weight]))
    return replace(
        subset(rows, at, key), target=codes, soft=soft, weight=np.full(len(at), how.weight * mean, np.float32),
        origin=np.full(len(at), PSEUDO, np.uint8),
    )  # fmt: skip


def aligned(chances: np.ndarray, often: np.ndarray) -> np.ndarray:
    """Probabilities (rows, classes) moved so that their mean comes near how often classes are.

    Example:
        >>> aligned(np.array([[0.8, 0.2], [0.8, 0.2]]), np.array([0.5, 0.5])).round(2).tolist()
        [[0.5, 0.5], [0.5, 0.5]]
    """
    moved = chances * (often / np.maximum(chances.mean(axis=0), 1e-12))
    return np.asarray(moved / np.maximum(moved.sum(axis=1, keepdims=True), 1e-300), np.float64)


def chosen(chances: np.ndarray, often: np.ndarray, confidence: float, most: float) -> Ints:
    """The rows (rising) that are sure enough for their class, the surest of each class, and no more than its share.

    Args:
        chances: (rows, classes).
        often: (classes,) shares of the classes among the labels.
        confidence: the threshold of the class that rows are surest of.
        most: rows of all classes.
    """
    codes, sure = chances.argmax(axis=1), chances.max(axis=1)
    counts = np.bincount(codes, minlength=len(often))
    means = np.bincount(codes, sure, len(often)) / np.maximum(counts, 1)
    limits = confidence * means / max(float(means.max()), 1e-12)
    found = []
    for code in np.flatnonzero(counts):
        here = np.flatnonzero((codes == code) & (sure >= limits[code]))
        here = here[np.lexsort((here, -sure[here]))]
        found.append(here[: round(most * often[code])])
    return np.sort(np.concatenate(found)).astype(np.int64) if found else np.empty(0, np.int64)


def together(fit: Dataset, made: Dataset) -> Dataset:
    """Labelled rows and pseudo rows, all with soft targets; a pseudo row is a group of its own."""
    soft: Floats = np.asarray(shares_of(fit), np.float32)
    first = int(fit.group.max(initial=0)) + 1
    alone = replace(made, group=first + np.arange(len(made), dtype=np.int64), truth=None)
    whole = joined((replace(fit, soft=soft, truth=None), alone))
    return replace(whole, key=values.digest(f"{fit.key}{made.key}"))
