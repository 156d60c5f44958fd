"""Which images can a learner be tried on?

A disc, a square or a cross somewhere, the colour of each class its own, on noise; the classes have Hangul names.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.contract import REAL, Dataset, Parts, Task
from naeum.values import digest

if TYPE_CHECKING:
    import pyarrow as pa

SIDE = 16  # pixels
CLASSES = ("네모", "동그라미", "십자")
TASK = Task(("사진",), "모양", CLASSES, kinds=("image",))
COLOURS = ((200, 60, 60), (60, 190, 70), (70, 80, 210))  # of each class
NOISE = 40  # greatest value of a pixel where nothing is
WRONG = 0.1  # share of rows of fit with the label of another class
REACH = 5  # pixels from the middle of a shape to its edge


def parts(n: int = 48, seed: int = 0) -> Parts:
    """Images of three classes, a tenth of those to fit with a wrong label; a third as many to tune on.

    Example:
        >>> given = parts()
        >>> len(given.fit), len(given.tune), given.fit.task.columns
        (48, 16, {'사진': 'image'})
    """
    return Parts(make(n, seed, WRONG), make(max(len(CLASSES), n // 3), seed + 1000))


def odd() -> pa.Table:
    """Nothing, no image, half an image, one pixel, a line, gray, transparent, 16 bits, CMYK and an animation."""
    import pyarrow as pa

    module = extras.need("PIL.Image", "a world of images")
    whole = png(drawn(0, np.random.default_rng(0)))
    frames = [module.new("RGB", (SIDE, SIDE), colour) for colour in ("red", "blue")]
    found = [
        None, b"", "사진이 아님".encode(), whole[: len(whole) // 2], whole + b"more", b"\x89PNG\r\n\x1a\n" + bytes(60),
        _file(module.new("RGB", (1, 1))), _file(module.new("RGB", (1, 300), "red")), _file(module.new("L", (9, 40))),
        _file(module.new("RGBA", (20, 20), (0, 9, 9, 0))), _file(module.new("I;16", (8, 8), 9999)),
        _file(module.new("CMYK", (8, 8)), "JPEG"), _file(module.new("1", (30, 30))),
        _file(frames[0], "GIF", save_all=True, append_images=frames[1:]),
    ]  # fmt: skip
    return pa.table({TASK.inputs[0]: pa.array(found, pa.binary())})


def make(n: int, seed: int = 0, wrong: float = 0.0) -> Dataset:
    """`n` images whose classes take turns."""
    rng = np.random.default_rng(seed)
    truth = np.arange(n) % len(CLASSES)
    images = [png(drawn(code, rng)) for code in truth.tolist()]
    others = (truth + rng.integers(1, len(CLASSES), n)) % len(CLASSES)
    return dataset(images, np.where(rng.random(n) < wrong, others, truth).tolist())


def dataset(images: Sequence[bytes | None], target: Sequence[int], task: Task = TASK) -> Dataset:
    """Files with the codes of their classes as a data set of real rows."""
    import pyarrow as pa

    n = len(images)
    ids = np.array([int(digest(f"{row} ".encode() + (data or b""))[:16], 16) for row, data in enumerate(images)])
    ids = ids.astype(np.uint64)
    return Dataset(
        task=task,
        rows=pa.table({task.inputs[0]: pa.array(images, pa.binary())}),
        ids=ids,
        target=np.asarray(target, np.int64),
        weight=np.ones(n, np.float32),
        key=digest(ids.tobytes() + repr(list(target)).encode()),
        group=np.arange(n),
        origin=np.full(n, REAL, np.uint8),
        parent=ids.copy(),
    )


def drawn(code: int, rng: np.random.Generator) -> npt.NDArray[np.uint8]:
    """(SIDE, SIDE, 3) the shape of a class somewhere, lighter or darker, on noise."""
    found = rng.integers(0, NOISE, (SIDE, SIDE, 3))
    down, across = np.mgrid[:SIDE, :SIDE] - rng.integers(REACH, SIDE - REACH, 2)[:, None, None]
    inside = (
        np.maximum(abs(down), abs(across)) < REACH,
        np.hypot(down, across) < REACH,
        (np.minimum(abs(down), abs(across)) < 2) & (np.maximum(abs(down), abs(across)) < REACH),
    )[code]
    found[inside] = np.clip(np.array(COLOURS[code]) + rng.integers(-30, 31), 0, 255)
    return found.astype(np.uint8)


def png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """The file of an image."""
    return _file(extras.need("PIL.Image", "a world of images").fromarray(pixels))


def _file(image: object, format: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, format, **options)  # type: ignore[attr-defined]
    return file.getvalue()
