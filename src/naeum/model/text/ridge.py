"""Which number do the n-grams of a text tell? The linear model for scores, prices and ratings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar

import numpy as np

from naeum.contract import Dataset, OutputKind, Parts, Predictor, Run, Shape, subset
from naeum.errors import InputError
from naeum.model.text.aims import Aim, numbers
from naeum.model.text.examples import labelled, texts, to_learn
from naeum.model.text.heads import loss as loss_on
from naeum.model.text.linear import FittedLinear
from naeum.model.text.squares import LOSSES, solve
from naeum.model.text.vocabulary import Pieces, build
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

GRID = (0.06, 0.25, 1.0, 4.0, 16.0)  # of c, where it is decided on tune
UNDECIDED = 1.0  # c where it is to be decided and there is no tune row

Model = TypeVar("Model", bound=Predictor)


@dataclass(frozen=True)
class TfidfRidge:
    """Ridge regression on tf-idf weights of word and character n-grams.

    Args:
        words, chars, min_df, max_features: as of `TfidfLogistic`.
        c: how freely the weights follow the rows (the inverse of the L2 penalty, of a number in standard deviations);
            0 = decided on tune.
        loss: "squared", or "huber": from a standard deviation on an error counts by its size, so that wild targets pull
            less.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a number.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import numbers
        >>> given = numbers.parts(60)
        >>> fitted = TfidfRidge().fit(given, TinyRun(Path()))
        >>> away = fitted.predict(given.tune.rows).scores[:, 0] - given.tune.truth.to_numpy()
        >>> bool(abs(away).mean() < 5)
        True
    """

    words: tuple[int, int] = (1, 2)
    chars: tuple[int, int] = (1, 5)
    min_df: int = setting(2, Whole(1, 10, log=True))
    c: float = setting(0.0, Real(0.03, 64.0, log=True))
    loss: str = setting("squared", Choice(LOSSES))
    max_features: int = 300_000

    kind: ClassVar[str] = "tfidf_ridge"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"number"})

    def __post_init__(self) -> None:
        one_of("loss", self.loss, LOSSES)
        if not self.c >= 0 or self.min_df < 1 or self.max_features < 1:
            raise InputError(
                f"c must be 0 (decided on tune) or more, min_df and max_features 1 or more; got {self.c}, "
                f"{self.min_df} and {self.max_features}; leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> FittedLinear:
        """Learn the vocabulary, then the weights."""
        data = to_learn(subset(parts.fit, np.flatnonzero(parts.fit.weight > 0), parts.fit.key), self.kind)
        pieces = Pieces(self.words, self.chars, self.min_df, self.max_features)
        vocabulary, features = build(texts(data.rows, data.task), pieces)
        run.report(1, 3, note=f"{vocabulary.width} n-grams of {len(data)} texts")

        def fitted(c: float) -> FittedLinear:
            return FittedLinear(data.task, vocabulary, *weigh_numbers(data, features, c, self.loss), c)

        return chosen(fitted, self.c or UNDECIDED, GRID if not self.c else (), parts.tune, run)


def weigh_numbers(data: Dataset, features: Any, c: float, loss: str) -> tuple[Any, Any]:
    """Weights (width, 1) and biases (1,) of the numbers of `data`, in their own units."""
    aim = Aim.of(data)
    wanted = (numbers(data) - aim.center) / aim.spread
    weights, bias = solve(features, wanted, data.weight.astype(np.float64), c, loss)
    return (weights * np.float32(aim.spread))[:, None], np.array([bias * aim.spread + aim.center], np.float32)


def chosen(fitted: Callable[[float], Model], c: float, grid: Sequence[float], tune: Dataset, run: Run) -> Model:
    """What is fitted with `c`, or with the one of `grid` that has the least loss on tune, where there is one."""
    known = labelled(tune)
    if not grid or not len(known) or not known.weight.sum() > 0:
        return fitted(c)
    found: list[tuple[float, float, Model]] = []
    for number, one in enumerate(grid):
        model = fitted(one)
        found.append((loss_on(model.predict(known.rows).scores, known), one, model))
        run.report(number + 1, len(grid), -found[-1][0], f"c = {one:g}")
    return min(found, key=lambda each: each[:2])[2]
