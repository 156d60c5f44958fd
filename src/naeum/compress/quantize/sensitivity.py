"""What would eight bits cost each layer? Its signal over the noise that rounding adds, and how far outliers reach.

Each layer is judged by itself, on what goes into it in float32: signal to noise is the mean over tokens of
10 log10(|y|² / |y - y'|²), where y' is what the rounded weights make of the rounded activations. Tokens count alike, so
that one outlier, which rounding keeps well, does not hide what it costs all others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.compress.export.layers import Layer, weight_of
from naeum.compress.quantize import rounding
from naeum.compress.quantize.arithmetic import Arithmetic
from naeum.compress.quantize.ranges import between, rounded, scale_of
from naeum.extras import need

MOST_VECTORS = 2_048  # of activations that are kept of each value: thousands of numbers each, so ends are known well
USUAL = 0.999  # quantile of absolute activations that outliers are measured by
OUTLYING = 10.0  # times that: the steps between usual values are then so many times as coarse as they might be
LEAST_NOISE = 1e-20


@dataclass(frozen=True)
class Cost:
    """What eight bits cost one layer."""

    layer: str
    decibels: float  # signal to noise
    outlier: float  # the greatest activation over the USUAL one; 1 of a table

    @property
    def said(self) -> str:
        """In a sentence's words."""
        why = ""
        if self.outlier >= OUTLYING:
            why = f", one activation is {self.outlier:.0f} times the usual greatest"
        return f"{self.layer} ({self.decibels:.0f} dB{why})"


def activations(
    path: Path, layers: Sequence[Layer], batches: Sequence[Mapping[str, Any]]
) -> dict[str, npt.NDArray[np.float32]]:
    """Name of a value that goes into a layer -> (vectors, width) what was seen of it at real tokens.

    Args:
        path: of the graph in float32.
        layers: whose inputs are wanted.
        batches: what the graph is given, with its attention mask.
    """
    onnx, runtime = need("onnx", "quantizing"), need("onnxruntime", "quantizing")
    names = list(dict.fromkeys(layer.input for layer in layers if not layer.table))
    if not names:
        return {}
    model = onnx.load(str(path))
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in names)
    options = runtime.SessionOptions()
    options.log_severity_level = 3  # errors only
    session = runtime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    seen: dict[str, list[npt.NDArray[np.float32]]] = {name: [] for name in names}
    most = -(-MOST_VECTORS // max(len(batches), 1))
    for given in batches:
        mask = np.asarray(given.get("attention_mask", np.empty((0, 0))), bool)  # a network of words has none
        real = mask.reshape(-1, mask.shape[-1])  # two texts of a row lie under each other
        for name, value in zip(names, session.run(names, dict(given)), strict=True):
            vectors = value[real] if value.shape[:2] == real.shape else value.reshape(-1, value.shape[-1])
            seen[name].append(vectors[:: -(-len(vectors) // most)])  # evenly spread
    return {name: np.concatenate(found) for name, found in seen.items()}


def costs(
    model: Any, layers: Sequence[Layer], seen: Mapping[str, Any], how: str, arithmetic: Arithmetic | None = None
) -> tuple[Cost, ...]:
    """What other numbers would cost each layer, the dearest first.

    Args:
        model: the graph in float32.
        layers: of it.
        seen: what `activations` gave.
        how: of `ranges.WAYS`; "dynamic": each row's own least and greatest value.
        arithmetic: the numbers; None: eight bits.
    """
    numbers = arithmetic or Arithmetic()
    return tuple(sorted((_cost(model, layer, seen, how, numbers) for layer in layers), key=lambda one: one.decibels))


def _cost(model: Any, layer: Layer, seen: Mapping[str, Any], how: str, numbers: Arithmetic) -> Cost:
    weight = weight_of(model, layer)
    back = rounding.back(weight, layer.table, numbers)
    if layer.table:
        return Cost(layer.name, decibels(weight, back), 1.0)
    given = told = seen[layer.input]
    if not numbers.alone:
        ends = between(given, "minmax" if how == "dynamic" else how)
        told = rounded(given, *scale_of(*ends, symmetric=numbers.symmetric))
    sizes = np.abs(given)
    usual = max(float(np.quantile(sizes, USUAL)), LEAST_NOISE)
    return Cost(layer.name, decibels(given @ weight, told @ back), float(sizes.max()) / usual)


def decibels(signal: npt.NDArray[np.floating], told: npt.NDArray[np.floating]) -> float:
    """Signal to noise of what was told instead, the mean over vectors (rows, width).

    Example:
        >>> round(decibels(np.array([[10.0, 10.0]]), np.array([[11.0, 9.0]])))
        20
    """
    noise = np.square(signal - told, dtype=np.float64).sum(axis=1)
    power = np.square(signal, dtype=np.float64).sum(axis=1)
    return float((10 * np.log10(np.maximum(power, LEAST_NOISE) / np.maximum(noise, LEAST_NOISE))).mean())
