"""Which checks of a model are there?"""

from __future__ import annotations

from naeum.contract import Check
from naeum.diagnose.checks.m01 import Bias
from naeum.diagnose.checks.m02 import Variance
from naeum.diagnose.checks.m03 import LabelNoise
from naeum.diagnose.checks.m04 import Imbalance
from naeum.diagnose.checks.m05 import Truncation
from naeum.diagnose.checks.m06 import NoBetterThanFloor
from naeum.diagnose.checks.m07 import Leak
from naeum.diagnose.checks.m08 import Shift
from naeum.diagnose.checks.m09 import NotConverged
from naeum.diagnose.checks.m10 import LearningRateTooHigh
from naeum.diagnose.checks.m11 import Miscalibrated
from naeum.diagnose.checks.m12 import ConflictingDuplicates
from naeum.diagnose.checks.m13 import MetricMisleads
from naeum.diagnose.checks.m14 import MetricTooCoarse

CHECKS: tuple[Check, ...] = (
    Bias(),
    Variance(),
    LabelNoise(),
    Imbalance(),
    Truncation(),
    NoBetterThanFloor(),
    Leak(),
    Shift(),
    NotConverged(),
    LearningRateTooHigh(),
    Miscalibrated(),
    ConflictingDuplicates(),
    MetricMisleads(),
    MetricTooCoarse(),
)

__all__ = [
    "CHECKS",
    "Bias",
    "ConflictingDuplicates",
    "Imbalance",
    "LabelNoise",
    "Leak",
    "LearningRateTooHigh",
    "MetricMisleads",
    "MetricTooCoarse",
    "Miscalibrated",
    "NoBetterThanFloor",
    "NotConverged",
    "Shift",
    "Truncation",
    "Variance",
]
