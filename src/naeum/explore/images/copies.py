"""Which images are copies, which of them have different labels, and which stand on two sides of a split?

Of test images only the pictures are compared; their classes are not read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Ints
from naeum.errors import NotApplicable
from naeum.explore.columns.wording import word
from naeum.explore.images import hashes
from naeum.explore.images.decoding import TINY
from naeum.explore.images.pictures import there
from naeum.explore.subject import Subject
from naeum.explore.table import ROW, quoted

MOST_COMPARED = 40_000  # images compared with each other: 800 million pairs, about ten seconds
LISTED = 1_000  # rows that are named
SHOWN = 12  # groups that are shown
MEMBERS = 4  # images of a group that are shown
PARTS = ("train", "valid", "test")


def look(subject: Subject) -> dict[str, Any]:
    """Exact copies (by content), near copies (by perceptual hashes), those with different labels, those in two parts.

    Raises:
        NotApplicable: there are not two images that can be read.
    """
    there(subject)
    found = subject.table.connection.execute(
        "SELECT coalesce(row, -1) AS row, path, part, digest, contrast, dhash, phash, tiny FROM pictures "
        "WHERE fault = '' ORDER BY row IS NULL, row, path"
    ).fetchnumpy()
    rows = np.asarray(found["row"], np.int64)
    if len(rows) < 2:
        raise NotApplicable("it needs two images that can be read")
    _, exact = np.unique(np.asarray(found["digest"], dtype=str), return_inverse=True)
    exact = _named_by_first(exact)
    near = _near(subject, found, exact)
    paths, labels = [str(path) for path in found["path"]], _labels(subject, rows)
    return {
        "images": len(rows),
        "compared": min(len(rows), MOST_COMPARED),
        "exact": _copies(exact, rows, paths),
        "near": _copies(near, rows, paths, exact),
        "conflicts": _conflicts(near, rows, paths, labels) if labels else None,
        "across": _across(near, exact, rows, paths, np.asarray(found["part"], dtype=str)),
    }


def _named_by_first(group: Ints) -> Ints:
    """Groups named by the position of their first member."""
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    return np.asarray(first[inverse], np.int64)


def _near(subject: Subject, found: Mapping[str, Any], exact: Ints) -> Ints:
    """The group of near copies of each image, equal ones included; a drawn part is compared where there are many."""
    alone = np.flatnonzero((exact == np.arange(len(exact))) & (np.asarray(found["contrast"]) >= hashes.FLAT))
    if len(alone) > MOST_COMPARED:
        alone = np.sort(np.random.default_rng(subject.seed).choice(alone, MOST_COMPARED, replace=False))
    if len(alone) < 2:
        return exact
    tiny = np.frombuffer(b"".join(found["tiny"][alone]), np.uint8).reshape(len(alone), 3 * TINY * TINY)
    first, second = (np.asarray(found[name], np.uint64)[alone] for name in ("dhash", "phash"))
    pairs = alone[hashes.near_pairs(first, second, tiny)]
    return hashes.groups(len(exact), pairs)[exact] if len(pairs) else exact


def _labels(subject: Subject, rows: Ints) -> list[str | None] | None:
    """The class of each image by its row; none for test images, and none at all without a target of classes."""
    if subject.target is None or subject.roles[subject.target] == "number":
        return None
    query = f'SELECT "{ROW}", {quoted(subject.target)} FROM numbered'
    known = {int(row): None if value is None else word(value)
             for row, value in subject.table.connection.execute(query).fetchall()}  # fmt: skip
    return [known.get(row) for row in rows.tolist()]


def _copies(group: Ints, rows: Ints, paths: list[str], without: Ints | None = None) -> dict[str, Any]:
    """Images beyond the first of their group, how many groups, and some of them; `without` what is known already."""
    copies = group != np.arange(len(group))
    if without is not None:
        copies &= without == np.arange(len(group))
    names = list(dict.fromkeys(group[copies].tolist()))
    named = [row for row in rows[copies].tolist() if row >= 0]
    shown = [[paths[at] for at in np.flatnonzero(group == name)[:MEMBERS]] for name in names[:SHOWN]]
    return {"copies": int(copies.sum()), "groups": len(names), "rows": named[:LISTED], "shown": shown}


def _conflicts(group: Ints, rows: Ints, paths: list[str], labels: list[str | None]) -> dict[str, Any]:
    """Groups of copies with several labels; the share of labelled images that cannot all be answered rightly."""
    members: dict[int, list[int]] = defaultdict(list)
    for at, name in enumerate(group.tolist()):
        if labels[at] is not None:
            members[name].append(at)
    mixed = [found for found in members.values() if len({labels[at] for at in found}) > 1]
    lost = sum(len(found) - max(Counter(labels[at] for at in found).values()) for found in mixed)
    known = sum(label is not None for label in labels)
    shown = [[{"path": paths[at], "row": int(rows[at]), "label": labels[at]} for at in found[:MEMBERS]]
             for found in mixed[:SHOWN]]  # fmt: skip
    named = [int(rows[at]) for found in mixed for at in found]
    return {"groups": len(mixed), "images": len(named), "share": lost / max(known, 1), "rows": named[:LISTED],
            "shown": shown}  # fmt: skip


def _across(near: Ints, exact: Ints, rows: Ints, paths: list[str], parts: npt.NDArray[np.str_]) -> list[dict[str, Any]]:
    """For each two parts: images of the second that also stand, equal or nearly so, in the first."""
    there_are = [part for part in PARTS if (parts == part).any()]
    found = []
    for place, one in enumerate(there_are):
        for other in there_are[place + 1 :]:
            ours, theirs = parts == one, parts == other
            alike = np.flatnonzero(theirs & sets.isin(near, near[ours]))
            partner = [int(np.flatnonzero(ours & (near == near[at]))[0]) for at in alike[:LISTED].tolist()]
            found.append({
                "first": one, "second": other, "images": int(theirs.sum()), "near": len(alike),
                "equal": int((theirs & sets.isin(exact, exact[ours])).sum()),
                "rows": [int(rows[at]) for at in partner],
                "shown": [[paths[at], paths[to]] for at, to in zip(alike.tolist()[:SHOWN], partner, strict=False)],
            })  # fmt: skip
    return found
