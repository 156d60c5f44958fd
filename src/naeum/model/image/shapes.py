"""Which simple numbers tell what an image shows: the directions of its edges, and its colours?

Histograms of oriented gradients (Dalal & Triggs 2005), the same numbers as scikit-image's `hog`, beside a histogram of
the colours (Swain & Ballard 1991) and the mean and spread of each channel in a coarse grid.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from naeum.contract import Floats, Ints
from naeum.data.images.decoding import Pixels
from naeum.errors import InputError
from naeum.model.image.pixels import Pictures
from naeum.train import cost

DIRECTIONS = 9  # of an edge, over half a turn: which side is brighter says little
BLOCK = 2  # cells of a side that are normalised together
MOST = 0.2  # of a normalised histogram: one strong edge must not drown the others (L2-Hys)
EPSILON = 1e-5  # a flat block stays flat
LEVELS = 4  # of each channel in the histogram of colours: 64 colours
GRID = 4  # fields of a side in which mean and spread of a channel are taken
FLOPS_PER_PIXEL = 20_000.0  # of decoding and describing, in seconds of the nominal machine: 0.4 ms for 32 by 32 pixels
FLOPS_PER_NUMBER = 100.0
AT_ONCE = 256  # images whose gradients are held at a time: some ten megabytes


def described(images: Pixels, cells: int = 8) -> Floats:
    """(rows, width) edges and colours of images.

    Args:
        images: (rows, size, size, 3); size must be a multiple of `cells` and of GRID.
        cells: of a side, in each of which the directions of the edges are counted.

    Returns:
        (rows, (cells - 1)² · 36 + 64 + 96): 1,924 numbers for 8 cells.

    Example:
        >>> described(np.zeros((2, 32, 32, 3), np.uint8)).shape
        (2, 1924)
    """
    blocks = [images[start : start + AT_ONCE] for start in range(0, len(images), AT_ONCE)]
    found = [np.concatenate([edges(block, cells), colours(block), grid(block)], axis=1) for block in blocks]
    return np.concatenate(found) if found else np.empty((0, width(cells)), np.float32)


def width(cells: int) -> int:
    """How many numbers describe an image.

    Example:
        >>> width(8)
        1924
    """
    return (cells - 1) ** 2 * BLOCK**2 * DIRECTIONS + LEVELS**3 + GRID**2 * 6


def of_pictures(images: Pictures, rows: Ints, cells: int) -> Floats:
    """(len(rows), width) edges and colours of rows of images, some of which lie on the disk."""
    blocks = [described(images.take(rows[start : start + AT_ONCE]), cells) for start in range(0, len(rows), AT_ONCE)]
    return np.concatenate(blocks) if blocks else np.empty((0, width(cells)), np.float32)


def check(size: int, cells: int) -> None:
    """Refuse sizes that do not fall into cells.

    Raises:
        InputError: size is no multiple of cells and of GRID, or there are too few cells for a block.
    """
    if cells < BLOCK or size < cells or size % cells or size % GRID:
        raise InputError(
            f"size must be a multiple of cells and of {GRID}, and cells at least {BLOCK}; got {size} and {cells}; "
            f"try 32 and 8"
        )


def seconds(rows: int, size: int, cells: int) -> float:
    """Seconds of decoding and describing on a nominal machine."""
    return cost.nominal((FLOPS_PER_PIXEL * size**2 + FLOPS_PER_NUMBER * width(cells)) * rows)


def edges(images: Pixels, cells: int) -> Floats:
    """(rows, (cells - 1)² · BLOCK² · DIRECTIONS) histograms of oriented gradients, of the strongest channel each."""
    values = images.astype(np.float32)
    across, down = np.zeros_like(values), np.zeros_like(values)
    across[:, :, 1:-1] = values[:, :, 2:] - values[:, :, :-2]
    down[:, 1:-1] = values[:, 2:] - values[:, :-2]
    strength = np.hypot(across, down)
    channel = strength.argmax(axis=3)[..., None]
    across, down, strength = (np.take_along_axis(one, channel, 3)[..., 0] for one in (across, down, strength))
    angle = np.rad2deg(np.arctan2(down, across)) % 180
    direction = np.minimum((angle * (DIRECTIONS / 180)).astype(np.int64), DIRECTIONS - 1)
    return _normalised(_counted(direction, strength, cells))


def colours(images: Pixels) -> Floats:
    """(rows, LEVELS³) share of the pixels of each colour, as a square root: rare colours tell much."""
    step = 256 // LEVELS
    levels = (images // step).astype(np.int64)
    code = (levels[..., 0] * LEVELS + levels[..., 1]) * LEVELS + levels[..., 2]
    flat = code.reshape(len(images), -1) + np.arange(len(images))[:, None] * LEVELS**3
    counts = np.bincount(flat.ravel(), minlength=len(images) * LEVELS**3).reshape(len(images), -1)
    return np.asarray(np.sqrt(counts / flat.shape[1]), np.float32)


def grid(images: Pixels) -> Floats:
    """(rows, GRID² · 6) mean and standard deviation of each channel in each field, 0 to 1."""
    rows, size = images.shape[:2]
    field = size // GRID
    values = images.astype(np.float32).reshape(rows, GRID, field, GRID, field, 3) / 255
    found = np.stack([values.mean(axis=(2, 4)), values.std(axis=(2, 4))], axis=-1)
    return np.asarray(found.reshape(rows, -1), np.float32)


def _counted(direction: npt.NDArray[np.int64], strength: Floats, cells: int) -> Floats:
    """(rows, cells, cells, DIRECTIONS) strength of the edges of each direction in each cell, a mean over its pixels."""
    rows, size = direction.shape[:2]
    side = size // cells
    place = np.arange(size) // side
    cell = (np.arange(rows)[:, None, None] * cells + place[None, :, None]) * cells + place[None, None, :]
    sums = np.bincount(
        (cell * DIRECTIONS + direction).ravel(), strength.ravel(), minlength=rows * cells * cells * DIRECTIONS
    )
    return np.asarray(sums.reshape(rows, cells, cells, DIRECTIONS) / side**2, np.float32)


def _normalised(counts: Floats) -> Floats:
    """Each block of cells to length one, cut at MOST, and to length one again (L2-Hys)."""
    many = counts.shape[1] - BLOCK + 1
    corners = [counts[:, i : i + many, j : j + many] for i in range(BLOCK) for j in range(BLOCK)]
    blocks = np.stack(corners, axis=3).reshape(len(counts), many, many, -1)
    for most in (MOST, np.inf):
        blocks = blocks / np.sqrt((blocks**2).sum(axis=-1, keepdims=True) + EPSILON**2)
        blocks = np.minimum(blocks, most)
    return np.asarray(blocks.reshape(len(counts), -1), np.float32)
