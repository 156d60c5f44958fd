"""Which student is the encoder of its teacher with fewer layers, and how is it taught?

It starts from layers of its fine-tuned teacher with the teacher's words and head, first learns the teacher's inside
where that is asked for (see inside.py), then its answers.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar, Protocol

from naeum.compress.compact import CompactEncoder, Plan, compacted, places
from naeum.compress.compact.places import whole
from naeum.compress.compact.shrink import shrink, shrink_
from naeum.compress.distil.inside import Inside, watched
from naeum.contract import Dataset, Parts, Predictor, Run, Task
from naeum.engine import sessions
from naeum.errors import InputError
from naeum.model.claims import ROWS, TEXT
from naeum.model.text import classifier
from naeum.model.text.aims import Aim, columns
from naeum.model.text.dropout import dropout as quick
from naeum.model.text.examples import labelled, to_learn
from naeum.model.text.finetuned import RANDOM_HEAD_RATE, FineTunedEncoder
from naeum.model.text.reading import APART, read
from naeum.model.text.tuning import Full, Objective, Optimization
from naeum.train import loop
from naeum.train.job import Examples, Job, Trained
from naeum.train.recipe import one_of
from naeum.train.stage import Stage
from naeum.values import Choice, Real, Whole, setting

WHICH = ("uniform", "first", "last", "ends")
FOLLOWS = ("uniform", "last")
TRUNKS = frozenset({"finetuned", "cross_encoder", "bi_encoder", "contrastive"})  # learners that end as an encoder


@dataclass(frozen=True)
class Layers:
    """A student of some of the layers of its teacher's encoder.

    Args:
        count: layers that it has; at most those of the teacher.
        which: layers it starts from: "uniform", every second or third and the last; the "first" ones; the "last" ones;
            or from both "ends".
        follows: layers of the teacher whose states its own follow: "uniform" or the "last" ones.
        inside: what it learns of the inside of its teacher.
        optimization: how the weights move.
        objective: what is made smaller where the truth is learned.
        dropout: of hidden states and of the vector that the head reads.
        patience: as in `FineTuned`.

    Raises:
        InputError: a setting is not known, or out of its range.

    Example:
        >>> Layers(3).taken(6), Layers(3, "ends").taken(6), Layers(2, "last").taken(6)
        ((1, 3, 5), (0, 1, 5), (4, 5))
    """

    kind: ClassVar[str] = "layers_of_teacher"
    version: ClassVar[int] = 1
    count: int = setting(3, Whole(1, 12))
    which: str = setting("uniform", Choice(WHICH))
    follows: str = setting("uniform", Choice(FOLLOWS))
    inside: Inside = Inside()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(epochs=6.0, learning_rate=2e-4, batch_size=32)  # noqa: RUF009
    objective: Objective = Objective()  # noqa: RUF009
    dropout: float = setting(0.1, Real(0.0, 0.3))
    patience: int = 8

    def __post_init__(self) -> None:
        one_of("which", self.which, WHICH)
        one_of("follows", self.follows, FOLLOWS)
        if not (self.count >= 1 and 0 <= self.dropout < 1 and self.patience >= 0):
            raise InputError(
                f"count must be at least 1, dropout in [0, 1) and patience at least 0; got {self.count}, "
                f"{self.dropout} and {self.patience}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """One answer a row, from texts."""
        return task.output in ROWS and set(task.columns.values()) <= TEXT

    def taken(self, layers: int) -> tuple[int, ...]:
        """The numbers of the layers that it starts from, of a teacher with so many."""
        if self.which == "first":
            return tuple(range(self.count))
        if self.which == "last":
            return tuple(range(layers - self.count, layers))
        if self.which == "ends":
            below = self.count - self.count // 2
            return (*range(below), *range(layers - self.count // 2, layers))
        return tuple(round((at + 1) * layers / self.count) - 1 for at in range(self.count))

    def followed(self, layers: int) -> tuple[int, ...]:
        """The numbers of the teacher's layers that its own follow."""
        return replace(self, which=self.follows).taken(layers)

    def begun(self, teacher: Predictor) -> Begun:
        """The student of a fitted teacher before it is taught.

        Raises:
            InputError: there is no encoder in the teacher, or it has fewer layers.
        """
        found = followed_in(teacher, "a student of layers")
        plan: Plan = whole(found.network.encoder)
        if self.count > len(plan.stay):
            raise InputError(
                f"a student must have at most the {len(plan.stay)} layers of its teacher; got {self.count}; give fewer"
            )
        taken = plan.only(self.taken(len(plan.stay)))
        return Begun(self, found, compacted(found, taken), taken)


class Taught(Protocol):
    """How a student of an encoder's own parts learns: `Layers`, `Bottleneck`."""

    kind: ClassVar[str]

    @property
    def inside(self) -> Inside: ...
    @property
    def optimization(self) -> Optimization: ...
    @property
    def objective(self) -> Objective: ...
    @property
    def dropout(self) -> float: ...
    @property
    def patience(self) -> int: ...
    def followed(self, layers: int) -> tuple[int, ...]:
        """The numbers of the teacher's layers that its own follow."""


@dataclass(frozen=True, eq=False)
class Begun:
    """A student with the weights it starts from, and what that leaves of its teacher."""

    learner: Taught
    teacher: FineTunedEncoder
    blank: CompactEncoder
    plan: Plan

    def job(self, parts: Parts, run: Run) -> Job:
        """Its training on the truth alone; its teacher's answers come beside."""
        learner, module = self.learner, self.blank.network
        fit, tune = to_learn(parts.fit, learner.kind), labelled(parts.tune)
        aim = Aim.of(fit)
        aim.unsettle(module.head)
        classifier.set_dropout(module.encoder, learner.dropout)
        module.dropout = quick(learner.dropout)
        classifier.prepare(module, Full(), run.seed + learner.optimization.course.seed)
        return Job(
            module=module,
            fit=self._examples(fit, aim),
            tune=self._examples(tune, aim) if len(tune) and learner.patience else None,
            classes=columns(parts.fit.task),
            optimization=learner.optimization,
            objective=learner.objective,
            patience=learner.patience,
            scale=partial(_scale, inner=classifier.rates(module, learner.optimization.layer_decay, 1.0)),
            judge=aim.judge(tune),
            output=parts.fit.task.output,
        )

    def inside(self, job: Job, run: Run) -> tuple[Job, Run]:
        """The training once the inside of the teacher was learned, or with that beside the answers.

        Its run comes with it: its steps follow those of the stages before.
        """
        inside = self.learner.inside
        if not inside.losses:
            return job, run
        general, encoder = int(inside.general > 0), job.module.encoder
        stages = (len(places(encoder)) if inside.layer_by_layer else 1) if inside.epochs else 0
        runs: list[Run] = [Stage(run, number, general + stages + 1) for number in range(general + stages + 1)]
        if general:
            self._general(job, runs[0])
        module = self._watched(job, copy.deepcopy(self.teacher.network.encoder).requires_grad_(False))
        if not stages:
            return replace(job, module=module), runs[-1]
        for stage, (only, moving) in zip(runs[general:-1], _stages(module, inside.layer_by_layer), strict=True):
            module.only = only
            _learned(job, module, moving, inside.epochs, stage)
        return job, runs[-1]

    def _watched(self, job: Job, teacher: Any) -> Any:
        """The student's module beside an encoder whose inside it learns."""
        sides = 2 if self.teacher.reading == APART else 1
        follows = self.learner.followed(len(places(teacher)))
        return watched(job.module, teacher, follows, self.learner.inside, sides)

    def _general(self, job: Job, run: Run) -> None:
        """The stage in which the base model itself is followed, from its own weights (Jiao et al. 2020, section 3.1).

        Raises:
            BaseModelError: the weights of the base model are not there.
        """
        base = sessions.load(self.teacher.base).eval().requires_grad_(False)
        if isinstance(self.teacher, CompactEncoder):
            shrink_(base, self.teacher.plan)
        encoder: Any = job.module.encoder
        encoder.load_state_dict(shrink(base, self.plan).state_dict())
        module = self._watched(job, base)
        _learned(job, module, ("inner.encoder.", "wider."), self.learner.inside.general, run)

    def made(self, module: Any, trained: Trained, parts: Parts, run: Run) -> CompactEncoder:
        """What the taught module answers as, in the units of the task."""
        found = getattr(module, "inner", module)
        classifier.merge(found)
        Aim.of(to_learn(parts.fit, self.learner.kind)).settle(found.head)
        return self.blank.trained(found.requires_grad_(False), trained)

    def _examples(self, data: Dataset, aim: Aim) -> Examples:
        teacher = self.teacher
        lengths, collate = read(teacher.base, data.rows, data.task, teacher.max_length, teacher.reading)
        return Examples(lengths, collate, data.target, data.weight, aim.wanted(data))


def followed_in(teacher: Any, student: str) -> FineTunedEncoder:
    """The encoder of a teacher.

    Raises:
        InputError: it has none.
    """
    found = encoder_in(teacher)
    if found is None:
        raise InputError(
            f"{student} must have a fine-tuned encoder as its teacher, or in it; got {teacher.kind!r}; choose another "
            "student"
        )
    return found


def encoder_in(predictor: Any) -> FineTunedEncoder | None:
    """The first fine-tuned encoder in a predictor, in what it stands around, or among its members."""
    if isinstance(predictor, FineTunedEncoder):
        return predictor
    inner = getattr(predictor, "inner", None)
    for one in (*([] if inner is None else [inner]), *getattr(predictor, "members", ())):
        if found := encoder_in(one):
            return found
    return None


@contextmanager
def moving_alone(module: Any, moving: tuple[str, ...]) -> Iterator[None]:
    """Let only those weights move whose name begins with one of these; after the block all that moved before."""
    before = {name: weight.requires_grad for name, weight in module.named_parameters()}
    for name, weight in module.named_parameters():
        weight.requires_grad_(before[name] and name.startswith(moving))
    try:
        yield
    finally:
        for name, weight in module.named_parameters():
            weight.requires_grad_(before[name])


def _learned(job: Job, module: Any, moving: tuple[str, ...], epochs: float, run: Run) -> None:
    """Train on what a watched module says of its inside alone; only weights whose name begins with these move."""
    optimization = replace(job.optimization, epochs=epochs)
    stage = replace(job, module=module, tune=None, patience=0, optimization=optimization, loss=_last)
    with moving_alone(module, moving):
        loop.train(stage, run)


def _stages(module: Any, layer_by_layer: bool) -> Iterator[tuple[int | None, tuple[str, ...]]]:
    """Which layer is taught, None for all, and how the names of the weights that move begin."""
    if not layer_by_layer:
        yield None, ("inner.encoder.", "wider.")
        return
    names = {id(part): name for name, part in module.named_modules()}
    for at, place in enumerate(places(module.inner.encoder)):
        yield at, (f"{names[id(place.block)]}.", "wider.")


def _last(scores: Any, target: Any, soft: Any = None) -> Any:
    return scores[:, -1]


def _scale(name: str, inner: Any) -> float:
    """Rates of a student, also where it is watched; maps to the teacher's width start from nothing."""
    return RANDOM_HEAD_RATE if name.startswith("wider.") else float(inner(name.removeprefix("inner.")))
