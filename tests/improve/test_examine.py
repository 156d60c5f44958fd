"""Does a diagnosis look at fit and tune alone, and say what techniques may know?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Rung
from naeum.improve import examine
from naeum.improve.climb import rungs_of
from naeum.improve.ladder import Ladder
from naeum.improve.site import Site
from naeum.model.text.linear import NaiveBayesLogistic


def inside(thing: Any, seen: set[int]) -> Iterator[Any]:
    """Every number and text that can be reached from a thing."""
    if isinstance(thing, (str, int, float, np.generic)):
        yield thing.item() if isinstance(thing, np.generic) else thing
    elif id(thing) not in seen:
        seen.add(id(thing))
        for inner in within(thing):
            yield from inside(inner, seen)


def within(thing: Any) -> list[Any]:
    """What stands directly in a thing."""
    if isinstance(thing, np.ndarray):
        return list(thing.ravel().tolist())
    if isinstance(thing, pa.Table):
        return [cell for column in thing.columns for cell in column.to_pylist()]
    if isinstance(thing, Mapping):
        return [*thing.keys(), *thing.values()]
    if isinstance(thing, (list, tuple, set, frozenset)):
        return list(thing)
    assert not callable(thing) or isinstance(thing, type), f"what {thing} holds cannot be seen"
    return (
        [getattr(thing, field.name) for field in dataclasses.fields(thing)] if dataclasses.is_dataclass(thing) else []
    )


def unseen(site: Site) -> set[Any]:
    """Ids and texts of select and test; not of rows that stand in fit or tune, too."""
    parts = site.split.parts
    assert site.split.test is not None
    hidden, shown = (
        {one for part in pair for one in (*part.ids.tolist(), *part.rows["text"].to_pylist())}
        for pair in ((site.split.select, site.split.test), (parts.fit, parts.tune))
    )
    return hidden - shown


def test_no_row_of_select_or_test_can_be_reached(own_site: Site) -> None:
    rungs = rungs_of(own_site)
    hidden = unseen(own_site)
    assert len(hidden) > 400
    assert hidden & set(own_site.split.leaked["test"].tolist()), "rows that nearly leaked are what could be named"
    for rung in rungs:
        examine.diagnosed(own_site, rung, rungs)
        subject = examine._subject(own_site, rung, rungs)
        assert hidden.isdisjoint(inside(subject, set()))
        evidence = examine.evidence(own_site, rung, rungs)
        assert hidden.isdisjoint(inside(evidence, set()))
        assert hidden.isdisjoint(inside(own_site.ledger.last("diagnosis"), set()))
        assert set(own_site.split.parts.fit.ids.tolist()) & set(inside(subject, set())), "fit rows are seen"


def test_leaks_are_counted_all_the_same(climbed_run: Ladder) -> None:
    leak = next(finding for finding in climbed_run.findings if finding.code == "M07")
    assert leak.numbers["rows of test"] >= 40
    assert leak.rows
    assert all(climbed_run.text_of(row) for row in leak.rows), "only rows that stand in fit are named"
    assert "rows of test (nearly) stand in fit too" in leak.seen


def test_the_diagnosis_says_of_every_check_what_came_of_it(climbed_run: Ladder) -> None:
    assert {answer["state"] for answer in climbed_run.answers} <= {"finding", "passed", "not applicable"}
    found = {answer["code"] for answer in climbed_run.answers if answer["state"] == "finding"}
    assert found == {finding.code for finding in climbed_run.findings}
    assert all(answer["seen"] for answer in climbed_run.answers if answer["state"] != "passed")
    assert climbed_run.curve is not None
    assert len(climbed_run.curve["sizes"]) >= 4
    assert climbed_run.bias_variance is not None


def test_suspected_labels_are_those_that_were_made_wrong(climbed_run: Ladder) -> None:
    truth = {"최고": "a", "재밌다": "a", "감동이다": "a", "최악": "b", "지루하다": "b", "아깝다": "b"}
    wrong = [
        row["label"] != next((truth[word] for word in row["text"].split() if word in truth), "c")
        for row in climbed_run.suspects
    ]
    assert np.mean(wrong) > 0.8


def test_evidence_counts_fit_rows(own_site: Site) -> None:
    rungs, fit = rungs_of(own_site), own_site.split.parts.fit
    known = examine.evidence(own_site, rungs[1], rungs)
    assert (known.rows, sum(known.class_counts)) == (len(fit), len(fit))
    assert known.champion is rungs[1]
    assert known.seconds_left == float("inf")
    assert known.languages == ("ko",)
    assert set(known.suspects.tolist()) <= set(fit.ids.tolist())


def test_a_rung_is_diagnosed_once_it_is_written(own_site: Site, a_rung: Callable[..., Rung]) -> None:
    assert not examine.is_diagnosed(own_site, a_rung(77))
    own_site.write("diagnosis", number=77)
    assert examine.is_diagnosed(own_site, a_rung(77))


def test_cheap_learners_are_complete_and_the_best_of_their_kind(own_site: Site, a_rung: Callable[..., Rung]) -> None:
    best, other = a_rung(1, tune_score=0.8), a_rung(2, tune_score=0.9, learner=NaiveBayesLogistic())
    rungs = (a_rung(3, tune_score=0.7), best, other, a_rung(4, tune_score=0.99, complete=False))
    assert examine._cheap(own_site, rungs) == [other, best]


def test_rows_too_alike_for_folds_are_not_judged(own_site: Site, a_rung: Callable[..., Rung]) -> None:
    parts = own_site.split.parts
    alike = dataclasses.replace(parts.fit, group=np.zeros_like(parts.fit.group))
    split = dataclasses.replace(own_site.split, parts=dataclasses.replace(parts, fit=alike))
    assert examine._noise(dataclasses.replace(own_site, split=split), (a_rung(1),)) is None


def test_without_time_no_curve_is_fitted_and_no_label_suspected(
    own_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = with_options(own_site, minutes=1)
    monkeypatch.setattr(site.executor, "fit", None)
    dear = a_rung(1, cost={"seconds": 100.0})
    assert examine._curve(site, (dear,)) is None
    assert examine._noise(site, (dear,)) is None
    with pytest.raises(TypeError, match="'NoneType' object is not callable"):
        examine._curve(own_site, (dear,))  # a run that counts rungs has all the time
