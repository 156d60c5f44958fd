"""How does a recurrent network become a graph, which knows LSTM and GRU as nodes of their own?

torch's exporter would write every step of every layer down; a node reads rows of any length at once, each as far as it
goes. Gates stand in another order there (ONNX operators, LSTM and GRU): input, output, forget, cell where torch has
input, forget, cell, output; update, reset, new where torch has reset, update, new.
"""

from __future__ import annotations

import copy
from functools import cache
from typing import Any

from naeum.extras import need

NODES = {"lstm": ("LSTM", (0, 3, 1, 2)), "gru": ("GRU", (1, 0, 2))}  # its name, and which gate of torch stands where
SINCE = 14  # the opset from which on both are as here


def by_nodes(reader: Any, cell: str) -> Any:
    """A copy of a reader of words whose recurrent body is traced as nodes; it computes in the graph alone."""
    made = copy.deepcopy(reader)
    made.body = _classes()[1](made.body, cell)
    return made


@cache
def _classes() -> tuple[Any, Any]:
    torch = need("torch", "an export")

    class Layer(torch.nn.Module):  # type: ignore[name-defined, misc]
        """One layer, forward and backward: states (rows, words, width), lengths (rows,) -> (rows, words, 2 width)."""

        def __init__(self, layer: Any, cell: str) -> None:
            super().__init__()
            (self.name, order), self.width = NODES[cell], layer.hidden_size

            def told(name: str) -> Any:
                """(2, gates x width, …) the parameters of both directions, gates in the order of the node."""
                both = (getattr(layer, f"{name}_l0{end}").detach().chunk(len(order)) for end in ("", "_reverse"))
                return torch.stack([torch.cat([gates[at] for at in order]) for gates in both])

            self.register_buffer("inward", told("weight_ih"))
            self.register_buffer("again", told("weight_hh"))
            self.register_buffer("bias", torch.cat([told("bias_ih"), told("bias_hh")], dim=1))

        def forward(self, states: Any, lengths: Any) -> Any:
            more = {"linear_before_reset": 1} if self.name == "GRU" else {}  # as torch computes it
            said = torch.onnx.ops.symbolic(
                self.name,
                (states.transpose(0, 1), self.inward, self.again, self.bias, lengths.to(torch.int32)),
                {"hidden_size": self.width, "direction": "bidirectional", **more},
                dtype=torch.float32,
                shape=(states.shape[1], 2, states.shape[0], self.width),
                version=SINCE,
            )
            return said.permute(2, 0, 1, 3).flatten(2)

    class Body(torch.nn.Module):  # type: ignore[name-defined, misc]
        """What model/sequence/recurrent.py computes, over padded rows."""

        def __init__(self, body: Any, cell: str) -> None:
            super().__init__()
            self.map, self.norms, self.residual = body.map, body.norms, body.residual
            self.layers = torch.nn.ModuleList(Layer(layer, cell) for layer in body.layers)

        def forward(self, words: Any, lengths: Any) -> Any:
            states = self.map(words)
            for layer, norm in zip(self.layers, self.norms, strict=True):
                said = layer(states, lengths)
                said = states + said if self.residual else said
                states = norm(said.flatten(0, 1)).reshape(said.shape)
            return states

    return Layer, Body
