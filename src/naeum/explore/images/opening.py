"""How do image files become a table that can be asked: path, class, size, mode, light, and a thumbnail each?

Every image is decoded once, alone; what is kept of it are numbers and a few kilobytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.data.duck import THREADS
from naeum.data.images.albums import Album, Picture
from naeum.data.images.decoding import quietly
from naeum.explore.images.decoding import GRAY, Look, study, wrong_suffix
from naeum.explore.images.hashes import dct_hashes, difference_hashes

if TYPE_CHECKING:
    import pyarrow as pa

Say = Callable[[dict[str, Any]], None]

CHUNK = 128  # images that are under way together, and after which progress is said
UNREADABLE = "not readable"
MEASURES = ("width", "height", "mode", "format", "bytes", "brightness", "contrast")
KEPT = ("fault", "format", "mode", "width", "height", "brightness", "contrast", "animated", "turned", "digest")


@dataclass(frozen=True, eq=False)
class Opened:
    """A table of images for the analysis, and beside it what was seen of every file, test files included."""

    table: pa.Table  # rows that may be learned from
    pictures: (
        pa.Table
    )  # row (none of a test part), path, part, what KEPT names, bytes, wrong, dhash, phash, tiny, thumb
    told: Mapping[str, str]  # column -> role, where the source itself says it
    notes: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...] = ()  # path of a file that was not opened, and why


def opened(album: Album, say: Say | None = None) -> Opened:
    """Look at every image of an album.

    Raises:
        InputError: the archive is damaged.
    """
    rows = _rows(album.pictures)
    named = (((row, one.path, one.part), one) for row, one in zip(rows, album.pictures, strict=True))
    with album.open() as read:

        def look(picture: Picture) -> Look:
            try:
                return study(read(picture))
            except OSError:
                return Look(0, "", UNREADABLE)

        seen = studied(named, look, len(album.pictures), say)
    base, told = _listed(album) if album.table is None else (album.table, {album.column: "id"})
    table = _measured(base, seen)
    return Opened(table, seen, {**told, "image": "image"}, _notes(album), album.left_out)


def keep(connection: Any, pictures: pa.Table, left_out: Sequence[tuple[str, str]] = ()) -> None:
    """Lay what was seen beside the rows, as the tables `pictures` and `left_out`."""
    import pyarrow as pa

    rest = pa.table({"path": pa.array([path for path, _ in left_out], pa.string()),
                     "why": pa.array([why for _, why in left_out], pa.string())})  # fmt: skip
    for name, held in (("pictures", pictures), ("left_out", rest)):
        connection.register("held", held)
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT * FROM held")
        connection.unregister("held")


def studied(
    named: Iterable[tuple[tuple[int | None, str, str], Any]], look: Callable[[Any], Look], count: int, say: Say | None
) -> pa.Table:
    """The table `pictures` of things that `look` can look at; see `Opened`.

    Args:
        named: (row, path, part) and the thing itself, one by one.
        look: looks at one thing, from any thread.
        count: how many there are.
        say: is told of progress.
    """
    import pyarrow as pa

    batches: list[pa.RecordBatch] = []
    stream = iter(named)
    done = 0
    with quietly(), ThreadPoolExecutor(THREADS) as pool:
        while chunk := list(islice(stream, CHUNK)):
            looks = list(pool.map(look, [thing for _, thing in chunk]))
            batches.append(_batch([name for name, _ in chunk], looks))
            done += len(chunk)
            if say is not None:
                say({"event": "progress", "step": done, "steps": count, "note": f"image {done:,} of {count:,}"})
    return pa.Table.from_batches(batches, schema=_schema())


def _rows(pictures: Sequence[Picture]) -> list[int | None]:
    """The row of each picture in the table: those of a test part have none."""
    count = 0
    found: list[int | None] = []
    for one in pictures:
        found.append(None if one.part == "test" else count)
        count += one.part != "test"
    return found


def _schema() -> pa.Schema:
    import pyarrow as pa

    kinds: dict[str, Any] = {"row": pa.int64(), "path": pa.string(), "part": pa.string()}
    kinds |= {name: pa.string() for name in ("fault", "format", "mode", "digest")}
    kinds |= {name: pa.int64() for name in ("width", "height", "bytes")}
    kinds |= {name: pa.float64() for name in ("brightness", "contrast")}
    kinds |= {name: pa.bool_() for name in ("animated", "turned", "wrong")}
    kinds |= {name: pa.uint64() for name in ("dhash", "phash")}
    kinds |= {name: pa.binary() for name in ("tiny", "thumb")}
    return pa.schema(list(kinds.items()))


def _batch(names: Sequence[tuple[int | None, str, str]], looks: Sequence[Look]) -> pa.RecordBatch:
    import pyarrow as pa

    schema = _schema()
    hashed = {place: one.gray for place, one in enumerate(looks) if one.gray is not None}
    grays = np.stack(list(hashed.values())) if hashed else np.empty((0, GRAY, GRAY), np.uint8)
    hashes = {"dhash": difference_hashes(grays).tolist(), "phash": dct_hashes(grays).tolist()}
    columns: dict[str, list[Any]] = {
        "row": [row for row, _, _ in names],
        "path": [path for _, path, _ in names],
        "part": [part for _, _, part in names],
        "bytes": [one.size for one in looks],
        "wrong": [wrong_suffix(path, one.format) for (_, path, _), one in zip(names, looks, strict=True)],
        **{name: [getattr(one, name) for one in looks] for name in (*KEPT, "tiny", "thumb")},
    }
    for name, values in hashes.items():
        held = dict(zip(hashed, values, strict=True))
        columns[name] = [held.get(place) for place in range(len(looks))]
    return pa.record_batch([pa.array(columns[one.name], one.type) for one in schema], schema=schema)


def _listed(album: Album) -> tuple[pa.Table, dict[str, str]]:
    """Path, class and part of the rows of a folder or zip, and what their columns are."""
    import pyarrow as pa

    kept = [one for one in album.pictures if one.part != "test"]
    table, told = pa.table({"path": pa.array([one.path for one in kept], pa.string())}), {"path": "id"}
    if len({one.label for one in kept}) > 1:
        table = table.append_column("label", pa.array([one.label for one in kept], pa.string()))
        told["label"] = "target"
    if len({one.part for one in kept}) > 1:
        table = table.append_column("part", pa.array([one.part for one in kept], pa.string()))
    return table, told


def _measured(table: Any, seen: Any) -> Any:
    """The table with the columns image, width, height, …; a measure that is the same for all is left to the parts."""
    import pyarrow.compute as pc

    own = seen.filter(pc.is_valid(seen.column("row")))
    for name in ("image", *MEASURES):
        column = own.column("thumb" if name == "image" else name)
        if name == "image" or pc.count_distinct(column).as_py() > 1:
            table = table.append_column(f"image {name}" if name in table.column_names else name, column)
    return table


def _notes(album: Album) -> tuple[str, ...]:
    """How the images were found, and what was left out."""
    parts = Counter(one.part for one in album.pictures if one.part)
    notes = [f"{album.source.name}: a {album.kind} of {len(album.pictures):,} images"]
    if parts:
        said = ", ".join(f"{count:,} in {part}" for part, count in sorted(parts.items(), key=lambda item: -item[1]))
        notes.append(f"parts by their folders: {said}")
    if parts.get("test"):
        notes.append("test images are compared with the others only; their classes are not read")
    if album.others:
        notes.append(f"other files, which are no images, were passed over: {album.others:,}")
    if album.left_out:
        files = "1 file was" if len(album.left_out) == 1 else f"{len(album.left_out):,} files were"
        notes.append(f"{files} left out; the finding D49 says why")
    return tuple(notes)
