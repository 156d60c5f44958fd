"""How do the images look: some of each class, copies side by side, the darkest, the largest?"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np

from naeum.explore.columns.wording import word
from naeum.explore.images.pictures import there
from naeum.explore.subject import Subject
from naeum.explore.table import ROW, quoted

CLASSES = 24  # classes that are shown, those with the most images
EACH = 8  # images of a class
WITHOUT = 32  # images where there is no class
ODD = 6  # images of each extreme
PAIRS = 6  # copies side by side


def look(subject: Subject) -> dict[str, Any]:
    """Small copies of images as JPEG in base 64: drawn ones of each class, extremes, copies.

    Raises:
        NotApplicable: there are no images.
    """
    there(subject)
    sheet = _classes(subject)
    return {"classes": sheet[:CLASSES], "known": len(sheet), "odd": _odd(subject), "alike": _alike(subject)}


def _classes(subject: Subject) -> list[dict[str, Any]]:
    """Some images of each class, drawn; of all where there are no classes."""
    rng = np.random.default_rng(subject.seed)
    target = subject.target if subject.target and subject.roles[subject.target] != "number" else None
    if target is None:
        drawn = _drawn(subject, "fault = '' AND row IS NOT NULL", WITHOUT, rng)
        return [{"class": None, "images": subject.table.rows, "shown": drawn}]
    column = quoted(target)
    counts = subject.table.connection.execute(
        f"SELECT {column}, count(*) FROM data WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    found = []
    for value, count in counts[:CLASSES]:
        rows = f'SELECT "{ROW}" FROM numbered WHERE {column} = $1'
        shown = _drawn(subject, f"fault = '' AND row IN ({rows})", EACH, rng, [value])
        found.append({"class": word(value), "images": int(count), "shown": shown})
    return found + [{"class": word(value), "images": int(count), "shown": []} for value, count in counts[CLASSES:]]


def _drawn(
    subject: Subject, where: str, most: int, rng: np.random.Generator, params: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    found = subject.table.connection.execute(f"SELECT row FROM pictures WHERE {where} ORDER BY row", list(params))
    rows = [int(one[0]) for one in found.fetchall()]
    if len(rows) > most:
        rows = sorted(int(row) for row in rng.choice(rows, most, replace=False))
    return _shown(subject, f"row IN ({', '.join(map(str, rows))})", "row") if rows else []


def _odd(subject: Subject) -> dict[str, list[dict[str, Any]]]:
    """The darkest, brightest, flattest, largest and smallest images."""
    orders = {"darkest": "brightness", "brightest": "brightness DESC", "flattest": "contrast",
              "largest": "width * height DESC", "smallest": "width * height"}  # fmt: skip
    least, most = subject.table.one("SELECT min(width * height), max(width * height) FROM pictures WHERE fault = ''")
    if least == most:
        orders = {name: order for name, order in orders.items() if name not in ("largest", "smallest")}
    return {name: _shown(subject, "fault = ''", f"{order}, path", ODD) for name, order in orders.items()}


def _alike(subject: Subject) -> dict[str, list[list[dict[str, Any]]]]:
    """Copies side by side: those with different labels, those in two parts, any."""
    found = subject.seen.get("copies") or {}
    conflicts = [[one["path"] for one in group] for group in (found.get("conflicts") or {}).get("shown", ())]
    across = [group for one in found.get("across", ()) for group in one["shown"]]
    near = found.get("near", {}).get("shown", [])
    labels = {one["path"]: one["label"] for group in (found.get("conflicts") or {}).get("shown", ()) for one in group}
    told = {"conflicts": conflicts, "across": across, "near": near}
    made = {name: [_side_by_side(subject, group) for group in groups[:PAIRS]] for name, groups in told.items()}
    for group in made["conflicts"]:
        for one in group:
            one["label"] = labels[one["path"]]
    return {name: groups for name, groups in made.items() if groups}


def _side_by_side(subject: Subject, paths: Sequence[str]) -> list[dict[str, Any]]:
    listed = ", ".join(f"${place + 1}" for place in range(len(paths)))
    return _shown(subject, f"path IN ({listed})", "path", len(paths), list(paths))


def _shown(
    subject: Subject, where: str, order: str, most: int = 1_000, params: Sequence[Any] = ()
) -> list[dict[str, Any]]:
    query = f"SELECT row, path, width, height, thumb FROM pictures WHERE {where} ORDER BY {order} LIMIT {most}"
    return [
        {"row": None if row is None else int(row), "path": path, "width": width, "height": height,
         "image": base64.b64encode(thumb).decode()}
        for row, path, width, height, thumb in subject.table.connection.execute(query, list(params)).fetchall()
    ]  # fmt: skip
