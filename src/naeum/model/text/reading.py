"""How does an encoder read a row that has several texts: as one, as one with a separator, or each by itself?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from naeum.contract import Ints, Task
from naeum.engine import tokens
from naeum.engine.bases import Base
from naeum.model.text.examples import texts
from naeum.model.text.pairs import sides
from naeum.train.job import Inputs

if TYPE_CHECKING:
    import pyarrow as pa

Reading = Literal["joined", "crossed", "apart"]
JOINED: Final = "joined"  # with a space between them
CROSSED: Final = "crossed"  # with the separator of the base between them, and told apart by segment
APART: Final = "apart"

Collate = Callable[[Ints], Inputs]


def read(base: Base, rows: pa.Table, task: Task, max_length: int, reading: Reading) -> tuple[Ints, Collate]:
    """The tokens of each row, counted with padding where it has two texts apart, and what makes a batch of some rows.

    Raises:
        BaseModelError: the tokenizer cannot be read.
        InputError: a pair is asked for and a row does not hold two texts.
    """
    if reading == JOINED:
        found = tokens.tokenize(base, texts(rows, task), max_length)
        return found.lengths, partial(joined, found)
    first, second = sides(rows, task)
    if reading == CROSSED:
        found = tokens.tokenize_pairs(base, first, second, max_length)
        return found.lengths, partial(crossed, found)
    both = tokens.tokenize(base, first, max_length), tokens.tokenize(base, second, max_length)
    return 2 * np.maximum(both[0].lengths, both[1].lengths), partial(apart, both)


def joined(found: tokens.Tokens, rows: Ints) -> Inputs:
    """Rows of tokens as a padded batch; without a mask where nothing is padded, which is quicker."""
    import torch

    ids, mask = (torch.as_tensor(np.asarray(array)) for array in tokens.pad(found, rows))
    return {"input_ids": ids, "attention_mask": None if bool(mask.all()) else mask}


def crossed(found: tokens.Tokens, rows: Ints) -> Inputs:
    """The same with the segment of each token, where any stands in the second one."""
    import torch

    types, _ = tokens.pad(replace(found, ids=_types(found), padding=0), rows)
    more: dict[str, Any] = {"token_type_ids": torch.as_tensor(types)} if types.any() else {}
    return {**joined(found, rows), **more}


def apart(found: tuple[tokens.Tokens, tokens.Tokens], rows: Ints) -> Inputs:
    """All first texts, then all second ones, padded alike."""
    import torch

    one, other = (tokens.pad(side, rows) for side in found)
    widest = max(one[0].shape[1], other[0].shape[1])
    ids, mask = (
        torch.as_tensor(np.concatenate([_wider(side[at], widest, fill) for side in (one, other)]))
        for at, fill in ((0, found[0].padding), (1, 0))
    )
    return {"input_ids": ids, "attention_mask": None if bool(mask.all()) else mask}


def _wider(array: Ints, width: int, fill: int) -> Ints:
    return np.pad(array, ((0, 0), (0, width - array.shape[1])), constant_values=fill)


def _types(found: tokens.Tokens) -> Any:
    return np.zeros_like(found.ids) if found.types is None else found.types
