"""Which class in an order do the n-grams of a text tell? One direction, and where on it each class begins."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, OutputKind, Outputs, Parts, Run, Shape, State, Task, subset
from naeum.errors import InputError
from naeum.model.claims import LABEL, TEXT
from naeum.model.text.cumulative import chances, solve
from naeum.model.text.examples import texts, to_learn
from naeum.model.text.linear import cases_of
from naeum.model.text.ridge import chosen
from naeum.model.text.vocabulary import Pieces, Vocabulary, build
from naeum.values import Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

GRID = (1.0, 4.0, 16.0, 64.0)  # of c, where it is decided on tune
UNDECIDED = 4.0  # c where it is to be decided and there is no tune row
LEAST = 1e-13  # probability of a class that no fit row is of


@dataclass(frozen=True)
class TfidfOrdinal:
    """Proportional odds on tf-idf weights of word and character n-grams, for classes in an order.

    As many weights as for one class, however many classes there are: few rows are enough for many steps.

    Args:
        words, chars, min_df, max_features: as of `TfidfLogistic`.
        c: how freely the weights follow the rows (the inverse of the L2 penalty); 0 = decided on tune.

    Raises:
        InputError: a setting is out of its range; when fitting: no row has a label.

    References:
        McCullagh 1980, "Regression models for ordinal data".

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import ordered
        >>> given = ordered.parts(60)
        >>> fitted = TfidfOrdinal().fit(given, TinyRun(Path()))
        >>> off = abs(fitted.predict(given.tune.rows).codes - given.tune.target)
        >>> bool(off.mean() < 0.5)
        True
    """

    words: tuple[int, int] = (1, 2)
    chars: tuple[int, int] = (1, 5)
    min_df: int = setting(2, Whole(1, 10, log=True))
    c: float = setting(0.0, Real(0.25, 256.0, log=True))
    max_features: int = 300_000

    kind: ClassVar[str] = "tfidf_ordinal"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = LABEL

    def __post_init__(self) -> None:
        if not self.c >= 0 or self.min_df < 1 or self.max_features < 1:
            raise InputError(
                f"c must be 0 (decided on tune) or more, min_df and max_features 1 or more; got {self.c}, "
                f"{self.min_df} and {self.max_features}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Classes in an order, from texts."""
        return task.output == "label" and task.ordered and set(task.columns.values()) <= TEXT

    def fit(self, parts: Parts, run: Run) -> FittedOrdinal:
        """Learn the vocabulary, then the direction and the cut points."""
        data = to_learn(subset(parts.fit, np.flatnonzero(parts.fit.weight > 0), parts.fit.key), self.kind)
        pieces = Pieces(self.words, self.chars, self.min_df, self.max_features)
        vocabulary, features = build(texts(data.rows, data.task), pieces)
        run.report(1, 3, note=f"{vocabulary.width} n-grams of {len(data)} texts")
        cases = cases_of(data, features, "none")
        there = np.flatnonzero(cases.weights @ cases.targets > 0)

        def fitted(c: float) -> FittedOrdinal:
            if len(there) < 2:
                return FittedOrdinal(data.task, vocabulary, np.zeros(vocabulary.width, np.float32), _NONE, there, c)
            slopes, cuts = solve(cases.features, cases.targets[:, there], cases.weights, c)
            return FittedOrdinal(data.task, vocabulary, slopes.astype(np.float32), cuts, there, c)

        return chosen(fitted, self.c or UNDECIDED, GRID if not self.c else (), parts.tune, run)


_NONE = np.empty(0)


@dataclass(frozen=True, eq=False)
class FittedOrdinal:
    """A vocabulary, one weight for each n-gram, and the cut points between the classes that fit rows had."""

    task: Task
    vocabulary: Vocabulary
    slopes: Floats  # (width,)
    cuts: Any  # (classes with rows - 1,) double
    there: Any  # their codes, rising
    c: float  # that was used

    kind: ClassVar[str] = "ordinal_linear"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(rows, classes) log-probabilities."""
        margins = self.vocabulary.weighted(texts(rows, self.task)) @ self.slopes
        told = np.full((len(margins), len(self.task.classes)), LEAST)
        told[:, self.there] = chances(margins, self.cuts) if len(self.there) > 1 else 1.0
        logs = np.log(np.maximum(told, LEAST))
        return Outputs(self.task, np.asarray(logs, np.float32))

    def state(self) -> State:
        """Settings of the n-grams; all else as arrays."""
        arrays = {**self.vocabulary.arrays(), "slopes": self.slopes, "cuts": self.cuts, "there": self.there}
        return State({"pieces": asdict(self.vocabulary.pieces), "c": self.c}, arrays)

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedOrdinal:
        """Read back."""
        given, arrays = dict(state.settings["pieces"]), state.arrays
        pieces = Pieces(**{**given, "words": tuple(given["words"]), "chars": tuple(given["chars"])})
        vocabulary = Vocabulary.of(pieces, arrays)
        return cls(task, vocabulary, arrays["slopes"], arrays["cuts"], arrays["there"], float(state.settings["c"]))

    def decided(self, learner: Any) -> Any:
        """The learner with the c that was used."""
        return replace(learner, c=self.c)
