"""What if the encoder itself learns the task?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine import bases, sessions
from naeum.engine.features import features
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.history import WithHistory
from naeum.model.text import classifier, start
from naeum.model.text.aims import Aim, answered, columns
from naeum.model.text.examples import labelled, texts, to_learn
from naeum.model.text.pairs import is_pair
from naeum.model.text.reading import APART, CROSSED, JOINED, Reading, read
from naeum.model.text.tuning import Full, Lora, Objective, Optimization, Tuning
from naeum.train import cost, loop
from naeum.train.job import Examples, Job, Moment, Trained
from naeum.train.look import logits_of
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

POOLINGS = ("mean", "cls")
# Learning rate of a head that starts near zero, over that of the encoder: it has farther to go.
RANDOM_HEAD_RATE = 10.0
# Floating-point operations of one trained token for each weight that it meets: 2 forward, 4 backward (Kaplan 2020).
FLOPS_PER_WEIGHT = 6


@dataclass(frozen=True)
class FineTuned:
    """A pretrained encoder with a linear head, trained on the task. Several columns are read as one text.

    Args:
        base: name or folder of the encoder; see `engine.bases`.
        tuning: which weights move: `Full`, `TopLayers` or `Lora`.
        optimization: how they move.
        objective: what is made smaller.
        dropout: of hidden states and of the pooled vector.
        max_length: tokens of a text that are read.
        pooling: "mean" of the token vectors or "cls", the first one.
        patience: looks at tune without a better one after which training stops; the best weights answer.
            0: nothing is decided by looking, the last weights answer.

    Example:
        >>> FineTuned(max_length=64).optimization.schedule
        'linear'
    """

    kind: ClassVar[str] = "finetuned"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    reading: ClassVar[Reading] = JOINED
    base: str = "all-MiniLM-L6-v2"
    tuning: Tuning = Full()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization()  # noqa: RUF009
    objective: Objective = Objective()  # noqa: RUF009
    dropout: float = setting(0.1, Real(0.0, 0.3))
    max_length: int = setting(128, Whole(32, 512, log=True))
    pooling: str = setting("mean", Choice(POOLINGS))
    patience: int = 8

    def __post_init__(self) -> None:
        one_of("pooling", self.pooling, POOLINGS)
        if not (0 <= self.dropout < 1 and self.max_length >= 3 and self.patience >= 0):
            raise InputError(
                f"dropout must be in [0, 1), max_length at least 3 and patience at least 0; got {self.dropout}, "
                f"{self.max_length} and {self.patience}; leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> FineTunedEncoder:
        """Train on `parts.fit`; `parts.tune` picks the best moment.

        Raises:
            BaseModelError: the base is missing or corrupt.
            InputError: there is no labelled row.
        """
        job = self.job(parts, run)
        return self.made(job.module, loop.train(job, run), parts, run)

    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> FineTunedEncoder:
        """What a trained module answers as, in the units of the task."""
        classifier.merge(module)
        Aim.of(to_learn(parts.fit, self.kind)).settle(module.head)
        return FineTunedEncoder(
            parts.fit.task,
            bases.find(self.base, run.policy),
            module,
            self.max_length,
            trained.history,
            trained.best_epochs,
            trained.complete,
            self.reading,
        )

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of this learner: module, rows and how. Its cost can be estimated before it is run."""
        base = bases.find(self.base, run.policy)
        fit, tune = to_learn(parts.fit, self.kind), labelled(parts.tune)
        task, aim = parts.fit.task, Aim.of(fit)
        examples = self.examples(base, fit, aim)
        seed = run.seed + self.optimization.course.seed
        module = classifier.classifier(
            sessions.load(base),
            columns(task),
            pooling=self.pooling,
            dropout=self.dropout,
            sides=2 if self.reading == APART else 1,
        )
        start.at_random(module, seed)
        if self.tuning.head == "probe":
            untuned = self.untuned(base, fit, run) if self.reading == JOINED else None
            vectors = start.features_of(module, examples, run.policy) if untuned is None else untuned
            start.from_probe(module, vectors, examples, task.output)
        classifier.prepare(module, self.tuning, seed)
        rate = self.tuning.rate if isinstance(self.tuning, Lora) else 1.0
        return Job(
            module=module,
            fit=examples,
            tune=self.examples(base, tune, aim) if len(tune) and self.patience else None,
            classes=columns(task),
            optimization=replace(self.optimization, learning_rate=self.optimization.learning_rate * rate),
            objective=self.objective,
            patience=self.patience,
            scale=classifier.rates(
                module, self.optimization.layer_decay, 1.0 if self.tuning.head == "probe" else RANDOM_HEAD_RATE
            ),
            judge=aim.judge(tune),
            output=task.output,
        )

    def untuned(self, base: bases.Base, data: Dataset, run: Run) -> Floats:
        """(rows, width) the vectors of the base as it is; stored, so the probes' pass is not made again."""
        return features(
            base,
            texts(data.rows, data.task),
            policy=run.policy,
            cache=run.cache,
            pooling=self.pooling,
            max_length=self.max_length,
        )

    def examples(self, base: bases.Base, data: Dataset, aim: Aim) -> Examples:
        """The rows of a data set, tokenised, with what is wanted of them."""
        lengths, collate = read(base, data.rows, data.task, self.max_length, self.reading)
        return Examples(lengths, collate, data.target, data.weight, aim.wanted(data))

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        weights = bases.find(self.base, policy).weights
        padded = min(mean_tokens * 1.3, self.max_length)  # words are 1.3 tokens on average
        epochs = self.optimization.course.stop_after or self.optimization.epochs
        return cost.nominal(FLOPS_PER_WEIGHT * weights * padded * rows * epochs)


@dataclass(frozen=True)
class CrossEncoder(FineTuned):
    """The same for pairs of texts, read as one with a separator between them: every word of one sees the other."""

    kind: ClassVar[str] = "cross_encoder"
    version: ClassVar[int] = 1
    reading: ClassVar[Reading] = CROSSED

    def claims(self, task: Task) -> bool:
        """Two columns of text, and one answer a row."""
        return is_pair(task) and task.output in self.outputs


@dataclass(frozen=True)
class BiEncoder(FineTuned):
    """The same for pairs of texts, each read by itself: a head compares their two vectors."""

    kind: ClassVar[str] = "bi_encoder"
    version: ClassVar[int] = 1
    reading: ClassVar[Reading] = APART

    def claims(self, task: Task) -> bool:
        """Two columns of text, and one answer a row."""
        return is_pair(task) and task.output in self.outputs


@dataclass(frozen=True, eq=False)
class FineTunedEncoder(WithHistory):
    """An encoder that learned a task. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "finetuned"
    version: ClassVar[int] = 1
    task: Task
    base: bases.Base
    network: Any  # see classifier.classifier
    max_length: int
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0  # at which its weights stood
    complete: bool = True
    reading: Reading = JOINED

    def module(self) -> Any:
        """The torch module: (input_ids, attention_mask | None) -> logits."""
        return self.network

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits of each row, in order; in float32, whatever it was trained in."""
        return answered(self.task, logits_of(self.network, self._read(rows), Policy(), columns(self.task)))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) the pooled vectors that the head reads."""
        return start.features_of(self.network, self._read(rows), Policy())

    def _read(self, rows: pa.Table) -> Examples:
        lengths, collate = read(self.base, rows, self.task, self.max_length, self.reading)
        none = np.zeros(len(rows))
        return Examples(lengths, collate, none.astype(np.int64), none.astype(np.float32))

    def decided(self, learner: Any) -> Any:
        """The recipe that stops, on the same schedule, where tune said the weights were best."""
        if hasattr(learner, "inner"):  # it was trained beside further heads, by the recipe inside
            return replace(learner, inner=self.decided(learner.inner))
        return super().decided(learner) if hasattr(learner, "patience") else learner

    def state(self) -> State:
        """Only the weights that differ from those of the base, which is named by its digest."""
        settings = {
            "base": self.base.name,
            "folder": str(self.base.folder),
            "digest": self.base.digest,
            "max_length": self.max_length,
            "pooling": self.network.pooling,
            "reading": self.reading,
            **self.training(),
        }
        return State(settings, classifier.difference(self.network, sessions.load(self.base)))

    @classmethod
    def restore(cls, task: Task, state: State) -> FineTunedEncoder:
        """The encoder of a stored state.

        Raises:
            BaseModelError: the base is gone, or has other weights now.
        """
        given: Mapping[str, Any] = state.settings
        base = bases.again(given["base"], given["digest"], given["folder"], Policy(offline=True))
        reading = given.get("reading", JOINED)
        sides = 2 if reading == APART else 1
        network = classifier.classifier(
            sessions.load(base), columns(task), pooling=given["pooling"], dropout=0.0, sides=sides
        )
        return cls(
            task,
            base,
            classifier.filled(network, state.arrays),
            given["max_length"],
            tuple(given["history"]),
            given["best_epochs"],
            given["complete"],
            reading,
        )
