"""Which sections has the page of a profile, in which order?"""

from __future__ import annotations

from collections.abc import Callable

from naeum.report.explored.augmentations import augmentations
from naeum.report.explored.columns import columns
from naeum.report.explored.data import data
from naeum.report.explored.findings import findings
from naeum.report.explored.groups import groups
from naeum.report.explored.images import images
from naeum.report.explored.labels import labels
from naeum.report.explored.leaks import leaks
from naeum.report.explored.page import page, write
from naeum.report.explored.relations import relations, target
from naeum.report.explored.shift import shift
from naeum.report.explored.texts import texts
from naeum.report.explored.times import times
from naeum.report.explored.topics import topics
from naeum.report.explored.view import Seen
from naeum.report.sections.section import Section

SECTIONS: tuple[Callable[[Seen], Section | None], ...] = (
    findings,
    images,
    data,
    columns,
    target,
    relations,
    groups,
    times,
    texts,
    topics,
    labels,
    leaks,
    shift,
    augmentations,
)

__all__ = ["SECTIONS", "Section", "Seen", "page", "write"]
