"""What does one image file hold, and can it be read at all?

Pillow decodes. A file from a stranger can make it raise nearly anything; here every failure is an answer, not an error.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.data.images.pictures import FORMATS, MOST_BYTES, START, format_of, suffix_of

MOST_PIXELS = 100_000_000  # of an image once its JPEG is scaled: 300 MB as RGB, and two are held at a time
LOOKED_AT = 256  # pixels of the longer side at which brightness and contrast are measured
THUMB = 96  # pixels of the longer side of what the report shows
QUALITY = 80  # of the JPEG of a thumbnail: 2 to 4 kB
GRAY, TINY = 32, 16  # pixels of a side of what hashes are made of, and of what copies are compared by
ORIENTATION = 0x0112  # EXIF tag: how the camera was held
UPRIGHT = (0, 1)
SAME = {"MPO": "JPEG", "DIB": "BMP", "JPEG2000": "JPEG"}  # a phone's JPEG of several pictures is a JPEG
CLEAR = frozenset({"RGBA", "LA", "PA", "RGBa", "La"})  # modes with transparency

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Look:
    """What was seen of one file; of one that cannot be decoded what its header said and why."""

    size: int  # bytes
    digest: str  # of the content
    fault: str = ""  # "empty", "too large", "not an image", "cut off", "damaged" or "too many pixels"
    format: str | None = None
    mode: str | None = None
    width: int | None = None  # pixels, as stored
    height: int | None = None
    brightness: float | None = None  # mean of the grey values, 0 (black) to 1 (white)
    contrast: float | None = None  # their standard deviation, 0 to 0.5 (RMS contrast, Peli 1990)
    animated: bool = False
    turned: bool = False  # EXIF says that it must be turned before it is shown
    gray: Pixels | None = None  # (GRAY, GRAY)
    tiny: bytes | None = None  # TINY × TINY RGB
    thumb: bytes | None = None  # JPEG


def study(data: bytes) -> Look:
    """What the bytes of a file hold.

    Example:
        >>> study(b"").fault, study(b"<html>404</html>").fault, study(b"\\xff\\xd8\\xff\\xe0 cut").fault
        ('empty', 'not an image', 'cut off')
    """
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    base: dict[str, Any] = {"size": len(data), "digest": digest}
    if not data:
        return Look(**base, fault="empty")
    if len(data) > MOST_BYTES:
        return Look(**base, fault="too large")
    image_module = extras.need("PIL.Image", "looking at images")
    known: dict[str, Any] = {}
    try:
        with image_module.open(io.BytesIO(data), formats=_formats(image_module)) as image:
            known |= {"format": SAME.get(image.format, image.format), "mode": image.mode}
            known |= {"width": image.width, "height": image.height}
            known |= _seen(image_module, image)
    except Exception as error:  # whatever Pillow raises on a damaged file says that it is damaged
        return Look(**base, **known, fault=_fault(error, data, image_module))
    return Look(**base, **known)


@contextmanager
def quietly() -> Iterator[None]:
    """Inside, Pillow's warnings on odd files are not shown: what they warn of is an answer of `study`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        extras.need("PIL.Image", "looking at images").init()  # all decoders, before threads ask for them
        yield


def wrong_suffix(path: str, format: str | None) -> bool:
    """Whether a file's name says another format than its bytes; a name that says none is wrong too.

    Example:
        >>> wrong_suffix("a.jpg", "PNG"), wrong_suffix("a.JPEG", "JPEG"), wrong_suffix("a.txt", "PNG")
        (True, False, True)
    """
    return format is not None and FORMATS.get(suffix_of(path)) != format


def _formats(image_module: Any) -> tuple[str, ...]:
    """The formats that are tried: those that only decode, none that starts another program."""
    if "PNG" not in image_module.OPEN:
        image_module.init()
    return tuple(name for name in dict.fromkeys((*FORMATS.values(), "MPO")) if name in image_module.OPEN)


class _TooManyPixels(Exception):
    """An image is too large to be decoded."""


def _seen(image_module: Any, image: Any) -> dict[str, Any]:
    """Measures and small copies of an opened image."""
    turned = int(image.getexif().get(ORIENTATION) or 1) not in UPRIGHT
    animated = bool(getattr(image, "is_animated", False))
    image.draft("RGB", (LOOKED_AT, LOOKED_AT))  # a JPEG is decoded at a half, a quarter or an eighth
    if image.width * image.height > MOST_PIXELS:
        raise _TooManyPixels
    image.load()
    small = _as_rgb(image_module, image)
    small.thumbnail((LOOKED_AT, LOOKED_AT), reducing_gap=2.0)
    if turned:
        small = extras.need("PIL.ImageOps", "looking at images").exif_transpose(small)
    gray = small.convert("L")
    values = np.asarray(gray, np.float32) / 255
    box = image_module.Resampling.BOX
    tiny = small.resize((TINY, TINY), box).tobytes()
    grays = np.asarray(gray.resize((GRAY, GRAY), box), np.uint8)
    small.thumbnail((THUMB, THUMB))
    written = io.BytesIO()
    small.save(written, "JPEG", quality=QUALITY)
    return {
        "brightness": float(values.mean()), "contrast": float(values.std()), "animated": animated, "turned": turned,
        "gray": grays, "tiny": tiny, "thumb": written.getvalue(),
    }  # fmt: skip


def _as_rgb(image_module: Any, image: Any) -> Any:
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


def _fault(error: Exception, data: bytes, image_module: Any) -> str:
    if isinstance(error, (_TooManyPixels, image_module.DecompressionBombError, MemoryError)):
        return "too many pixels"
    if isinstance(error, image_module.UnidentifiedImageError):
        return "damaged" if format_of(data[:START]) else "not an image"
    return "cut off" if "truncated" in str(error).lower() else "damaged"
