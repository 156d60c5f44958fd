"""How are images changed while a network learns from them, so that what does not matter is not learned?

Drawn anew for each image and step, from torch's random state, which a training sets for each step: the same seed gives
the same changes, after a kill too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from naeum.data.images.decoding import Pixels
from naeum.errors import InputError
from naeum.values import Choice, Real, setting

if TYPE_CHECKING:
    import torch


@dataclass(frozen=True)
class Changes:
    """What is changed in an image to learn from.

    Args:
        shift: by up to this share of the side up, down and sideways; what comes in is mirrored at the edge.
        flip: left and right, every other image. Not for letters and road signs.
        cutout: side of a square somewhere that is made the mean colour, over the side of the image (DeVries & Taylor
            2017).
        mixup: two images and their answers are mixed by a share drawn from Beta(mixup, mixup), 0: never (Zhang et al.
            2018).

    Example:
        >>> Changes().flip
        True
    """

    kind: ClassVar[str] = "image_changes"
    version: ClassVar[int] = 1
    shift: float = setting(0.125, Real(0.0, 0.25))
    flip: bool = setting(True, Choice((False, True)))
    cutout: float = setting(0.25, Real(0.0, 0.5))
    mixup: float = setting(0.0, Choice((0.0, 0.2, 1.0)))

    def __post_init__(self) -> None:
        if not (0 <= self.shift <= 0.5 and 0 <= self.cutout < 1 and self.mixup >= 0):
            raise InputError(
                f"shift must be in [0, 0.5], cutout in [0, 1) and mixup at least 0; got {self.shift}, {self.cutout} "
                f"and {self.mixup}; leave them out to use the defaults"
            )


def changed(images: Pixels, changes: Changes, fill: Pixels) -> torch.Tensor:
    """Images (rows, side, side, 3) shifted, flipped and cut, as they were stored: uint8.

    Args:
        images: as they are.
        changes: what is changed.
        fill: (3,) the mean colour.

    Example:
        >>> import numpy as np
        >>> changed(np.zeros((2, 8, 8, 3), np.uint8), Changes(), np.zeros(3, np.uint8)).shape
        torch.Size([2, 8, 8, 3])
    """
    import torch

    rows, side = images.shape[:2]
    reach = round(changes.shift * side)
    down, across = (torch.randint(-reach, reach + 1, (rows, 1)) for _ in range(2))
    flips = (torch.rand(rows, 1) < 0.5) & torch.tensor(changes.flip)
    places = torch.arange(side)[None]
    found = torch.as_tensor(images)[
        torch.arange(rows)[:, None, None],
        _inside(places + down, side)[:, :, None],
        _inside(torch.where(flips, side - 1 - places, places) + across, side)[:, None, :],
    ]
    cut: torch.Tensor = _cut(found, round(changes.cutout * side), fill)
    return cut


def mixed(images: torch.Tensor, mixup: float) -> tuple[torch.Tensor, tuple[torch.Tensor, float]]:
    """Images mixed by twos, and (partner of each row, share that a row keeps of itself): one share for all rows."""
    import torch

    share = float(torch.distributions.Beta(mixup, mixup).sample())
    partner = torch.randperm(len(images))
    return share * images.float() + (1.0 - share) * images[partner].float(), (partner, share)


def _inside(places: Any, side: int) -> Any:
    """Places beyond an edge mirrored back."""
    return (side - 1) - (side - 1 - places.abs()).abs()


def _cut(images: Any, side: int, fill: Pixels) -> Any:
    import torch

    if not side:
        return images
    rows, whole = images.shape[:2]
    places = torch.arange(whole)[None]
    above, left = (torch.randint(1 - side, whole, (rows, 1)) for _ in range(2))  # also partly outside
    down, across = ((places >= start) & (places < start + side) for start in (above, left))
    inside = down[:, :, None] & across[:, None, :]
    return torch.where(inside[..., None], torch.as_tensor(fill), images)
