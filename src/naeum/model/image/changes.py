"""How are images changed while a network learns from them, so that what does not matter is not learned?

Drawn anew for each image and step, from torch's random state, which a training sets for each step: the same seed gives
the same changes, after a kill too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from naeum.data.images.decoding import Pixels
from naeum.errors import InputError
from naeum.model.image.randaugment import GREY, blended, randomly_changed
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
        cutmix: a rectangle of an image is that of another one, and so is as much of its answer; its area is drawn from
            Beta(cutmix, cutmix), 0: never (Yun et al. 2019). With both, every other step does either.
        colour: brightness, contrast and colourfulness by a factor of up to this share more or less.
        operations: drawn for each image from those of `randaugment` (Cubuk et al. 2020).
        strength: of these, 0 to 1.

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
    cutmix: float = setting(0.0, Choice((0.0, 1.0)))
    colour: float = setting(0.0, Real(0.0, 0.5))
    operations: int = setting(0, Choice((0, 1, 2)))
    strength: float = setting(0.3, Real(0.1, 0.7))

    def __post_init__(self) -> None:
        if not (0 <= self.shift <= 0.5 and 0 <= self.cutout < 1 and self.mixup >= 0):
            raise InputError(
                f"shift must be in [0, 0.5], cutout in [0, 1) and mixup at least 0; got {self.shift}, {self.cutout} "
                f"and {self.mixup}; leave them out to use the defaults"
            )
        if not (self.cutmix >= 0 and 0 <= self.colour < 1 and self.operations >= 0 and 0 <= self.strength <= 1):
            raise InputError(
                f"cutmix and operations must be at least 0, colour in [0, 1) and strength in [0, 1]; got "
                f"{self.cutmix}, {self.operations}, {self.colour} and {self.strength}; leave them out"
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
    if changes.colour:
        found = _coloured(found, changes.colour)
    if changes.operations:
        found = randomly_changed(found, changes.operations, changes.strength)
    cut: torch.Tensor = _cut(found, round(changes.cutout * side), fill)
    return cut


def mixed(images: torch.Tensor, changes: Changes) -> tuple[torch.Tensor, tuple[torch.Tensor, float]]:
    """Images (rows, 3, side, side) put together by twos, and (partner of each row, share that a row keeps of itself).

    One share, and one rectangle, for all rows.
    """
    import torch

    partner = torch.randperm(len(images))
    cut = changes.cutmix and (not changes.mixup or float(torch.rand(1)) < 0.5)
    form = changes.cutmix if cut else changes.mixup
    share = float(torch.distributions.Beta(form, form).sample())
    if not cut:
        return share * images.float() + (1.0 - share) * images[partner].float(), (partner, share)
    side = images.shape[-1]
    reach = round(side * (1.0 - share) ** 0.5)
    down, across = (int(torch.randint(0, side, (1,))) for _ in range(2))
    rows, columns = (slice(max(0, at - reach // 2), min(side, at - reach // 2 + reach)) for at in (down, across))
    both = images.clone()
    both[:, :, rows, columns] = images[partner][:, :, rows, columns]
    taken = (rows.stop - rows.start) * (columns.stop - columns.start)
    return both, (partner, 1.0 - max(taken, 0) / side**2)


def _coloured(images: Any, reach: float) -> Any:
    """Brightness, contrast and colourfulness by a factor each, drawn for every image."""
    import torch

    found = images.float()
    factors = [1.0 + reach * (2.0 * torch.rand(len(found), 1, 1, 1) - 1.0) for _ in range(3)]
    found = found * factors[0]
    grey = (found * found.new_tensor(GREY)).sum(dim=3, keepdim=True)
    found = blended(grey.mean(dim=(1, 2), keepdim=True), found, factors[1])
    grey = (found * found.new_tensor(GREY)).sum(dim=3, keepdim=True)
    return blended(grey, found, factors[2]).clamp(0, 255).round().to(torch.uint8)


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
