"""What does a network learn of images from nothing but these images?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.data.images.decoding import Pixels
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.floor import Majority
from naeum.model.history import WithHistory
from naeum.model.image.changes import Changes, changed, mixed
from naeum.model.image.linear import IMAGE
from naeum.model.image.pixels import Pictures, pictures
from naeum.model.image.residual import Residual, residual_network
from naeum.model.image.seen import Seen, answers, learned_from
from naeum.model.text import start
from naeum.model.text.aims import Aim, answered, columns
from naeum.model.text.classifier import filled
from naeum.model.text.tuning import Course, Objective, Optimization
from naeum.train import cost, loop
from naeum.train.job import Examples, Inputs, Job, Moment, Trained
from naeum.train.look import logits_of
from naeum.train.step import MIXED
from naeum.values import Choice, Real, from_json, setting, to_json

if TYPE_CHECKING:
    import pyarrow as pa

FLOPS_PER_PRODUCT = 6  # a product and a sum: once forward, twice backward
PATCH = 4  # pixels of a side that count as one token of a batch: 128 images of 32 pixels go through at once
MICRO_TOKENS = 1 << 16  # a thousand images of 32 pixels, twenty of 224
LEAST_SPREAD = 1.0  # of a channel, of 255: images of one colour are not blown up
COLOUR_ROWS = 2_000  # of fit, spread evenly, from which mean and spread of the channels are taken


@dataclass(frozen=True)
class Descent(Optimization):
    """How the weights of a convolution network move: as `Optimization`, its usual values those of images.

    Stochastic gradient descent with momentum, up to a large rate and down to nothing (Smith & Topin 2019,
    "Super-convergence").
    """

    kind: ClassVar[str] = "descent"
    version: ClassVar[int] = 1
    epochs: float = setting(30.0, Real(10.0, 100.0, log=True))
    learning_rate: float = setting(0.1, Real(0.02, 0.4, log=True))
    schedule: str = setting("linear", Choice(("linear", "cosine")))
    warmup: float = setting(0.15, Real(0.0, 0.3))
    batch_size: int = setting(128, Choice((64, 128)))
    weight_decay: float = setting(5e-4, Real(1e-4, 5e-3, log=True))
    layer_decay: float = 1.0
    optimizer: str = "sgd"
    course: Course = Course(clip=0.0)  # noqa: RUF009 - frozen values


SETTINGS = (Course, Descent, Optimization, Objective, Residual, Changes)  # the values inside the learner


@dataclass(frozen=True)
class ImageNetwork:
    """A residual network of convolutions, trained on these images alone: minutes.

    Args:
        network: its shape.
        optimization: how the weights move.
        objective: what is made smaller.
        changes: how the images are changed while it learns.
        size: pixels of a side that every image is brought to.
        patience: looks at tune without a better one after which training stops; the best weights answer.
            0: nothing is decided by looking, the last weights answer.
        flips: whether an image is answered by the mean of what is said of it and of its mirror image.

    Example:
        >>> ImageNetwork(size=64).network.channels
        (64, 128, 256)
    """

    kind: ClassVar[str] = "image_network"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    reads: ClassVar[frozenset[InputKind]] = IMAGE
    network: Residual = Residual()  # noqa: RUF009 - frozen values
    optimization: Optimization = Descent()
    objective: Objective = Objective(label_smoothing=0.1)  # noqa: RUF009
    changes: Changes = Changes()  # noqa: RUF009
    size: int = setting(32, Choice((32, 48, 64)))
    patience: int = 40
    flips: bool = False

    def __post_init__(self) -> None:
        least = self.network.least_size()
        if self.size < least or self.patience < 0:
            raise InputError(
                f"size must be at least {least} for {self.network.stages} stages and patience at least 0; got "
                f"{self.size} and {self.patience}; take fewer stages or larger images"
            )

    def fit(self, parts: Parts, run: Run) -> TrainedOnImages:
        """Train on `parts.fit`; `parts.tune` picks the best moment.

        Raises:
            InputError: there is no labelled image that can be decoded.
        """
        job = self.job(parts, run)
        return self.made(job.module, loop.train(job, run), parts, run)

    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> TrainedOnImages:
        """What a trained module answers as, in the units of the task."""
        (rows, _), _ = learned_from(parts, run, self.size, self.kind)
        Aim.of(rows).settle(module.head)
        floor = Majority().fit(parts, run).scores
        return TrainedOnImages(
            parts.fit.task, self, module, floor, trained.history, trained.best_epochs, trained.complete
        )

    def job(self, parts: Parts, run: Run) -> ImageJob:
        """The training of this learner: module, rows and how. Its cost can be estimated before it is run."""
        fit, tune = learned_from(parts, run, self.size, self.kind)
        seed = run.seed + self.optimization.course.seed
        module = residual_network(self.network, columns(parts.fit.task), seed)
        center, spread = colours(fit[1])
        module.center.copy_(_tensor(center))
        module.spread.copy_(_tensor(spread))
        return training(fit, tune, module, self)

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        epochs = self.optimization.course.stop_after or self.optimization.epochs
        return cost.nominal(FLOPS_PER_PRODUCT * self.network.products(self.size) * rows * epochs)


@dataclass(frozen=True, eq=False)
class ImageJob(Job):
    """A training with what its targets were made of."""

    aim: Aim = Aim(Task())  # noqa: RUF009 - a frozen value


@dataclass(frozen=True, eq=False)
class TrainedOnImages(WithHistory):
    """A network that learned a task. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "image_network"
    version: ClassVar[int] = 1
    task: Task
    learner: ImageNetwork  # how images are read and what the module is made of
    trained: Any
    floor: Floats  # (columns,) scores of an image that cannot be decoded
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0  # at which its weights stood
    complete: bool = True

    def module(self) -> Any:
        """The torch module: (images,) -> scores."""
        return self.trained

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or numbers, of each row, in order; in float32, whatever it was trained in."""
        images = pictures(rows, self.task, self.learner.size)

        def scores(known: Ints) -> Floats:
            return seen_twice(self.trained, images, known, self.task, self.learner.flips)

        return answered(self.task, answers(images, scores, self.floor))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) the vectors that the head reads; those of a black image where one cannot be decoded."""
        images = pictures(rows, self.task, self.learner.size)
        return start.features_of(self.trained, bare(images, np.arange(len(images))), Policy())

    def state(self) -> State:
        """The recipe, and all weights as float32; how many batches a norm saw is of no more use."""
        weights = {name: value.detach().cpu().numpy().copy() for name, value in _weights(self.trained).items()}
        settings = {
            "learner": to_json(self.learner),
            **self.training(),
        }
        return State(settings, {**weights, "floor": self.floor})

    @classmethod
    def restore(cls, task: Task, state: State) -> TrainedOnImages:
        """The network of a stored state."""
        given: Mapping[str, Any] = state.settings
        learner = from_json(given["learner"], {one.kind: one for one in (ImageNetwork, *SETTINGS)})
        weights = {name: array for name, array in state.arrays.items() if name != "floor"}
        module = filled(residual_network(learner.network, columns(task), 0), weights)
        floor = np.asarray(state.arrays["floor"], np.float32)
        return cls(task, learner, module, floor, tuple(given["history"]), given["best_epochs"], given["complete"])


def training(fit: Seen, tune: Seen, module: Any, learner: Any) -> ImageJob:
    """The job of a module of images: `learner` says how it is optimized and how its images are changed."""
    (rows, images), (looked, judged) = fit, tune
    aim = Aim.of(rows)
    fill = np.round(colours(images)[0]).astype(np.uint8)
    return ImageJob(
        module=module,
        fit=_examples(rows, aim, images, partial(varied, images, learner.changes, fill)),
        tune=_examples(looked, aim, judged, partial(plain, judged)) if len(looked) and learner.patience else None,
        classes=columns(rows.task),
        optimization=learner.optimization,
        objective=learner.objective,
        patience=learner.patience,
        judge=aim.judge(looked),
        micro_tokens=MICRO_TOKENS,
        output=rows.task.output,
        aim=aim,
    )


def _weights(module: Any) -> dict[str, Any]:
    return {name: value for name, value in module.state_dict().items() if value.ndim}


def colours(images: Pictures) -> tuple[Floats, Floats]:
    """(3,) mean and (3,) standard deviation of red, green and blue, 0 to 255."""
    step = max(1, len(images) // COLOUR_ROWS)
    values = images.take(np.arange(0, len(images), step)).reshape(-1, 3).astype(np.float64)
    spread = np.maximum(values.std(axis=0), LEAST_SPREAD)
    return np.asarray(values.mean(axis=0), np.float32), np.asarray(spread, np.float32)


def plain(images: Pictures, rows: Ints) -> Inputs:
    """A batch of images as they are: uint8 (rows, 3, side, side), channels last in memory."""
    return {"images": _tensor(images.take(rows)).permute(0, 3, 1, 2)}


def varied(images: Pictures, changes: Changes, fill: Pixels, rows: Ints) -> Inputs:
    """A batch of changed images, and how they are mixed, if they are."""
    found = changed(images.take(rows), changes, fill).permute(0, 3, 1, 2)
    if not (changes.mixup or changes.cutmix):
        return {"images": found}
    both, how = mixed(found, changes)
    return {"images": both, MIXED: how}


def _examples(data: Dataset, aim: Aim, images: Pictures, collate: Any) -> Examples:
    return Examples(_lengths(images), collate, data.target, data.weight, aim.wanted(data))


def bare(images: Pictures, rows: Ints) -> Examples:
    """The images of rows, without targets."""
    chosen = replace(images, places=images.places[rows])
    none = np.zeros(len(rows))
    return Examples(_lengths(chosen), partial(plain, chosen), none.astype(np.int64), none.astype(np.float32))


def seen_twice(module: Any, images: Pictures, rows: Ints, task: Task, flips: bool) -> Floats:
    """(rows, columns) the scores of images, with `flips` the mean of those and of the scores of their mirror images."""
    found = logits_of(module, bare(images, rows), Policy(), columns(task))
    if not flips:
        return found
    turned = bare(images, rows)
    other = replace(turned, collate=partial(_mirrored, turned.collate))
    return np.asarray(0.5 * (found + logits_of(module, other, Policy(), columns(task))), np.float32)


def _mirrored(collate: Any, rows: Ints) -> Inputs:
    return {"images": collate(rows)["images"].flip(-1)}


def _lengths(images: Pictures) -> Ints:
    return np.full(len(images), max(1, (images.size // PATCH) ** 2), np.int64)


def _tensor(array: Any) -> Any:
    import torch

    return torch.as_tensor(array)
