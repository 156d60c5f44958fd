"""Where does the head of a network start, and what does it read?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Floats, OutputKind, Policy
from naeum.engine.logistic import Linear, problem, solve
from naeum.engine.ridge import ridge
from naeum.train.job import Examples
from naeum.train.look import logits_of

if TYPE_CHECKING:
    import torch

PROBE_C = 0.01  # inverse strength of the penalty: small weights, which leave room for the encoder to move
RIDGE_C = 1e-3  # the same of a number in standard deviations, whose loss bends about ten times as much
PROBE_TOLERANCE = 1e-2  # a start need not be exact
LEAST_SPREAD = 1e-6  # a feature that never varies is not blown up
RANDOM_SCALE = 0.02  # standard deviation of a random head, as encoders themselves are started (Devlin 2019)


def at_random(module: Any, seed: int) -> None:
    """Start the head of a classifier near zero."""
    import torch

    draw = np.random.default_rng(seed).normal(0.0, RANDOM_SCALE, tuple(module.head.weight.shape))
    with torch.no_grad():
        module.head.weight.copy_(torch.as_tensor(draw, dtype=torch.float32))


def from_probe(
    module: Any, vectors: Floats, examples: Examples, output: OutputKind = "label", c: float = PROBE_C
) -> None:
    """Start the head of a classifier as the logistic or ridge regression on vectors (rows, width) of `examples`.

    The vectors are centred and divided by one number, here and in the module. A head on vectors as they are would need
    weights many times as large; and a coordinate of little spread, given one of its own, would be blown up: then a
    small step of the encoder is a leap of the logits, and dropout in front of the head drowns them.
    """
    import torch

    center = vectors.mean(axis=0)
    spread = np.full_like(center, (vectors - center).std() + LEAST_SPREAD)
    found = _head((vectors - center) / spread, examples, module.head.out_features, output, c)
    values = ((module.center, center), (module.spread, spread), (module.head.weight, found.weights.T))
    with torch.no_grad():
        for place, value in (*values, (module.head.bias, found.bias)):
            place.copy_(torch.as_tensor(np.array(value, np.float32)))


def _head(vectors: Floats, examples: Examples, columns: int, output: OutputKind, c: float) -> Linear:
    """The linear map of what is asked for on scaled vectors (rows, width)."""
    if output == "number" and examples.soft is not None:
        numbers = examples.soft[:, 0].astype(np.float64)
        return ridge(vectors, numbers, examples.weight).at(c * RIDGE_C / PROBE_C)
    targets = examples.target if examples.soft is None else examples.soft
    given = problem(vectors, targets, examples.weight, columns)
    return solve(given, c, tolerance=PROBE_TOLERANCE, link="sigmoid" if output == "labels" else "softmax")


def features_of(module: Any, examples: Examples, policy: Policy) -> Floats:
    """(rows, width) the vectors that the head of a module reads, in evaluation mode."""

    class Pooled:
        """The module without its head."""

        def __call__(self, **inputs: Any) -> torch.Tensor:
            return module.pooled(**inputs)  # type: ignore[no-any-return]

        def eval(self) -> None:
            module.eval()

    return logits_of(Pooled(), examples, policy, module.head.in_features)  # type: ignore[arg-type]
