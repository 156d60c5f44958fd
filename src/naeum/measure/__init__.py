"""How good is a model, how sure is that, and what does it cost?"""

from naeum.measure.calibration import (
    Coverage,
    Reliability,
    coverage_curve,
    expected_calibration_error,
    reliability,
)
from naeum.measure.cost import Cost, cost, size_mb, threads_in_use
from naeum.measure.custom import custom
from naeum.measure.intervals import Interval, bootstrap
from naeum.measure.metrics import METRICS, metric
from naeum.measure.paired import Paired, holm, mcnemar, paired
from naeum.measure.scored import Metric, Scored
from naeum.measure.shrink import Prior, Shrunk, empirical_prior, shrink, shrunken, standard_error
from naeum.measure.slices import ClassScore, Confused, confusion, per_class, top_confusions

__all__ = [
    "METRICS",
    "ClassScore",
    "Confused",
    "Cost",
    "Coverage",
    "Interval",
    "Metric",
    "Paired",
    "Prior",
    "Reliability",
    "Scored",
    "Shrunk",
    "bootstrap",
    "confusion",
    "cost",
    "coverage_curve",
    "custom",
    "empirical_prior",
    "expected_calibration_error",
    "holm",
    "mcnemar",
    "metric",
    "paired",
    "per_class",
    "reliability",
    "shrink",
    "shrunken",
    "size_mb",
    "standard_error",
    "threads_in_use",
    "top_confusions",
]
