"""Where does the head of a fine-tuned encoder start?"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Floats, Policy
from naeum.train.job import Examples
from naeum.train.look import logits_of

if TYPE_CHECKING:
    import torch

PROBE_C = 0.1  # inverse strength of the penalty: small weights, which let the encoder move before the head saturates
PROBE_ITERATIONS = 60  # of L-BFGS; the rest of the way is not worth its time before the encoder moves
LEAST_SPREAD = 1e-6  # a feature that never varies is not blown up
RANDOM_SCALE = 0.02  # standard deviation of a random head, as encoders themselves are started (Devlin 2019)


def head(module: Any, how: str, examples: Examples, policy: Policy, seed: int) -> None:
    """Set the head of a classifier: a "probe" of the standardised untuned features, or a "random" one."""
    import torch

    if how == "random" or len(np.unique(examples.target)) < 2:
        draw = np.random.default_rng(seed).normal(0.0, RANDOM_SCALE, tuple(module.head.weight.shape))
        with torch.no_grad():
            module.head.weight.copy_(torch.as_tensor(draw, dtype=torch.float32))
        return
    features = features_of(module, examples, policy)
    center, spread = features.mean(axis=0), features.std(axis=0) + LEAST_SPREAD
    weight, bias = probe((features - center) / spread, examples, module.head.out_features)
    with torch.no_grad():
        for place, value in ((module.center, center), (module.spread, spread)):
            place.copy_(torch.as_tensor(value))
        module.head.weight.copy_(torch.as_tensor(weight))
        module.head.bias.copy_(torch.as_tensor(bias))


def features_of(module: Any, examples: Examples, policy: Policy) -> Floats:
    """(rows, width) pooled vectors of a classifier in evaluation mode."""

    class Pooled:
        """The classifier without its head."""

        def __call__(self, **inputs: Any) -> torch.Tensor:
            return module.pooled(**inputs)  # type: ignore[no-any-return]

        def eval(self) -> None:
            module.eval()

    return logits_of(Pooled(), examples, policy, module.head.in_features)  # type: ignore[arg-type]


def probe(features: Floats, examples: Examples, classes: int) -> tuple[Floats, Floats]:
    """Weights (classes, width) and biases (classes,) of a logistic regression on features (rows, width).

    The features should be standardised. A head on features as they are would need weights many times as large; then
    a small step of the encoder is a leap of the logits, and dropout in front of the head drowns them.
    """
    from sklearn.linear_model import LogisticRegression

    target = examples.target if examples.soft is None else examples.soft.argmax(axis=1)
    model = LogisticRegression(C=PROBE_C, max_iter=PROBE_ITERATIONS)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it did not converge: a start need not
        model.fit(features, target, sample_weight=examples.weight)
    weight, bias = np.zeros((classes, features.shape[1])), np.full(classes, model.intercept_.min() - 1.0)
    two = len(model.classes_) == 2
    weight[model.classes_] = np.concatenate([-model.coef_, model.coef_]) / 2 if two else model.coef_
    bias[model.classes_] = np.concatenate([-model.intercept_, model.intercept_]) / 2 if two else model.intercept_
    return np.asarray(weight, np.float32), np.asarray(bias, np.float32)
