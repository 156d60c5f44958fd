"""How large are the weights that write and read each column of the states?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from naeum.compress.compact.places import Place


def by_weights(found: Sequence[Place]) -> npt.NDArray[np.float64]:
    """(width,) the norm of what writes a column times that of what reads it; one a weight in the mean.

    Args:
        found: all layers of an encoder.
    """
    writes, reads, weights = np.zeros(found[0].width), np.zeros(found[0].width), 0
    for place in found:
        for part in (place.out, place.down):
            writes += part.weight.detach().double().square().sum(1).numpy()
        for part in (*(getattr(place.attention, name) for name in place.family.maps), place.up):
            reads += part.weight.detach().double().square().sum(0).numpy()
        weights += 4 * place.heads * place.head_width + 2 * place.neurons
    both = np.sqrt(writes * reads)
    return np.asarray(both / both.mean() * weights)
