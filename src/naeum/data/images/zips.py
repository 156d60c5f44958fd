"""Which image files lie in a zip archive, and which of them may be unpacked?

Members are read one at a time into memory, up to a limit that does not trust what the archive says of itself.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from naeum.data.images.folders import Found, hidden
from naeum.data.images.pictures import MOST_BYTES, START, UNREAD, format_of, is_named_like_an_image, suffix_of
from naeum.errors import InputError

MOST_RATIO = 200  # times that a member may grow: photos hardly do, empty drawings grow up to a hundred times
SMALL = 16 << 20  # bytes up to which a member may grow by any factor: a blank BMP does
MOST_TOTAL = 64 << 30  # bytes that all members may unpack to: an hour of reading
MOST_MEMBERS = 2_000_000
UTF_8 = 0x800  # flag of a member whose name is UTF-8; all other names are in an encoding that nobody says
LOCKED = 0x1
MEGABYTE = 1 << 20


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive of files, and no workbook."""
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    return path.suffix.lower() not in (".xlsx", ".xlsm") and b"[Content_Types]" not in start and b"xl/" not in start


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The archive.

    Raises:
        InputError: it is damaged, or has more members than any data set.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise InputError(f"a zip archive must open; {path} is damaged or cut off; copy or download it again") from error
    with archive:
        if len(archive.filelist) > MOST_MEMBERS:
            raise InputError(
                f"a zip archive must have at most {MOST_MEMBERS:,} files; {path} has {len(archive.filelist):,}; "
                f"unzip it and pass the folder"
            )
        yield archive


def files(path: Path) -> Found:
    """The image files of an archive by path, what was left out and why, and how many files are no images.

    Raises:
        InputError: the archive is damaged, or would unpack to more than MOST_TOTAL bytes.
    """
    found: list[tuple[str, str]] = []
    left_out: list[tuple[str, str]] = []
    others = 0
    with opened(path) as archive:
        members = [(one, name_of(one)) for one in archive.infolist() if not one.is_dir()]
        members = [(one, name) for one, name in members if not any(map(hidden, PurePosixPath(name).parts))
                   or ".." in PurePosixPath(name).parts]  # fmt: skip
        _refuse_bomb(path, [one for one, _ in members])
        for one, name in members:
            if suffix_of(name) in UNREAD:
                left_out.append((name, f"is {suffix_of(name)[1:]}, which is not read; save it as JPEG or PNG"))
            elif why := refused(one, name):
                left_out.append((name, why))
            elif is_named_like_an_image(name) or _holds_an_image(archive, one):
                found.append((name, one.filename))
            else:
                others += 1
    return sorted(found), sorted(left_out), others


def refused(one: zipfile.ZipInfo, name: str) -> str:
    """Why a member is not read; empty where it may be.

    Example:
        >>> refused(zipfile.ZipInfo("../../etc/cat.png"), "../../etc/cat.png")
        'leads out of the archive'
    """
    if name.startswith("/") or ".." in PurePosixPath(name).parts or name[1:2] == ":":
        return "leads out of the archive"
    if stat.S_ISLNK(one.external_attr >> 16):
        return "is a link"
    if one.flag_bits & LOCKED:
        return "is locked with a password"
    if one.file_size > MOST_BYTES:
        return f"unpacks to {one.file_size / MEGABYTE:,.0f} MiB; an image may have {MOST_BYTES // MEGABYTE} MiB"
    if one.file_size > SMALL and one.file_size > MOST_RATIO * max(one.compress_size, 1):
        return f"unpacks to {one.file_size / max(one.compress_size, 1):,.0f} times its size, as a zip bomb does"
    return ""


def read(archive: zipfile.ZipFile, name: str) -> bytes:
    """The bytes of a member, at most MOST_BYTES + 1 whatever its header says.

    Raises:
        OSError: it is damaged.
    """
    try:
        with archive.open(name) as file:
            return file.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise OSError(f"is damaged in the archive ({error})") from error


def name_of(one: zipfile.ZipInfo) -> str:
    """The path of a member; names that Windows packed are Korean (CP949) or UTF-8 rather than CP437.

    Example:
        >>> name_of(zipfile.ZipInfo("고양이/1.jpg".encode("cp949").decode("cp437")))
        '고양이/1.jpg'
    """
    name = one.filename.replace("\\", "/")
    if one.flag_bits & UTF_8 or name.isascii():
        return name
    for codec in ("utf-8", "cp949"):
        try:
            return name.encode("cp437").decode(codec)
        except UnicodeError:
            continue
    return name


def _refuse_bomb(path: Path, members: list[zipfile.ZipInfo]) -> None:
    total = sum(one.file_size for one in members)
    if total > MOST_TOTAL:
        raise InputError(
            f"a zip archive must unpack to at most {MOST_TOTAL >> 30} GiB; {path} says {total / (1 << 30):,.0f} GiB; "
            f"unzip what you trust and pass the folder"
        )


def _holds_an_image(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> bool:
    try:
        with archive.open(one) as file:
            return format_of(file.read(START)) is not None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError):
        return False
