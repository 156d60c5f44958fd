"""Which networks are small enough to be trained from nothing, where no encoder knows the language?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, OutputKind, Parts, Policy, Run, Shape
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.sequence.readers import BODIES
from naeum.model.sequence.words import WordReading
from naeum.model.text import characters, ngrams, small
from naeum.model.text.examples import texts
from naeum.model.text.sequence import SequenceNetwork
from naeum.model.text.tuning import Objective, Optimization
from naeum.train import cost
from naeum.train.job import Examples, Job, Trained
from naeum.values import Choice, Real, Whole, setting

FLOPS_PER_WEIGHT = 6  # 2 forward, 4 backward, of one trained position
CHARACTERS_PER_WORD = 5  # with the space after it; 4 in Korean, 6 in English


@dataclass(frozen=True)
class HashedNgrams:
    """Hashed n-grams of characters and words, one vector each, averaged and mapped linearly: seconds to train.

    Args:
        optimization: how the vectors move.
        objective: what is made smaller.
        width: of an n-gram's vector.
        buckets: numbers that n-grams are hashed into.
        characters: least and greatest length of an n-gram of characters.
        words: greatest length of an n-gram of words.
        dropout: share of the n-grams of a row that are left out at each step.
        patience: as in `FineTuned`.

    Source: Joulin et al. 2017, "Bag of tricks for efficient text classification".

    Example:
        >>> HashedNgrams().characters
        (1, 5)
    """

    kind: ClassVar[str] = "hashed_ngrams"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    optimization: Optimization = Optimization(  # noqa: RUF009 - frozen values
        epochs=5.0, learning_rate=3e-3, warmup=0.0, batch_size=128, layer_decay=1.0
    )
    objective: Objective = Objective()  # noqa: RUF009
    width: int = setting(16, Choice((8, 16, 32)))
    buckets: int = setting(2**20, Choice((2**16, 2**18, 2**20)))
    characters: tuple[int, int] = (1, 5)
    words: int = setting(2, Whole(1, 3))
    dropout: float = setting(0.6, Real(0.0, 0.8))
    patience: int = 12

    def __post_init__(self) -> None:
        if not (self.width >= 1 and self.buckets >= 1 and self.words >= 0 and 0 <= self.dropout < 1):
            raise InputError(
                f"width and buckets must be at least 1, words at least 0 and dropout in [0, 1); got {self.width}, "
                f"{self.buckets}, {self.words} and {self.dropout}; leave them out to use the defaults"
            )
        if len(self.characters) != 2 or not 1 <= self.characters[0] <= self.characters[1]:
            raise InputError(
                f"characters must be the least and the greatest length of an n-gram; got {self.characters}; try (1, 5)"
            )

    def fit(self, parts: Parts, run: Run) -> small.SmallNetwork:
        """Train on `parts.fit`; `parts.tune` picks the best moment."""
        return small.fit(self, parts, run)

    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> small.SmallNetwork:
        """What a trained module answers as."""
        return small.made(self, module, trained, parts)

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of this learner."""
        return small.job(self, parts, run)

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine; a row-sparse step of Adam moves about 40 numbers for each one trained."""
        grams = mean_tokens * (CHARACTERS_PER_WORD * (self.characters[1] - self.characters[0] + 1) + self.words)
        return cost.nominal(40 * self.width * grams * rows * self.optimization.epochs)

    def learned(self, data: Dataset) -> npt.NDArray[np.uint32]:
        """What the reading of texts learns from fit: nothing."""
        return np.empty(0, np.uint32)

    def examples(self, data: Dataset, known: npt.NDArray[np.uint32]) -> Examples:
        """The rows of a data set as bags of n-grams."""
        found = ngrams.bags(
            texts(data.rows, data.task), characters=self.characters, words=self.words, buckets=self.buckets
        )
        return Examples(np.diff(found.offsets), partial(ngrams.gathered, found), data.target, data.weight, data.soft)

    def module(self, classes: int, known: npt.NDArray[np.uint32], seed: int) -> Any:
        """The module before it is trained."""
        return ngrams.bag_classifier(self.buckets, self.width, classes, self.dropout, seed)


@dataclass(frozen=True)
class CharConvolution:
    """A convolution over characters whose Hangul syllables know their letters: minutes to train.

    Args:
        optimization: how the weights move.
        objective: what is made smaller.
        width: of a character's vector.
        filters: for each width of the window.
        windows: characters that a filter sees at once.
        dropout: of what the filters found.
        max_length: characters of a text that are read.
        patience: as in `FineTuned`.

    Source: Kim 2014, "Convolutional neural networks for sentence classification".

    Example:
        >>> CharConvolution().windows
        (2, 3, 4, 5)
    """

    kind: ClassVar[str] = "char_convolution"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    optimization: Optimization = Optimization(  # noqa: RUF009 - frozen values
        epochs=4.0, learning_rate=2e-3, warmup=0.05, batch_size=64, layer_decay=1.0
    )
    objective: Objective = Objective()  # noqa: RUF009
    width: int = setting(96, Choice((64, 96, 128)))
    filters: int = setting(192, Choice((128, 192, 256)))
    windows: tuple[int, ...] = (2, 3, 4, 5)
    dropout: float = setting(0.5, Real(0.0, 0.6))
    max_length: int = setting(256, Whole(64, 1024, log=True))
    patience: int = 12

    def __post_init__(self) -> None:
        if not (self.width >= 1 and self.filters >= 1 and 0 <= self.dropout < 1 and self.max_length >= 1):
            raise InputError(
                f"width, filters and max_length must be at least 1 and dropout in [0, 1); got {self.width}, "
                f"{self.filters}, {self.max_length} and {self.dropout}; leave them out to use the defaults"
            )
        if not self.windows or min(self.windows) < 1:
            raise InputError(f"windows must be one or more lengths in characters; got {self.windows}; try (2, 3, 4)")

    def fit(self, parts: Parts, run: Run) -> small.SmallNetwork:
        """Train on `parts.fit`; `parts.tune` picks the best moment."""
        return small.fit(self, parts, run)

    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> small.SmallNetwork:
        """What a trained module answers as."""
        return small.made(self, module, trained, parts)

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of this learner."""
        return small.job(self, parts, run)

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine."""
        length = min(CHARACTERS_PER_WORD * mean_tokens, self.max_length)
        weights = self.width * self.filters * sum(self.windows)
        return cost.nominal(FLOPS_PER_WEIGHT * weights * length * rows * self.optimization.epochs)

    def learned(self, data: Dataset) -> npt.NDArray[np.uint32]:
        """What the reading of texts learns from fit: which characters there are."""
        return characters.vocabulary(texts(data.rows, data.task), self.max_length)

    def examples(self, data: Dataset, known: npt.NDArray[np.uint32]) -> Examples:
        """The rows of a data set as numbers of characters."""
        found = characters.numbers(texts(data.rows, data.task), known, self.max_length)
        return Examples(
            np.diff(found.offsets), partial(characters.gathered, found), data.target, data.weight, data.soft
        )

    def module(self, classes: int, known: npt.NDArray[np.uint32], seed: int) -> Any:
        """The module before it is trained."""
        shape = characters.Shape(len(known), self.width, self.filters, self.windows, self.dropout, classes)
        return characters.convolution_classifier(shape, seed)


# Every network of texts that is trained from nothing.
NETWORKS = (HashedNgrams, CharConvolution, SequenceNetwork)
VALUES = (*BODIES, WordReading)  # inside them, beside those of every training
