"""How are data cleaned so that the same is done again, at training and at serving?"""

from __future__ import annotations

from naeum.data.clean.cells import Clip, Encode, Fill, Normalise
from naeum.data.clean.choosing import DropBroken, DropDuplicates, DropMissing, DropRows, Resample, Sample
from naeum.data.clean.columns import DropColumns
from naeum.data.clean.dates import ParseDates
from naeum.data.clean.numbers import ParseNumbers
from naeum.data.clean.recipe import ROW_STEPS, STEPS, TABLE_STEPS, VALUE_STEPS, Change, Recipe
from naeum.data.clean.tables import GroupBy, Merge, Pivot

MEMBERS = STEPS

__all__ = [
    "MEMBERS", "ROW_STEPS", "STEPS", "TABLE_STEPS", "VALUE_STEPS", "Change", "Clip", "DropBroken", "DropColumns",
    "DropDuplicates", "DropMissing", "DropRows", "Encode", "Fill", "GroupBy", "Merge", "Normalise", "ParseDates",
    "ParseNumbers", "Pivot", "Recipe", "Resample", "Sample",
]  # fmt: skip
