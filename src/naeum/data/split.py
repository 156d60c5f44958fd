"""Which rows are learned from, tuned on, selected on and tested on?

What is given is not cut again; groups and near duplicates stand on one side; what leaks between given parts is told.
The sizes stand in `plan`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from naeum import sets
from naeum.contract import Dataset, Ids, Ints, Parts, Task
from naeum.data.near import near_groups
from naeum.data.parts import Data, part
from naeum.data.plan import FOLDS, Plan, Regime
from naeum.data.truth import recoded
from naeum.data.unlabelled import with_more
from naeum.errors import InputError


@dataclass(frozen=True, eq=False)
class Split:
    """The parts. `select` and `test` are for the gate and the one opening only."""

    parts: Parts
    select: Dataset  # under folds: every row that is not test, in the order of the folds
    test: Dataset | None
    unlabelled: Dataset  # rows without a target, perhaps none
    folds: tuple[tuple[Parts, Dataset], ...] = ()  # what fold k learns from, and the rows it is scored on
    regime: Regime = "parts"
    leaked: Mapping[str, Ids] = field(default_factory=dict)  # part -> its ids of which a (near) copy is learned from
    notes: tuple[str, ...] = ()


def split(
    data: Data, *, valid: Data | None = None, test: Data | None = None, unlabelled: Data | None = None,
    no_test: bool = False, seed: int = 0,
) -> Split:  # fmt: skip
    """Cut `data` by the protocol. The same rows in any order, and the same seed, give the same parts.

    Args:
        data: what was read.
        valid: read with part="valid"; it becomes select, and there are no folds.
        test: read with part="test"; it becomes test if it has targets.
        unlabelled: further rows without a target, see `data.unlabelled`.
        no_test: cut no test part.
        seed: of the cut.

    Raises:
        InputError: there are too few distinct rows or groups to cut.

    Example:
        >>> from naeum.data.read import read
        >>> rows = [{"text": f"문장 {at} 입니다 {at * 7919}", "label": at % 2} for at in range(600)]
        >>> result = split(read(rows))
        >>> result.regime, len(result.folds), len(result.test), len(result.select)
        ('folds', 5, 120, 480)
    """
    rows = _labelled(data)
    task = data.dataset.task
    given = {name: _given(its, name, task) for name, its in (("select", valid), ("test", test)) if its is not None}
    notes = [] if valid is None else _dropped("validation", valid, given["select"])
    if test is not None and not len(given["test"]):
        del given["test"]
        notes.append("the test file has no targets: its rows are rows to predict")
        notes.append("a test part is cut from the data (--no-test instead of --test learns from all rows)")
    elif test is not None:
        notes += _dropped("test", test, given["test"])
    alike = _groups(data, rows, given)
    own = alike[: len(rows)]
    _refuse_copies(own)
    plan = Plan(data, rows, own, _names(data.dataset, rows, own), seed, "test" in given or no_test)
    regime = plan.regime("select" in given, "test" in given)
    found = plan.in_parts(given.get("select")) if regime == "parts" else plan.in_folds(regime)
    leaked, told = _leaks(alike, len(rows), given)
    if data.folds is None and 0 < len(found.folds) < FOLDS:
        told.append(f"warning: there are only {len(found.folds)} distinct groups of rows, and so as many folds")
    if regime != "parts" and data.folds is not None:
        across = _across(own, data.folds[rows])
        if across.any():
            leaked["folds"] = data.dataset.ids[rows][across]
            told.append(f"warning: rows with a copy or near copy in another fold of the folds column: {across.sum()}")
    return Split(
        found.parts,
        found.select,
        given.get("test", found.test),
        with_more(part(data.dataset, np.flatnonzero(data.dataset.target < 0)), unlabelled),
        found.folds,
        regime,
        leaked,
        (*notes, *plan.notes(regime), *told),
    )


def _names(dataset: Dataset, rows: Ints, groups: Ints) -> Ints:
    """(all rows,) each labelled row's group under the least id in it; a row without a target is its own group."""
    names = dataset.ids.copy()
    _, of = np.unique(groups, return_inverse=True)
    least = np.full(int(of.max()) + 1, np.iinfo(np.uint64).max, np.uint64)
    np.minimum.at(least, of, dataset.ids[rows])
    names[rows] = least[of]
    return names.view(np.int64)


def _labelled(data: Data) -> Ints:
    return np.flatnonzero(data.dataset.target >= 0)


def _given(data: Data, name: str, task: Task) -> Dataset:
    """The labelled rows of a given part, with codes into the classes of the training data."""
    where = _labelled(data)
    if not len(where) and name == "select":
        raise InputError(
            "a validation file must have targets; the given one has none; give one with targets or leave --valid out"
        )
    if data.dataset.task.inputs != task.inputs:
        raise InputError(
            f"a given part must have the input columns of the training data, {', '.join(task.inputs)}; got "
            f"{', '.join(data.dataset.task.inputs)}; rename them or name them with --text"
        )
    its = data.dataset.task
    if its.output != task.output:
        raise InputError(
            f"a given part must have the targets of the training data, {task.output}; got {its.output} in the {name} "
            f"part; say the same --output"
        )
    strange = [word for word in _seen(data.dataset, where) if word not in task.classes]
    if strange:
        raise InputError(
            f"every class of the given {name} part must also stand in the training data; got "
            f"{', '.join(map(repr, strange[:5]))}, which {'does' if len(strange) == 1 else 'do'} not; add rows of it "
            f"to the training data or take it out there"
        )
    whole = replace(data.dataset, task=task)
    if task.output in ("labels", "tags"):
        return part(replace(whole, truth=recoded(whole.truth, its.classes, task.classes)), where)
    if task.output != "label":
        return part(whole, where)
    known = {word: at for at, word in enumerate(task.classes)}
    table = np.array([*(known.get(word, -1) for word in its.classes), -1], np.int64)
    return part(whole, where, target=table[data.dataset.target])


def _seen(data: Dataset, where: Ints) -> list[str]:
    """The classes that some row of a given part has."""
    classes = data.task.classes
    if data.task.output != "label":
        return list(classes)
    counts = np.bincount(data.target[where], minlength=len(classes))
    return [word for word, rows in zip(classes, counts, strict=False) if rows]


def _groups(data: Data, rows: Ints, given: Mapping[str, Dataset]) -> Ints:
    """Groups over the labelled rows and then over those of each given part."""
    own = data.dataset.rows if len(rows) == len(data.dataset) else part(data.dataset, rows).rows
    table = pa.concat_tables([own, *(its.rows for its in given.values())])
    kinds = data.dataset.task.kinds
    if not data.grouped:
        return near_groups(table, kinds=kinds)
    named = data.dataset.group[rows]
    strangers = int(named.max()) + 1 + np.arange(table.num_rows - len(rows))
    return near_groups(table, (np.concatenate([named, strangers]),), kinds)


def _refuse_copies(groups: Ints) -> None:
    if (groups == groups[0]).all():
        raise InputError(
            f"rows must differ; all {len(groups)} labelled rows hold the same text, nearly so, or stand in one group; "
            f"name another column with --text, or leave --group out"
        )


def _dropped(name: str, data: Data, labelled: Dataset) -> list[str]:
    missing = len(data.dataset) - len(labelled)
    return [f"rows of the {name} file without a target, which are left out: {missing}"] if missing else []


def _leaks(alike: Ints, own: int, given: Mapping[str, Dataset]) -> tuple[dict[str, Ids], list[str]]:
    """Rows of the given parts of which a copy or near copy is learned from before they are scored."""
    leaked, notes, start, seen = {}, [], own, alike[:own]
    for name, dataset in given.items():
        here = alike[start : start + len(dataset)]
        found = dataset.ids[sets.isin(here, seen)]
        if len(found):
            leaked[name] = found
            notes.append(
                f"warning: given {name} rows that also stand, or nearly so, in rows that are learned from: "
                f"{len(found)} of "
                f"{len(dataset)}"
            )
        seen, start = np.concatenate([seen, here]), start + len(dataset)
    return leaked, notes


def _across(groups: Ints, fold: Ints) -> npt.NDArray[np.bool_]:
    """(rows,) whether a row's group stands in several folds."""
    _, of = np.unique(groups, return_inverse=True)
    low, high = np.full(of.max() + 1, np.iinfo(np.int64).max), np.full(of.max() + 1, -1)
    np.minimum.at(low, of, fold)
    np.maximum.at(high, of, fold)
    return np.asarray((low != high)[of], np.bool_)
