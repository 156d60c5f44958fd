"""Which answer do the n-grams of two texts give: those they share, those that only one has, and how alike they are?

No encoder is needed, so it works in any language. A linear model reads the tf-idf weights of what both texts hold and
of what only one of them holds, beside the numbers of likeness and their products.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, OutputKind, Outputs, Parts, Run, Shape, State, Task, subset
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.text import overlap
from naeum.model.text.examples import to_learn
from naeum.model.text.linear import cases_of, said, weigh_classes
from naeum.model.text.pairs import is_pair, sides
from naeum.model.text.ridge import chosen, weigh_numbers
from naeum.model.text.vocabulary import Pieces, Vocabulary, build
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

LOSSES = ("squared", "huber")
GRID = {"number": (0.1, 0.3, 1.0, 3.0), "label": (1.0, 4.0, 16.0), "labels": (1.0, 4.0, 16.0)}  # of c, on tune
UNDECIDED = {"number": 0.3, "label": 4.0, "labels": 4.0}  # where there is no tune row
LEAST_SPREAD = 1e-6


@dataclass(frozen=True)
class PairLinear:
    """Logistic or ridge regression on n-grams of two texts, shared and not shared, and on how alike they are.

    Args:
        words, chars, min_df, max_features: as of `TfidfLogistic`.
        c: how freely the weights follow the rows (the inverse of the L2 penalty); 0 = decided on tune.
        ordered: whether it matters which text is the first, as in premise and hypothesis; not so of similarity.
        loss: of a number: "squared" or "huber".

    Raises:
        InputError: a setting is out of its range, no row of fit is labelled, or a row does not hold two texts.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import pairs
        >>> given = pairs.compared_only(60)
        >>> fitted = PairLinear().fit(given, TinyRun(Path()))
        >>> bool((fitted.predict(given.tune.rows).codes == given.tune.target).mean() > 0.9)
        True
    """

    words: tuple[int, int] = (1, 2)
    chars: tuple[int, int] = (1, 4)
    min_df: int = setting(2, Whole(1, 10, log=True))
    c: float = setting(0.0, Real(0.03, 64.0, log=True))
    ordered: bool = setting(True, Choice((True, False)))
    loss: str = setting("squared", Choice(LOSSES))
    max_features: int = 200_000

    kind: ClassVar[str] = "pair_linear"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS

    def __post_init__(self) -> None:
        one_of("loss", self.loss, LOSSES)
        if not self.c >= 0 or self.min_df < 1 or self.max_features < 1:
            raise InputError(
                f"c must be 0 (decided on tune) or more, min_df and max_features 1 or more; got {self.c}, "
                f"{self.min_df} and {self.max_features}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Two columns of text, and one answer a row."""
        return is_pair(task) and task.output in self.outputs

    def fit(self, parts: Parts, run: Run) -> FittedPairs:
        """Learn the vocabulary and how much n-grams count, then the weights."""
        data = to_learn(subset(parts.fit, np.flatnonzero(parts.fit.weight > 0), parts.fit.key), self.kind)
        both = sides(data.rows, data.task)
        pieces = Pieces(self.words, self.chars, self.min_df, self.max_features)
        vocabulary, _ = build([" ".join(pair) for pair in zip(*both, strict=True)], pieces)
        known = overlap.weights(*both)
        alike = overlap.likeness(*both, known, self.ordered)
        scaling = np.stack([alike.mean(axis=0), alike.std(axis=0) + LEAST_SPREAD]).astype(np.float32)
        none = np.empty((0, 0), np.float32)
        reader = FittedPairs(data.task, vocabulary, known, scaling, none, none, self.ordered, self.c)
        features = reader.read(both)
        run.report(1, 3, note=f"{features.shape[1]} features of {len(data)} pairs")
        fitted = _fitter(self, reader, data, features)
        output = data.task.output
        return chosen(fitted, self.c or UNDECIDED[output], () if self.c else GRID[output], parts.tune, run)


@dataclass(frozen=True, eq=False)
class FittedPairs:
    """How pairs are read, and the weight of each feature for each class."""

    task: Task
    vocabulary: Vocabulary
    known: Floats  # see overlap.weights
    scaling: Floats  # (2, likenesses) their means and standard deviations
    weights: Floats  # (width, classes or 1)
    biases: Floats  # (classes or 1,)
    ordered: bool
    c: float  # that was used

    kind: ClassVar[str] = "pair_linear"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """Margins of the classes, as logits; a number."""
        return said(self.task, self.read(sides(rows, self.task)) @ self.weights + self.biases)

    def read(self, both: tuple[list[str], list[str]]) -> Any:
        """CSR (rows, width): likeness and its products, what both hold, what one holds and the other does not."""
        import scipy.sparse as sp

        alike = (overlap.likeness(*both, self.known, self.ordered) - self.scaling[0]) / self.scaling[1]
        dense = sp.csr_array((overlap.LIKENESS_SCALE * overlap.squared(alike)).astype(np.float32))
        first, second = (self.vocabulary.weighted(side) for side in both)
        shared = first.minimum(second)
        single = [first - shared, second - shared]
        blocks = single if self.ordered else [single[0] + single[1]]
        return sp.hstack([dense, shared, *blocks], format="csr", dtype=np.float32)

    def state(self) -> State:
        """Settings of the n-grams; all else as arrays."""
        settings = {"pieces": asdict(self.vocabulary.pieces), "ordered": self.ordered, "c": self.c}
        own = {name: getattr(self, name) for name in ("known", "scaling", "weights", "biases")}
        return State(settings, {**self.vocabulary.arrays(), **own})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedPairs:
        """Read back."""
        given, arrays = dict(state.settings["pieces"]), state.arrays
        pieces = Pieces(**{**given, "words": tuple(given["words"]), "chars": tuple(given["chars"])})
        known, scaling, weights, biases = (arrays[name] for name in ("known", "scaling", "weights", "biases"))
        ordered, c = bool(state.settings["ordered"]), float(state.settings["c"])
        return cls(task, Vocabulary.of(pieces, arrays), known, scaling, weights, biases, ordered, c)

    def decided(self, learner: PairLinear) -> PairLinear:
        """The learner with the c that was used."""
        return replace(learner, c=self.c)


def _fitter(learner: PairLinear, reader: FittedPairs, data: Dataset, features: Any) -> Callable[[float], FittedPairs]:
    """A function of c that gives the fitted model."""
    if data.task.output == "number":

        def number(c: float) -> FittedPairs:
            weights, biases = weigh_numbers(data, features, c, learner.loss)
            return replace(reader, weights=weights, biases=biases, c=c)

        return number
    cases = cases_of(data, features, "none")

    def classes(c: float) -> FittedPairs:
        weights, biases = weigh_classes(data.task, cases, c)
        return replace(reader, weights=weights, biases=biases, c=c)

    return classes
