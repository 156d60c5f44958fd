"""What are the images like: readable, of which sizes, modes and formats, how bright, and how far apart?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from naeum.errors import NotApplicable
from naeum.explore.images.decoding import Look, study
from naeum.explore.images.opening import keep, studied
from naeum.explore.subject import Subject
from naeum.explore.table import ROW, quoted

AT_ONCE = 64  # images of a column that are held in memory at a time
LISTED = 100  # rows that are named of each kind
SHOWN = 12  # files that are named of each kind
TOP = 12  # sizes, modes and formats that are counted by name
BINS = 24
SPAN = 10  # times that the largest side is as long as the smallest from which sides are drawn by their logarithm
GIANT = 16  # times the median number of pixels: four times as wide and as high
DARK, BRIGHT = 0.08, 0.95  # mean grey value: below it night or a covered lens, above it paper
BLANK = 0.02  # standard deviation of the grey values: nothing is to be seen
LONG = 4.0  # times that one side is as long as the other from which squeezing to a square destroys what is there


def look(subject: Subject) -> dict[str, Any]:
    """What was seen of the images: faults, sizes, modes, formats, light.

    Raises:
        NotApplicable: there are no images.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> look(subject_of(opened([{"age": "31"}])))
        Traceback (most recent call last):
        ...
        naeum.errors.NotApplicable: it needs images; the data have none
    """
    there(subject)
    one = subject.table.one
    images, test, read, weight = one(
        "SELECT count(*), count_if(row IS NULL), count_if(coalesce(fault, '') = ''), sum(bytes)::BIGINT FROM pictures"
    )
    return {
        "images": images, "test": test, "read": read, "bytes": int(weight or 0),
        "faults": _faults(subject), "wrong": _where(subject, "wrong"),
        "formats": _counts(subject, "format"), "modes": _counts(subject, "mode"),
        "animated": _where(subject, "animated"), "turned": _where(subject, "turned"),
        "sizes": _sizes(subject) if read else None, "light": _light(subject) if read else None,
        "left_out": _left_out(subject), "said": _said(subject, images, read),
    }  # fmt: skip


def there(subject: Subject) -> None:
    """Make sure that the images were looked at: a column of images is decoded now.

    Raises:
        NotApplicable: there are no images.
    """
    table = subject.table
    if table.one("SELECT count(*) FROM information_schema.tables WHERE table_name = 'pictures'")[0]:
        return
    columns = subject.having("image")
    if not columns:
        raise NotApplicable("it needs images; the data have none")
    found = studied(_stored(subject, columns[0]), _study, table.rows, subject.watch)
    keep(table.connection, found)


def _stored(subject: Subject, column: str) -> Iterator[tuple[tuple[int, str, str], bytes | None]]:
    """The images of a column, a few at a time."""
    for start in range(0, subject.table.rows, AT_ONCE):
        query = (
            f'SELECT "{ROW}", {quoted(column)} FROM numbered WHERE "{ROW}" BETWEEN {start} AND {start + AT_ONCE - 1}'
        )
        for row, image in subject.table.connection.execute(f"{query} ORDER BY 1").fetchall():
            yield (int(row), f"row {row}", ""), image


def _study(image: bytes | None) -> Look:
    return study(b"" if image is None else bytes(image))


def _where(subject: Subject, condition: str) -> dict[str, Any]:
    """How many images a condition holds for, and which: rows, and the first files."""
    count = int(subject.table.one(f"SELECT count_if({condition}) FROM pictures")[0])
    found = subject.table.connection.execute(
        f"SELECT row, path, format, width, height FROM pictures WHERE {condition} ORDER BY row, path LIMIT {LISTED}"
    ).fetchall()
    shown = [{"path": path, "format": kind, "width": width, "height": height} for _, path, kind, width, height in found]
    return {"count": count, "rows": [int(row) for row, *_ in found if row is not None], "shown": shown[:SHOWN]}


def _faults(subject: Subject) -> dict[str, Any]:
    """Kind of fault -> how many files, and which."""
    kinds = subject.table.connection.execute(
        "SELECT fault, count(*) FROM pictures WHERE fault != '' GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    return {fault: _where(subject, f"fault = '{fault}'") for fault, _ in kinds}


def _counts(subject: Subject, column: str) -> list[dict[str, Any]]:
    found = subject.table.connection.execute(
        f"SELECT {column}, count(*) FROM pictures WHERE {column} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {TOP}"
    ).fetchall()
    return [{"value": value, "images": int(count)} for value, count in found]


def _sizes(subject: Subject) -> dict[str, Any]:
    """Least, median and most width and height, the most frequent sizes, giants and dwarfs, the sides drawn."""
    table = subject.table
    found = table.connection.execute("SELECT width, height FROM pictures WHERE width IS NOT NULL").fetchnumpy()
    spread = {
        name: {"least": int(found[name].min()), "median": float(np.median(found[name])), "most": int(found[name].max()),
               "histogram": _histogram(found[name], float(found[name].min()), float(found[name].max()))}
        for name in ("width", "height")
    }  # fmt: skip
    top = table.connection.execute(
        "SELECT width, height, count(*) FROM pictures WHERE width IS NOT NULL GROUP BY 1, 2 "
        f"ORDER BY 3 DESC, 1, 2 LIMIT {TOP}"
    ).fetchall()
    distinct, pixels = table.one(
        "SELECT count(DISTINCT (width, height)), median(width * height) FROM pictures WHERE width IS NOT NULL"
    )
    return {
        **spread, "distinct": int(distinct), "pixels": float(pixels),
        "top": [{"width": width, "height": height, "images": int(count)} for width, height, count in top],
        "giants": _where(subject, f"width * height > {GIANT * pixels}"),
        "dwarfs": _where(subject, f"width * height < {pixels / GIANT}"),
        "long": _where(subject, f"greatest(width, height) > {LONG} * least(width, height)"),
    }  # fmt: skip


def _histogram(values: Any, low: float, high: float) -> dict[str, list[float]]:
    """Counts between edges; the edges grow by a factor where the values span more than SPAN times."""
    if low > 0 and high > SPAN * low:
        edges = np.geomspace(low, high, BINS + 1)
    else:
        edges = np.linspace(low, max(high, low + 1e-9), BINS + 1)
    edges[0], edges[-1] = low, max(high, low + 1e-9)
    return {"edges": edges.tolist(), "counts": np.histogram(values, edges)[0].tolist()}


def _light(subject: Subject) -> dict[str, Any]:
    """Histograms of brightness and contrast; images that are dark, bright or blank."""
    found = subject.table.connection.execute(
        "SELECT brightness, contrast FROM pictures WHERE brightness IS NOT NULL"
    ).fetchnumpy()
    light = {
        name: {"histogram": _histogram(found[name], 0.0, most), "median": float(np.median(found[name]))}
        for name, most in (("brightness", 1.0), ("contrast", 0.5))
    }
    return {
        **light,
        "blank": _where(subject, f"contrast < {BLANK}"),
        "dark": _where(subject, f"brightness < {DARK} AND contrast >= {BLANK}"),
        "bright": _where(subject, f"brightness > {BRIGHT} AND contrast >= {BLANK}"),
    }


def _left_out(subject: Subject) -> dict[str, Any]:
    """Files that were not opened, and why."""
    found = subject.table.connection.execute(f"SELECT path, why FROM left_out ORDER BY path LIMIT {LISTED}").fetchall()
    count = subject.table.one("SELECT count(*) FROM left_out")[0]
    reasons = subject.table.connection.execute("SELECT why, count(*) FROM left_out GROUP BY 1 ORDER BY 2 DESC, 1")
    return {
        "count": int(count),
        "reasons": [{"why": why, "count": int(number)} for why, number in reasons.fetchmany(TOP)],
        "shown": [{"path": path, "why": why} for path, why in found],
    }


def _said(subject: Subject, images: int, read: int) -> list[str]:
    """The images in one sentence."""
    if not read:
        return [f"None of {images:,} images can be read."]
    least, most, wide, high = subject.table.one(
        "SELECT min((width, height)), max((width, height)), median(width)::BIGINT, median(height)::BIGINT FROM pictures"
        " WHERE fault = ''"
    )
    size = f"all {wide} × {high} pixels" if least == most else f"{wide} × {high} pixels in the median"
    modes = ", ".join(one["value"] for one in _counts(subject, "mode"))
    formats = ", ".join(one["value"] for one in _counts(subject, "format"))
    unread = f"; {images - read:,} cannot be read" if images > read else ""
    return [f"{images:,} images, {size} ({formats}; {modes}){unread}."]
