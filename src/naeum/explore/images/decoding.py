"""What does one image file hold, and can it be read at all?

Pillow decodes. A file from a stranger can make it raise nearly anything; here every failure is an answer, not an error.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum import extras
from naeum.data.images.decoding import (
    MOST_PIXELS,
    ORIENTATION,
    UPRIGHT,
    Pixels,
    TooManyPixels,
    as_rgb,
    fault_of,
    formats,
)
from naeum.data.images.pictures import FORMATS, MOST_BYTES, suffix_of

LOOKED_AT = 256  # pixels of the longer side at which brightness and contrast are measured
THUMB = 96  # pixels of the longer side of what the report shows
QUALITY = 80  # of the JPEG of a thumbnail: 2 to 4 kB
GRAY, TINY = 32, 16  # pixels of a side of what hashes are made of, and of what copies are compared by
SAME = {"MPO": "JPEG", "DIB": "BMP", "JPEG2000": "JPEG"}  # a phone's JPEG of several pictures is a JPEG


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
        with image_module.open(io.BytesIO(data), formats=formats(image_module)) as image:
            known |= {"format": SAME.get(image.format, image.format), "mode": image.mode}
            known |= {"width": image.width, "height": image.height}
            known |= _seen(image_module, image)
    except Exception as error:  # whatever Pillow raises on a damaged file says that it is damaged
        return Look(**base, **known, fault=fault_of(error, data, image_module))
    return Look(**base, **known)


def wrong_suffix(path: str, format: str | None) -> bool:
    """Whether a file's name says another format than its bytes; a name that says none is wrong too.

    Example:
        >>> wrong_suffix("a.jpg", "PNG"), wrong_suffix("a.JPEG", "JPEG"), wrong_suffix("a.txt", "PNG")
        (True, False, True)
    """
    return format is not None and FORMATS.get(suffix_of(path)) != format


def _seen(image_module: Any, image: Any) -> dict[str, Any]:
    """Measures and small copies of an opened image."""
    turned = int(image.getexif().get(ORIENTATION) or 1) not in UPRIGHT
    animated = bool(getattr(image, "is_animated", False))
    image.draft("RGB", (LOOKED_AT, LOOKED_AT))  # a JPEG is decoded at a half, a quarter or an eighth
    if image.width * image.height > MOST_PIXELS:
        raise TooManyPixels
    image.load()
    small = as_rgb(image_module, image)
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
