"""Is every row one annotator's label of one item, and how do such rows become a table of items by annotators?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum.contract import Ints
from naeum.data.schema import ID_NAMES
from naeum.explore.columns.wording import word
from naeum.explore.facts import ID_NAME
from naeum.explore.subject import Subject
from naeum.explore.table import ROW, quoted

MOST_PEOPLE = 500  # different values of a column of annotators: more are items
COMPARED = 30  # annotators that are compared, those with the most labels
MOST_ITEMS = 100_000  # whose labels are compared
LEAST_EACH = 1.5  # labels an item on average: with fewer hardly an item has two
ONCE = 0.99  # share of labels whose annotator labelled the item once


@dataclass(frozen=True, eq=False)
class Long:
    """Labels of items by annotators."""

    item: str  # the column that names the item
    person: str  # the column that names the annotator
    people: tuple[str, ...]
    left_out: int  # annotators beyond those that are compared
    labels: tuple[str, ...]
    codes: Ints  # (items, people), -1 = not labelled
    row: Ints  # (items,) number of the first row of each item


def long_form(subject: Subject, named: Any) -> Long | None:
    """The labels of annotators that stand below each other; none where the rows are not of that form.

    Args:
        subject: with the target as the label.
        named: a pattern of what columns of annotators are called.
    """
    target = subject.target
    if target is None or subject.roles[target] not in ("category", "boolean"):
        return None
    people = [name for name in subject.roles if name != target and named.search(name) and _is_of_people(subject, name)]
    for person in people:
        item = _item(subject, person, target)
        if item is not None:
            return _pivoted(subject, item, person, target)
    return None


def _is_of_people(subject: Subject, name: str) -> bool:
    one = subject.known[name]
    return bool(2 <= one["distinct"] <= MOST_PEOPLE and 2 * one["distinct"] <= one["count"])


def _item(subject: Subject, person: str, target: str) -> str | None:
    """The column whose values are labelled several times, and once by each annotator: an id, or the text."""
    rows = subject.table.rows
    likely = [
        name
        for name in subject.roles
        if name not in (person, target) and 2 <= subject.known[name]["distinct"] <= rows / LEAST_EACH
    ]
    likely.sort(key=lambda name: (not _names_items(name), -subject.known[name]["distinct"]))
    for name in likely:
        pairs = subject.table.one(
            f"SELECT count(*) FROM (SELECT DISTINCT {quoted(name)}, {quoted(person)} FROM data "
            f"WHERE {quoted(name)} IS NOT NULL AND {quoted(person)} IS NOT NULL)"
        )[0]
        if pairs >= ONCE * min(subject.known[name]["count"], subject.known[person]["count"]):
            return name
    return None


def _names_items(name: str) -> bool:
    return name.lower() in ID_NAMES or ID_NAME.search(name) is not None


def _pivoted(subject: Subject, item: str, person: str, target: str) -> Long:
    """Items by annotators; of an item that an annotator labelled twice the first label counts."""
    names = [quoted(name) for name in (item, person, target)]
    there = " AND ".join(f"{name} IS NOT NULL" for name in names)
    counted = subject.table.connection.execute(
        f"SELECT {names[1]}, count(*) FROM data WHERE {there} GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    people = [value for value, _ in counted[:COMPARED]]
    found = subject.table.connection.execute(
        f'SELECT {names[0]} AS i, {names[1]} AS p, {names[2]} AS l, "{ROW}" AS r FROM numbered '
        f'WHERE {there} ORDER BY "{ROW}" DESC'
    ).fetchall()
    first: dict[Any, int] = {}
    for value, _, _, row in reversed(found):
        first.setdefault(value, int(row))
    place = {value: at for at, value in enumerate(list(first)[:MOST_ITEMS])}
    labels = sorted({word(label) for _, _, label, _ in found})
    code, column = {label: at for at, label in enumerate(labels)}, {value: at for at, value in enumerate(people)}
    codes = np.full((len(place), len(people)), -1, np.int64)
    for value, who, label, _ in found:  # the first row of a pair comes last and stays
        if who in column and value in place:
            codes[place[value], column[who]] = code[word(label)]
    row = np.array([first[value] for value in place], np.int64)
    return Long(item, person, tuple(map(word, people)), len(counted) - len(people), tuple(labels), codes, row)
