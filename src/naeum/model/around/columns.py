"""How are rows learned that mix texts, numbers, categories and images? Each group of columns by its own learner.

*Late*: every group answers alone, and the answers are blended with weights from held-out rows. *Early*: all groups but
the last become vectors, whose main directions stand beside the columns of the last group as numbers, so that its
learner can see how they act together; for vectors that do not know the target, such as those of a probe's encoder.

Reference: Baltrušaitis, Ahuja & Morency 2019, "Multimodal machine learning: a survey and taxonomy" (early, late).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum import values
from naeum.contract import Dataset, Floats, InputKind, OutputKind, Outputs, Parts, Predictor, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.around.blend import Pool
from naeum.model.around.weights import WAYS, poolable
from naeum.model.claims import ALL, ROWS, claims
from naeum.values import Choice, setting

if TYPE_CHECKING:
    import pyarrow as pa

FUSIONS = ("late", "early")
DIRECTIONS = 24  # of the vectors of a group that stand beside the columns: more would drown a table of ten
PLACES = 5  # decimals of a direction: vectors are of single precision
NAMED = "{group}·{number}"  # the column of a direction; the dot keeps it apart from names of the user's


@dataclass(frozen=True)
class Group:
    """Columns that one learner reads.

    Args:
        columns: their names.
        learner: of rows that have these columns only.
    """

    columns: tuple[str, ...] = ()
    learner: Any = None

    kind: ClassVar[str] = "column_group"
    version: ClassVar[int] = 1


@dataclass(frozen=True)
class Columns:
    """A learner for each group of columns, fused.

    Args:
        groups: at least one; a column may stand in several.
        fuse: "late" (blend the answers) or "early" (the last group's learner reads the vectors of the others).
        how: weights of the late blend: "greedy" selection, "mean" or "stacking".
        weights: one a group; given, nothing is decided by looking.

    Raises:
        InputError: no group, an unknown way, weights that do not fit, or early fusion of what makes no vectors.
    """

    groups: tuple[Group, ...] = ()
    fuse: str = setting("late", Choice(FUSIONS))
    how: str = setting("greedy", Choice(tuple(WAYS)))
    weights: tuple[float, ...] = ()

    kind: ClassVar[str] = "columns"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        for name, known in (("fuse", FUSIONS), ("how", tuple(WAYS))):
            if getattr(self, name) not in known:
                raise InputError(f"{name} must be one of {', '.join(known)}; got {getattr(self, name)!r}; correct it")
        if self.weights and (len(self.weights) != len(self.groups) or min(self.weights) < 0 or not sum(self.weights)):
            raise InputError(
                f"weights must be one number of 0 or more for each of {len(self.groups)} groups; got {self.weights}; "
                f"leave them out to have them decided"
            )

    def claims(self, task: Task) -> bool:
        """Whether every group's columns are there and its learner can learn them."""
        known = task.columns
        if not self.groups or task.output not in self.outputs:
            return False
        if any(not group.columns or not set(group.columns) <= set(known) for group in self.groups):
            return False
        inner = self.groups if self.fuse == "late" else self.groups[:-1]
        last = () if self.fuse == "late" else (_widened(task_of(task, self.groups[-1].columns), ("x·0",)),)
        return all(claims(group.learner, task_of(task, group.columns)) for group in inner) and all(
            claims(self.groups[-1].learner, one) for one in last
        )

    def fit(self, parts: Parts, run: Run) -> Grouped | Fused:
        """Fit the groups' learners; weigh their answers, or let the last one read the vectors of the others."""
        if not self.groups:
            raise InputError("columns must be learned in groups; got none; give a group of columns with its learner")
        shown = [_parts_of(parts, group.columns) for group in self.groups]
        return self._late(parts, shown, run) if self.fuse == "late" else self._early(parts, shown, run)

    def _late(self, parts: Parts, shown: Sequence[Parts], run: Run) -> Grouped:
        pairs = list(zip(self.groups, shown, strict=True))
        weights = self.weights or (1 / len(pairs),) * len(pairs)
        if not self.weights and len(pairs) > 1 and (parts.tune.target >= 0).any():
            found = [run.held_out(group.learner, own) for group, own in pairs]
            scores = [poolable(outputs) for outputs, _ in found]
            weights = WAYS[self.how](scores, replace(found[0][1], task=parts.fit.task))
        members = tuple(
            run.fit(group.learner, own, share=1 / (len(pairs) - at)) for at, (group, own) in enumerate(pairs)
        )
        return Grouped(parts.fit.task, members, tuple(float(one) for one in weights))

    def _early(self, parts: Parts, shown: Sequence[Parts], run: Run) -> Fused:
        members, bases = [], []
        for group, own in zip(self.groups[:-1], shown[:-1], strict=True):
            member = run.fit(group.learner, own, share=1 / len(self.groups))
            if not hasattr(member, "features"):
                raise InputError(
                    f"early fusion must have learners that turn rows into vectors; {group.learner.kind} does not; use "
                    f"a probe, or fuse late"
                )
            members.append(member)
            bases.append(_directions(member.features(own.fit.rows)))
        task = task_of(parts.fit.task, self.groups[-1].columns)
        wide = [_beside(one, members, bases, task, whole) for one, whole in
                ((shown[-1].fit, parts.fit), (shown[-1].tune, parts.tune))]  # fmt: skip
        last = run.fit(self.groups[-1].learner, Parts(*wide))
        return Fused(parts.fit.task, tuple(members), last, tuple(bases))


@dataclass(frozen=True, eq=False)
class Grouped:
    """The members of a late fusion with their weights; each reads its own columns."""

    task: Task
    members: tuple[Predictor, ...]
    weights: tuple[float, ...]

    kind: ClassVar[str] = "columns_late"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """The blend of what the groups say."""
        return self.combine([one.predict(rows.select(list(one.task.inputs))) for one in self.members])

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """The blend of answers that are known, one of each member."""
        pool = Pool(self.task, self.members, self.weights, tuple(range(len(self.members))))
        return replace(pool.combine(answers), task=self.task)

    def state(self) -> State:
        """Weights beside the members."""
        children = {f"member{at}": one for at, one in enumerate(self.members)}
        return State({"weights": list(self.weights)}, children=children)

    @classmethod
    def restore(cls, task: Task, state: State) -> Grouped:
        """Read back."""
        weights = tuple(state.settings["weights"])
        return cls(task, tuple(state.children[f"member{at}"] for at in range(len(weights))), weights)

    def decided(self, learner: Columns) -> Columns:
        """The groups' learners decided, with their weights."""
        pairs = zip(learner.groups, self.members, strict=True)
        groups = tuple(replace(group, learner=one.decided(group.learner)) for group, one in pairs)
        return replace(learner, groups=groups, weights=self.weights)


@dataclass(frozen=True, eq=False)
class Fused:
    """The members of an early fusion, the main directions of their vectors, and what reads them."""

    task: Task
    members: tuple[Predictor, ...]
    last: Predictor
    bases: tuple[tuple[Floats, Floats], ...]  # (width,) mean and (width, directions) of each member's vectors

    kind: ClassVar[str] = "columns_early"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """What the last learner says of its columns and of the directions."""
        own = rows.select([name for name in self.last.task.inputs if name in self.task.inputs])
        return replace(self.last.predict(_with_directions(own, rows, self.members, self.bases)), task=self.task)

    def state(self) -> State:
        """The directions beside the members and the last learner."""
        arrays = {
            f"{what}{at}": array
            for at, base in enumerate(self.bases)
            for what, array in zip(("mean", "to"), base, strict=True)
        }
        children = {f"member{at}": one for at, one in enumerate(self.members)} | {"last": self.last}
        return State({"members": len(self.members)}, arrays, children)

    @classmethod
    def restore(cls, task: Task, state: State) -> Fused:
        """Read back."""
        count, arrays, children = int(state.settings["members"]), state.arrays, state.children
        bases = tuple((arrays[f"mean{at}"], arrays[f"to{at}"]) for at in range(count))
        return cls(task, tuple(children[f"member{at}"] for at in range(count)), children["last"], bases)

    def decided(self, learner: Columns) -> Columns:
        """The groups' learners, decided."""
        fitted = (*self.members, self.last)
        pairs = zip(learner.groups, fitted, strict=True)
        return replace(learner, groups=tuple(replace(one, learner=own.decided(one.learner)) for one, own in pairs))


def task_of(task: Task, columns: Sequence[str]) -> Task:
    """The task with these inputs only; one of texts alone is a task of texts.

    Example:
        >>> mixed = Task(inputs=("말", "나이"), kinds=("text", "number"))
        >>> task_of(mixed, ("말",)).kinds, task_of(mixed, ("나이",)).kinds
        ((), ('number',))
    """
    kinds = tuple(task.columns[name] for name in columns)
    return replace(task, inputs=tuple(columns), kinds=() if set(kinds) == {"text"} else kinds)


def _parts_of(parts: Parts, columns: Sequence[str]) -> Parts:
    return Parts(*(_shown(one, columns) for one in (parts.fit, parts.tune)))


def _shown(data: Dataset, columns: Sequence[str]) -> Dataset:
    key = values.digest(values.canonical([data.key, "columns", list(columns)]))
    return replace(data, task=task_of(data.task, columns), rows=data.rows.select(list(columns)), key=key)


def _widened(task: Task, names: Sequence[str]) -> Task:
    """The task with further columns of numbers."""
    numbers: tuple[InputKind, ...] = tuple("number" for _ in names)
    return replace(task, inputs=(*task.inputs, *names), kinds=(*task.columns.values(), *numbers))


def _directions(vectors: Floats) -> tuple[Floats, Floats]:
    """The mean of vectors, and their main directions, each turned so that its largest part is above 0."""
    mean = vectors.mean(axis=0)
    _, _, rows = np.linalg.svd(np.asarray(vectors - mean, np.float64), full_matrices=False)
    rows = rows[:DIRECTIONS]
    turn = np.sign(rows[np.arange(len(rows)), np.abs(rows).argmax(axis=1)])
    return np.asarray(mean, np.float32), np.asarray((rows * turn[:, None]).T, np.float32)


def _with_directions(
    own: pa.Table, rows: pa.Table, members: Sequence[Any], bases: Sequence[tuple[Floats, Floats]]
) -> pa.Table:
    """The columns `own` with the directions of what each member makes of `rows`."""
    import pyarrow as pa

    for at, (member, (mean, to)) in enumerate(zip(members, bases, strict=True)):
        vectors = np.asarray(member.features(rows.select(list(member.task.inputs))), np.float64)
        # Rounded, so that the last bits of a sum, which differ from batch to batch, never decide at a threshold.
        for number, column in enumerate(((vectors - mean) @ to).round(PLACES).T):
            own = own.append_column(NAMED.format(group=at, number=number), pa.array(column))
    return own


def _beside(
    data: Dataset, members: Sequence[Any], bases: Sequence[tuple[Floats, Floats]], task: Task, whole: Dataset
) -> Dataset:
    rows = _with_directions(data.rows, whole.rows, members, bases)
    names = rows.column_names[len(task.inputs) :]
    kept = [values.digest(to.tobytes()) for _, to in bases]
    key = values.digest(values.canonical([data.key, "directions", kept]))
    return replace(data, task=_widened(task, names), rows=rows, key=key)
