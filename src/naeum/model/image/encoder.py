"""How does a pretrained encoder of images become features, or a part of a torch module?

A ResNet, a ViT or another encoder that transformers knows; its own head is dropped. It is given pixels as it was
trained on them: the side, mean and spread stand in its preprocessor_config.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import extras
from naeum.contract import Floats, Ints, Policy
from naeum.engine import bases, sessions
from naeum.engine.model_folder import PROCESSOR
from naeum.engine.vectors import Shape, Vectors
from naeum.errors import BaseModelError
from naeum.model.image.pixels import NOWHERE, Pictures, Told, hashes_of, image_column, pictures
from naeum.train.loop import threads
from naeum.train.step import computing

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.contract import Task

# Of a trained ViT the first place is the better summary, of most others the mean.
POOLINGS = ("mean", "cls")
MEAN, SPREAD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)  # of ImageNet, where an encoder does not say
AT_ONCE = 32  # images that go through at a time


@dataclass(frozen=True)
class Sight:
    """How an encoder wants its pixels."""

    side: int
    center: tuple[float, ...]  # (3,) 0 to 255
    spread: tuple[float, ...]


def found(name: str, policy: Policy) -> bases.Base:
    """The base model of a name or folder.

    Raises:
        BaseModelError: it is nowhere, is corrupt, or does not read images.
    """
    base = bases.find(name, policy)
    if base.reads != "image":
        raise BaseModelError(
            f"a learner of images must have an encoder of images; {base.name} reads text; name a ResNet or a ViT"
        )
    return base


def sight(base: bases.Base, size: int = 0) -> Sight:
    """How a base wants its pixels; `size` is another side, 0: its own.

    Raises:
        BaseModelError: its preprocessor_config.json cannot be read.
    """
    path = base.folder / PROCESSOR
    try:
        said = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
        side = said.get("size", base.max_length)
        if isinstance(side, dict):
            side = side.get("height") or side.get("shortest_edge") or base.max_length
        mean, spread = (tuple(255.0 * float(value) for value in said.get(name, usual)) for name, usual in
                        (("image_mean", MEAN), ("image_std", SPREAD)))  # fmt: skip
    except (ValueError, OSError, AttributeError, TypeError) as error:
        raise BaseModelError(f"{PROCESSOR} must be readable JSON; {path} is not ({error}); get it anew") from error
    return Sight(size or int(side), mean, spread)


def seeing(base: bases.Base, columns: int, pooling: str, size: int) -> Any:
    """The module: uint8 pixels (rows, 3, side, side) -> (rows, columns) scores; `.pooled` gives what the head reads.

    Args:
        base: its encoder becomes a part of the module.
        columns: of the scores.
        pooling: "mean" over all places, or "cls": the first one of a transformer.
        size: pixels of a side, 0: as the base was trained.
    """
    given = sight(base, size)
    return _class()(sessions.load(base), base.width, columns, pooling, given)


def vectors(
    module: Any, rows: pa.Table, task: Task, folder: Path | None, policy: Policy, told: Told | None = None
) -> tuple[Floats, Any]:
    """(rows, width) the features of images, read back where they were computed before, and (rows,) which are known.

    Args:
        module: made by `seeing`.
        rows, task: with the column of images.
        folder: of the features of this module; None: nothing is stored.
        policy: where and how exactly.
        told: is told how many of how many are done.
    """
    side, width = module.side, module.head.in_features
    if folder is None:
        images = pictures(rows, task, side)
        found = np.zeros((len(images), width), np.float32)
        known = np.flatnonzero(images.known)
        for at, block in _passed(module, images, known, policy):
            found[known[at : at + len(block)]] = block
        return found, images.known
    store = Vectors(folder, Shape((0,), ("pooled",), width))
    hashes = hashes_of(rows.column(image_column(task)))
    with store.writing():
        missing = np.flatnonzero(store.find(hashes) == NOWHERE)
        _, first = np.unique(hashes[missing], return_index=True)
        missing = missing[np.sort(first)]
        images = pictures(rows.take(missing), task, side)
        for at, block in _passed(module, images, np.flatnonzero(images.known), policy):
            where = missing[np.flatnonzero(images.known)[at : at + len(block)]]
            store.append(hashes[where], block.astype(np.float16).reshape(-1, *store.shape.row))
            if told is not None:
                told(at + len(block), len(missing))
    places = store.find(hashes)
    known = places != NOWHERE
    found = np.zeros((len(places), width), np.float32)
    if known.any():
        found[known] = store.read(places[known], (0,), "pooled")
    return found, known


def _passed(module: Any, images: Pictures, rows: Ints, policy: Policy) -> Iterator[tuple[int, Floats]]:
    """Blocks of features: the place of the first in `rows`, and (block, width)."""
    import torch

    with threads(policy):
        module.to(policy.device).eval()
        for start in range(0, len(rows), AT_ONCE):
            batch = torch.as_tensor(images.take(rows[start : start + AT_ONCE])).permute(0, 3, 1, 2)
            with torch.inference_mode(), computing(policy):
                yield start, module.pooled(batch.to(policy.device)).float().cpu().numpy()


@cache
def _class() -> Any:
    torch = extras.need("torch", "a pretrained encoder of images")

    class Seeing(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, encoder: Any, width: int, columns: int, pooling: str, given: Sight) -> None:
            super().__init__()
            self.encoder = encoder
            self.pooling = pooling
            self.side = given.side
            places = any("position_embeddings" in name for name, _ in encoder.named_parameters())
            self.more = {"interpolate_pos_encoding": True} if places and given.side != encoder.config.image_size else {}
            self.head = torch.nn.Linear(width, columns)
            self.register_buffer("center", torch.tensor(given.center).view(1, 3, 1, 1), persistent=False)
            self.register_buffer("spread", torch.tensor(given.spread).view(1, 3, 1, 1), persistent=False)
            torch.nn.init.zeros_(self.head.weight)
            torch.nn.init.zeros_(self.head.bias)

        def pooled(self, images: Any) -> Any:
            """(rows, width)."""
            pixels = (images.float() - self.center) / self.spread
            states = self.encoder(pixel_values=pixels, **self.more).last_hidden_state
            if states.ndim == 4:  # (rows, width, side, side) of a convolution network
                return states.float().mean(dim=(2, 3))
            return states[:, 0].float() if self.pooling == "cls" else states.float().mean(dim=1)

        def forward(self, images: Any) -> Any:
            vectors = self.pooled(images)
            with torch.autocast(vectors.device.type, enabled=False):  # the head is tiny: exact costs nothing
                return self.head(vectors)

    return Seeing
