"""How do an encoder and a linear head say where in a passage an answer begins and ends?"""

from __future__ import annotations

from functools import cache
from typing import Any

from naeum import extras
from naeum.model.spans.windows import EDGES
from naeum.model.text.classifier import set_dropout
from naeum.model.text.dropout import dropout as quick


def reader(encoder: Any, dropout: float) -> Any:
    """A module: pieces and places of entries -> (entries, 2) log-probabilities of a start and an end in their window.

    A start is read off the first piece of a unit, an end off its last one. Where several units share a piece, as a
    Korean name and its particle do, what stands at the edge tells them apart: each unit, the one before a start and the
    one after an end have a score of their own.

    Args:
        encoder: becomes a part of the module.
        dropout: of hidden states and of the vectors that the head reads, while training.
    """
    set_dropout(encoder, dropout)
    return _class()(encoder, int(encoder.config.hidden_size), dropout)


@cache
def _class() -> Any:
    torch = extras.need("torch", "a fine-tuned reader")

    class Reader(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, encoder: Any, width: int, dropout: float) -> None:
            super().__init__()
            self.encoder = encoder
            self.dropout = quick(dropout)
            self.head = torch.nn.Linear(width, 2)  # of a start, of an end
            self.nothing = torch.nn.Linear(width, 2)  # of no answer
            self.edge = torch.nn.Embedding(EDGES, 4)  # a start, the unit before it, an end, the unit after it
            for weight in (*self.head.parameters(), *self.nothing.parameters(), self.edge.weight):
                torch.nn.init.zeros_(weight)

        def states(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            """(pieces of the batch, width) the last layer's states."""
            more = {} if token_type_ids is None else {"token_type_ids": token_type_ids}
            found = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **more)
            return found.last_hidden_state.float().reshape(-1, found.last_hidden_state.shape[-1])

        def forward(
            self, input_ids: Any, first: Any, last: Any, edges: Any, none: Any, window: Any,
            attention_mask: Any = None, token_type_ids: Any = None,
        ) -> Any:  # fmt: skip
            states = self.dropout(self.states(input_ids, attention_mask, token_type_ids))
            with torch.autocast(states.device.type, enabled=False):  # the head is tiny: exact costs nothing
                told = self.edge(edges)  # (entries, 3, 4): the unit, the one before, the one after
                start = self.head(states[first])[:, 0] + told[:, 0, 0] + told[:, 1, 1]
                end = self.head(states[last])[:, 1] + told[:, 0, 2] + told[:, 2, 3]
                logits = torch.stack([start, end], dim=1)
                logits = torch.where(none[:, None], self.nothing(states[first]), logits)
                return shares(logits, window)

    return Reader


def shares(logits: Any, window: Any) -> Any:
    """(entries, 2) log-softmax over the entries of each window, column by column.

    Example:
        >>> import torch
        >>> shares(torch.zeros(3, 2), torch.tensor([0, 0, 1])).exp()[:, 0].tolist()
        [0.5, 0.5, 1.0]
    """
    import torch

    windows = int(window.max()) + 1 if len(window) else 0
    most = torch.full((windows, 2), -torch.inf, dtype=logits.dtype, device=logits.device)
    most = most.scatter_reduce(0, window[:, None].expand(-1, 2), logits.detach(), "amax")
    shifted = logits - most[window]
    total = torch.zeros((windows, 2), dtype=logits.dtype, device=logits.device).index_add(0, window, shifted.exp())
    return shifted - total.log()[window]
