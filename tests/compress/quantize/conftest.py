"""The graph of the fine-tuned encoder, its layers, and what it is given."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import pytest

from naeum.compress.export.layers import layers
from naeum.compress.quantize import sensitivity
from naeum.compress.quantize.ranges import between
from naeum.compress.reading import opening


@dataclass(frozen=True)
class Opened:
    """What the tests of this folder round: not to be changed."""

    file: Path
    model: Any
    layers: Any
    batches: list[Any]  # of the tune rows
    ends: dict[str, Any]  # of activations, by name


@pytest.fixture(scope="session")
def opened(plain, parts):
    place, card = plain
    file = place / "part0.onnx"
    graph = opening.graph(place, card["model"], opening.Wanted("label", 3, 1))
    batches = [batch for _, batch in graph.batches([[text] for text in parts.tune.rows["text"].to_pylist()])]
    model = onnx.load(str(file))
    seen = sensitivity.activations(file, layers(model), batches)
    return Opened(file, model, layers(model), batches, {name: between(one, "minmax") for name, one in seen.items()})
