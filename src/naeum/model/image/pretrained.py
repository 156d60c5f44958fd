"""What does a pretrained encoder of images know of these images: as it is, and when it learns from them?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine import bases, sessions
from naeum.engine.logistic import Linear
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.floor import Majority
from naeum.model.history import WithHistory
from naeum.model.image import encoder, network
from naeum.model.image.changes import Changes
from naeum.model.image.linear import IMAGE, LEAST_SPREAD, ON_TUNE
from naeum.model.image.pixels import pictures
from naeum.model.image.seen import answers, heard, learned_from, told
from naeum.model.text import start
from naeum.model.text.aims import answered, columns
from naeum.model.text.classifier import difference, filled
from naeum.model.text.heads import PATH, WITHOUT_TUNE, search, solver
from naeum.model.text.tuning import Objective, Optimization
from naeum.train import cost, loop
from naeum.train.job import Moment
from naeum.train.recipe import one_of
from naeum.values import Choice, setting

if TYPE_CHECKING:
    import pyarrow as pa

HEAD_RATE = 10.0  # learning rate of a head that starts near zero, over that of the encoder
# Forward operations of a place for each weight that it meets, and weights of a layer over its squared width.
FLOPS_PER_WEIGHT, WEIGHTS_PER_LAYER = 2, 12
PLACE = 16  # pixels of a side of one place: of a ViT's patch, and about what a ResNet comes down to half-way


@dataclass(frozen=True)
class ImageProbe:
    """Features of a frozen encoder of images, computed once, and a linear head.

    Args:
        base: name or folder of a ResNet, a ViT or the like; see `engine.bases`.
        pooling: "mean" over all places, or "cls": the first one of a transformer.
        size: pixels of a side; 0: as the base was trained.
        c: inverse strength of the penalty; 0: the best of a short path on tune.

    Example:
        >>> ImageProbe("google/vit-base-patch16-224").pooling
        'mean'
    """

    kind: ClassVar[str] = "image_probe"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    reads: ClassVar[frozenset[InputKind]] = IMAGE
    base: str
    pooling: str = setting("mean", Choice(encoder.POOLINGS))
    size: int = 0
    c: float = setting(ON_TUNE, Choice((ON_TUNE, *PATH)))

    def __post_init__(self) -> None:
        one_of("pooling", self.pooling, encoder.POOLINGS)
        if self.c < 0 or self.size < 0:
            raise InputError(f"c and size must be at least 0; got {self.c} and {self.size}; leave them out")

    def fit(self, parts: Parts, run: Run) -> FittedImageProbe:
        """Raises:
        BaseModelError: the base model is not there, or reads no images.
        InputError: there is no labelled image that can be decoded.
        """
        base = encoder.found(self.base, run.policy)
        task = parts.fit.task
        module = encoder.seeing(base, columns(task), self.pooling, self.size)
        floor = Majority().fit(parts, run).scores
        empty = Linear(np.empty((0, 0), np.float32), np.empty(0, np.float32))
        reader = FittedImageProbe(task, base, self, module, empty, self.c, floor, run.cache)
        fit, tune = heard(parts.fit), heard(parts.tune)
        (learned, known), (judged, seen) = (reader.vectors(one.rows, run.policy, told(run)) for one in (fit, tune))
        if not known.any():
            raise InputError(
                f"{self.kind} must have labelled images that can be decoded to learn from; got none of "
                f"{len(parts.fit)} rows; give labels, or look at the files"
            )
        fit, tune = heard(fit, known), heard(tune, seen)
        learned, judged = learned[known], judged[seen]
        center, spread = learned.mean(axis=0), learned.std(axis=0) + LEAST_SPREAD
        head = solver((learned - center) / spread, fit, fit.weight)
        if self.c or not len(tune):
            c = self.c or WITHOUT_TUNE
            linear = head(c, None)
        else:
            c, linear = search(head, (judged - center) / spread, tune)
        weights = linear.weights / spread[:, None]
        return replace(reader, head=Linear(weights, linear.bias - center @ weights), c=c)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine."""
        return cost.nominal(FLOPS_PER_WEIGHT * _products(self.base, self.size, policy) * rows)


@dataclass(frozen=True, eq=False)
class FittedImageProbe:
    """A head on an encoder that is named, not copied."""

    kind: ClassVar[str] = "image_probe"
    version: ClassVar[int] = 1
    task: Task
    base: bases.Base
    learner: ImageProbe
    seeing: Any  # the encoder, see encoder.seeing
    head: Linear
    c: float  # that the head was fitted with
    floor: Floats  # (columns,) scores of an image that cannot be decoded
    cache: Path | None = None  # of features, while a climb goes on

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or numbers, of each row, in order; in float32."""
        found, known = self.vectors(rows)
        scores = np.where(known[:, None], self.head.logits(found), self.floor)
        return answered(self.task, scores)

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) what the head reads; zeros where an image cannot be decoded."""
        return self.vectors(rows)[0]

    def vectors(self, rows: pa.Table, policy: Policy | None = None, tell: Any = None) -> tuple[Floats, Any]:
        """Features, and which images could be decoded; from the cache in a fit only."""
        place = None
        if self.cache is not None and tell is not None:
            kept = f"{self.base.digest}-{self.learner.pooling}-{self.seeing.side}-{(policy or Policy()).dtype}"
            place = self.cache / "image-features" / kept
        return encoder.vectors(self.seeing, rows, self.task, place, policy or Policy(), tell)

    def decided(self, learner: ImageProbe) -> ImageProbe:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c)

    def state(self) -> State:
        """The head, and which base model it stands on."""
        settings = {
            "base": self.base.name, "folder": str(self.base.folder), "digest": self.base.digest,
            "asked": self.learner.base, "pooling": self.learner.pooling, "size": self.learner.size,
            "asked_c": self.learner.c, "c": self.c,
        }  # fmt: skip
        return State(settings, {"weights": self.head.weights, "bias": self.head.bias, "floor": self.floor})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedImageProbe:
        """The probe of a stored state.

        Raises:
            BaseModelError: the base is gone, or has other weights now.
        """
        given: Mapping[str, Any] = state.settings
        base = bases.again(given["base"], given["digest"], given["folder"], Policy(offline=True))
        learner = ImageProbe(given["asked"], given["pooling"], given["size"], given["asked_c"])
        module = encoder.seeing(base, columns(task), learner.pooling, learner.size)
        weights, bias, floor = (np.asarray(state.arrays[name], np.float32) for name in ("weights", "bias", "floor"))
        return cls(task, base, learner, module, Linear(weights, bias), given["c"], floor)


@dataclass(frozen=True)
class TunedImages:
    """A pretrained encoder of images with a new head, all of it trained on the task.

    Args:
        base: as in `ImageProbe`.
        optimization: how the weights move; the head moves ten times as fast.
        objective: what is made smaller.
        changes: how the images are changed while it learns.
        pooling, size: as in `ImageProbe`.
        patience, flips: as in `ImageNetwork`.
    """

    kind: ClassVar[str] = "tuned_images"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    reads: ClassVar[frozenset[InputKind]] = IMAGE
    base: str
    optimization: Optimization = Optimization(batch_size=32, layer_decay=1.0)  # noqa: RUF009 - frozen values
    objective: Objective = Objective(label_smoothing=0.1)  # noqa: RUF009
    changes: Changes = Changes()  # noqa: RUF009
    pooling: str = setting("mean", Choice(encoder.POOLINGS))
    size: int = 0
    patience: int = 8
    flips: bool = False

    def __post_init__(self) -> None:
        one_of("pooling", self.pooling, encoder.POOLINGS)
        if self.patience < 0 or self.size < 0:
            raise InputError(f"patience and size must be at least 0; got {self.patience} and {self.size}")

    def fit(self, parts: Parts, run: Run) -> TunedOnImages:
        """Train on `parts.fit`; `parts.tune` picks the best moment.

        Raises:
            BaseModelError: the base model is not there, or reads no images.
            InputError: there is no labelled image that can be decoded.
        """
        job = self.job(parts, run)
        trained = loop.train(job, run)
        job.aim.settle(job.module.head)
        return TunedOnImages(
            parts.fit.task, encoder.found(self.base, run.policy), self, job.module, Majority().fit(parts, run).scores,
            trained.history, trained.best_epochs, trained.complete,
        )  # fmt: skip

    def job(self, parts: Parts, run: Run) -> network.ImageJob:
        """The training of this learner: module, rows and how."""
        base = encoder.found(self.base, run.policy)
        task = parts.fit.task
        module = encoder.seeing(base, columns(task), self.pooling, self.size)
        start.at_random(module, run.seed + self.optimization.course.seed)
        fit, tune = learned_from(parts, run, module.side, self.kind)
        made = network.training(fit, tune, module, self)
        return replace(made, scale=lambda name: HEAD_RATE if name.startswith("head.") else 1.0)

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine."""
        epochs = self.optimization.course.stop_after or self.optimization.epochs
        return cost.nominal(3 * FLOPS_PER_WEIGHT * _products(self.base, self.size, policy) * rows * epochs)


@dataclass(frozen=True, eq=False)
class TunedOnImages(WithHistory):
    """A pretrained encoder that learned a task. Its module is shared by all threads and stays in evaluation mode."""

    kind: ClassVar[str] = "tuned_images"
    version: ClassVar[int] = 1
    task: Task
    base: bases.Base
    learner: TunedImages
    trained: Any  # see encoder.seeing
    floor: Floats  # (columns,) scores of an image that cannot be decoded
    history: tuple[Moment, ...] = ()
    best_epochs: float = 0.0
    complete: bool = True

    def module(self) -> Any:
        """The torch module: (images,) -> scores."""
        return self.trained

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or numbers, of each row, in order; in float32, whatever it was trained in."""
        images = pictures(rows, self.task, self.trained.side)

        def scores(known: Ints) -> Floats:
            return network.seen_twice(self.trained, images, known, self.task, self.learner.flips)

        return answered(self.task, answers(images, scores, self.floor))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) the vectors that the head reads; those of a black image where one cannot be decoded."""
        images = pictures(rows, self.task, self.trained.side)
        return start.features_of(self.trained, network.bare(images, np.arange(len(images))), Policy())

    def state(self) -> State:
        """Only the weights that differ from those of the base, which is named by its digest."""
        settings = {
            "base": self.base.name, "folder": str(self.base.folder), "digest": self.base.digest,
            "asked": self.learner.base, "pooling": self.learner.pooling, "size": self.learner.size,
            **self.training(), "flips": self.learner.flips,
        }  # fmt: skip
        weights = difference(self.trained, sessions.load(self.base))
        return State(settings, {**{name: array for name, array in weights.items() if array.ndim}, "floor": self.floor})

    @classmethod
    def restore(cls, task: Task, state: State) -> TunedOnImages:
        """The encoder of a stored state.

        Raises:
            BaseModelError: the base is gone, or has other weights now.
        """
        given: Mapping[str, Any] = state.settings
        base = bases.again(given["base"], given["digest"], given["folder"], Policy(offline=True))
        flips = bool(given.get("flips", False))  # models of before have none
        learner = TunedImages(given["asked"], pooling=given["pooling"], size=given["size"], flips=flips)
        weights = {name: array for name, array in state.arrays.items() if name != "floor"}
        module = filled(encoder.seeing(base, columns(task), learner.pooling, learner.size), weights)
        floor = np.asarray(state.arrays["floor"], np.float32)
        return cls(task, base, learner, module, floor, tuple(given["history"]), given["best_epochs"], given["complete"])


def _products(name: str, size: int, policy: Policy) -> float:
    """Multiplications of one image: of a transformer of this width and depth, to which others are alike."""
    base = encoder.found(name, policy)
    places = ((size or encoder.sight(base).side) / PLACE) ** 2
    return float(WEIGHTS_PER_LAYER * base.layers * base.width**2 * places)
