"""How do weights lie in four bits, and what do they say when they are read back?

int4: sixteen equal steps, a step for each group of weights of one output. nf4: sixteen unequal steps, each as likely as
the others where weights are normal (Dettmers et al. 2023, "QLoRA", appendix E).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]

MIDDLE = 8  # of sixteen steps: zero where they lie evenly around it
LEAST = 1e-12  # a step of nothing is not divided by
# The steps of nf4, between -1 and 1 (Dettmers et al. 2023, appendix E).
NORMAL = np.array(
    [
        -1.0, -0.6961928009986877, -0.5250730514526367, -0.39491748809814453, -0.28444138169288635,
        -0.18477343022823334, -0.09105003625154495, 0.0, 0.07958029955625534, 0.16093020141124725,
        0.24611230194568634, 0.33791524171829224, 0.44070982933044434, 0.5626170039176941, 0.7229568362236023, 1.0,
    ],
    np.float32,
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Packed:
    """Weights (in, out) in four bits."""

    bytes: Bytes  # two weights a byte
    steps: Floats  # of each group, output by output
    zeros: Bytes | None  # of each group, two a byte; None: MIDDLE, or a table of steps
    back: Floats  # (in, out) what they say


def four_bits(weight: Floats, group: int, symmetric: bool) -> Packed:
    """Weights in sixteen equal steps a group, as onnxruntime's MatMulNBits reads them: the first of two lies low.

    Args:
        weight: (in, out).
        group: weights of one output that share a step; the last group is filled up with zeros.
        symmetric: zero is the ninth step; otherwise where the least weight of the group puts it.

    Example:
        >>> four_bits(np.array([[7.0], [-7.0]], np.float32), 32, symmetric=True).back.tolist()
        [[7.0], [-7.0]]
    """
    found = blocks(weight, group)
    if symmetric:
        steps = np.maximum(np.abs(found).max(axis=2, keepdims=True) / (MIDDLE - 1), LEAST)
        zeros = np.full_like(steps, MIDDLE)
    else:
        low, high = np.minimum(found.min(axis=2, keepdims=True), 0), np.maximum(found.max(axis=2, keepdims=True), 0)
        steps = np.maximum((high - low) / 15, LEAST)
        zeros = np.clip(np.rint(-low / steps), 0, 15)
    levels = np.clip(np.rint(found / steps) + zeros, 0, 15)
    back = ((levels - zeros) * steps).reshape(len(found), -1)[:, : len(weight)].T
    packed = _low_first(levels.astype(np.uint8))
    ends = None if symmetric else _low_first(_even(zeros[:, :, 0].astype(np.uint8)))
    return Packed(packed, steps.astype(np.float32).reshape(-1), ends, np.asarray(back, np.float32))


def normal_floats(weight: Floats, group: int) -> Packed:
    """Weights in the steps of NORMAL, as onnxruntime's MatMulBnb4 reads them: the first of two in the high bits.

    Groups run on from one output to the next, as they do for bitsandbytes.

    Example:
        >>> normal_floats(np.array([[2.0], [-2.0], [0.0]], np.float32), 32).back.ravel().tolist()
        [2.0, -2.0, 0.0]
    """
    flat = np.ascontiguousarray(weight.T).reshape(-1)
    blocks = np.pad(flat, (0, -len(flat) % group)).reshape(-1, group)
    steps = np.maximum(np.abs(blocks).max(axis=1), LEAST).astype(np.float32)
    middles = (NORMAL[1:] + NORMAL[:-1]) / 2
    levels = np.searchsorted(middles, blocks / steps[:, None]).astype(np.uint8)
    back = (NORMAL[levels] * steps[:, None]).reshape(-1)[: len(flat)].reshape(weight.shape[::-1]).T
    pairs = _even(levels.reshape(-1)[: len(flat)])
    return Packed(np.asarray((pairs[0::2] << 4) | pairs[1::2], np.uint8), steps, None, np.asarray(back, np.float32))


def half(weight: Floats, dtype: str) -> Any:
    """The weights in two bytes each: float16, or bfloat16, which keeps the range of float32."""
    if dtype == "float16":
        return np.clip(weight, *_ends()).astype(np.float16)
    import ml_dtypes  # comes with onnx

    return weight.astype(ml_dtypes.bfloat16)


def _ends() -> tuple[float, float]:
    largest = float(np.finfo(np.float16).max)
    return -largest, largest


def blocks(weight: Floats, group: int) -> Floats:
    """(out, groups, group) of (in, out), filled up with zeros.

    Example:
        >>> blocks(np.ones((40, 3), np.float32), 32).shape
        (3, 2, 32)
    """
    filled = np.pad(weight.T, ((0, 0), (0, -len(weight) % group)))
    return filled.reshape(weight.shape[1], -1, group)


def _even(values: Bytes) -> Bytes:
    """An even number along the last axis."""
    return np.pad(values, [(0, 0)] * (values.ndim - 1) + [(0, values.shape[-1] % 2)])


def _low_first(values: Bytes) -> Bytes:
    return np.asarray(values[..., 0::2] | (values[..., 1::2] << 4), np.uint8)
