"""Which learners open on questions that passages answer?"""

from __future__ import annotations

import dataclasses

from naeum.contract import Edit
from naeum.improve.opening import book, spans
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site
from naeum.testing.worlds.spans import TASK


def test_the_book_of_spans_ends_with_withholding() -> None:
    assert [name for name, _ in book(TASK)] == ["floor", "ranker", "reader", "blend", "withhold"]


def test_hints_come_first(fresh_site: Site) -> None:
    found = spans.ranker(fresh_site, ())
    assert isinstance(found, Edit) and found.learner.kind == "span_ranker"


def test_with_a_base_model_it_is_tuned_and_without_one_it_is_said(fresh_site: Site) -> None:
    found = spans.reader(dataclasses.replace(fresh_site, bases=("a-base",)), ())
    assert isinstance(found, Edit) and found.learner.base == "a-base"
    bare = dataclasses.replace(fresh_site, bases=(), languages=("ko",))
    assert spans.reader(bare, ()) == Skip("No base model for ko is at hand without a network.")
