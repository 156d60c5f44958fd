"""How do image files become rows: their bytes, path, class and size?

Rows hold the bytes of each image, never its path alone, so that they mean the same on every machine. Tables of more
than 128 MiB are memory-mapped from an unnamed temporary file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa

from naeum.data.images.albums import Album, album
from naeum.data.images.pictures import MOST_BYTES
from naeum.data.spool import spool
from naeum.errors import InputError

BATCH_BYTES = 16 << 20  # of images in one record batch
_COLUMNS: dict[str, Any] = {
    "image": pa.large_binary(), "path": pa.string(), "label": pa.string(), "part": pa.string(), "size": pa.int64(),
}  # fmt: skip
SCHEMA = pa.schema(list(_COLUMNS.items()))


def read_images(source: str | Path | Album) -> pa.Table:
    """The images of a folder, a zip or a table of paths as rows: image (bytes), path, label, part, size (bytes).

    A file that cannot be read, or has more than `pictures.MOST_BYTES`, has no image; its path and class stay. Of a test
    part no class is read.

    Raises:
        InputError: the source holds no images.

    Example:
        >>> import tempfile
        >>> folder = Path(tempfile.mkdtemp())
        >>> for name in ("고양이", "개"):
        ...     (folder / name).mkdir()
        ...     _ = (folder / name / "1.png").write_bytes(b"\\x89PNG\\r\\n\\x1a\\n")
        >>> read_images(folder).select(["path", "label", "size"]).to_pylist()[0]
        {'path': '개/1.png', 'label': '개', 'size': 8}
    """
    found = source if isinstance(source, Album) else album(source)
    if found is None:
        raise InputError(
            f"images must be a folder, a zip, or a table with a column of their paths; got {source}; name one of these"
        )
    return spool(SCHEMA, read_batches(found))


def read_batches(found: Album) -> Iterator[pa.RecordBatch]:
    """The rows of SCHEMA, at most about BATCH_BYTES of images at a time."""
    held: list[tuple[Any, ...]] = []
    size = 0
    with found.open() as read:
        for picture in found.pictures:
            image = _bytes(read, picture)
            held.append(
                (image, picture.path, picture.label, picture.part or None, None if image is None else len(image))
            )
            size += len(image or b"")
            if size >= BATCH_BYTES:
                yield _batch(held)
                held, size = [], 0
    if held:
        yield _batch(held)


def _bytes(read: Any, picture: Any) -> bytes | None:
    try:
        image: bytes = read(picture)
    except OSError:
        return None
    return image if len(image) <= MOST_BYTES else None


def _batch(held: list[tuple[Any, ...]]) -> pa.RecordBatch:
    columns = zip(*held, strict=True)
    arrays = [pa.array(list(column), field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    return pa.record_batch(arrays, schema=SCHEMA)
