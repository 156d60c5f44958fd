"""Between which ends do activations lie that are to be told apart in 256 steps?

All of them (min-max); all but one in ten thousand (percentile); the ends that keep most of what the distribution says
(entropy: Migacz 2017, "8-bit inference with TensorRT"); those with the least square error (mse).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.errors import InputError

Doubles = npt.NDArray[np.float64]
LEVELS = 255  # of eight bits without sign
MIDDLE = 128  # of them
OUTSIDE = 1e-4  # share of the values that percentile leaves outside, at both ends together
BINS = 2048  # of the histogram that entropy looks at (Migacz 2017)
COARSE = 128  # bins that stand for eight bits of one side (Migacz 2017)
TRIED = 16  # ends that entropy and mse compare
NARROWEST = 0.2  # of the widest end


def minmax(values: npt.NDArray[np.floating]) -> tuple[float, float]:
    """The least and the greatest value."""
    return float(values.min()), float(values.max())


def percentile(values: npt.NDArray[np.floating]) -> tuple[float, float]:
    """Ends that leave OUTSIDE of the values outside.

    Example:
        >>> low, high = percentile(np.concatenate([np.linspace(-1, 1, 100_001), [50.0]]))
        >>> round(low, 2), round(high, 2)
        (-1.0, 1.0)
    """
    low, high = np.quantile(values, (OUTSIDE / 2, 1 - OUTSIDE / 2))
    return float(low), float(high)


def entropy(values: npt.NDArray[np.floating]) -> tuple[float, float]:
    """Ends at the same distance from zero, with the least Kullback-Leibler divergence of what is left (Migacz 2017)."""
    sizes = np.abs(values)
    counts, edges = np.histogram(sizes, bins=BINS, range=(0.0, max(float(sizes.max()), 1e-12)))
    tried = sets.unique(np.linspace(NARROWEST * BINS, BINS, TRIED).round().astype(int))
    losses = [_divergence(counts.astype(np.float64), int(bins)) for bins in tried]
    reach = float(edges[tried[int(np.argmin(losses))]])
    return max(float(values.min()), -reach), min(float(values.max()), reach)


def mse(values: npt.NDArray[np.floating]) -> tuple[float, float]:
    """The widest ends drawn in until the mean square error is least."""
    low, high = minmax(values)
    ends = [(low * share, high * share) for share in np.linspace(NARROWEST, 1.0, TRIED)]
    errors = [float(np.square(values - rounded(values, *scale_of(*end))).mean()) for end in ends]
    return ends[int(np.argmin(errors))]


WAYS: Mapping[str, Callable[[npt.NDArray[np.floating]], tuple[float, float]]] = {
    "minmax": minmax,
    "percentile": percentile,
    "entropy": entropy,
    "mse": mse,
}


def between(values: npt.NDArray[np.floating], how: str) -> tuple[float, float]:
    """The ends of values by one of WAYS.

    Raises:
        InputError: the way is not known, or there is no finite value.
    """
    if how not in WAYS:
        raise InputError(f"a calibration must be one of {', '.join(WAYS)}; got {how!r}; correct its name")
    if not values.size or not np.isfinite(values).all():
        raise InputError(
            f"a calibration must see finite values; got {values.size} with others among them; give rows with text"
        )
    return WAYS[how](values)


def scale_of(low: float, high: float, *, symmetric: bool = False) -> tuple[float, int]:
    """(step, which step is zero) of eight bits without sign; zero itself is always a step.

    Args:
        low: the lower end.
        high: the upper end.
        symmetric: zero is the middle step, the farther end decides.

    Example:
        >>> scale_of(-128.0, 127.0), scale_of(0.0, 127.0, symmetric=True)
        ((1.0, 128), (1.0, 128))
    """
    low, high = min(low, 0.0), max(high, 0.0)
    if symmetric:
        return max(max(-low, high) / (MIDDLE - 1), 1e-12), MIDDLE
    step = max((high - low) / LEVELS, 1e-12)
    return float(step), int(np.clip(round(-low / step), 0, LEVELS))


def rounded(values: npt.NDArray[np.floating], step: float, zero: int) -> npt.NDArray[np.float32]:
    """The values as eight bits tell them."""
    levels = np.clip(np.rint(values / step) + zero, 0, LEVELS)
    return np.asarray((levels - zero) * step, np.float32)


def _divergence(counts: Doubles, bins: int) -> float:
    """Of the distribution cut at `bins`, what lies beyond counted in the last, from the same in COARSE steps."""
    cut = counts[:bins].copy()
    whole = cut.copy()
    whole[-1] += counts[bins:].sum()
    places = np.minimum(np.arange(bins) * COARSE // bins, COARSE - 1)
    there = cut > 0
    sums, many = np.bincount(places, cut, COARSE), np.bincount(places, there, COARSE)
    coarse = np.where(there, sums[places] / np.maximum(many[places], 1), 0.0)
    both = (whole > 0) & (coarse > 0)
    first, second = whole / whole.sum(), coarse / max(coarse.sum(), 1e-300)
    lost = first[(whole > 0) & ~both].sum()  # what the coarse one says is never there
    return float((first[both] * np.log(first[both] / second[both])).sum() + lost * np.log(BINS))
