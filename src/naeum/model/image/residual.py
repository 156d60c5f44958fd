"""What is a residual network of convolutions, small enough to be trained from nothing in minutes?

    pixels (rows, 3, side, side)
    stem   a convolution 3 x 3                     -> (rows, width, side, side)
    stage  a convolution 3 x 3 that halves the side -> (rows, 2 width, side / 2, side / 2), then residual blocks
    …      each stage twice as wide
    head   the mean over all places, a linear map  -> (rows, columns)

A block adds to what comes in what two convolutions make of it (He et al. 2016, "Deep residual learning"). Weights start
as He et al. 2015 say for rectifiers. Without norms what a block adds is scaled by a number that starts at zero (De &
Smith 2020); with them it counts from the start: a last scale of zero (Goyal et al. 2017), made for networks of fifty
layers, cost 8 points after 8 epochs of 6,500 small photos (0.565 against 0.644 of 1,500 others, one seed each).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from naeum import extras
from naeum.errors import InputError
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting

NORMS = ("batch", "group", "layer", "none")
GROUPS = 8  # of channels that are normalised together (Wu & He 2018, who took 32 of 256 and more)
LEAST_SIDE = 2  # of the last stage: a batch norm of one image needs more than one place


@dataclass(frozen=True)
class Residual:
    """The shape of a residual network.

    Args:
        width: channels of the stem; each stage has twice as many as the one before.
        stages: how often the side is halved.
        blocks: residual blocks of a stage.
        norm: "batch" (Ioffe & Szegedy 2015), "group", "layer" (all channels as one group) or "none".
        stride: of the stem: 2 halves the side at once, for images from 64 pixels on.
        dropout: of what the head reads.
        drop_path: share of the images that pass the last block by while it learns; of the blocks before it in
            proportion less (Huang et al. 2016, "Deep networks with stochastic depth").

    Example:
        >>> Residual().channels
        (64, 128, 256)
    """

    kind: ClassVar[str] = "residual"
    version: ClassVar[int] = 1
    width: int = setting(32, Choice((16, 32, 48)))
    stages: int = 3
    blocks: int = setting(1, Whole(1, 2))
    norm: str = setting("batch", Choice(("batch", "group")))
    stride: int = 1
    dropout: float = setting(0.0, Real(0.0, 0.4))
    drop_path: float = setting(0.0, Real(0.0, 0.3))

    def __post_init__(self) -> None:
        one_of("norm", self.norm, NORMS)
        if not (self.stages >= 1 and self.blocks >= 0 and self.stride in (1, 2) and 0 <= self.dropout < 1):
            raise InputError(
                f"stages must be at least 1, blocks at least 0, stride 1 or 2 and dropout in [0, 1); got "
                f"{self.stages}, {self.blocks}, {self.stride} and {self.dropout}; leave them out to use the defaults"
            )
        if not 0 <= self.drop_path < 1:
            raise InputError(f"drop_path must be in [0, 1); got {self.drop_path}; 0.1 is a careful start")
        if self.width < 1 or (self.norm == "group" and self.width % GROUPS):
            raise InputError(
                f"width must be positive, and a multiple of {GROUPS} for group norms; got {self.width}; try 32"
            )

    @property
    def channels(self) -> tuple[int, ...]:
        """Of each stage."""
        return tuple(self.width * 2**stage for stage in range(1, self.stages + 1))

    def least_size(self) -> int:
        """Pixels of a side that an image must have."""
        return int(LEAST_SIDE * self.stride * 2**self.stages)

    def products(self, size: int) -> int:
        """Multiplications of one image on its way through.

        Example:
            >>> round(Residual().products(32) / 1e6, 1)
            71.7
        """
        side, before = size // self.stride, 3
        total = 9 * before * self.width * side**2
        before = self.width
        for channels in self.channels:
            side = -(-side // 2)
            total += 9 * side**2 * (before * channels + 2 * self.blocks * channels**2)
            before = channels
        return int(total)


def residual_network(shape: Residual, columns: int, seed: int) -> Any:
    """The module: uint8 pixels (rows, 3, side, side) -> (rows, columns) scores; `.pooled` gives what the head reads.

    Its buffers `center` and `spread` (3,) are the mean and the standard deviation of each channel, 0 to 255.
    """
    torch = extras.need("torch", "a network of images")
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return _class()(shape, columns).to(memory_format=torch.channels_last)


@cache
def _class() -> Any:
    import torch
    from torch import nn

    class Block(nn.Module):
        """(rows, channels, side, side) -> the same."""

        def __init__(self, channels: int, norm: str, passed: float) -> None:
            super().__init__()
            self.passed = passed  # share of the images that pass by
            self.first = _unit(channels, channels, 1, norm)
            self.second = nn.Conv2d(channels, channels, 3, padding=1, bias=norm == "none")
            self.norm = _norm(norm, channels)
            self.share = nn.Parameter(torch.zeros(1)) if norm == "none" else None

        def forward(self, x: Any) -> Any:
            change = self.norm(self.second(self.first(x)))
            change = change if self.share is None else self.share * change
            return torch.relu(x + (_passed_by(change, self.passed) if self.training and self.passed else change))

    class ResidualNetwork(nn.Module):
        """See the head of this file."""

        def __init__(self, shape: Residual, columns: int) -> None:
            super().__init__()
            self.register_buffer("center", torch.full((3,), 127.5))
            self.register_buffer("spread", torch.full((3,), 64.0))
            stages: list[Any] = [_unit(3, shape.width, shape.stride, shape.norm)]
            before, deep, count = shape.width, 0, max(shape.blocks * shape.stages, 1)
            for channels in shape.channels:
                stages.append(_unit(before, channels, 2, shape.norm))
                for _ in range(shape.blocks):
                    deep += 1
                    stages.append(Block(channels, shape.norm, shape.drop_path * deep / count))
                before = channels
            self.body = nn.Sequential(*stages)
            self.dropout = nn.Dropout(shape.dropout)
            self.head = nn.Linear(before, columns)
            self.apply(_start)

        def pooled(self, images: Any) -> Any:
            """(rows, channels of the last stage)."""
            center, spread = (self.get_buffer(name).view(1, 3, 1, 1) for name in ("center", "spread"))
            return self.body((images.float() - center) / spread).float().mean(dim=(2, 3))

        def forward(self, images: Any) -> Any:
            vectors = self.pooled(images)
            with torch.autocast(images.device.type, enabled=False):  # the head is tiny: exact costs nothing
                return self.head(self.dropout(vectors))

    return ResidualNetwork


def _passed_by(change: Any, share: float) -> Any:
    """What a block adds, with none of it for a share of the images; its mean is what it is when answering."""
    import torch

    stays = torch.rand(len(change), 1, 1, 1, device=change.device) >= share
    return change * stays.to(change.dtype) / (1.0 - share)


def _unit(before: int, after: int, stride: int, norm: str) -> Any:
    """A convolution, a norm and a rectifier."""
    from torch import nn

    convolution = nn.Conv2d(before, after, 3, stride, padding=1, bias=norm == "none")
    return nn.Sequential(convolution, _norm(norm, after), nn.ReLU(inplace=True))


def _norm(norm: str, channels: int) -> Any:
    from torch import nn

    if norm == "batch":
        return nn.BatchNorm2d(channels)
    if norm == "none":
        return nn.Identity()
    return nn.GroupNorm(GROUPS if norm == "group" else 1, channels)


def _start(part: Any) -> None:
    """He et al. 2015: standard deviation sqrt(2 / inputs) before a rectifier; a head near zero."""
    from torch import nn

    if isinstance(part, nn.Conv2d):
        nn.init.kaiming_normal_(part.weight, nonlinearity="relu")
        if part.bias is not None:
            nn.init.zeros_(part.bias)
    if isinstance(part, nn.Linear):
        nn.init.normal_(part.weight, std=0.01)
        nn.init.zeros_(part.bias)
