"""Which checks of data are there? D01 to D19 look at tables, D20 to D39 at texts, labels, leaks and
shift, D40 to D49 at images."""

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
from naeum.explore.checks.d20 import LongTexts
from naeum.explore.checks.d21 import StrangeTokens
from naeum.explore.checks.d22 import SeveralLanguages
from naeum.explore.checks.d23 import PersonalData
from naeum.explore.checks.d24 import Markup
from naeum.explore.checks.d25 import Boilerplate
from naeum.explore.checks.d26 import EmptyTexts
from naeum.explore.checks.d27 import BrokenSigns
from naeum.explore.checks.d28 import RepeatedTexts
from naeum.explore.checks.d30 import ConflictingLabels
from naeum.explore.checks.d31 import SuspectedLabels
from naeum.explore.checks.d32 import Disagreement
from naeum.explore.checks.d35 import RowsInTwoParts
from naeum.explore.checks.d36 import InputShift
from naeum.explore.checks.d37 import LabelShift
from naeum.explore.checks.d38 import Drift
from naeum.explore.checks.d40 import UnreadableImages
from naeum.explore.checks.d41 import WrongSuffix
from naeum.explore.checks.d42 import EqualImages
from naeum.explore.checks.d43 import NearImages
from naeum.explore.checks.d44 import CopiesOfTwoClasses
from naeum.explore.checks.d45 import ImagesInTwoParts
from naeum.explore.checks.d46 import OddSizes
from naeum.explore.checks.d47 import SeveralModes
from naeum.explore.checks.d48 import NothingToSee
from naeum.explore.checks.d49 import LeftOut

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
    LongTexts(),
    StrangeTokens(),
    SeveralLanguages(),
    PersonalData(),
    Markup(),
    Boilerplate(),
    EmptyTexts(),
    BrokenSigns(),
    RepeatedTexts(),
    ConflictingLabels(),
    SuspectedLabels(),
    Disagreement(),
    RowsInTwoParts(),
    InputShift(),
    LabelShift(),
    Drift(),
    UnreadableImages(),
    WrongSuffix(),
    EqualImages(),
    NearImages(),
    CopiesOfTwoClasses(),
    ImagesInTwoParts(),
    OddSizes(),
    SeveralModes(),
    NothingToSee(),
    LeftOut(),
)

__all__ = [
    "CHECKS",
    "Boilerplate",
    "BrokenSigns",
    "ClassImbalance",
    "ConflictingLabels",
    "ConstantColumn",
    "CopiesOfTwoClasses",
    "DateFormats",
    "Disagreement",
    "Drift",
    "DuplicateRows",
    "EmptyTexts",
    "EqualImages",
    "GiveawayColumn",
    "HiddenNumbers",
    "HighCardinality",
    "IdColumn",
    "ImagesInTwoParts",
    "InfiniteNumbers",
    "InputShift",
    "LabelShift",
    "LeftOut",
    "LongTexts",
    "ManyColumns",
    "Markup",
    "MissingTellsTarget",
    "MissingValues",
    "MixedTypes",
    "MostlyMissing",
    "NearImages",
    "NothingToSee",
    "OddSizes",
    "Outliers",
    "PersonalData",
    "RepeatedTexts",
    "RowsInTwoParts",
    "SameColumns",
    "SeveralLanguages",
    "SeveralModes",
    "Skew",
    "SortedRows",
    "Spellings",
    "StrangeTokens",
    "SuspectedLabels",
    "UnreadableImages",
    "WrongSuffix",
]
