"""Which image files lie in a folder, and which may not be followed?

Links are followed only to files inside the folder; linked folders, devices and pipes never are.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from naeum.data.images.pictures import MOST_BYTES, START, UNREAD, format_of, is_named_like_an_image, suffix_of

Found = tuple[list[tuple[str, str]], list[tuple[str, str]], int]  # (path, where), (path, why left out), other files


def files(root: Path) -> Found:
    """The image files below a folder by path, what was left out and why, and how many files are no images.

    Hidden files and folders are passed over.
    """
    found: list[tuple[str, str]] = []
    left_out: list[tuple[str, str]] = []
    others = 0

    def unreadable(error: OSError) -> None:
        left_out.append((_below(root, str(error.filename)), "may not be read by this user"))

    for folder, inside, names in os.walk(root, onerror=unreadable):
        linked = [name for name in inside if os.path.islink(os.path.join(folder, name))]
        left_out += [(_below(root, os.path.join(folder, name)), "is a link to a folder") for name in sorted(linked)]
        inside[:] = sorted(name for name in inside if name not in linked and not hidden(name))
        for name in sorted(names):
            if hidden(name):
                continue
            path = _below(root, os.path.join(folder, name))
            if suffix_of(name) in UNREAD:
                left_out.append((path, f"is {suffix_of(name)[1:]}, which is not read; save it as JPEG or PNG"))
            elif why := refused(root, path):
                left_out.append((path, why))
            elif is_named_like_an_image(name) or _holds_an_image(root / path):
                found.append((path, ""))
            else:
                others += 1
    return sorted(found), sorted(left_out), others


def refused(root: Path, path: str) -> str:
    """Why a path below a folder is not followed; empty where it may be, or where nothing is there.

    Example:
        >>> refused(Path("photos"), "../secret.png")
        'leads out of the folder'
    """
    real, base = os.path.realpath(root / path), os.path.realpath(root)
    if os.path.commonpath((real, base)) != base or "\x00" in path:
        linked = os.path.islink(root / path)
        return "is a link out of the folder" if linked else "leads out of the folder"
    try:
        kind = os.stat(real).st_mode
    except OSError:
        return "is a link to nothing" if os.path.islink(root / path) else "is not there"
    return "" if stat.S_ISREG(kind) else "is no file (a folder, device or pipe)"


def read(root: Path, path: str) -> bytes:
    """The bytes of a file, at most MOST_BYTES + 1.

    Raises:
        OSError: it is not there, may not be read, or leads out of the folder.
    """
    if why := refused(root, path):
        raise OSError(why)
    with (root / path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _below(root: Path, path: str) -> str:
    return os.path.relpath(path, root).replace(os.sep, "/").encode("utf-8", "replace").decode()


def hidden(name: str) -> bool:
    """Whether a file or folder is the system's own, not the user's."""
    return name.startswith(".") or name in ("__MACOSX", "Thumbs.db", "desktop.ini")


def _holds_an_image(path: Path) -> bool:
    """Whether a file that is not named like an image is one after all."""
    try:
        with path.open("rb") as file:
            return format_of(file.read(START)) is not None
    except OSError:
        return False
