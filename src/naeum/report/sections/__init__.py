"""Which sections has the report, in which order?"""

from __future__ import annotations

from collections.abc import Callable

from naeum.report.sections.base import base
from naeum.report.sections.confidence import confidence
from naeum.report.sections.confusion import confusion
from naeum.report.sections.cost import cost
from naeum.report.sections.data import data
from naeum.report.sections.diagnosis import diagnosis
from naeum.report.sections.entities import entities
from naeum.report.sections.forecasts import forecasts
from naeum.report.sections.labels import labels
from naeum.report.sections.ladder import ladder
from naeum.report.sections.layers import layers
from naeum.report.sections.learning import learning
from naeum.report.sections.metric import chosen_metric
from naeum.report.sections.mistakes import mistakes
from naeum.report.sections.numbers import numbers
from naeum.report.sections.opening import opening
from naeum.report.sections.reproducibility import reproducibility
from naeum.report.sections.section import Section
from naeum.report.sections.sets import sets
from naeum.report.sections.spans import spans
from naeum.report.sections.untried import untried
from naeum.report.view import View

SECTIONS: tuple[Callable[[View], Section | None], ...] = (
    ladder,
    cost,
    diagnosis,
    learning,
    chosen_metric,
    confidence,
    confusion,
    numbers,
    entities,
    sets,
    spans,
    mistakes,
    labels,
    data,
    base,
    layers,
    untried,
    forecasts,
    reproducibility,
)

__all__ = ["SECTIONS", "Section", "opening"]
