"""Which small model answers most like a large one?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import values
from naeum.compress.distil.layers import TRUNKS
from naeum.compress.distil.lesson import Lesson, More, lesson
from naeum.compress.distil.soft import Beside, Soft, Taught
from naeum.compress.distil.student import Student
from naeum.contract import Dataset, Floats, InputKind, OutputKind, Parts, Predictor, Run, Shape, Task
from naeum.errors import InputError
from naeum.model.claims import ALL, claims
from naeum.model.image.pixels import pictures
from naeum.model.text.aims import Aim, columns, several
from naeum.train import loop
from naeum.train.job import Job
from naeum.train.objectives import loss_of

TEACHING = 0.5  # share of the time that is left which the teacher may take


@dataclass(frozen=True)
class Distilled:
    """`student` taught by `teacher`: it learns what the teacher answers, on more rows than have labels.

    A student that is trained step by step (`job` and `made`) learns from both by `soft`; any other one from targets
    that are mixed of the teacher's answers and the truth. A blend or a bag is a teacher like any other: several
    models become one.

    Args:
        teacher: what is fitted first; where it was fitted before it is read back.
        student: what learns from it.
        soft: how much the teacher's answers count beside the truth, and how they are softened.
        more: which rows without a label are learned from as well.

    References:
        Hinton, Vinyals & Dean 2015, "Distilling the knowledge in a neural network".
        Bucilă, Caruana & Niculescu-Mizil 2006, "Model compression" (rows made for the student; several into one).

    Example:
        >>> from naeum.model.floor import Majority
        >>> from naeum.model.text.networks import HashedNgrams
        >>> Distilled(Majority(), HashedNgrams()).soft.alpha
        0.8
    """

    teacher: Any = None
    student: Any = None
    soft: Soft = Soft()  # noqa: RUF009 - frozen values
    more: More = More()  # noqa: RUF009

    kind: ClassVar[str] = "distilled"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"label", "labels", "number", "tags"})
    reads: ClassVar[frozenset[InputKind]] = ALL

    def claims(self, task: Task) -> bool:
        """Whether both learn the task, tags only by a student that is trained step by step."""
        both = (self.teacher, self.student)
        if task.output not in self.outputs or None in both or not all(claims(one, task) for one in both):
            return False
        if hasattr(self.student, "begun"):
            return any(node.kind in TRUNKS for _, node in values.nodes(self.teacher))
        return task.output != "tags" or in_steps(self.student)

    @property
    def besides(self) -> tuple[tuple[Any, float], ...]:
        """What is trained beside the teacher, on how many times the labelled rows: what its time is forecast by."""
        return ((self.student, 1.0 + self.more.made),)

    def fit(self, parts: Parts, run: Run) -> Student:
        """Fit the teacher, ask it, fit the student.

        Raises:
            InputError: there is no labelled row.
        """
        teacher = run.fit(self.teacher, parts, share=TEACHING)
        learned = lesson(self.teacher, teacher, parts, self.more, run)
        student = self.student.begun(teacher) if hasattr(self.student, "begun") else self.student
        return Student.of(self.taught(student, learned, parts, run), self.teacher, teacher)

    def taught(self, student: Any, learned: Lesson, parts: Parts, run: Run) -> Predictor:
        """The fitted student."""
        if not in_steps(student):
            mixed: Predictor = run.fit(student, Parts(blended(learned, self.soft), parts.tune))
            return mixed
        learned = seen(learned, student, run)
        given = Parts(learned.data, parts.tune)
        job, beyond = student.job(given, run), 0.0
        if hasattr(student, "inside"):
            plain = job.module
            job, run = student.inside(job, run)
            beyond = self.student.inside.weight if job.module is not plain else 0.0
        job = taught_by(job, learned, self.soft, beyond)
        fitted: Predictor = student.made(job.module, loop.train(job, run), given, run)
        return fitted


def in_steps(student: Any) -> bool:
    """Whether a learner is trained step by step, so that its loss can be another."""
    return hasattr(student, "job") and hasattr(student, "made")


def seen(learned: Lesson, student: Any, run: Run) -> Lesson:
    """The rows that a student of images learns from: those that can be decoded; of other students all."""
    task = learned.data.task
    if set(task.columns.values()) != {"image"} or not hasattr(student, "size"):
        return learned
    return learned.rows(np.asarray(pictures(learned.data.rows, task, student.size, run.cache).known))


def taught_by(job: Job, learned: Lesson, soft: Soft, beyond: float = 0.0) -> Job:
    """The training of a student, with its teacher's answers beside its targets.

    Args:
        job: its own.
        learned: the same rows, in their order.
        soft: how much the answers count.
        beyond: weight of a further column of its scores; see `Taught`.
    """
    if len(learned.told) != job.fit.answers:
        raise InputError(
            f"a student must learn from the rows that its teacher answered; it has {job.fit.answers} answers to learn, "
            f"the teacher gave {len(learned.told)}; choose another student"
        )
    known, told = learned.known[:, None].astype(np.float32), _in_units(learned)
    if job.fit.units is not None:
        known = _by_word(learned)
    matrix = job.fit.soft is not None
    hard = job.loss or loss_of(job.objective, job.fit.target, job.classes, soft=job.fit.soft, output=job.output)
    wanted: Any = Beside((*([job.fit.soft] if job.fit.soft is not None else []), told, known))
    loss = Taught(hard, soft, job.output, job.classes, matrix, beyond)
    return replace(job, fit=replace(job.fit, soft=wanted), loss=loss)


def blended(learned: Lesson, soft: Soft) -> Dataset:
    """The rows with targets mixed of what the teacher says and the truth; the temperature is that of networks alone."""
    import pyarrow as pa

    data, told = learned.data, np.asarray(learned.told, np.float64)
    share = np.where(learned.known, soft.alpha, 1.0)[:, None]
    key = values.digest(values.canonical([data.key, values.digest(told.tobytes()), soft.alpha]))
    if data.task.output == "number":
        mixed = share * told + (1 - share) * np.asarray(data.truth.to_numpy(), np.float64)[:, None]
        return replace(data, truth=pa.chunked_array([pa.array(mixed[:, 0], data.truth.type)]), key=key)
    if data.task.output == "labels":
        says, truth = 1 / (1 + np.exp(-told)), several(data)
    else:
        says = np.exp(told) / np.exp(told).sum(axis=1, keepdims=True)
        truth = np.eye(columns(data.task), dtype=np.float32)[np.maximum(data.target, 0)]
        truth = truth if data.soft is None else data.soft
    return replace(data, soft=np.asarray(share * says + (1 - share) * truth, np.float32), key=key)


def _in_units(learned: Lesson) -> Floats:
    """The answers in the units that are learned: numbers in standard deviations from their mean."""
    if learned.data.task.output != "number":
        return learned.told
    aim = Aim.of(learned.data)
    return np.asarray((learned.told - aim.center) / aim.spread, np.float32)


def _by_word(learned: Lesson) -> Floats:
    """(words, 1) whether the tag of a word is the true one."""
    from naeum.measure.words import word_offsets

    counts = np.diff(word_offsets(learned.data.rows[learned.data.task.inputs[0]]))
    return np.repeat(learned.known, counts)[:, None].astype(np.float32)
