"""From which weights does a layer start that is trained from nothing, and how is what it says kept in range?"""

from __future__ import annotations

from functools import cache
from typing import Any

from naeum import extras
from naeum.train.recipe import one_of

NORMS = ("layer", "batch", "none")
ACTIVATIONS = ("relu", "gelu", "tanh")
RECTIFIERS = ("relu", "gelu")  # about half of what comes in goes on: He's weights are twice as wide as Xavier's
REMEMBER = 1.0  # bias of the gate by which an LSTM keeps what it holds (Jozefowicz et al. 2015)


def started(layer: Any, activation: str = "none") -> Any:
    """A linear map whose weights start as what comes after it asks, its bias at zero; the same map is given back.

    Rectifiers: He et al. 2015, "Delving deep into rectifiers", variance 2 / inputs. Anything else (tanh, gates,
    nothing): Glorot & Bengio 2010, "Understanding the difficulty of training deep feedforward networks", variance
    2 / (inputs + outputs), known as Xavier's.

    Example:
        >>> import torch
        >>> torch.manual_seed(0) and None
        >>> [round(started(torch.nn.Linear(400, 400), name).weight.std().item(), 2) for name in ("relu", "tanh")]
        [0.07, 0.05]
    """
    import torch

    if activation in RECTIFIERS:
        torch.nn.init.kaiming_normal_(layer.weight, nonlinearity="relu")
    else:
        torch.nn.init.xavier_normal_(layer.weight)
    if layer.bias is not None:
        torch.nn.init.zeros_(layer.bias)
    return layer


def started_recurrent(layer: Any) -> Any:
    """An LSTM or GRU of torch, gate by gate: Xavier's weights from below, orthogonal ones from the step before.

    An orthogonal map keeps the length of what it is given, so that a gradient neither fades nor grows over the steps
    (Saxe et al. 2014, "Exact solutions to the nonlinear dynamics of learning"). An LSTM begins by remembering.
    """
    import torch

    width = layer.hidden_size
    for name, weight in layer.named_parameters():
        if name.startswith("bias"):
            torch.nn.init.zeros_(weight)
            if layer.mode == "LSTM" and name.startswith("bias_ih"):  # gates stand as input, forget, cell, output
                with torch.no_grad():
                    weight[width : 2 * width] = REMEMBER
            continue
        start = torch.nn.init.orthogonal_ if name.startswith("weight_hh") else torch.nn.init.xavier_uniform_
        for gate in weight.split(width):
            start(gate)
    return layer


def activation_of(name: str) -> Any:
    """The module of an activation.

    Raises:
        InputError: there is none of this name.
    """
    torch = extras.need("torch", "a network")
    one_of("activation", name, ACTIVATIONS)
    return {"relu": torch.nn.ReLU, "gelu": torch.nn.GELU, "tanh": torch.nn.Tanh}[name]()


def norm_of(name: str, width: int) -> Any:
    """A module that normalises (cases, width): by "layer" (Ba et al. 2016), "batch" (Ioffe & Szegedy 2015) or not.

    Raises:
        InputError: there is none of this name.
    """
    torch = extras.need("torch", "a network")
    one_of("norm", name, NORMS)
    if name == "none":
        return torch.nn.Identity()
    return torch.nn.LayerNorm(width) if name == "layer" else _batch_class()(width)


@cache
def _batch_class() -> Any:
    torch = extras.need("torch", "a network")

    class BatchNorm(torch.nn.BatchNorm1d):  # type: ignore[name-defined, misc]
        """torch's own; a case alone, which has no spread, is normalised by what was seen before."""

        def forward(self, cases: Any) -> Any:
            if self.training and len(cases) == 1:
                known = (self.running_mean, self.running_var, self.weight, self.bias)
                return torch.nn.functional.batch_norm(cases, *known, training=False, eps=self.eps)
            return super().forward(cases)

    return BatchNorm
