"""What if the encoder itself learns to find answers in passages?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from naeum.contract import Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine import bases, sessions
from naeum.errors import InputError
from naeum.model.history import WithHistory
from naeum.model.spans import asked as reading
from naeum.model.spans.reader import reader
from naeum.model.spans.windows import Windows, windows
from naeum.model.text import classifier, start
from naeum.model.text.finetuned import FLOPS_PER_WEIGHT, RANDOM_HEAD_RATE
from naeum.model.text.tuning import Full, Lora, Objective, Optimization, Tuning
from naeum.train import cost, loop
from naeum.train.job import Job, Moment
from naeum.train.look import logits_of
from naeum.values import Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

PIECES_PER_WORD = 1.5  # of plain English 1.3, of Korean 2


@dataclass(frozen=True)
class SpanReader:
    """A pretrained encoder that reads a question and a passage, with a linear head for starts and ends of answers.

    Args:
        base: name or folder of the encoder; see `engine.bases`.
        tuning: which weights move: `Full`, `TopLayers` or `Lora`; the head starts near zero.
        optimization: how they move.
        dropout: of hidden states and of the vectors that the head reads.
        max_length: pieces that are read at once, question and all; a longer passage is read in windows.
        patience: looks at tune without a better one after which training stops; the best weights answer.
            0: nothing is decided by looking, the last weights answer.

    Source: Devlin et al. 2019, "BERT" (sections 4.2 and 4.3: starts, ends, and no answer at the first piece).

    Example:
        >>> SpanReader().max_length
        256
    """

    kind: ClassVar[str] = "span_reader"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"span"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"text"})
    base: str = "all-MiniLM-L6-v2"
    tuning: Tuning = Full()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(epochs=3.0, learning_rate=2e-4, layer_decay=0.95)  # noqa: RUF009
    dropout: float = setting(0.1, Real(0.0, 0.3))
    max_length: int = setting(256, Whole(64, 512, log=True))
    patience: int = 8

    def __post_init__(self) -> None:
        if not (0 <= self.dropout < 1 and self.patience >= 0 and self.max_length >= 8):
            raise InputError(
                f"dropout must be in [0, 1), patience at least 0 and max_length at least 8; got {self.dropout}, "
                f"{self.patience} and {self.max_length}; leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> EncoderReader:
        """Train on `parts.fit`; `parts.tune` picks the best moment.

        Raises:
            BaseModelError: the base is missing or corrupt.
            InputError: there is no answered question.
        """
        job = self.job(parts, run)
        trained = loop.train(job, run)
        classifier.merge(job.module)
        return EncoderReader(
            parts.fit.task, bases.find(self.base, run.policy), job.module, self.max_length,
            trained.history, trained.best_epochs, trained.complete,
        )  # fmt: skip

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of this learner: module, questions and how. Its cost can be estimated before it is run."""
        base = bases.find(self.base, run.policy)
        fit = reading.to_learn(parts.fit, self.kind)
        rows, tune = reading.answered(parts.tune)
        seen = windows(base, tune.asked, self.max_length)
        seed = run.seed + self.optimization.course.seed
        module = reader(sessions.load(base), self.dropout)
        start.at_random(module, seed)
        classifier.prepare(module, self.tuning, seed)
        rate = self.tuning.rate if isinstance(self.tuning, Lora) else 1.0
        looked = bool(len(seen.rows)) and self.patience > 0
        return Job(
            module=module,
            fit=windows(base, fit.asked, self.max_length).answered(fit),
            tune=seen.answered(tune) if looked else None,
            classes=2,
            optimization=replace(self.optimization, learning_rate=self.optimization.learning_rate * rate),
            objective=Objective(),
            patience=self.patience,
            scale=classifier.rates(module, self.optimization.layer_decay, RANDOM_HEAD_RATE),
            judge=_judge(seen, reading.judge(rows)),
            output="span",
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
class EncoderReader(WithHistory):
    """An encoder that learned to find answers. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "span_reader"
    version: ClassVar[int] = 1
    task: Task
    base: bases.Base
    network: Any  # see reader.reader
    max_length: int
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0  # at which its weights stood
    complete: bool = True

    def module(self) -> Any:
        """The torch module: pieces and places of units -> log-probabilities of starts and ends."""
        return self.network

    def predict(self, rows: pa.Table) -> Outputs:
        """(units, 2) log odds of a start and an end against no answer; in float32, whatever it was trained in."""
        found = reading.asked(rows, self.task)
        cut = windows(self.base, found, self.max_length)
        return found.outputs(self.task, cut.scores(logits_of(self.network, cut.bare(), Policy(), 2)))

    def state(self) -> State:
        """Only the weights that differ from those of the base, which is named by its digest."""
        settings = {
            "base": self.base.name,
            "folder": str(self.base.folder),
            "digest": self.base.digest,
            "max_length": self.max_length,
            **self.training(),
        }
        return State(settings, classifier.difference(self.network, sessions.load(self.base)))

    @classmethod
    def restore(cls, task: Task, state: State) -> EncoderReader:
        """The reader of a stored state.

        Raises:
            BaseModelError: the base is gone, or has other weights now.
        """
        given: Mapping[str, Any] = state.settings
        base = bases.again(given["base"], given["digest"], given["folder"], Policy(offline=True))
        network = classifier.filled(reader(sessions.load(base), 0.0), state.arrays)
        return cls(
            task, base, network, given["max_length"], tuple(given["history"]), given["best_epochs"], given["complete"]
        )


def _judge(seen: Windows, judge: Callable[[Floats], float]) -> Callable[[Floats, Ints], float]:
    """The metric of the task as a function of the log-probabilities of entries."""

    def score(logs: Floats, target: Ints) -> float:
        return judge(seen.scores(logs))

    return score
