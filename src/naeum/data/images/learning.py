"""How does a source of images become the rows that a model learns from, or is tested on?

A column `image` with the bytes of each file, and the class from its folder; of a table every column, that of the paths
with the bytes in their place. Folders named train, valid and test above the classes are given parts: each is read by
itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from naeum.data.images.albums import Album, album
from naeum.data.images.decoding import header, quietly
from naeum.data.images.pictures import FORMATS, suffix_of
from naeum.data.images.reading import read_batches
from naeum.data.spool import spool
from naeum.errors import InputError

IMAGE, LABEL, FILE = "image", "label", "file"  # columns of a folder or a zip
SAME = {"MPO": "JPEG", "DIB": "BMP"}  # what one decoder calls otherwise
SHOWN = 3  # files named in a note


@dataclass(eq=False)
class _Seen:
    """What the headers of the files said, and which files showed it first."""

    counts: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[str]] = field(default_factory=dict)

    def look(self, path: str, data: bytes | None) -> None:
        said = header(data)
        if said.fault:
            self.count(f"{said.fault}", path)
            return
        if said.animated:
            self.count("animated", path)
        if said.mode == "CMYK":
            self.count("CMYK", path)
        named, is_one = FORMATS.get(suffix_of(path)), SAME.get(said.format or "", said.format)
        if named is not None and named != is_one:
            self.count("named", path)

    def count(self, what: str, path: str) -> None:
        self.counts[what] += 1
        if len(self.first.setdefault(what, [])) < SHOWN:
            self.first[what].append(path)

    def notes(self) -> list[str]:
        told = {
            "animated": "animated images, of which the first frame is read",
            "CMYK": "images in CMYK, read as RGB",
            "named": "images whose name says another format than their bytes, read by their bytes",
        }
        ill = "warning: images that cannot be read ({}), answered like an unknown one"
        return [
            f"{told.get(what, ill.format(what))}: {count} ({_listed(self.first[what], count)})"
            for what, count in self.counts.items()
        ]


def parts_of(found: Album) -> frozenset[str]:
    """The given parts of an album: of "train", "valid" and "test" those it has."""
    return frozenset(one.part for one in found.pictures if one.part)


def given_parts(source: Any) -> frozenset[str]:
    """Which of "valid" and "test" a folder or a zip of images brings along; none for every other source.

    Example:
        >>> given_parts([{"text": "하나", "label": "a"}])
        frozenset()
    """
    if not isinstance(source, (str, Path)) or Path(source).suffix.lower() in (".csv", ".tsv", ".txt", ".tab"):
        return frozenset()
    try:
        found = album(source)
    except InputError:
        return frozenset()  # a folder without images; whoever reads it says so
    return frozenset() if found is None else parts_of(found) - {"train"}


def rows_to_learn(found: Album, part: str | None = None) -> tuple[pa.Table, list[str]]:
    """The rows of one part of an album, and what there is to say of its files.

    Args:
        found: the album.
        part: "valid" or "test"; None: the rows to learn from.

    Raises:
        InputError: no folder names a class, or the part is not there.
    """
    chosen = _part(found, part)
    if found.table is None and part is None and not any(one.label for one in chosen.pictures):
        raise InputError(
            f"images to learn from must lie in a folder a class; {found.source} holds them side by side; "
            f"make a folder for each class, or give a table with a column of paths"
        )
    seen = _Seen()
    with quietly():
        images = spool(pa.schema([(IMAGE, pa.binary())]), _images(chosen, seen)).column(IMAGE)
    notes = [*_told(found, chosen, part), *seen.notes()]
    if found.table is not None:
        where = found.table.column_names.index(found.column)
        return found.table.set_column(where, found.column, images), notes
    labels = [one.label for one in chosen.pictures]
    table = pa.table([images], names=[IMAGE])
    return (table.append_column(LABEL, pa.array(labels, pa.string())) if any(labels) else table), notes


def rows_to_answer(found: Album) -> pa.Table:
    """Every image of an album, in a folder of a class or not, with a column `file`: the path below the album.

    Raises:
        InputError: the archive is damaged.
    """
    if found.table is not None:
        return rows_to_learn(found)[0]
    with quietly():
        images = spool(pa.schema([(IMAGE, pa.binary())]), _images(found, _Seen())).column(IMAGE)
    return pa.table([pa.array([one.path for one in found.pictures], pa.string()), images], names=[FILE, IMAGE])


def _part(found: Album, part: str | None) -> Album:
    there = parts_of(found)
    if not there:
        return found
    wanted = part or "train"
    if wanted not in there:
        raise InputError(
            f"the folder {wanted} must be there to be read as that part; {found.source} has "
            f"{', '.join(sorted(there))}; add it or leave the part out"
        )
    return replace(found, pictures=tuple(one for one in found.pictures if one.part == wanted))


def _images(chosen: Album, seen: _Seen) -> Iterator[pa.RecordBatch]:
    for batch in read_batches(chosen):
        for path, data in zip(batch.column("path").to_pylist(), batch.column(IMAGE).to_pylist(), strict=True):
            seen.look(str(path), data)
        yield pa.record_batch([batch.column(IMAGE).cast(pa.binary())], names=[IMAGE])


def _told(found: Album, chosen: Album, part: str | None) -> list[str]:
    notes = []
    if found.left_out:
        path, why = found.left_out[0]
        more = f", and {len(found.left_out) - 1:,} more" if len(found.left_out) > 1 else ""
        notes.append(f"warning: files left out: {path} {why}{more}")
    if found.others:
        notes.append(f"files that are no images, passed over: {found.others}")
    beside = sorted(parts_of(found) - {"train"})
    if part is None and beside:
        counts = Counter(one.part for one in found.pictures)
        listed = " and ".join(f"{name} ({counts[name]:,} images)" for name in beside)
        notes.append(f"given parts in folders of their own: {listed}; {len(chosen.pictures):,} images are learned from")
    return notes


def _listed(paths: list[str], count: int) -> str:
    return ", ".join(paths) + (", …" if count > len(paths) else "")
