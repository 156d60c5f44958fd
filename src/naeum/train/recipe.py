"""Which numbers say how a module is trained? Values that stand inside learners.

The defaults are for fine-tuning an encoder; docs/training.md has the runs they were chosen by.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.errors import InputError
from naeum.values import Choice, Real, Whole, setting

SCHEDULES = ("linear", "cosine", "step", "constant")
OPTIMIZERS = ("adamw", "sgd", "adafactor")
LOSSES = ("cross_entropy", "focal", "asymmetric", "squared", "huber")
CLASS_WEIGHTS = ("none", "balanced")


@dataclass(frozen=True)
class Course:
    """How a training runs apart from its optimization: its seed, its end, its safeguards.

    Args:
        seed: added to the seed of the run: another seed, another model of the same recipe.
        stop_after: epochs after which training stops although the schedule goes on; 0 = at its end. A fit that chose
            its best moment on tune rows writes it here, so that a refit follows the same learning rates to that moment.
        average: decay of an exponential moving average of the weights, which then answers instead of the last weights
            (Polyak & Juditsky 1992); 0 = none.
        clip: greatest norm of the gradient of a step; 0 = unlimited (Pascanu et al. 2013).
        looks: at most so many evaluations on tune rows an epoch.
    """

    kind: ClassVar[str] = "course"
    version: ClassVar[int] = 1
    seed: int = 0
    stop_after: float = 0.0
    average: float = setting(0.0, Choice((0.0, 0.99, 0.999)))
    clip: float = 1.0
    looks: int = 4

    def __post_init__(self) -> None:
        if not 0 <= self.average < 1:
            raise InputError(f"average must be at least 0 and below 1; got {self.average}; try 0.99")
        if self.stop_after < 0 or self.clip < 0 or self.looks < 1:
            raise InputError(
                f"stop_after and clip must not be negative and looks at least 1; got {self.stop_after}, {self.clip} "
                f"and {self.looks}; use 0 for no limit"
            )


@dataclass(frozen=True)
class Optimization:
    """How the weights move.

    Args:
        epochs: length of the schedule in passes over the rows; may be a fraction.
        learning_rate: its peak, reached after the warm-up.
        schedule: "linear" or "cosine" to zero, "step" (a tenth after 60 % and again after 85 %), or "constant".
        warmup: share of the schedule in which the rate rises from zero.
        batch_size: rows of one step.
        weight_decay: decoupled (Loshchilov & Hutter 2019); never on biases, norms and embeddings with sparse gradients.
        layer_decay: learning rate of a layer over that of the layer above it (Howard & Ruder 2018; Sun et al. 2019).
        optimizer: "adamw", "sgd" (momentum 0.9) or "adafactor".
        course: seed, end and safeguards.
    """

    kind: ClassVar[str] = "optimization"
    version: ClassVar[int] = 1
    epochs: float = setting(3.0, Real(1.0, 10.0, log=True))
    learning_rate: float = setting(5e-5, Real(1e-5, 1e-3, log=True))
    schedule: str = setting("linear", Choice(("linear", "cosine")))
    warmup: float = setting(0.1, Real(0.0, 0.3))
    batch_size: int = setting(16, Choice((16, 32, 64)))
    weight_decay: float = setting(0.01, Real(1e-4, 0.3, log=True))
    layer_decay: float = setting(0.9, Real(0.6, 1.0))
    optimizer: str = "adamw"
    course: Course = Course()

    def __post_init__(self) -> None:
        one_of("schedule", self.schedule, SCHEDULES)
        one_of("optimizer", self.optimizer, OPTIMIZERS)
        if not (self.epochs > 0 and self.learning_rate > 0 and self.batch_size >= 1):
            raise InputError(
                f"epochs, learning_rate and batch_size must be positive; got {self.epochs}, {self.learning_rate} and "
                f"{self.batch_size}; leave them out to use the defaults"
            )
        if not (0 <= self.warmup < 1 and self.weight_decay >= 0 and 0 < self.layer_decay <= 1):
            raise InputError(
                f"warmup must be in [0, 1), weight_decay at least 0 and layer_decay in (0, 1]; got {self.warmup}, "
                f"{self.weight_decay} and {self.layer_decay}; leave them out to use the defaults"
            )


@dataclass(frozen=True)
class Objective:
    """What a step makes smaller; see train/objectives.py for the formulas.

    Args:
        loss: "cross_entropy" of the class, of each label by itself where a row has several, and under normal noise of a
            number, which is half its squared error; "focal" for classes that drown in easy rows; "asymmetric" for
            several labels, most of which a row lacks; "squared" (the same as cross-entropy) and "huber", which outliers
            pull less, for numbers.
        label_smoothing: share of the target that is spread over all classes; not of numbers.
        focal_gamma: how much less a row counts the surer its class is; used by "focal", and by "asymmetric" for
            labels that a row lacks.
        class_weight: "balanced" counts every class the same, "none" every row.
        logit_adjustment: strength with which the log of the class shares is added to the logits while training.
    """

    kind: ClassVar[str] = "objective"
    version: ClassVar[int] = 1
    loss: str = "cross_entropy"
    label_smoothing: float = setting(0.0, Real(0.0, 0.2))
    focal_gamma: float = setting(2.0, Real(0.5, 4.0))
    class_weight: str = setting("none", Choice(CLASS_WEIGHTS))
    logit_adjustment: float = setting(0.0, Whole(0, 1))

    def __post_init__(self) -> None:
        one_of("loss", self.loss, LOSSES)
        one_of("class_weight", self.class_weight, CLASS_WEIGHTS)
        if not (0 <= self.label_smoothing < 1 and self.focal_gamma >= 0 and self.logit_adjustment >= 0):
            raise InputError(
                "label_smoothing must be in [0, 1), focal_gamma and logit_adjustment at least 0; got "
                f"{self.label_smoothing}, {self.focal_gamma} and {self.logit_adjustment}; try 0.1, 2 and 1"
            )


def one_of(name: str, given: str, known: tuple[str, ...]) -> None:
    """Refuse a setting that is not among the known ones.

    Raises:
        InputError: `given` is unknown.

    Example:
        >>> one_of("schedule", "linear", SCHEDULES)
    """
    if given not in known:
        raise InputError(f"{name} must be one of {', '.join(known)}; got {given!r}; choose one of them")
