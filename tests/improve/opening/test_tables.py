"""Which learners open on tables?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Edit, Parts, Rung, Task
from naeum.improve import forecast
from naeum.improve.opening import book, tables
from naeum.improve.opening.step import Skip
from naeum.improve.site import Site
from naeum.model.claims import claims
from naeum.model.table.boosting import Boosting

NUMBER = Task(inputs=("나이",), kinds=("number",), output="number", metric="r2")


def test_the_book_of_tables_begins_and_ends_as_every_other() -> None:
    names = [name for name, _ in book(NUMBER)]
    assert names == [
        "floor",
        "table_linear",
        "boosting",
        "boosting_of_logarithms",
        "forest",
        "table_network",
        "columns",
        "blend",
        "ends",
    ]
    assert [name for name, _ in book(dataclasses.replace(NUMBER, output="label"))][-1] == "calibrate"


def test_few_rows_grow_small_trees(fresh_site: Site) -> None:
    found = tables.boosting(fresh_site, ())
    assert isinstance(found, Edit)
    assert found.learner == tables.FEW


@pytest.mark.parametrize(("numbers", "logged"), [([1.0, 10.0, 400.0] * 9, True), ([100.0, 110.0, 130.0] * 9, False)])
def test_numbers_that_spread_widely_are_learned_by_their_logarithm(
    fresh_site: Site, a_rung: Callable[..., Rung], numbers: list[float], logged: bool
) -> None:
    fit = fresh_site.split.parts.fit
    few = dataclasses.replace(fit, target=np.zeros(len(numbers), np.int64), truth=pa.chunked_array([numbers]))
    cut = dataclasses.replace(fresh_site.split, parts=Parts(few, few))
    site = dataclasses.replace(fresh_site, split=cut, task=NUMBER)
    usual = a_rung(2, technique="boosting", learner=Boosting(leaves=8))
    found = tables.boosting_of_logarithms(site, (usual,))
    if logged:
        assert isinstance(found, Edit)
        assert found.learner == Boosting(leaves=8, target="log")
    else:
        assert found == Skip("It is for numbers above 0 that spread by more than 10 times; these do not.")


def test_classes_have_no_logarithm(fresh_site: Site) -> None:
    assert tables.boosting_of_logarithms(fresh_site, ()) == Skip("It is for numbers.")


def test_boosting_takes_the_rounds_that_its_share_of_the_time_holds(
    fresh_site: Site, with_options: Callable[..., Site]
) -> None:
    task = Task(inputs=("나이",), kinds=("number",), classes=fresh_site.task.classes)
    site = dataclasses.replace(with_options(fresh_site, minutes=1), task=task)
    rows = len(site.split.parts.fit)
    site.write("rate", family=forecast.family(tables.FEW), seconds=84.0 / rows)  # four times its share of 21 s
    found = tables.boosting(site, ())
    assert isinstance(found, Edit)
    assert found.learner.rounds == pytest.approx(tables.FEW.rounds / 4, rel=0.1)
    assert found.learner.learning_rate == pytest.approx(4 * tables.FEW.learning_rate, rel=0.1)
    assert "rounds fit its share of the time." in found.reason


def test_boosting_is_not_timed_on_rows_that_it_does_not_read(
    fresh_site: Site, with_options: Callable[..., Site]
) -> None:
    task = Task(inputs=("값", "사진"), kinds=("number", "image"), classes=("a", "b"))
    found = tables.boosting(dataclasses.replace(with_options(fresh_site, minutes=1), task=task), ())
    assert isinstance(found, Edit) and not claims(found.learner, task)  # the book then leaves it out


def test_texts_and_cells_are_read_each_by_its_own(fresh_site: Site) -> None:
    task = Task(inputs=("평", "값", "사진"), kinds=("text", "number", "image"), classes=("a", "b"))
    found = tables.columns(dataclasses.replace(fresh_site, task=task), ())
    assert isinstance(found, Edit)
    assert [(group.columns, group.learner.kind) for group in found.learner.groups] == [
        (("평",), "tfidf_logistic"), (("사진",), "image_linear"), (("값",), "boosting"),
    ]  # fmt: skip
    assert claims(found.learner, task)
    assert isinstance(tables.columns(dataclasses.replace(fresh_site, task=NUMBER), ()), Skip)
