"""What is tried first on images?

A linear head on edges and colours, then one residual network from scratch whose schedule ends at its share of the time.
A pretrained base is used where the user names one: none is small enough to be fetched unasked.
"""

from __future__ import annotations

from naeum.contract import Edit, Rung
from naeum.improve.opening.step import Skip, Step
from naeum.improve.opening.timing import cheap, scheduled
from naeum.improve.site import Site
from naeum.model.image.linear import ImageLinear
from naeum.model.image.network import ImageNetwork

NETWORK_SHARE = 0.4  # of the time, for the network; its refit on all images at the end needs as much again
MOST_EPOCHS = 40.0


def linear(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Edges and colours."""
    reason = "Directions of edges and colours with a linear head: seconds, and a floor that a network must beat."
    return cheap(site, ImageLinear(), "image_linear", reason)


def network(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A residual network trained on these images alone."""
    reason = "A residual network learns from these images alone, turned and shifted while it does."
    return scheduled(site, ImageNetwork(), (NETWORK_SHARE, MOST_EPOCHS), "image_network", reason)


STEPS: tuple[tuple[str, Step], ...] = (("image_linear", linear), ("image_network", network))
