"""How well do n-grams and a linear model answer? Quick to make, small, and hard to beat on many texts.

References:
    Salton & Buckley 1988, "Term-weighting approaches in automatic text retrieval".
    Wang & Manning 2012, "Baselines and bigrams": n-grams weighted by naive-Bayes log-count ratios.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, OutputKind, Outputs, Parts, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.text.aims import answered, several
from naeum.model.text.examples import texts, to_learn
from naeum.model.text.logistic import Cases, solve
from naeum.model.text.vocabulary import Pieces, Vocabulary, build
from naeum.values import Choice, Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

GRID = (1.0, 4.0, 16.0, 64.0)  # of c, where it is decided on tune: wide, as log loss is flat near its best
UNDECIDED = 4.0  # c where it is to be decided and there is no tune row
NEVER = -30.0  # margin of a class without a fit row: probability 1e-13
CLASS_WEIGHTS = ("none", "balanced")
CLASSES: frozenset[OutputKind] = frozenset({"label", "labels"})

Scales = Callable[[slice], Floats]


@dataclass(frozen=True)
class TfidfLogistic:
    """Logistic regression on tf-idf weights of word and character n-grams, one class against the rest.

    Args:
        words, chars: shortest and longest n-gram, (0, 0) for none; those of characters run across words.
        min_df: in how many fit rows an n-gram must stand.
        c: how freely the weights follow the rows (the inverse of the L2 penalty); 0 = decided on tune.
        sublinear: whether a count enters as 1 + ln(count).
        class_weight: "balanced" gives every class the same weight in all; nothing where a row has several labels.
        max_features: how many n-grams, the most frequent, are kept.
        lowercase: whether A and a are one.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a label.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.data import make
        >>> from naeum.testing.runs import TinyRun
        >>> data = make(60, korean=True)
        >>> fitted = TfidfLogistic().fit(Parts(data, data), TinyRun(Path()))
        >>> bool((fitted.predict(data.rows).codes == data.target).all())
        True
    """

    words: tuple[int, int] = (1, 2)
    chars: tuple[int, int] = (1, 5)
    min_df: int = setting(2, Whole(1, 10, log=True))
    c: float = setting(8.0, Real(0.25, 256.0, log=True))
    sublinear: bool = True
    class_weight: str = setting("none", Choice(CLASS_WEIGHTS))
    max_features: int = 300_000
    lowercase: bool = True

    kind: ClassVar[str] = "tfidf_logistic"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = CLASSES

    def fit(self, parts: Parts, run: Run) -> FittedLinear:
        """Learn the vocabulary, then the weights."""
        pieces = Pieces(self.words, self.chars, self.min_df, self.max_features, self.lowercase, self.sublinear)
        return _fit(self, pieces, parts, run, lambda cases: None)


@dataclass(frozen=True)
class NaiveBayesLogistic:
    """The same where each n-gram is scaled by how much more often it stands in a class than elsewhere.

    Args:
        words, chars, min_df, c, class_weight, max_features: as of `TfidfLogistic`.
        alpha: rows that every n-gram is thought to have been in besides, in a class and outside.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a label.
    """

    words: tuple[int, int] = (1, 2)
    chars: tuple[int, int] = (1, 5)
    min_df: int = setting(2, Whole(1, 10, log=True))
    c: float = setting(4.0, Real(0.06, 64.0, log=True))
    alpha: float = setting(1.0, Real(0.1, 10.0, log=True))
    class_weight: str = setting("none", Choice(CLASS_WEIGHTS))
    max_features: int = 1_000_000

    kind: ClassVar[str] = "nb_logistic"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = CLASSES

    def fit(self, parts: Parts, run: Run) -> FittedLinear:
        """Learn the vocabulary, the ratios, then the weights."""
        if not self.alpha > 0:
            raise InputError(f"alpha must be above 0; got {self.alpha}; 1 is a good start")
        pieces = Pieces(self.words, self.chars, self.min_df, self.max_features)
        return _fit(self, pieces, parts, run, lambda cases: ratios(cases, self.alpha))


@dataclass(frozen=True, eq=False)
class FittedLinear:
    """A vocabulary and the weight of each n-gram for each class; two classes share one column."""

    task: Task
    vocabulary: Vocabulary
    weights: Floats  # (width, classes or 1)
    biases: Floats  # (classes or 1,)
    c: float  # that was used

    kind: ClassVar[str] = "linear"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """Margins of the classes, as logits; a number."""
        return said(self.task, self.vocabulary.weighted(texts(rows, self.task)) @ self.weights + self.biases)

    def state(self) -> State:
        """Settings of the n-grams; all else as arrays."""
        arrays = {**self.vocabulary.arrays(), "weights": self.weights, "biases": self.biases}
        return State({"pieces": asdict(self.vocabulary.pieces), "c": self.c}, arrays)

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedLinear:
        """Read back."""
        given = dict(state.settings["pieces"])
        pieces = Pieces(**{**given, "words": tuple(given["words"]), "chars": tuple(given["chars"])})
        arrays = state.arrays
        vocabulary = Vocabulary.of(pieces, arrays)
        return cls(task, vocabulary, arrays["weights"], arrays["biases"], float(state.settings["c"]))

    def decided(self, learner: Any) -> Any:
        """The learner with the c that was used."""
        return replace(learner, c=self.c)


def ratios(cases: Cases, alpha: float) -> Scales:
    """ln of how often an n-gram stands in rows of a class over how often elsewhere (Wang & Manning 2012).

    Returns:
        A function of a slice of classes, giving (width, classes in it).
    """
    present = cases.features.copy()
    present.data = np.ones_like(present.data)
    present = present.T.tocsr()
    everywhere = (present @ cases.weights)[:, None]

    def of(here: slice) -> Floats:
        inside = present @ (cases.weights[:, None] * cases.targets[:, here])
        outside = np.maximum(everywhere - inside, 0) + alpha
        inside += alpha
        return np.asarray(np.log((inside / inside.sum(axis=0)) / (outside / outside.sum(axis=0))), np.float32)

    return of


def _fit(
    learner: Any, pieces: Pieces, parts: Parts, run: Run, scales: Callable[[Cases], Scales | None]
) -> FittedLinear:
    _check(learner)
    counted = parts.fit.weight > 0
    data = to_learn(parts.fit if counted.all() else _heavy(parts.fit), learner.kind)
    vocabulary, features = build(texts(data.rows, data.task), pieces)
    run.report(1, 3, note=f"{vocabulary.width} n-grams of {len(data)} texts")
    cases = cases_of(data, features, learner.class_weight)
    scale = scales(cases)
    if learner.c:
        return _solved(data.task, vocabulary, cases, learner.c, scale)
    if not (parts.tune.target >= 0).any():
        return _solved(data.task, vocabulary, cases, UNDECIDED, scale)
    found = []
    for number, c in enumerate(GRID):
        fitted = _solved(data.task, vocabulary, cases, c, scale)
        found.append((_log_loss(fitted, parts.tune), c, fitted))
        run.report(number + 1, len(GRID), -found[-1][0], f"c = {c:g}")
    return min(found, key=lambda one: one[:2])[2]


def _solved(task: Task, vocabulary: Vocabulary, cases: Cases, c: float, scale: Scales | None) -> FittedLinear:
    return FittedLinear(task, vocabulary, *weigh_classes(task, cases, c, scale), c)


def weigh_classes(task: Task, cases: Cases, c: float, scale: Scales | None = None) -> tuple[Floats, Floats]:
    """Weights (width, classes or 1) and biases (classes or 1,); classes that no row is of get NEVER."""
    width, classes = cases.features.shape[1], cases.targets.shape[1]
    there = cases.targets.sum(axis=0) > 0
    if task.output == "label" and there.sum() < 2:
        return np.zeros((width, classes), np.float32), np.where(there, 0, NEVER).astype(np.float32)
    if task.output == "label" and classes == 2:
        second = Cases(cases.features, cases.targets[:, 1:], cases.weights)
        return solve(second, c, scales=None if scale is None else lambda _: scale(slice(1, 2)))
    weights, biases = solve(cases, c, scales=scale)
    weights[:, ~there], biases[~there] = 0, NEVER
    return weights, biases


def said(task: Task, margins: Floats) -> Outputs:
    """Margins (rows, classes, or one of the second of two, or of a number) as answers."""
    if task.output == "label" and margins.shape[1] < len(task.classes):
        margins = np.concatenate([np.zeros_like(margins), margins], axis=1)
    return answered(task, margins)


def cases_of(data: Dataset, features: Any, class_weight: str) -> Cases:
    """Targets as numbers in [0, 1]; soft ones where a row has them."""
    if data.task.output == "labels":
        return Cases(features, several(data), data.weight.astype(np.float32))
    targets = np.zeros((len(data), len(data.task.classes)), np.float32)
    known = np.flatnonzero(data.target >= 0)
    targets[known, data.target[known]] = 1
    if data.soft is not None:
        soft = data.soft.sum(axis=1) > 0
        targets[soft] = data.soft[soft]
    weights = data.weight.astype(np.float32)
    if class_weight == "balanced":
        mass = weights @ targets
        each = np.where(mass > 0, weights.sum() / (max((mass > 0).sum(), 1) * np.maximum(mass, 1e-12)), 0)
        weights = weights * (targets @ each.astype(np.float32))
    return Cases(features, targets, weights)


def _heavy(data: Dataset) -> Dataset:
    """The rows that count at all."""
    from naeum.contract import subset

    return subset(data, np.flatnonzero(data.weight > 0), data.key)


def _log_loss(fitted: FittedLinear, tune: Dataset) -> float:
    from naeum.contract import subset
    from naeum.measure.metrics import metric

    known = subset(tune, np.flatnonzero(tune.target >= 0), tune.key)
    return metric("log_loss").score(fitted.predict(known.rows), known)


def _check(learner: Any) -> None:
    if learner.class_weight not in CLASS_WEIGHTS:
        raise InputError(f"class_weight must be one of {', '.join(CLASS_WEIGHTS)}; got {learner.class_weight!r}")
    if not learner.c >= 0:
        raise InputError(f"c must be 0 (decided on tune) or more; got {learner.c}; 4 is a good start")
    if learner.min_df < 1 or learner.max_features < 1:
        raise InputError(
            f"min_df and max_features must be 1 or more; got {learner.min_df} and {learner.max_features}; give more"
        )
