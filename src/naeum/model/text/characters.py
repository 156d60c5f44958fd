"""How does a text become numbers of its characters, and a convolution over them a class?

A Hangul syllable is one character made of two or three letters (jamo): its vector is the sum of its own and of its
letters', so that syllables that were never seen, and typing errors, still mean something.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.contract import Ints
from naeum.train.job import Inputs

# Unicode 16, section 3.12: a precomposed syllable is 0xAC00 + (lead * 21 + vowel) * 28 + tail.
FIRST_SYLLABLE, LEADS, VOWELS, TAILS = 0xAC00, 19, 21, 28
SYLLABLES = LEADS * VOWELS * TAILS
PAD, UNKNOWN = 0, 1  # numbers of no character, and of one that was not seen often enough
LEAST_COUNT = 2  # a character that was seen once teaches nothing about itself
MOST_CHARACTERS = 4000  # covers the 2,350 syllables of everyday Korean with room for other scripts


@dataclass(frozen=True, eq=False)
class Characters:
    """Numbers of the characters of texts: those of row i are `ids[offsets[i]:offsets[i + 1]]`."""

    ids: npt.NDArray[np.int32]  # PAD, UNKNOWN, then places in the vocabulary
    syllables: npt.NDArray[np.int32]  # 1 + number of the Hangul syllable; 0 for another character
    offsets: Ints


def normal(text: str, most: int) -> str:
    """Composed, lower case, single spaces, at most `most` characters.

    Example:
        >>> normal("\\u1112\\u1161\\u11ab  GOOD", 4)
        '한 go'
    """
    return " ".join(unicodedata.normalize("NFC", text[: 4 * most]).lower().split())[:most]


def vocabulary(texts: Sequence[str], most: int) -> npt.NDArray[np.uint32]:
    """(characters,) the code points seen at least twice, in ascending order; at most MOST_CHARACTERS, the commonest."""
    counts = Counter("".join(normal(text, most) for text in texts))
    often = [char for char, count in counts.most_common(MOST_CHARACTERS) if count >= LEAST_COUNT]
    return np.sort(np.array([ord(char) for char in often], np.uint32))


def numbers(texts: Sequence[str], known: npt.NDArray[np.uint32], most: int) -> Characters:
    """Texts as numbers; a text without characters is one PAD.

    Example:
        >>> found = numbers(["한글 x", ""], np.array([ord("한")], np.uint32), most=10)
        >>> found.ids.tolist(), found.offsets.tolist()
        ([2, 1, 1, 1, 0], [0, 4, 5])
    """
    ready = [normal(text, most) or "\x00" for text in texts]
    codes = np.frombuffer("".join(ready).encode("utf-32-le", "surrogatepass"), np.uint32)
    place = np.searchsorted(known, codes)
    hit = (place < len(known)) & (known[np.minimum(place, len(known) - 1)] == codes) if len(known) else codes < 0
    ids = np.where(codes == 0, PAD, np.where(hit, place + UNKNOWN + 1, UNKNOWN))
    syllable = codes.astype(np.int64) - FIRST_SYLLABLE
    syllable = np.where((syllable >= 0) & (syllable < SYLLABLES), syllable + 1, 0)
    offsets = np.concatenate([[0], np.cumsum([len(text) for text in ready], dtype=np.int64)])
    return Characters(ids.astype(np.int32), syllable.astype(np.int32), offsets.astype(np.int64))


def gathered(found: Characters, rows: Ints) -> Inputs:
    """Some rows, padded at the end, as the arguments of `convolution_classifier`."""
    import torch

    starts, counts = found.offsets[rows], found.offsets[rows + 1] - found.offsets[rows]
    column = np.arange(counts.max() if len(rows) else 0)
    there = column < counts[:, None]  # (rows, characters)
    at = np.minimum(starts[:, None] + column, max(0, len(found.ids) - 1))
    ids, syllables = (np.where(there, array[at], 0) for array in (found.ids, found.syllables))
    return {"ids": torch.from_numpy(ids.astype(np.int32)), "syllables": torch.from_numpy(syllables.astype(np.int32))}


@dataclass(frozen=True)
class Shape:
    """The size of a convolution network."""

    characters: int  # known ones, PAD and UNKNOWN not counted
    width: int  # of a character's vector
    filters: int  # for each width of the window
    windows: tuple[int, ...]  # characters that a filter sees at once
    dropout: float
    classes: int


def convolution_classifier(shape: Shape, seed: int) -> Any:
    """A module: (ids, syllables) -> (rows, classes) logits; also `.pooled(…)` -> (rows, filters x windows).

    Filters of several widths over character vectors, the greatest answer of each over the text, dropout, a linear map
    (Kim 2014, "Convolutional neural networks for sentence classification"; Zhang et al. 2015 for characters).
    """
    torch = extras.need("torch", "a character convolution")
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return _convolution_class()(shape)


@cache
def _convolution_class() -> Any:
    torch = extras.need("torch", "a character convolution")
    embedding = partial(torch.nn.Embedding, padding_idx=0)

    class ConvolutionClassifier(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, shape: Shape) -> None:
            super().__init__()
            self.own = embedding(shape.characters + UNKNOWN + 1, shape.width)
            self.letters = torch.nn.ModuleList(embedding(count + 1, shape.width) for count in (LEADS, VOWELS, TAILS))
            for table in (self.own, *self.letters):
                torch.nn.init.normal_(table.weight, std=0.2)  # four are summed: about what a layer likes
                with torch.no_grad():
                    table.weight[0] = 0.0
            self.windows = torch.nn.ModuleList(
                torch.nn.Conv1d(shape.width, shape.filters, size, padding=size // 2) for size in shape.windows
            )
            self.dropout = torch.nn.Dropout(shape.dropout)
            self.head = torch.nn.Linear(shape.filters * len(shape.windows), shape.classes)

        def vectors(self, ids: Any, syllables: Any) -> Any:
            code = (syllables - 1).clamp_min(0)
            here = (syllables > 0).to(ids.dtype)
            lead, vowel, tail = code // (VOWELS * TAILS), code // TAILS % VOWELS, code % TAILS
            summed = self.own(ids)
            for table, letter in zip(self.letters, (lead, vowel, tail), strict=True):
                summed = summed + table((letter + 1) * here)
            return summed  # (rows, characters, width)

        def pooled(self, ids: Any, syllables: Any) -> Any:
            columns = self.vectors(ids, syllables).transpose(1, 2)  # (rows, width, characters)
            lengths = (ids != PAD).sum(dim=1, keepdim=True)  # (rows, 1)
            found = []
            for window in self.windows:
                seen = torch.relu(window(columns))  # (rows, filters, places)
                more = seen.shape[2] - ids.shape[1]  # an even window has one place more than there are characters
                there = torch.arange(seen.shape[2], device=ids.device) < lengths + more  # what padding adds is not seen
                found.append((seen * there[:, None]).amax(dim=2))
            return torch.cat(found, dim=1).float()

        def forward(self, ids: Any, syllables: Any) -> Any:
            return self.head(self.dropout(self.pooled(ids, syllables)))

    return ConvolutionClassifier
