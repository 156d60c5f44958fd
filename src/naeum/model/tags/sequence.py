"""Which tag has each word of a sentence, read in its order by a network trained from nothing?

What goes before and comes after a word is read by the network; the word itself by its pieces and by what is seen of it
from outside, its case and signs. Put `Chained` around it, and one tag also depends on the one before.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.history import WithHistory
from naeum.model.sequence.readers import BODIES, Body, word_reader
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.subwords import Hashes
from naeum.model.sequence.words import WordReading, Words, known_pieces, read
from naeum.model.tags import sentences as reading
from naeum.model.tags.looks import WIDTH, looks
from naeum.model.tags.sentences import Sentences
from naeum.model.text.classifier import filled
from naeum.model.text.sequence import FLOPS_PER_WEIGHT, SLOWNESS
from naeum.model.text.small import MICRO_TOKENS, SETTINGS
from naeum.model.text.tuning import Objective, Optimization
from naeum.train import cost, loop
from naeum.train.job import Examples, Inputs, Job, Moment, Trained
from naeum.train.look import logits_of
from naeum.values import Real, from_json, setting, to_json

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class SequenceTagger:
    """A recurrent network (`Recurrence`: LSTM or GRU) or a small transformer (`Attention`) that tags words.

    Args:
        network: what reads the words.
        optimization: how the weights move.
        objective: what is made smaller, a mean over words.
        reading: how words become vectors; sentences of more than `max_length` words are read in stretches.
        dropout: of the states that the head reads.
        patience: as in `TunedTagger`.

    Source: Lample et al. 2016, "Neural architectures for named entity recognition".

    Example:
        >>> SequenceTagger().network.cell
        'lstm'
    """

    kind: ClassVar[str] = "sequence_tagger"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"tags"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"words"})
    network: Body = Recurrence()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(  # noqa: RUF009 - frozen values
        epochs=10.0, learning_rate=3e-3, warmup=0.05, batch_size=32, layer_decay=1.0
    )
    objective: Objective = Objective()  # noqa: RUF009
    reading: WordReading = WordReading(dropout=0.3)  # noqa: RUF009
    dropout: float = setting(0.3, Real(0.0, 0.6))
    patience: int = 12

    def __post_init__(self) -> None:
        if not (0 <= self.dropout < 1 and self.patience >= 0):
            raise InputError(
                f"dropout must be in [0, 1) and patience at least 0; got {self.dropout} and {self.patience}; "
                "leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> WordTagger:
        """Train on `parts.fit`; `parts.tune` picks the best moment.

        Raises:
            InputError: there is no tagged word.
        """
        job = self.job(parts, run)
        return self.made(job.module, loop.train(job, run), parts, run)

    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> WordTagger:
        """What a trained module answers as."""
        known = self.learned(reading.to_learn(parts.fit, self.kind).sentences.words)
        return WordTagger(parts.fit.task, self, known, module, trained.history, trained.best_epochs, trained.complete)

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of this learner."""
        fit = reading.to_learn(parts.fit, self.kind)
        rows, tune = reading.tagged(parts.tune)
        known, classes = self.learned(fit.sentences.words), len(parts.fit.task.classes)
        looked = bool(len(tune.codes)) and self.patience > 0
        return Job(
            module=self.module(classes, known, run.seed + self.optimization.course.seed),
            fit=self.stretches(fit.sentences, known).examples(fit.codes, fit.weight),
            tune=self.stretches(tune.sentences, known).examples(tune.codes, tune.weight) if looked else None,
            classes=classes,
            optimization=self.optimization,
            objective=self.objective,
            patience=self.patience,
            judge=reading.judge(rows),
            micro_tokens=MICRO_TOKENS,
        )

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine."""
        weights = self.network.weights(self.reading.width + WIDTH, min(mean_tokens, self.reading.max_length))
        return cost.nominal(SLOWNESS * FLOPS_PER_WEIGHT * weights * mean_tokens * rows * self.optimization.epochs)

    def learned(self, words: Sequence[str]) -> Hashes:
        """What the reading of words learns from fit: which pieces there are."""
        return known_pieces([plain(word) for word in words], self.reading.pieces)

    def stretches(self, sentences: Sentences, known: Hashes) -> Stretches:
        """Sentences as the module reads them."""
        offsets = cut(sentences.offsets, self.reading.max_length)
        return Stretches(read([plain(word) for word in sentences.words], offsets, known), looks(sentences))

    def module(self, classes: int, known: Hashes, seed: int) -> Any:
        """The module before it is trained."""
        return word_reader(self.network, self.reading, len(known), classes, seed, self.dropout, WIDTH)


@dataclass(frozen=True, eq=False)
class Stretches:
    """Sentences, long ones in stretches, with what is seen of their words."""

    words: Words
    looks: Floats  # (words, WIDTH)

    def collate(self, rows: Ints) -> Inputs:
        """Some stretches as the arguments of the module."""
        import torch

        ends = self.words.offsets
        own = [np.arange(ends[row], ends[row + 1]) for row in rows]
        at = np.concatenate([np.empty(0, np.int64), *own])
        return {**self.words.collate(rows), "looks": torch.from_numpy(self.looks[at])}

    def examples(self, codes: Ints, weight: Floats) -> Examples:
        """The words with their tags, ready to train on; weights are such that a stretch counts one on average."""
        offsets = self.words.offsets
        scale = (len(offsets) - 1) / weight.sum() if weight.any() else 1.0
        return Examples(np.diff(offsets), self.collate, codes, np.asarray(weight * scale, np.float32), units=offsets)


def cut(offsets: Ints, most: int) -> Ints:
    """Where stretches begin and end: rows of words, those of more than `most` cut; rows without words are left out.

    Example:
        >>> cut(np.array([0, 2, 2, 7]), 3).tolist()
        [0, 2, 5, 7]
    """
    starts = [np.arange(low, high, most) for low, high in pairwise(offsets)]
    return np.concatenate([np.empty(0, np.int64), *starts, offsets[-1:]]).astype(np.int64)


def plain(word: str) -> str:
    """A word as its pieces are made: composed, in lower case.

    Example:
        >>> plain("Seoul")
        'seoul'
    """
    return unicodedata.normalize("NFC", word).lower()


@dataclass(frozen=True, eq=False)
class WordTagger(WithHistory):
    """A network that learned to tag words. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "word_tagger"
    version: ClassVar[int] = 1
    task: Task
    learner: SequenceTagger
    known: Hashes  # pieces of words
    trained: Any
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0  # at which its weights stood
    complete: bool = True

    def module(self) -> Any:
        """The torch module."""
        return self.trained

    def predict(self, rows: pa.Table) -> Outputs:
        """(words, classes) logits of each word, in order; in float32, whatever it was trained in."""
        found = reading.sentences(rows, self.task)
        count = len(found.words)
        bare = self.learner.stretches(found, self.known).examples(
            np.full(count, -1, np.int64), np.zeros(count, np.float32)
        )
        scores = logits_of(self.trained, bare, Policy(), len(self.task.classes))
        return Outputs(self.task, scores, offsets=found.offsets)

    def state(self) -> State:
        """The recipe, and all weights as float32."""
        weights = {name: value.detach().cpu().numpy().copy() for name, value in self.trained.state_dict().items()}
        settings = {
            "learner": to_json(self.learner),
            **self.training(),
        }
        return State(settings, {**weights, "known": self.known})

    @classmethod
    def restore(cls, task: Task, state: State) -> WordTagger:
        """The tagger of a stored state."""
        given: Mapping[str, Any] = state.settings
        kinds: dict[str, Any] = {one.kind: one for one in (SequenceTagger, *SETTINGS, *BODIES, WordReading)}
        learner = from_json(given["learner"], kinds)
        known = np.array(state.arrays["known"])
        weights = {name: array for name, array in state.arrays.items() if name != "known"}
        module = filled(learner.module(len(task.classes), known, 0), weights)
        return cls(task, learner, known, module, tuple(given["history"]), given["best_epochs"], given["complete"])
