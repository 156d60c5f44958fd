"""How is an image changed by a few operations that are drawn from a list, all of one strength?

Turned, sheared, brightened, with less colour, sharper, with fewer shades, inverted where it is bright: each leaves what
the image is of. Drawn for each image from torch's random state.

Source: Cubuk et al. 2020, "RandAugment: practical automated data augmentation with a reduced search space". Shifts
stand in `changes`; equalising is left out, as it does not go by a strength.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import torch

TURN = math.radians(30.0)  # the most of the paper
SHEAR = 0.3
BRIGHTER = 0.9  # how far from 1 a factor of brightness, contrast, colour or sharpness goes
FEWEST_BITS, BITS = 4, 8  # of a channel
GREY = (0.299, 0.587, 0.114)  # how bright red, green and blue look (ITU-R BT.601)


def randomly_changed(images: torch.Tensor, operations: int, strength: float) -> torch.Tensor:
    """Images (rows, side, side, 3), uint8, each changed by so many operations one after the other.

    Args:
        images: as they are.
        operations: how many are drawn for each image; one may be drawn twice.
        strength: 0 changes next to nothing, 1 as much as the paper ever does.

    Example:
        >>> import torch
        >>> randomly_changed(torch.zeros(2, 8, 8, 3, dtype=torch.uint8), 2, 0.5).dtype
        torch.uint8
    """
    import torch

    found = images.float()
    for _ in range(operations):
        drawn = torch.randint(0, len(OPERATIONS), (len(found),))
        signs = torch.where(torch.rand(len(found)) < 0.5, -1.0, 1.0) * strength
        for number, change in enumerate(OPERATIONS.values()):
            here = torch.nonzero(drawn == number).squeeze(1)
            if len(here):
                found[here] = change(found[here], signs[here].view(-1, 1, 1, 1)).clamp(0, 255)
    return found.round().to(torch.uint8)


def blended(images: Any, others: Any, share: Any) -> Any:
    """Images moved towards others, or away from them where the share is below zero."""
    return images + share * (others - images)


def _kept(images: Any, strength: Any) -> Any:
    return images


def _brighter(images: Any, strength: Any) -> Any:
    return images * (1.0 + BRIGHTER * strength)


def _contrast(images: Any, strength: Any) -> Any:
    return blended(images, _grey(images).mean(dim=(1, 2), keepdim=True), BRIGHTER * strength)


def _colour(images: Any, strength: Any) -> Any:
    return blended(images, _grey(images), BRIGHTER * strength)


def _sharper(images: Any, strength: Any) -> Any:
    from torch.nn import functional

    around = functional.pad(images.permute(0, 3, 1, 2), (1, 1, 1, 1), mode="replicate")
    soft = functional.avg_pool2d(around, 3, stride=1).permute(0, 2, 3, 1)
    return blended(images, soft, BRIGHTER * strength)


def _fewer_shades(images: Any, strength: Any) -> Any:
    step = 2.0 ** ((BITS - FEWEST_BITS) * strength.abs()).round()
    return (images / step).floor() * step


def _inverted_where_bright(images: Any, strength: Any) -> Any:
    import torch

    return torch.where(images >= 256.0 * (1.0 - 0.5 * strength.abs()), 255.0 - images, images)


def _stretched(images: Any, strength: Any) -> Any:
    low, high = images.amin(dim=(1, 2), keepdim=True), images.amax(dim=(1, 2), keepdim=True)
    return (images - low) * 255.0 / (high - low).clamp_min(1.0)


def _turned(images: Any, strength: Any) -> Any:
    angle = TURN * strength.view(-1)
    return _moved(images, (angle.cos(), -angle.sin(), angle.sin(), angle.cos()))


def _sheared_across(images: Any, strength: Any) -> Any:
    along = SHEAR * strength.view(-1)
    return _moved(images, (along * 0 + 1, along, along * 0, along * 0 + 1))


def _sheared_down(images: Any, strength: Any) -> Any:
    along = SHEAR * strength.view(-1)
    return _moved(images, (along * 0 + 1, along * 0, along, along * 0 + 1))


def _moved(images: Any, matrix: tuple[Any, Any, Any, Any]) -> Any:
    """Images seen through a linear map of their places; what comes in is mirrored at the edge."""
    import torch
    from torch.nn import functional

    zero = matrix[0] * 0
    theta = torch.stack([matrix[0], matrix[1], zero, matrix[2], matrix[3], zero], dim=1).view(-1, 2, 3)
    planes = images.permute(0, 3, 1, 2)
    grid = functional.affine_grid(theta, list(planes.shape), align_corners=False)
    found = functional.grid_sample(planes, grid, padding_mode="reflection", align_corners=False)
    return found.permute(0, 2, 3, 1)


def _grey(images: Any) -> Any:
    """(rows, side, side, 1) how bright each place looks."""
    return (images * images.new_tensor(GREY)).sum(dim=3, keepdim=True)


OPERATIONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "kept": _kept,
    "brighter": _brighter,
    "contrast": _contrast,
    "colour": _colour,
    "sharper": _sharper,
    "fewer_shades": _fewer_shades,
    "inverted_where_bright": _inverted_where_bright,
    "stretched": _stretched,
    "turned": _turned,
    "sheared_across": _sheared_across,
    "sheared_down": _sheared_down,
}
