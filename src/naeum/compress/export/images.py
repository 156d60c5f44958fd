"""How do the parts of an image lie in an exported folder: edges and colours, networks, pretrained encoders?"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from naeum.compress.export.filing import Filing, Node
from naeum.extras import need
from naeum.model.image.described import Describing
from naeum.model.image.linear import FittedImageLinear
from naeum.model.image.network import TrainedOnImages
from naeum.model.image.pixels import image_column
from naeum.model.image.pretrained import FittedImageProbe, TunedOnImages

ROWS = 2  # of the batch that a graph is traced with


def outlines(fitted: FittedImageLinear, filing: Filing) -> Node:
    """A linear head on edges and colours."""
    node = {"kind": "outlines", "size": fitted.learner.size, "cells": fitted.learner.cells}
    head = fitted.head
    return filing.arrays(fitted, node, {"weights": head.weights, "bias": head.bias, "floor": fitted.floor})


def outlined(fitted: Describing, filing: Filing) -> Node:
    """Edges and colours as further columns of a table."""
    at = list(fitted.task.inputs).index(image_column(fitted.task))
    inner = filing.inner(fitted.inner, filing)
    return {"kind": "outlined", "image": at, "size": fitted.size, "cells": fitted.cells, "members": [inner]}


def view(fitted: TrainedOnImages | TunedOnImages | FittedImageProbe, filing: Filing) -> Node:
    """A network over pixels, from nothing or pretrained."""
    module, size, flips = _module(fitted)
    pixels = np.random.default_rng(0).integers(0, 256, (ROWS, 3, size, size)).astype(np.uint8)
    node: Node = {"kind": "view", "size": size, "flips": flips}
    if not isinstance(fitted, TrainedOnImages):
        node |= {"base": fitted.base.name, "licence": fitted.base.licence}
    return filing.graph(fitted, node, (module, {"images": pixels}), {"floor": fitted.floor})


def _module(fitted: TrainedOnImages | TunedOnImages | FittedImageProbe) -> tuple[Any, int, bool]:
    """The module, pixels of a side, and whether mirror images are asked too."""
    if isinstance(fitted, TrainedOnImages):
        return fitted.trained, fitted.learner.size, fitted.learner.flips
    if isinstance(fitted, TunedOnImages):
        return fitted.trained, fitted.trained.side, fitted.learner.flips
    return _headed()(fitted.seeing, fitted.head.weights, fitted.head.bias), fitted.seeing.side, False


@cache
def _headed() -> Any:
    torch = need("torch", "an export")

    class Headed(torch.nn.Module):  # type: ignore[name-defined, misc]
        """A frozen encoder of images with a linear head."""

        def __init__(self, seeing: Any, weights: Any, bias: Any) -> None:
            super().__init__()
            self.seeing = seeing
            self.head = torch.nn.Linear(*weights.shape)
            with torch.no_grad():
                self.head.weight.copy_(torch.as_tensor(np.ascontiguousarray(weights.T)))
                self.head.bias.copy_(torch.as_tensor(np.array(bias)))

        def forward(self, images: Any) -> Any:
            return self.head(self.seeing.pooled(images))

    return Headed
