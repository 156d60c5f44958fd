"""How good is a rung really, when the luckiest of many is looked at?

The best of many noisy scores is partly lucky. Pulling every gain towards what is usual, the more the noisier it is,
has less error in total than taking the gains as they are (James & Stein 1961; as empirical Bayes: Efron & Morris 1973,
Efron 2010 ch. 1). With a gain g of standard error s and a prior N(m, t²): posterior mean m + B (g - m), with
B = t² / (t² + s²), and posterior variance B s².
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import erf, sqrt

import numpy as np
import numpy.typing as npt

from naeum.errors import InputError
from naeum.measure.intervals import LEVEL, Interval
from naeum.measure.paired import Paired
from naeum.measure.scored import Doubles


@dataclass(frozen=True)
class Prior:
    """What a gain is before it is measured: normal, in the metric's units."""

    mean: float
    sd: float


@dataclass(frozen=True)
class Shrunk:
    """A gain after its measurement, normal."""

    gain: float
    sd: float

    @property
    def p_better(self) -> float:
        """P(gain > 0)."""
        if self.sd == 0:
            return 0.5 if self.gain == 0 else float(self.gain > 0)
        return (1 + erf(self.gain / self.sd / sqrt(2))) / 2


def shrink(gain: float, error: float, prior: Prior) -> Shrunk:
    """A measured gain of standard error `error`, pulled towards the prior.

    Raises:
        InputError: an error or the prior's width is negative or not a number.

    Example:
        >>> shrink(0.02, 0.01, Prior(mean=0.0, sd=0.01)).gain
        0.01
    """
    if not (error >= 0 and prior.sd >= 0):
        raise InputError(f"standard errors must be 0 or more; got {error} and {prior.sd}; measure on more rows")
    if error == 0 or prior.sd == 0:
        return Shrunk(gain if error == 0 else prior.mean, 0.0)
    kept = prior.sd**2 / (prior.sd**2 + error**2)
    return Shrunk(prior.mean + kept * (gain - prior.mean), sqrt(kept) * error)


def empirical_prior(
    gains: npt.ArrayLike, errors: npt.ArrayLike, *, before: Prior = Prior(0.0, 0.02), strength: float = 4.0
) -> Prior:
    """The prior that past gains of this ladder speak for: their mean, and the spread that noise cannot explain.

    The spread is DerSimonian & Laird's (1986) moment estimate. Few gains say little: `before` counts as much as
    `strength` gains.

    Args:
        gains: measured gains, in the metric's units.
        errors: their standard errors, all above 0.
        before: what one would say without any gain.
        strength: how many gains `before` is worth.

    Raises:
        InputError: the arrays differ in length or an error is not above 0.
    """
    seen, noise = np.asarray(gains, np.float64), np.asarray(errors, np.float64)
    if seen.shape != noise.shape or not (noise > 0).all():
        raise InputError(
            f"every gain must have a standard error above 0; got {seen.size} gains and {noise.size} errors; "
            "leave out gains that were not measured"
        )
    if not seen.size:
        return before
    spread = _spread(seen, noise)
    trust = 1 / (noise**2 + spread)
    middle = float((trust * seen).sum() / trust.sum())
    share = seen.size / (seen.size + strength)
    between = share * (1 - share) * (middle - before.mean) ** 2  # the two means do not agree: that is spread, too
    variance = share * spread + (1 - share) * before.sd**2 + between
    return Prior(share * middle + (1 - share) * before.mean, sqrt(variance))


def shrunken(comparisons: Sequence[Paired], prior: Prior) -> tuple[Shrunk, ...]:
    """Each rung's gain over one common reference, after shrinking: the gate takes the best of these.

    A comparison without spread (identical answers) keeps its gain of 0.
    """
    return tuple(shrink(one.gain, one.error, prior) for one in comparisons)


def standard_error(interval: Interval | Paired) -> float:
    """The standard error that a symmetric interval of its level would come from."""
    from scipy.stats import norm

    return float((interval.high - interval.low) / (2 * norm.ppf((1 + (interval.level or LEVEL)) / 2)))


def _spread(seen: Doubles, noise: Doubles) -> float:
    """Variance of the true gains: what of the observed spread is left after the noise, 0 or more."""
    if seen.size < 2:
        return 0.0
    trust = 1 / noise**2
    middle = (trust * seen).sum() / trust.sum()
    observed = float((trust * (seen - middle) ** 2).sum())
    scale = float(trust.sum() - (trust**2).sum() / trust.sum())
    return max((observed - (seen.size - 1)) / scale, 0.0) if scale > 0 else 0.0
