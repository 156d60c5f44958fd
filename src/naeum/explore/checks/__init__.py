"""Which checks of data are there? D01 to D19 look at tables, D20 to D39 at texts, labels, leaks and shift."""

from __future__ import annotations

from naeum.contract import Check
from naeum.explore.checks.d01 import DuplicateRows
from naeum.explore.checks.d02 import ConstantColumn
from naeum.explore.checks.d03 import IdColumn
from naeum.explore.checks.d04 import MissingValues
from naeum.explore.checks.d05 import MostlyMissing
from naeum.explore.checks.d06 import HiddenNumbers
from naeum.explore.checks.d07 import Outliers
from naeum.explore.checks.d08 import GiveawayColumn
from naeum.explore.checks.d09 import MixedTypes
from naeum.explore.checks.d10 import InfiniteNumbers
from naeum.explore.checks.d11 import ManyColumns
from naeum.explore.checks.d12 import DateFormats
from naeum.explore.checks.d13 import Skew
from naeum.explore.checks.d14 import HighCardinality
from naeum.explore.checks.d15 import SameColumns
from naeum.explore.checks.d16 import ClassImbalance
from naeum.explore.checks.d17 import SortedRows
from naeum.explore.checks.d18 import Spellings
from naeum.explore.checks.d19 import MissingTellsTarget

CHECKS: tuple[Check, ...] = (
    DuplicateRows(),
    ConstantColumn(),
    IdColumn(),
    MissingValues(),
    MostlyMissing(),
    HiddenNumbers(),
    Outliers(),
    GiveawayColumn(),
    MixedTypes(),
    InfiniteNumbers(),
    ManyColumns(),
    DateFormats(),
    Skew(),
    HighCardinality(),
    SameColumns(),
    ClassImbalance(),
    SortedRows(),
    Spellings(),
    MissingTellsTarget(),
)

__all__ = [
    "CHECKS",
    "ClassImbalance",
    "ConstantColumn",
    "DateFormats",
    "DuplicateRows",
    "GiveawayColumn",
    "HiddenNumbers",
    "HighCardinality",
    "IdColumn",
    "InfiniteNumbers",
    "ManyColumns",
    "MissingTellsTarget",
    "MissingValues",
    "MixedTypes",
    "MostlyMissing",
    "Outliers",
    "SameColumns",
    "Skew",
    "SortedRows",
    "Spellings",
]
