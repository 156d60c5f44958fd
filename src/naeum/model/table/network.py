"""What does a network trained from nothing make of the cells of a table?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.measure.metrics import metric
from naeum.model.history import WithHistory
from naeum.model.table.cases import OUTPUTS, READS, TARGETS, Doubles, Scale, claimed, rows_to_learn, targets_of
from naeum.model.table.encoder import Encoder, fitted
from naeum.model.table.perceptron import Perceptron
from naeum.model.table.quantiles import edges_of, sharp
from naeum.model.text.aims import answered, columns, numbers, several
from naeum.model.text.classifier import filled
from naeum.model.text.examples import labelled
from naeum.model.text.small import SETTINGS
from naeum.model.text.start import features_of
from naeum.model.text.tuning import Objective, Optimization
from naeum.train import cost, loop
from naeum.train.job import Examples, Inputs, Job, Moment
from naeum.train.look import logits_of
from naeum.train.recipe import one_of
from naeum.values import Choice, from_json, setting, to_json

if TYPE_CHECKING:
    import pyarrow as pa

FLOPS_PER_WEIGHT = 6  # 2 forward, 4 backward
USUAL_WIDTH = 200  # of a table of twenty columns in the dense form, with the pieces of its numbers
MICRO_ROWS = 1 << 14  # rows at once: tens of megabytes
LEAST_SPREAD = 1e-9  # of a column that varies


@dataclass(frozen=True)
class TableNetwork:
    """A multilayer perceptron on the dense form of a table.

    Args:
        network: its shape.
        optimization: how the weights move.
        objective: what is made smaller.
        pieces: between quantiles, as which the network sees a number besides; 0: as a number alone.
        target: a number is learned as it is ("none") or by its logarithm ("log").
        patience: looks at tune without a better one after which training stops; the best weights answer.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a target.

    Example:
        >>> TableNetwork(Perceptron(width=64)).network.width
        64
    """

    kind: ClassVar[str] = "table_network"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = OUTPUTS
    reads: ClassVar[frozenset[InputKind]] = READS
    network: Perceptron = Perceptron()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(  # noqa: RUF009
        epochs=30.0, learning_rate=2e-3, warmup=0.05, batch_size=128, layer_decay=1.0, schedule="cosine"
    )
    objective: Objective = Objective()  # noqa: RUF009
    pieces: int = setting(8, Choice((0, 8, 16)))
    target: str = setting("none", Choice(TARGETS))
    patience: int = 16

    def __post_init__(self) -> None:
        one_of("target", self.target, TARGETS)
        if self.pieces < 0 or self.patience < 0:
            raise InputError(
                f"pieces and patience must be at least 0; got {self.pieces} and {self.patience}; leave them out to use "
                "the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Whether the rows are a table."""
        return claimed(task)

    def fit(self, parts: Parts, run: Run) -> FittedTableNetwork:
        """Train on `parts.fit`; `parts.tune` picks the best moment."""
        job, blank = self._prepared(parts, run)
        trained = loop.train(job, run)
        return replace(
            blank, trained=job.module, history=trained.history, best_epochs=trained.best_epochs,
            complete=trained.complete,
        )  # fmt: skip

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of this learner."""
        return self._prepared(parts, run)[0]

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine, of a table of twenty columns."""
        weights = self.network.weights(USUAL_WIDTH, 2)
        return cost.nominal(FLOPS_PER_WEIGHT * weights * rows * self.optimization.epochs)

    def _prepared(self, parts: Parts, run: Run) -> tuple[Job, FittedTableNetwork]:
        """The training, and the model but for its weights."""
        fit, tune = rows_to_learn(parts.fit, self.kind), labelled(parts.tune)
        weights = np.asarray(fit.weight, np.float64)
        scale = Scale.of(numbers(fit), weights, self.target) if fit.task.output == "number" else Scale()
        encoder, matrix = fitted(fit.rows, fit.task, targets_of(fit, scale), weights, plain=False)
        edges = edges_of(matrix, self.pieces)
        center = weights @ matrix / weights.sum()
        spread = np.sqrt(weights @ (matrix - center) ** 2 / weights.sum())
        reading = (edges, center, np.where(spread > LEAST_SPREAD, spread, 1.0))
        blank = FittedTableNetwork(fit.task, self, encoder, reading, scale, None)
        cells = blank.cells(matrix)
        module = self.network.module(cells.shape[1], columns(fit.task), run.seed + self.optimization.course.seed)
        looked = bool(len(tune)) and self.patience > 0
        return Job(
            module=module,
            fit=_examples(cells, fit, scale),
            tune=_examples(blank.cells(encoder.matrix(tune.rows)), tune, scale) if looked else None,
            classes=columns(fit.task),
            optimization=self.optimization,
            objective=self.objective,
            patience=self.patience,
            judge=_judge(tune, scale),
            micro_tokens=MICRO_ROWS,
            output=fit.task.output,
        ), blank


def _examples(cells: Floats, data: Dataset, scale: Scale) -> Examples:
    """Rows of cells with what is wanted of them."""
    wanted = data.soft
    if data.task.output == "number":
        wanted = np.asarray(np.nan_to_num(scale.apply(numbers(data)))[:, None], np.float32)
    elif data.task.output == "labels":
        wanted = several(data)
    return Examples(np.ones(len(cells), np.int64), partial(_collate, cells), data.target, data.weight, wanted)


def _collate(cells: Floats, rows: Ints) -> Inputs:
    import torch

    return {"cells": torch.from_numpy(cells[rows])}


def _judge(data: Dataset, scale: Scale) -> Callable[[Floats, Ints], float]:
    """The metric of the task on rows of `data`, higher is better."""
    chosen = metric(data.task.metric)

    def score(scores: Floats, target: Ints) -> float:
        told = np.asarray(scale.undo(np.asarray(scores, np.float64)), np.float32)
        return chosen.sign * chosen.score(answered(data.task, told), data)

    return score


@dataclass(frozen=True, eq=False)
class FittedTableNetwork(WithHistory):
    """A network with the encoder of its rows. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "fitted_table_network"
    version: ClassVar[int] = 1
    task: Task
    learner: TableNetwork
    encoder: Encoder
    reading: tuple[Doubles, Doubles, Doubles]  # edges of pieces; what is taken from a column, what it is divided by
    scale: Scale
    trained: Any
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0  # at which its weights stood
    complete: bool = True

    def module(self) -> Any:
        """The torch module."""
        return self.trained

    def cells(self, matrix: Doubles) -> Floats:
        """(rows, cells) what the module reads of the encoder's matrix."""
        return np.asarray(sharp(matrix, *self.reading), np.float32)

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or numbers."""
        scores = logits_of(self.trained, self._read(rows), Policy(), columns(self.task))
        return answered(self.task, np.asarray(self.scale.undo(np.asarray(scores, np.float64)), np.float32))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) the vectors that the head reads."""
        return features_of(self.trained, self._read(rows), Policy())

    def _read(self, rows: pa.Table) -> Examples:
        cells = self.cells(self.encoder.matrix(rows))
        none = np.full(len(cells), -1, np.int64)
        return Examples(np.ones(len(cells), np.int64), partial(_collate, cells), none, np.ones(len(cells), np.float32))

    def state(self) -> State:
        """The recipe, the encoder, and all weights as float32."""
        weights = {
            f"w.{name}": value.detach().cpu().numpy().copy() for name, value in self.trained.state_dict().items()
        }
        settings = {
            "learner": to_json(self.learner), "encoder": self.encoder.settings(), "scale": asdict(self.scale),
            **self.training(),
        }  # fmt: skip
        reading = dict(zip(("edges", "center", "spread"), self.reading, strict=True))
        return State(settings, {**weights, **self.encoder.stored(), **reading})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedTableNetwork:
        """Read back."""
        given: Mapping[str, Any] = state.settings
        learner = from_json(given["learner"], {one.kind: one for one in (TableNetwork, Perceptron, *SETTINGS)})
        weights = {name[2:]: array for name, array in state.arrays.items() if name.startswith("w.")}
        width = weights["map.weight"].shape[1]
        module = filled(learner.network.module(width, columns(task), 0), weights)
        encoder = Encoder.restored(task, given["encoder"], state.arrays)
        edges, center, spread = (np.asarray(state.arrays[name], np.float64) for name in ("edges", "center", "spread"))
        made = cls(task, learner, encoder, (edges, center, spread), Scale(**given["scale"]), module)
        return replace(
            made, history=tuple(given["history"]), best_epochs=given["best_epochs"], complete=given["complete"]
        )
