"""How do an encoder and a linear head answer every word of a sentence?"""

from __future__ import annotations

from functools import cache
from typing import Any

from naeum import extras
from naeum.model.tags.looks import CASES, WIDTH
from naeum.model.text.classifier import set_dropout
from naeum.model.text.dropout import dropout as quick

READINGS = ("first", "mean")  # of the pieces of a word


def tagger(encoder: Any, classes: int, *, pieces: str, cased: bool, dropout: float) -> Any:
    """A module: (input_ids, cases, first, end, looks, attention_mask | None) -> (words, classes) logits.

    Args:
        encoder: becomes a part of the module.
        classes: columns of the logits.
        pieces: whether a word is its "first" piece or the "mean" of its pieces.
        cased: whether what is seen of a word is told too: the case of each piece is added to its embedding, and the
            looks of a word and its neighbours stand beside its vector.
        dropout: of hidden states and of the vectors that the head reads, while training.
    """
    set_dropout(encoder, dropout)
    return _class()(encoder, int(encoder.config.hidden_size), classes, pieces, cased, dropout)


@cache
def _class() -> Any:
    torch = extras.need("torch", "a fine-tuned tagger")

    class Tagger(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, encoder: Any, width: int, classes: int, pieces: str, cased: bool, dropout: float) -> None:
            super().__init__()
            self.encoder = encoder
            self.pieces, self.cased = pieces, cased
            self.dropout = quick(dropout)
            self.head = torch.nn.Linear(width + WIDTH * cased, classes)
            torch.nn.init.zeros_(self.head.weight)
            torch.nn.init.zeros_(self.head.bias)
            if cased:
                self.case = torch.nn.Embedding(CASES, width)
                torch.nn.init.zeros_(self.case.weight)

        def vectors(self, input_ids: Any, cases: Any, first: Any, end: Any, attention_mask: Any = None) -> Any:
            """(words, width) the last layer's state of each word."""
            embedded = self.encoder.get_input_embeddings()(input_ids)
            if self.cased:
                embedded = embedded + self.case(cases)
            states = self.encoder(inputs_embeds=embedded, attention_mask=attention_mask).last_hidden_state
            states = states.float().reshape(-1, states.shape[-1])
            return states[first] if self.pieces == "first" else means(states, first, end)

        def forward(
            self, input_ids: Any, cases: Any, first: Any, end: Any, looks: Any, attention_mask: Any = None
        ) -> Any:
            vectors = self.dropout(self.vectors(input_ids, cases, first, end, attention_mask))
            with torch.autocast(vectors.device.type, enabled=False):  # the head is tiny: exact costs nothing
                return self.head(torch.cat([vectors, looks], dim=1) if self.cased else vectors)

    return Tagger


def means(states: Any, first: Any, end: Any) -> Any:
    """(words, width) mean of the states [first, end) of each word, of states (pieces, width).

    Example:
        >>> import torch
        >>> states = torch.tensor([[1.0], [3.0], [5.0]])
        >>> means(states, torch.tensor([0, 2]), torch.tensor([2, 3])).squeeze(1).tolist()
        [2.0, 5.0]
    """
    import torch

    sizes = end - first
    which = torch.repeat_interleave(torch.arange(len(first), device=states.device), sizes)
    starts = torch.cumsum(sizes, 0) - sizes
    own = torch.arange(len(which), device=states.device) - starts[which] + first[which]
    total = torch.zeros(len(first), states.shape[1], dtype=states.dtype, device=states.device)
    return total.index_add(0, which, states[own]) / sizes[:, None]
