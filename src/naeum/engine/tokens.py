"""How does text become token ids?

One flat array of ids and the offsets of its rows: no padding until a batch is made. Any string is answered: lone
surrogates are replaced, an empty text gets one token at least, a text of a million characters is cut before it is
tokenised.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Ints
from naeum.engine.model_folder import read_config
from naeum.errors import BaseModelError, InputError
from naeum.extras import need

if TYPE_CHECKING:
    from naeum.engine.bases import Base

CHARACTERS_A_TOKEN = 16  # few texts have tokens as long; one that has is read on, in windows of twice the size
UNKNOWN = ("[UNK]", "<unk>")  # what the token for unknown pieces is called, where the tokenizer does not say
SLACK = 512  # characters, so that short limits are not cut close
UNCUT = 1 << 40  # a limit that no text reaches


@dataclass(frozen=True, eq=False)
class Tokens:
    """Token ids of rows: row i owns ids[offsets[i]:offsets[i + 1]]."""

    ids: npt.NDArray[np.int32]  # (tokens,)
    offsets: Ints  # (rows + 1,)
    padding: int  # id that fills a batch
    types: npt.NDArray[np.int32] | None = None  # (tokens,) of a pair 0 in the first text, 1 in the second

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @property
    def lengths(self) -> Ints:
        """(rows,) tokens of each row."""
        return np.diff(self.offsets)


def tokenize(base: Base, texts: Sequence[str], max_length: int) -> Tokens:
    """The tokens of `texts` under a base model's tokenizer, cut at `max_length`.

    Args:
        base: whose tokenizer.
        texts: any strings; None counts as empty.
        max_length: most tokens of a row, special ones included; the base's own limit holds too.

    Raises:
        BaseModelError: the tokenizer cannot be read.
        InputError: max_length is below 3 (two special tokens and one of the text).
    """
    if max_length < 3:
        raise InputError(f"max_length must be at least 3 tokens; got {max_length}; 128 is usual")
    limit = min(max_length, base.max_length)
    tokenizer = _tokenizer(str(base.folder), base.digest, limit)
    texts = [clean(text) for text in texts]
    window = limit * CHARACTERS_A_TOKEN + SLACK
    rows = _encode(tokenizer, [_cut(text, window) for text in texts])
    _read_on(tokenizer, texts, rows, window, limit)
    padding = read_config(base.folder).pad
    rows = [row or [padding] for row in rows]  # a tokenizer without special tokens gives an empty text nothing
    offsets = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=offsets[1:])
    return Tokens(np.fromiter(chain.from_iterable(rows), np.int32, int(offsets[-1])), offsets, padding)


def tokenize_pairs(base: Base, first: Sequence[str], second: Sequence[str], max_length: int) -> Tokens:
    """The tokens of pairs of texts, put together as the base's tokenizer does; where they are too long, the longer of
    the two is cut first.

    Args:
        base: whose tokenizer.
        first, second: the texts of each pair; None counts as empty.
        max_length: most tokens of both, special ones included; the base's own limit holds too.

    Raises:
        BaseModelError: the tokenizer cannot be read.
        InputError: max_length is below 5 (three special tokens and one of each text).
    """
    if max_length < 5:
        raise InputError(f"max_length of a pair must be at least 5 tokens; got {max_length}; 128 is usual")
    limit = min(max_length, base.max_length)
    tokenizer, window = _tokenizer(str(base.folder), base.digest, limit), limit * CHARACTERS_A_TOKEN + SLACK
    pairs = [(_cut(clean(one), window), _cut(clean(other), window)) for one, other in zip(first, second, strict=True)]
    padding = read_config(base.folder).pad
    found = [(encoding.ids, encoding.type_ids) for encoding in tokenizer.encode_batch_fast(pairs)]
    found = [pair if pair[0] else ([padding], [0]) for pair in found]
    offsets = np.concatenate([[0], np.cumsum([len(ids) for ids, _ in found], dtype=np.int64)]).astype(np.int64)
    ids, types = (np.fromiter(chain.from_iterable(part), np.int32, int(offsets[-1])) for part in _unzipped(found))
    return Tokens(ids, offsets, padding, types)


def pad(tokens: Tokens, which: Sequence[int] | Ints) -> tuple[Ints, Ints]:
    """One batch: (ids, mask), both (rows, longest); mask is 1 at real tokens.

    Example:
        >>> tokens = Tokens(np.array([7, 8, 9], np.int32), np.array([0, 2, 3]), padding=0)
        >>> ids, mask = pad(tokens, [1, 0])
        >>> ids.tolist(), mask.tolist()
        ([[9, 0], [7, 8]], [[1, 0], [1, 1]])
    """
    at = np.asarray(which, np.int64)
    starts, lengths = tokens.offsets[at], tokens.lengths[at]
    places = np.arange(int(lengths.max(initial=0)))[None, :]  # (1, longest)
    mask = places < lengths[:, None]  # (rows, longest)
    ids = np.full(mask.shape, tokens.padding, np.int64)
    ids[mask] = tokens.ids[(starts[:, None] + places)[mask]]
    return ids, mask.astype(np.int64)


def _unzipped(pairs: list[tuple[list[int], list[int]]]) -> tuple[list[list[int]], list[list[int]]]:
    return [one for one, _ in pairs], [other for _, other in pairs]


@dataclass(frozen=True)
class Piece:
    """One token as it is written in the vocabulary."""

    text: str
    id: int
    special: bool  # added by the tokenizer: start, separator, end, padding
    start: int  # characters of the text that it stands for: [start, end)
    end: int


@dataclass(frozen=True, eq=False)
class Pieces:
    """The tokens of one text with the characters [start, end) that each stands for."""

    ids: npt.NDArray[np.int32]  # (tokens,)
    spans: Ints  # (tokens, 2)


def spelled(base: Base, text: str, max_length: int) -> list[Piece]:
    """What a model reads of one text: every token, special ones included.

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    tokenizer = _tokenizer(str(base.folder), base.digest, min(max_length, base.max_length))
    found = tokenizer.encode(clean(text))
    marks = zip(found.tokens, found.ids, found.special_tokens_mask, found.offsets, strict=True)
    return [Piece(token, number, bool(special), *span) for token, number, special, span in marks]


def uncut(base: Base, texts: Sequence[str]) -> list[Pieces]:
    """All pieces of each text, without special tokens and however many they are.

    Args:
        base: whose tokenizer.
        texts: valid Unicode, see `clean`; characters are counted in them as they are given.

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    tokenizer = _tokenizer(str(base.folder), base.digest, UNCUT)
    found = tokenizer.encode_batch(list(texts), add_special_tokens=False)
    return [Pieces(np.array(one.ids, np.int32), np.array(one.offsets, np.int64).reshape(-1, 2)) for one in found]


def frame(base: Base) -> tuple[list[int], list[int]]:
    """The special tokens that a model reads before a text and after it.

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    return framed(_tokenizer(str(base.folder), base.digest, UNCUT).encode("a"))


def framed(found: Any) -> tuple[list[int], list[int]]:
    """The special tokens before and after the one piece of an encoded text."""
    own = [at for at, special in enumerate(found.special_tokens_mask) if not special]
    first, last = (own[0], own[-1] + 1) if own else (len(found.ids), len(found.ids))
    return list(found.ids[:first]), list(found.ids[last:])


def portable(base: Base, max_length: int) -> str:
    """The tokenizer of a base model as the JSON of the package tokenizers, cutting at `max_length`, without padding.

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    return str(_tokenizer(str(base.folder), base.digest, min(max_length, base.max_length)).to_str())


@dataclass(frozen=True)
class Frame:
    """The special tokens around and between the two texts of a pair."""

    before: tuple[int, ...]
    between: tuple[int, ...]
    after: tuple[int, ...]
    typed: bool  # whether the second text is told apart by its token types

    @property
    def size(self) -> int:
        """How many they are."""
        return len(self.before) + len(self.between) + len(self.after)


def pair_frame(base: Base) -> Frame:
    """The special tokens that a model reads around and between two texts; a tokenizer that knows no pairs puts those
    of the end between.

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    found = _tokenizer(str(base.folder), base.digest, UNCUT).encode("a", "a")
    places = [[at for at, one in enumerate(found.sequence_ids) if one == side] for side in (0, 1)]
    if all(places) and places[0][-1] + 1 < places[1][0]:  # something stands between
        (first, last), (second, end) = ((side[0], side[-1] + 1) for side in places)
        cut = tuple(found.ids[:first]), tuple(found.ids[last:second]), tuple(found.ids[end:])
        return Frame(*cut, typed=found.type_ids[second] == 1)
    before, after = frame(base)
    return Frame(tuple(before), tuple(after), tuple(after), False)


def unknown_id(base: Base) -> int | None:
    """The token that stands for what the vocabulary lacks; None where it lacks nothing (byte-level tokenizers).

    Raises:
        BaseModelError: the tokenizer cannot be read.
    """
    tokenizer = _tokenizer(str(base.folder), base.digest, base.max_length)
    names = (getattr(tokenizer.model, "unk_token", None), *UNKNOWN)
    return next((found for name in names if name and (found := tokenizer.token_to_id(name)) is not None), None)


def clean(text: str | None) -> str:
    """`text` as valid Unicode: half a surrogate pair, which no encoding can hold, becomes the replacement character.

    Example:
        >>> clean("a" + chr(0xD800)) == "a" + chr(0xFFFD)
        True
    """
    if text is None:
        return ""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _cut(text: str, window: int) -> str:
    """The first `window` characters, ending between two words where there is a space to end at."""
    if len(text) <= window:
        return text
    head = text[:window]
    space = head.rfind(" ")
    return head[:space] if space > window // 2 else head


def _read_on(tokenizer: Any, texts: list[str], rows: list[list[int]], window: int, limit: int) -> None:
    """Replace, in place, rows that were cut before they filled the limit (a text of spaces, of words without end)."""
    while short := [at for at, text in enumerate(texts) if len(text) > window and len(rows[at]) < limit]:
        window *= 2
        for at, row in zip(short, _encode(tokenizer, [_cut(texts[at], window) for at in short]), strict=True):
            rows[at] = row


def _encode(tokenizer: Any, texts: list[str]) -> list[list[int]]:
    return [encoding.ids for encoding in tokenizer.encode_batch_fast(texts)]


@lru_cache(maxsize=16)
def _tokenizer(folder: str, digest: str, limit: int) -> Any:
    """A tokenizer of its own for each limit: the limit is a state of the object, and threads share it."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")  # said once, so that a later fork is not warned about
    try:
        tokenizer = _read(Path(folder))
    except Exception as error:  # the readers raise their own and plain Exception
        reason = " ".join(str(error).split())[:200]
        raise BaseModelError(
            f"the tokenizer of a base model must be readable; the one in {folder} is not ({reason}); get it anew"
        ) from error
    tokenizer.no_padding()
    tokenizer.enable_truncation(limit)
    return tokenizer


def _read(folder: Path) -> Any:
    if (folder / "tokenizer.json").is_file():
        return need("tokenizers", "tokenising").Tokenizer.from_file(str(folder / "tokenizer.json"))
    auto = need("transformers", "tokenising").AutoTokenizer
    slow = auto.from_pretrained(str(folder), use_fast=True, trust_remote_code=False, local_files_only=True)
    return slow.backend_tokenizer
