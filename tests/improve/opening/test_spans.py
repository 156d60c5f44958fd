"""Which learners open on questions that passages answer?"""

from __future__ import annotations

from naeum.contract import Edit
from naeum.improve.opening import book, spans
from naeum.improve.site import Site
from naeum.testing.worlds.spans import TASK


def test_the_book_of_spans_ends_with_withholding() -> None:
    assert [name for name, _ in book(TASK)] == ["floor", "ranker", "blend", "withhold"]


def test_hints_come_first(fresh_site: Site) -> None:
    found = spans.ranker(fresh_site, ())
    assert isinstance(found, Edit) and found.learner.kind == "span_ranker"
