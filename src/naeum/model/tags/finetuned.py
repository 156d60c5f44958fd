"""What if the encoder itself learns to tag words?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from naeum.contract import InputKind, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine import bases, sessions
from naeum.errors import InputError
from naeum.model.history import WithHistory
from naeum.model.tags import sentences as reading
from naeum.model.tags.tagger import READINGS, tagger
from naeum.model.tags.windows import Windows, windows
from naeum.model.text import classifier, start
from naeum.model.text.finetuned import FLOPS_PER_WEIGHT, RANDOM_HEAD_RATE
from naeum.model.text.tuning import Full, Lora, Objective, Optimization, Tuning
from naeum.train import cost, loop
from naeum.train.job import Job, Moment, Trained
from naeum.train.look import logits_of
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

PIECES_PER_WORD = 1.6  # of tweets; of plain English 1.3, of Korean 2


@dataclass(frozen=True)
class Reading:
    """How an encoder reads words.

    Args:
        pieces: whether a word is its "first" piece or the "mean" of its pieces.
        cased: whether case, signs and length of words are told beside: for encoders that do not see case.
        max_length: pieces that are read at once; a longer sentence is read in windows.
    """

    kind: ClassVar[str] = "word_reading"
    version: ClassVar[int] = 1
    pieces: str = setting("first", Choice(READINGS))
    cased: bool = setting(True, Choice((True, False)))
    max_length: int = setting(128, Whole(32, 512, log=True))

    def __post_init__(self) -> None:
        one_of("pieces", self.pieces, READINGS)
        if self.max_length < 3:
            raise InputError(f"max_length must be at least 3 pieces; got {self.max_length}; 128 is usual")


@dataclass(frozen=True)
class TunedTagger:
    """A pretrained encoder with a linear head on every word, trained on the task.

    Args:
        base: name or folder of the encoder; see `engine.bases`.
        tuning: which weights move: `Full`, `TopLayers` or `Lora`; the head starts near zero.
        optimization: how they move.
        objective: what is made smaller, a mean over words.
        dropout: of hidden states and of the words' vectors.
        reading: how words are read.
        patience: looks at tune without a better one after which training stops; the best weights answer.
            0: nothing is decided by looking, the last weights answer.

    Source: Devlin et al. 2019, "BERT" (section 5.3: the first piece of a word answers for it).

    Example:
        >>> TunedTagger().reading.pieces
        'first'
    """

    kind: ClassVar[str] = "tuned_tagger"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"tags"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"words"})
    base: str = "all-MiniLM-L6-v2"
    tuning: Tuning = Full()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(epochs=4.0, learning_rate=2e-4, layer_decay=0.95)  # noqa: RUF009
    objective: Objective = Objective()  # noqa: RUF009
    dropout: float = setting(0.1, Real(0.0, 0.3))
    reading: Reading = Reading()
    patience: int = 8

    def __post_init__(self) -> None:
        if not (0 <= self.dropout < 1 and self.patience >= 0):
            raise InputError(
                f"dropout must be in [0, 1) and patience at least 0; got {self.dropout} and {self.patience}; "
                "leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> EncoderTagger:
        """Train on `parts.fit`; `parts.tune` picks the best moment.

        Raises:
            BaseModelError: the base is missing or corrupt.
            InputError: there is no tagged word.
        """
        job = self.job(parts, run)
        return self.made(job.module, loop.train(job, run), parts, run)

    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> EncoderTagger:
        """What a trained module answers as."""
        classifier.merge(module)
        joint = reading.to_learn(parts.fit, self.kind).sentences.joint
        base = bases.find(self.base, run.policy)
        return EncoderTagger(
            parts.fit.task, base, module, self.reading.max_length, joint,
            trained.history, trained.best_epochs, trained.complete,
        )  # fmt: skip

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of this learner: module, words and how. Its cost can be estimated before it is run."""
        base = bases.find(self.base, run.policy)
        fit = reading.to_learn(parts.fit, self.kind)
        rows, tune = reading.tagged(parts.tune)
        cut = partial(windows, base, max_length=self.reading.max_length, joint=fit.sentences.joint)
        classes, seed = len(parts.fit.task.classes), run.seed + self.optimization.course.seed
        module = tagger(
            sessions.load(base), classes, pieces=self.reading.pieces, cased=self.reading.cased, dropout=self.dropout
        )
        start.at_random(module, seed)
        classifier.prepare(module, self.tuning, seed)
        rate = self.tuning.rate if isinstance(self.tuning, Lora) else 1.0
        looked = bool(len(tune.codes)) and self.patience > 0
        return Job(
            module=module,
            fit=cut(fit.sentences).examples(fit.codes, fit.weight),
            tune=cut(tune.sentences).examples(tune.codes, tune.weight) if looked else None,
            classes=classes,
            optimization=replace(self.optimization, learning_rate=self.optimization.learning_rate * rate),
            objective=self.objective,
            patience=self.patience,
            scale=classifier.rates(module, self.optimization.layer_decay, RANDOM_HEAD_RATE),
            judge=reading.judge(rows),
        )

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        weights = bases.find(self.base, policy).weights
        epochs = self.optimization.course.stop_after or self.optimization.epochs
        return cost.nominal(FLOPS_PER_WEIGHT * weights * mean_tokens * PIECES_PER_WORD * rows * epochs)


@dataclass(frozen=True, eq=False)
class EncoderTagger(WithHistory):
    """An encoder that learned to tag words. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "tuned_tagger"
    version: ClassVar[int] = 1
    task: Task
    base: bases.Base
    network: Any  # see tagger.tagger
    max_length: int
    joint: str  # what stands between two words
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0  # at which its weights stood
    complete: bool = True

    def module(self) -> Any:
        """The torch module: pieces and places of words -> logits."""
        return self.network

    def predict(self, rows: pa.Table) -> Outputs:
        """(words, classes) logits of each word, in order; in float32, whatever it was trained in."""
        found = reading.sentences(rows, self.task)
        cut: Windows = windows(self.base, found, self.max_length, self.joint)
        scores = logits_of(self.network, cut.bare(), Policy(), len(self.task.classes))
        return Outputs(self.task, scores, offsets=found.offsets)

    def state(self) -> State:
        """Only the weights that differ from those of the base, which is named by its digest."""
        settings = {
            "base": self.base.name,
            "folder": str(self.base.folder),
            "digest": self.base.digest,
            "max_length": self.max_length,
            "joint": self.joint,
            "pieces": self.network.pieces,
            "cased": self.network.cased,
            **self.training(),
        }
        return State(settings, classifier.difference(self.network, sessions.load(self.base)))

    @classmethod
    def restore(cls, task: Task, state: State) -> EncoderTagger:
        """The tagger of a stored state.

        Raises:
            BaseModelError: the base is gone, or has other weights now.
        """
        given: Mapping[str, Any] = state.settings
        base = bases.again(given["base"], given["digest"], given["folder"], Policy(offline=True))
        network = tagger(
            sessions.load(base), len(task.classes), pieces=given["pieces"], cased=given["cased"], dropout=0.0
        )
        return cls(
            task, base, classifier.filled(network, state.arrays), given["max_length"], given["joint"],
            tuple(given["history"]), given["best_epochs"], given["complete"],
        )  # fmt: skip
