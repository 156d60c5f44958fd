"""Which share of the peak learning rate holds at a step?"""

from __future__ import annotations

import math

# After these shares of the schedule the "step" schedule falls to a tenth, as in the classic image recipes (He 2016).
STEP_AT = (0.6, 0.85)
STEP_FACTOR = 0.1


def factor(schedule: str, step: int, steps: int, warmup: float) -> float:
    """The share of the peak rate that step `step` (from 0) of `steps` is taken with.

    The rate rises linearly over the first `warmup` share of the steps, the last of which has the full rate; what
    follows is decayed "linear" or "cosine" (Loshchilov & Hutter 2017) to zero, in "step"s, or kept "constant".

    Example:
        >>> [round(factor("linear", step, 5, warmup=0.4), 2) for step in range(5)]
        [0.5, 1.0, 1.0, 0.67, 0.33]
    """
    rising = round(warmup * steps)
    if step < rising:
        return (step + 1) / rising
    done = (step - rising) / max(1, steps - rising)
    if schedule == "linear":
        return max(0.0, 1.0 - done)
    if schedule == "cosine":
        return 0.5 * (1.0 + math.cos(math.pi * min(1.0, done)))
    if schedule == "step":
        return float(STEP_FACTOR ** sum(step / steps >= at for at in STEP_AT))
    return 1.0
