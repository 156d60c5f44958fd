"""Which image files does a folder, a zip or a table of paths hold, which were left out, and why?

Nothing is unpacked to disk, no link out of the folder is followed, and no file is read beyond a limit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from naeum.data.images import folders, zips
from naeum.data.images.pictures import READ, is_named_like_an_image
from naeum.data.read import Options, read_table
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

PARTS = {
    "train": "train", "training": "train", "valid": "valid", "validation": "valid", "val": "valid", "dev": "valid",
    "test": "test", "testing": "test",
}  # fmt: skip
HEAD_BYTES = 1 << 16  # of a table in which the name of an image is looked for
HEAD_ROWS = 200
NAMED = 0.9  # share of a column's values that must end like an image
THERE = 0.5  # share of those that must lie in the table's folder
NAME = re.compile(rb"\.(jpe?g|png|gif|bmp|webp|tiff?|avif)\b", re.IGNORECASE)
TABLES = (".csv", ".tsv", ".txt", ".tab")


@dataclass(frozen=True)
class Picture:
    """One image file, not yet read."""

    path: str  # below the album, with "/"
    label: str | None = None  # of a test part it is read only where that is asked for
    part: str = ""  # "train", "valid" or "test", where folders above the classes say so
    where: str = ""  # how the album finds it, if not by its path


@dataclass(frozen=True, eq=False)
class Album:
    """The image files of one source, in the order of their paths; of a table in the order of its rows."""

    name: str
    source: Path
    kind: str  # "folder", "zip" or "table"
    pictures: tuple[Picture, ...]
    left_out: tuple[tuple[str, str], ...] = ()  # path and why
    others: int = 0  # files that are no images
    table: pa.Table | None = None  # the table that names the files
    column: str = ""  # its column with the paths

    @contextmanager
    def open(self) -> Iterator[Callable[[Picture], bytes]]:
        """Inside, a function that reads one picture, from any thread; at most `pictures.MOST_BYTES + 1` bytes of it.

        Raises:
            InputError: the archive is damaged.
        """
        if self.kind == "zip":
            with zips.opened(self.source) as archive:
                yield lambda picture: zips.read(archive, picture.where)
        else:
            root = self.source if self.kind == "folder" else self.source.parent
            yield lambda picture: folders.read(root, picture.where or picture.path)


def album(source: Any, *, tested: bool = False) -> Album | None:
    """The images of a folder, of a zip, or of a table with a column of paths; none where the source is neither.

    A folder a class; above the classes may stand train, valid and test. Paths in a table count from its own folder.

    Args:
        source: what to open.
        tested: whether the classes of a test part may be read: only where it is opened to be scored.

    Raises:
        InputError: a folder or a zip without an image, or a damaged zip.

    Example:
        >>> album([{"text": "하나"}]) is None
        True
    """
    if not isinstance(source, (str, Path)):
        return None
    path = Path(source).expanduser()
    if path.is_dir():
        return _of_files(path, "folder", folders.files(path), tested)
    if not path.is_file():
        return None
    if zips.is_archive(path):
        return _of_files(path, "zip", zips.files(path), tested)
    return _of_table(path) if path.suffix.lower() in TABLES else None


def _of_files(source: Path, kind: str, files: folders.Found, tested: bool) -> Album:
    """The album of files: (path below the source, how to find it) each."""
    found, left_out, others = files
    name = source.resolve().name if kind == "folder" else source.name.split(".")[0]
    if not found:
        raise _no_images(source, kind, left_out, others)
    pictures = [
        Picture(path, label if tested or part != "test" else None, part, where)
        for (path, where), (part, label) in zip(found, placed([path for path, _ in found]), strict=True)
    ]
    return Album(name, source, kind, tuple(pictures), tuple(left_out), others)


def placed(paths: Sequence[str]) -> list[tuple[str, str | None]]:
    """Part and class of each path, by the folders above it.

    Example:
        >>> placed(["birds/train/참새/1.jpg", "birds/test/까치/2.jpg"])
        [('train', '참새'), ('test', '까치')]
        >>> placed(["cat/1.jpg", "dog/2.jpg"]), placed(["1.jpg", "2.jpg"])
        ([('', 'cat'), ('', 'dog')], [('', None), ('', None)])
    """
    folders_of = [PurePosixPath(path).parts[:-1] for path in paths]
    while all(folders_of) and len({above[0] for above in folders_of}) == 1:
        folders_of = [above[1:] for above in folders_of]  # one folder around everything says nothing
    tops = {above[0].lower() if above else "" for above in folders_of}
    split = tops <= PARTS.keys() and len(tops) > 1 and "train" in {PARTS[top] for top in tops if top}
    if not split:
        return [("", above[0] if above else None) for above in folders_of]
    return [(PARTS[above[0].lower()], above[1] if len(above) > 1 else None) for above in folders_of]


def _no_images(source: Path, kind: str, left_out: Sequence[tuple[str, str]], others: int) -> InputError:
    if left_out:
        path, why = left_out[0]
        more = f", and {len(left_out) - 1:,} more" if len(left_out) > 1 else ""
        return InputError(
            f"a {kind} of images must hold images that can be read; all of {source} was left out: {path} {why}{more}; "
            f"put the files themselves there"
        )
    if not others:
        return InputError(f"a {kind} of images must hold images; {source} is empty; check the path")
    advice = f"pass its tables, as in '{source}/*.csv'" if kind == "folder" else "unzip it and pass the table inside"
    return InputError(
        f"a {kind} must hold images ({', '.join(READ)}); {source} has {others:,} other files and no image; {advice}"
    )


def _of_table(path: Path) -> Album | None:
    """The album of a table that names image files below its own folder; none where no column does."""
    with path.open("rb") as file:
        if not NAME.search(file.read(HEAD_BYTES)):
            return None
    table, _, _ = read_table(path, Options())
    column = next((name for name in table.column_names if _names_images(table, name, path.parent)), None)
    if column is None:
        return None
    named = table.column(column).to_pylist()
    pictures = tuple(Picture(str(value or ""), where=str(value or "").replace("\\", "/")) for value in named)
    left_out = [(value.path, why) for value in pictures if (why := folders.refused(path.parent, value.where))]
    if len(left_out) == len(pictures):
        raise _no_images(path, "table", left_out, 0)
    return Album(path.name.split(".")[0], path, "table", pictures, tuple(left_out), table=table, column=column)


def _names_images(table: pa.Table, name: str, folder: Path) -> bool:
    values = [str(value) for value in table.column(name).slice(0, HEAD_ROWS).to_pylist() if value]
    named = [value for value in values if is_named_like_an_image(value)]
    if not named or len(named) < NAMED * len(values):
        return False
    return sum((folder / value.replace("\\", "/")).is_file() for value in named) >= THERE * len(named)
