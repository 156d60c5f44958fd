"""Which files are images, by their name and by their first bytes, and how large may one be?"""

from __future__ import annotations

from pathlib import PurePosixPath

MOST_BYTES = 128 << 20  # of one file: no photo is larger, and two are held at a time
FORMATS = {
    ".jpg": "JPEG", ".jpeg": "JPEG", ".jpe": "JPEG", ".jfif": "JPEG", ".png": "PNG", ".gif": "GIF", ".bmp": "BMP",
    ".dib": "BMP", ".webp": "WEBP", ".tif": "TIFF", ".tiff": "TIFF", ".ppm": "PPM", ".pgm": "PPM", ".pbm": "PPM",
    ".pnm": "PPM", ".avif": "AVIF",
}  # fmt: skip
READ = ("JPEG", "PNG", "GIF", "BMP", "WebP", "TIFF", "PPM", "AVIF")  # as they are called in sentences
UNREAD = frozenset({".heic", ".heif", ".jxl", ".jp2", ".svg", ".psd", ".cr2", ".nef", ".arw", ".dng"})  # no decoder
START = 16  # bytes that tell a format


def suffix_of(path: str) -> str:
    """The ending of a file's name, in small letters.

    Example:
        >>> suffix_of("고양이/1.JPG")
        '.jpg'
    """
    return PurePosixPath(path).suffix.lower()


def is_named_like_an_image(path: str) -> bool:
    """Whether a file's name ends like one of an image that can be read."""
    return suffix_of(path) in FORMATS


def format_of(start: bytes) -> str | None:
    """The format that the first bytes tell; none where they are no image's.

    Example:
        >>> format_of(b"\\x89PNG\\r\\n\\x1a\\n"), format_of(b"<html>")
        ('PNG', None)
    """
    if start.startswith(b"RIFF") and start[8:12] == b"WEBP":
        return "WEBP"
    if start[4:12] in (b"ftypavif", b"ftypavis"):
        return "AVIF"
    marks = {
        b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n\x1a\n": "PNG", b"GIF87a": "GIF", b"GIF89a": "GIF",
        b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
    }  # fmt: skip
    return next((name for mark, name in marks.items() if start.startswith(mark)), None)
