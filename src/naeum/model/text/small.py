"""How is a network of texts that starts from nothing trained, asked and kept, whatever it is made of?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np
import numpy.typing as npt

from naeum.contract import Dataset, Floats, Outputs, Parts, Policy, Run, State, Task
from naeum.model.history import WithHistory
from naeum.model.text import start
from naeum.model.text.aims import Aim, answered, columns
from naeum.model.text.classifier import filled
from naeum.model.text.examples import labelled, to_learn, unlabelled
from naeum.model.text.tuning import Course, Objective, Optimization
from naeum.train import loop
from naeum.train.job import Examples, Job, Moment, Trained
from naeum.train.look import logits_of
from naeum.values import from_json, to_json

if TYPE_CHECKING:
    import pyarrow as pa

MICRO_TOKENS = 1 << 18  # n-grams, characters or words at once: tens of megabytes
SETTINGS = (Course, Optimization, Objective)  # the values inside these learners
Known = npt.NDArray[Any]


class Network(Protocol):
    """A learner of texts whose module is trained from nothing."""

    kind: ClassVar[str]

    @property
    def optimization(self) -> Optimization: ...
    @property
    def objective(self) -> Objective: ...
    @property
    def patience(self) -> int: ...
    def job(self, parts: Parts, run: Run) -> Job: ...
    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> SmallNetwork:
        """What a trained module answers as."""

    def learned(self, data: Dataset) -> Known:
        """What the reading of texts learns from the rows of fit, as an array of numbers."""

    def examples(self, data: Dataset, known: Known) -> Examples:
        """The rows of a data set as the module reads them."""

    def module(self, classes: int, known: Known, seed: int) -> Any:
        """The module before it is trained; it has `pooled(…)` and a linear `head`.

        A learner may have `begin(module, data, run)`, which then sets what it starts from.
        """


def job(learner: Network, parts: Parts, run: Run) -> Job:
    """The training of a learner."""
    fit, tune = to_learn(parts.fit, learner.kind), labelled(parts.tune)
    known, aim = learner.learned(fit), Aim.of(fit)
    task = parts.fit.task

    def aimed(data: Dataset) -> Examples:
        return replace(learner.examples(data, known), soft=aim.wanted(data))

    module = learner.module(columns(task), known, run.seed + learner.optimization.course.seed)
    if hasattr(learner, "begin"):
        learner.begin(module, fit, run)
    return Job(
        module=module,
        fit=aimed(fit),
        tune=aimed(tune) if len(tune) and learner.patience else None,
        classes=columns(task),
        optimization=learner.optimization,
        objective=learner.objective,
        patience=learner.patience,
        judge=aim.judge(tune),
        micro_tokens=MICRO_TOKENS,
        output=task.output,
    )


def fit(learner: Network, parts: Parts, run: Run) -> SmallNetwork:
    """Train on `parts.fit`; `parts.tune` picks the best moment."""
    todo = learner.job(parts, run)
    return learner.made(todo.module, loop.train(todo, run), parts, run)


def made(learner: Network, module: Any, trained: Trained, parts: Parts) -> SmallNetwork:
    """What a trained module answers as, in the units of the task."""
    rows = to_learn(parts.fit, learner.kind)
    known = learner.learned(rows)
    Aim.of(rows).settle(module.head)
    return SmallNetwork(parts.fit.task, learner, known, module, trained.history, trained.best_epochs, trained.complete)


@dataclass(frozen=True, eq=False)
class SmallNetwork(WithHistory):
    """A small network that learned a task. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "small_network"
    version: ClassVar[int] = 1
    task: Task
    learner: Network  # how texts are read and what the module is made of
    known: Known  # what the reading of texts learned
    trained: Any
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0  # at which its weights stood
    complete: bool = True

    def module(self) -> Any:
        """The torch module."""
        return self.trained

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits of each row, in order; in float32, whatever it was trained in."""
        return answered(self.task, logits_of(self.trained, self._read(rows), Policy(), columns(self.task)))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) the vectors that the head reads."""
        return start.features_of(self.trained, self._read(rows), Policy())

    def _read(self, rows: pa.Table) -> Examples:
        return self.learner.examples(unlabelled(rows, self.task), self.known)

    def state(self) -> State:
        """The recipe, and all weights as float32."""
        weights = {name: value.detach().cpu().numpy().copy() for name, value in self.trained.state_dict().items()}
        settings = {
            "learner": to_json(self.learner),
            **self.training(),
        }
        return State(settings, {**weights, "known": self.known})

    @classmethod
    def restore(cls, task: Task, state: State) -> SmallNetwork:
        """The network of a stored state."""
        from naeum.model.text.networks import NETWORKS, VALUES  # they are fitted by this file

        given: Mapping[str, Any] = state.settings
        learner = from_json(given["learner"], {one.kind: one for one in (*NETWORKS, *SETTINGS, *VALUES)})
        weights = {name: array for name, array in state.arrays.items() if name != "known"}
        known = np.array(state.arrays["known"])
        module = filled(learner.module(columns(task), known, 0), weights)
        return cls(task, learner, known, module, tuple(given["history"]), given["best_epochs"], given["complete"])
