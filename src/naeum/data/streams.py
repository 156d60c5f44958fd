"""How does a file on disk become a stream of bytes or of text, whatever it was packed with?"""

from __future__ import annotations

import gzip
import io
import lzma
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Literal, cast

import pyarrow as pa

from naeum.errors import InputError

Compression = Literal["", "gzip", "zstd", "xz"]

MAGIC: tuple[tuple[bytes, Compression], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\xfd7zXZ\x00", "xz"),
)


def compression_of(path: Path) -> Compression:
    """What `path` is packed with, by its first bytes (its name may lie)."""
    with path.open("rb") as file:
        start = file.read(8)
    return next((name for magic, name in MAGIC if start.startswith(magic)), "")


@contextmanager
def open_bytes(path: Path, compression: Compression) -> Iterator[BinaryIO]:
    """The unpacked bytes of a file.

    Raises:
        InputError: the packed stream is damaged or cut off; raised where it is read, inside the `with`.
    """
    try:
        with _opened(path, compression) as stream:
            yield stream
    except (gzip.BadGzipFile, EOFError, lzma.LZMAError, zlib.error) as error:
        raise _corrupt(path, compression) from error
    except OSError as error:
        if compression != "zstd" or error.errno is not None:  # Arrow's zstd reader has no error class of its own
            raise
        raise _corrupt(path, compression) from error


@contextmanager
def open_text(path: Path, compression: Compression, encoding: str, newline: str) -> Iterator[io.TextIOWrapper]:
    """The text of a file; bytes that are not `encoding` become U+FFFD.

    Args:
        path: the file.
        compression: what it is packed with.
        encoding: a Python codec; "utf-8-sig" drops a byte order mark.
        newline: as for `open`: "" splits lines at every kind of newline, "\\n" and "\\r" only there.
    """
    with open_bytes(path, compression) as stream:
        yield io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline=newline)


def _opened(path: Path, compression: Compression) -> BinaryIO:
    if compression == "gzip":
        return cast(BinaryIO, gzip.open(path, "rb"))
    if compression == "xz":
        return cast(BinaryIO, lzma.open(path, "rb"))
    if compression == "zstd":
        return cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, pa.CompressedInputStream(str(path), "zstd"))))
    return path.open("rb")


def _corrupt(path: Path, compression: Compression) -> InputError:
    return InputError(
        f"a {compression} file must unpack to its end; {path} is damaged or cut off; "
        f"copy or download it again, or unpack what is left and pass that"
    )
