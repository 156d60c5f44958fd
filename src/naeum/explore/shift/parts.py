"""Can the test rows be told from the training rows, and by what?

A classifier tries (Lopez-Paz & Oquab 2017, see diagnose/adversary.py); telling words and columns say by what. Of a test
part only the inputs are read; the labels of a validation part are compared.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.contract import Dataset, subset
from naeum.data.parts import Data
from naeum.diagnose.adversary import MAX_ROWS, tell_apart
from naeum.diagnose.checks.m08 import label_shift
from naeum.errors import NotApplicable
from naeum.explore.images import shift as of_pictures
from naeum.explore.labels.conflicts import texts_at
from naeum.explore.leaks import given
from naeum.explore.plain import shift as of_cells
from naeum.explore.plain.features import applies
from naeum.explore.shift.columns import columns_apart, told_by_all
from naeum.explore.subject import Subject
from naeum.explore.text import lengths
from naeum.explore.text.source import drawn, language, texts_in
from naeum.explore.text.telling import count, telling

LEAST_ROWS = 100  # a part: with fewer the AUROC is not known to ±0.1
SHOWN = 20  # rows most unlike the others that are shown
WORDS = 12  # that tell a part
COLUMN_ROWS = 50_000  # rows whose other columns are compared


def look(subject: Subject) -> dict[str, Any] | None:
    """Every given part against the training rows.

    Raises:
        NotApplicable: no other part was given, or all are too small.
    """
    if subject.having("image"):
        return of_pictures.look(subject)
    if applies(subject):
        return of_cells.look(subject)
    parts = given(subject)
    train = parts.pop("train", None)
    able = {name: part for name, part in parts.items() if len(part) >= LEAST_ROWS}
    if train is None or len(train) < LEAST_ROWS or not able:
        raise NotApplicable(f"it needs {LEAST_ROWS} training rows and as many of another part; name it with --test")
    return {"parts": [_against(subject, name, train, part) for name, part in able.items()]}


def _against(subject: Subject, name: str, train: Dataset, part: Dataset) -> dict[str, Any]:
    apart = tell_apart(train, part, seed=subject.seed)
    unlike = np.argsort(-apart.likeness, kind="stable")[:SHOWN]
    order = np.argsort(part.ids, kind="stable")
    at = order[np.searchsorted(part.ids[order], apart.ids[unlike])]
    found: dict[str, Any] = {
        "part": name,
        "what": "texts",
        "rows": len(part),
        "auroc": apart.auroc.value,
        "low": apart.auroc.low,
        "high": apart.auroc.high,
        "of": MAX_ROWS,
        "unlike": [{"row": row, "text": text} for row, text in zip(at.tolist(), texts_at(part, at), strict=True)],
        "words": _words(subject, train, part),
        "lengths": [lengths.spread(lengths.characters(texts_in(one, subject.seed).column)) for one in (train, part)],
        **_columns(subject, name),
    }
    if name == "valid":  # targets of test are never read
        size, chance = label_shift(train, _in_codes_of(train, part))
        found["labels"] = {"cramer_v": size, "p": chance}
    return found


def _words(subject: Subject, train: Dataset, part: Dataset) -> list[dict[str, Any]]:
    """The words that tell the part, and those that tell the training rows."""
    some = [subset(one, drawn(len(one), MAX_ROWS, subject.seed), f"{one.key}/words") for one in (train, part)]
    texts = [text for one in some for text in texts_in(one, subject.seed).at(np.arange(len(one)))]
    counts = count(texts, language(subject))
    if counts is None:
        return []
    sides = np.repeat([0, 1], [len(one) for one in some])
    of_train, of_part = telling(counts, sides, 2, most=WORDS)
    return [{"side": "train", "words": of_train}, {"side": "part", "words": of_part}]


def _columns(subject: Subject, name: str) -> dict[str, Any]:
    """The columns that are no input and no target: each by itself, and all together."""
    nothing: dict[str, Any] = {"columns": [], "all_columns": None}
    other: Data | None = subject.valid if name == "valid" else subject.test
    if subject.data is None or other is None:
        return nothing
    tables = [one.others for one in (subject.data, other)]
    target = subject.data.dataset.task.target
    shared = [column for column in tables[0].column_names if column in tables[1].column_names and column != target]
    if not shared:
        return nothing
    some = [one.select(shared).take(drawn(one.num_rows, COLUMN_ROWS, subject.seed)) for one in tables]
    together = told_by_all(some[0], some[1], seed=subject.seed)
    if together is not None:
        del together["rows"]  # the rows shown are those of the texts
    return {"columns": columns_apart(some[0], some[1]), "all_columns": together}


def _in_codes_of(train: Dataset, part: Dataset) -> Dataset:
    """The part with its targets as codes of the training classes; a class that is new there counts as unlabelled."""
    from dataclasses import replace

    known = {name: code for code, name in enumerate(train.task.classes)}
    table = np.array([*(known.get(name, -1) for name in part.task.classes), -1], np.int64)
    return replace(part, task=train.task, target=table[part.target])
