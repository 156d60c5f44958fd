"""Which answer do the words of a text give, read in their order by a network trained from nothing?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

import numpy as np

from naeum.contract import Dataset, OutputKind, Parts, Policy, Run, Shape
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.sequence.readers import Body, row_reader
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.subwords import Hashes, words_of
from naeum.model.sequence.vectors import Skipgram
from naeum.model.sequence.words import WordReading, known_pieces, place, read_texts
from naeum.model.text import small
from naeum.model.text.examples import texts
from naeum.model.text.tuning import Objective, Optimization
from naeum.model.text.word_vectors import own_vectors
from naeum.train import cost
from naeum.train.job import Examples, Job, Trained
from naeum.values import Real, setting

FLOPS_PER_WEIGHT = 6  # 2 forward, 4 backward, of one trained position
SLOWNESS = 4.0  # of steps that wait for each other, and of small matrices, beside a convolution


@dataclass(frozen=True)
class SequenceNetwork:
    """A recurrent network (`Recurrence`: LSTM or GRU) or a small transformer (`Attention`) over the words of a text.

    Args:
        network: what reads the words.
        optimization: how the weights move.
        objective: what is made smaller.
        reading: what of a text is read, and how words become vectors.
        dropout: of what the head reads.
        patience: as in `FineTuned`.

    Example:
        >>> SequenceNetwork(Recurrence("gru", layers=2)).network.cell
        'gru'
    """

    kind: ClassVar[str] = "sequence_network"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    network: Body = Recurrence()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(  # noqa: RUF009 - frozen values
        epochs=5.0, learning_rate=2e-3, warmup=0.05, batch_size=64, layer_decay=1.0
    )
    objective: Objective = Objective()  # noqa: RUF009
    reading: WordReading = WordReading()  # noqa: RUF009
    dropout: float = setting(0.3, Real(0.0, 0.6))
    patience: int = 12

    def __post_init__(self) -> None:
        if not (0 <= self.dropout < 1 and self.patience >= 0):
            raise InputError(
                f"dropout must be in [0, 1) and patience at least 0; got {self.dropout} and {self.patience}; "
                "leave them out to use the defaults"
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
        """Seconds on a nominal machine."""
        length = min(max(mean_tokens, 1.0), self.reading.max_length)
        weights = self.network.weights(self.reading.width, length)
        return cost.nominal(SLOWNESS * FLOPS_PER_WEIGHT * weights * length * rows * self.optimization.epochs)

    def learned(self, data: Dataset) -> Hashes:
        """What the reading of texts learns from fit: which pieces of words there are."""
        rows = (words_of(text, self.reading.max_length) for text in texts(data.rows, data.task))
        return known_pieces([word for row in rows for word in row], self.reading.pieces)

    def examples(self, data: Dataset, known: Hashes) -> Examples:
        """The rows of a data set as numbers of words and their pieces."""
        found = read_texts(texts(data.rows, data.task), known, self.reading.max_length)
        return Examples(np.diff(found.offsets), found.collate, data.target, data.weight, data.soft)

    def begin(self, module: Any, data: Dataset, run: Run) -> None:
        """Start from vectors of words that are learned on the rows, where these are asked for."""
        if self.reading.vectors == "own":
            how = Skipgram(width=self.reading.width)
            known, vectors, _ = own_vectors(data, run, how, self.reading.max_length)
            place(module.words, self.learned(data), known, vectors)

    def module(self, classes: int, known: Hashes, seed: int) -> Any:
        """The module before it is trained."""
        return row_reader(self.network, self.reading, len(known), classes, seed, self.dropout)
