"""How do the states of words become the answer to a row, or to each word?"""

from __future__ import annotations

from functools import cache
from typing import Any

from naeum import extras
from naeum.model.layers import started
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.words import WordReading, vectors_of
from naeum.model.text.dropout import dropout as quick

Body = Recurrence | Attention
BODIES = (Recurrence, Attention)


def row_reader(body: Body, reading: WordReading, pieces: int, columns: int, seed: int, dropout: float) -> Any:
    """A module: (pieces, starts, places) -> (rows, columns) scores; also `.pooled(…)` -> (rows, 2 states).

    The greatest and the mean of each number of the states, over the real words of a row (Conneau et al. 2017, Shen et
    al. 2018), then dropout and a linear map.
    """
    return _made(_classes()[0], seed, body, reading, pieces, columns, dropout)


def word_reader(
    body: Body, reading: WordReading, pieces: int, columns: int, seed: int, dropout: float, looks: int
) -> Any:
    """A module: (pieces, starts, places, looks) -> (words, columns) scores of the real words, row by row.

    Args:
        looks: width of what is seen of a word from outside, which stands beside its vector and its state.
    """
    return _made(_classes()[1], seed, body, reading, pieces, columns, dropout, looks)


def _made(make: Any, seed: int, *given: Any) -> Any:
    torch = extras.need("torch", "a network of words")
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return make(*given)


@cache
def _classes() -> tuple[Any, Any]:
    torch = extras.need("torch", "a network of words")

    class RowReader(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, body: Body, reading: WordReading, pieces: int, columns: int, dropout: float) -> None:
            super().__init__()
            self.words = vectors_of(pieces, reading)
            self.body = body.module(reading.width, reading.max_length)
            self.dropout = quick(dropout)
            self.head = started(torch.nn.Linear(2 * body.states, columns))

        def pooled(self, pieces: Any, starts: Any, places: Any) -> Any:
            return self.over(self.words(pieces, starts, places), places > 0)

        def over(self, words: Any, there: Any) -> Any:
            lengths = there.sum(dim=1)  # there: (rows, words)
            states = self.body(words, lengths).float()
            away = ~there[:, :, None]
            most = states.masked_fill(away, float("-inf")).amax(dim=1)  # (rows, states)
            mean = states.masked_fill(away, 0.0).sum(dim=1) / lengths[:, None]
            return torch.cat([most, mean], dim=1)

        def forward(self, pieces: Any, starts: Any, places: Any) -> Any:
            return self.head(self.dropout(self.pooled(pieces, starts, places)))

        def answers(self, words: Any, there: Any) -> Any:
            return self.head(self.over(words, there))

    class WordReader(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(
            self, body: Body, reading: WordReading, pieces: int, columns: int, dropout: float, looks: int
        ) -> None:
            super().__init__()
            self.words = vectors_of(pieces, reading)
            self.body = body.module(reading.width + looks, reading.max_length)
            self.dropout = quick(dropout)
            self.head = started(torch.nn.Linear(body.states + looks, columns))

        def forward(self, pieces: Any, starts: Any, places: Any, looks: Any) -> Any:
            there = places > 0  # (rows, words)
            seen = looks.new_zeros(*places.shape, looks.shape[1])
            seen[there] = looks  # (rows, words, looks)
            words = torch.cat([self.words(pieces, starts, places), seen], dim=2)
            states = self.body(words, there.sum(dim=1))[there].float()  # (real words, states)
            return self.head(torch.cat([self.dropout(states), looks], dim=1))

    return RowReader, WordReader
