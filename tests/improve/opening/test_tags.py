"""Which learners open on tagged words?"""

from __future__ import annotations

import dataclasses

from naeum.contract import Edit, Task
from naeum.improve.opening import book, tags
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site

TAGS = Task(inputs=("words",), kinds=("words",), output="tags", metric="entity_f1", classes=("O", "B-a"))


def test_the_book_of_tags_has_no_temperature() -> None:
    assert [name for name, _ in book(TAGS)] == [
        "floor",
        "crf",
        "word_probe",
        "tagger",
        "sequence_tagger",
        "blend",
    ]


def test_with_a_base_model_words_are_probed_and_tagged(fresh_site: Site) -> None:
    site = dataclasses.replace(fresh_site, bases=("a-base",))
    for step in (tags.probe, tags.tagger):
        found = step(site, ())
        assert isinstance(found, Edit)
        assert found.learner.base == "a-base"


def test_without_a_base_model_the_field_stands_alone(fresh_site: Site) -> None:
    site = dataclasses.replace(fresh_site, bases=(), languages=("ko",))
    why = Skip("No base model for ko is at hand without a network.")
    assert tags.probe(site, ()) == tags.tagger(site, ()) == why
    assert isinstance(tags.crf(site, ()), Edit)
