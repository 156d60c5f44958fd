"""How do the bytes of a file from a stranger become pixels?

Pillow decodes. Whatever is wrong with a file is an answer here, not an error: decoders are tried that only decode, a
large JPEG is shrunk while it is decoded, and what would fill the memory is refused.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.data.images.pictures import FORMATS, MOST_BYTES, START, format_of

MOST_PIXELS = 100_000_000  # of an image once its JPEG is scaled: 300 MB as RGB, and two are held at a time
ORIENTATION = 0x0112  # EXIF tag: how the camera was held
UPRIGHT = (0, 1)
CLEAR = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})  # modes with transparency
GAP = 3.0  # an image is halved quickly down to so many times its size, then resized exactly

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Header:
    """What the first bytes of a file say, before it is decoded."""

    fault: str = ""  # "empty", "too large", "too many pixels", "not an image", "cut off" or "damaged"
    format: str | None = None
    mode: str | None = None
    animated: bool = False


class TooManyPixels(Exception):
    """An image is too large to be decoded."""


def pixels(data: bytes | None, size: int) -> tuple[Pixels | None, str]:
    """(size, size, 3) red, green and blue of an image, or none and why.

    It is turned upright, its longer side is cut evenly to a square, and that is resized; of an animation the first
    frame is taken. An image of this size already keeps every pixel.

    Example:
        >>> pixels(b"", 32), pixels(b"<html>404</html>", 32)
        ((None, 'empty'), (None, 'not an image'))
    """
    modules = extras.need("PIL.Image", "reading images"), extras.need("PIL.ImageOps", "reading images")
    return decoded(data, size, *modules)


def decoded(data: bytes | None, size: int, image_module: Any, operations: Any) -> tuple[Pixels | None, str]:
    """The same by two modules of Pillow: Image and ImageOps."""
    if fault := _sized(data):
        return None, fault
    try:
        with image_module.open(io.BytesIO(data or b""), formats=formats(image_module)) as image:
            image.draft("RGB", (round(GAP * size), round(GAP * size)))  # a JPEG at a half, a quarter or an eighth
            if image.width * image.height > MOST_PIXELS:
                raise TooManyPixels
            image.load()
            upright = operations.exif_transpose(image)
            small = operations.fit(as_rgb(image_module, upright), (size, size), image_module.Resampling.BICUBIC)
            return np.asarray(small, np.uint8), ""
    except Exception as error:  # whatever Pillow raises on a damaged file says that it is damaged
        return None, fault_of(error, data or b"", image_module)


def header(data: bytes | None) -> Header:
    """What a file says of itself; hundredths of a millisecond, as nothing is decoded.

    Example:
        >>> header(b"GIF89a").fault, header(None).fault
        ('damaged', 'empty')
    """
    if fault := _sized(data):
        return Header(fault)
    image_module = extras.need("PIL.Image", "reading images")
    try:
        with image_module.open(io.BytesIO(data or b""), formats=formats(image_module)) as image:
            large = image.width * image.height > MOST_PIXELS and image.format != "JPEG"
            return Header(
                "too many pixels" if large else "", image.format, image.mode, bool(getattr(image, "is_animated", False))
            )
    except Exception as error:
        return Header(fault_of(error, data or b"", image_module))


@contextmanager
def quietly() -> Iterator[None]:
    """Inside, Pillow's warnings on odd files are not shown: what they warn of is an answer."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        extras.need("PIL.Image", "reading images").init()  # all decoders, before threads ask for them
        yield


def formats(image_module: Any) -> tuple[str, ...]:
    """The formats that are tried: those that only decode, none that starts another program."""
    if "PNG" not in image_module.OPEN:
        image_module.init()
    return tuple(name for name in dict.fromkeys((*FORMATS.values(), "MPO")) if name in image_module.OPEN)


def as_rgb(image_module: Any, image: Any) -> Any:
    """The image as RGB: transparency on white, more than 8 bits stretched from the least to the most value."""
    if image.mode in CLEAR or "transparency" in image.info:
        clear = image.convert("RGBA")
        white = image_module.new("RGBA", clear.size, (255, 255, 255, 255))
        return image_module.alpha_composite(white, clear).convert("RGB")
    if image.mode.startswith(("I", "F")):
        values = np.nan_to_num(np.asarray(image, np.float64))
        low, high = float(values.min()), float(values.max())
        scaled = (values - low) * (255 / (high - low)) if high > low else np.zeros_like(values)
        return image_module.fromarray(scaled.astype(np.uint8)).convert("RGB")
    if image.mode == "RGB":
        return image.copy()
    return image.convert("RGB")


def fault_of(error: Exception, data: bytes, image_module: Any) -> str:
    """What an error of a decoder says of the file."""
    if isinstance(error, (TooManyPixels, image_module.DecompressionBombError, MemoryError)):
        return "too many pixels"
    if isinstance(error, image_module.UnidentifiedImageError):
        return "damaged" if format_of(data[:START]) else "not an image"
    return "cut off" if "truncated" in str(error).lower() else "damaged"


def _sized(data: bytes | None) -> str:
    if not data:
        return "empty"
    return "too large" if len(data) > MOST_BYTES else ""
