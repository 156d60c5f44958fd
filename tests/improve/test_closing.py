"""Does a climb end with a refit on all rows, one opening of the test part, and the better of the two shipped?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from naeum import registry
from naeum.contract import Rung
from naeum.cycle import open_run
from naeum.improve import closing
from naeum.improve.climb import rungs_of
from naeum.improve.ladder import Ladder
from naeum.improve.site import Site
from naeum.measure import holm, paired


def told(site: Site) -> list[str]:
    """Events since the last start."""
    events = [event["event"] for event in site.ledger]
    return events[len(events) - events[::-1].index("run") :]


def test_the_refit_is_the_decided_recipe_on_every_row_but_test(own_site: Site) -> None:
    ladder = open_run(own_site.folder)
    champion, refit, parts = ladder.champion_rung, ladder.last("refit"), own_site.everything
    decided = own_site.executor.fitted(champion.artifact).predictor.decided(champion.learner)
    assert refit["artifact"] == own_site.executor.key(decided, parts, 0) != champion.artifact
    assert len(parts.tune) == 0
    cut = own_site.split
    assert cut.test is not None
    assert set(parts.fit.ids.tolist()) == {
        row for part in (cut.parts.fit, cut.parts.tune, cut.select) for row in part.ids.tolist()
    }
    assert set(parts.fit.rows["text"].to_pylist()).isdisjoint(cut.test.rows["text"].to_pylist()[:100])
    assert refit["reason"] == f"Refitted on {len(parts.fit):,} rows with all tuning decided before."
    assert ladder.shipped == refit["artifact"]


def test_the_test_part_is_opened_once_for_all_that_is_compared(climbed_run: Ladder, own_site: Site) -> None:
    assert [event["event"] for event in climbed_run.events].count("test") == 1
    test, rows = climbed_run.test, own_site.split.test
    assert test is not None
    assert rows is not None
    champion = climbed_run.champion_rung
    answers = own_site.executor.answers(own_site.executor.fitted(champion.artifact), rows)
    assert test["measured"]["value"] == own_site.metric.score(answers, rows)
    shipped = own_site.executor.answers(own_site.executor.fitted(climbed_run.shipped), rows)
    assert test["value"] == test["refit"]["value"] == own_site.metric.score(shipped, rows)
    others = [line["rung"] for line in test["compared"]]
    assert others == [rung.number for rung in climbed_run.rungs if rung.kept and rung.number != champion.number]
    assert [line["p_holm"] for line in test["compared"]] == pytest.approx(
        holm([line["p"] for line in test["compared"]])
    )
    floor = own_site.executor.answers(own_site.executor.fitted(climbed_run.rungs[0].artifact), rows)
    pair = paired(own_site.metric, answers, floor, rows, seed=0)
    assert (test["compared"][0]["gain"], test["compared"][0]["p_better"]) == (pair.gain, pair.p_better)


@pytest.mark.parametrize("against", [False, True])
def test_the_score_is_that_of_what_ships(own_site: Site, monkeypatch: pytest.MonkeyPatch, against: bool) -> None:
    def exact(site: Site, outputs: Any, data: Any) -> dict[str, float]:
        return {"value": float(outputs.scores.sum())}  # tells models apart that answer alike

    real, odds = closing._gain, {"p_better": closing.AGAINST + (-0.01 if against else 0.01)}
    monkeypatch.setattr(closing, "_scored", exact)
    monkeypatch.setattr(closing, "_gain", lambda *given: {**real(*given), **odds})
    ladder = open_run(own_site.folder)
    closing._open(own_site, ladder.champion_rung, ladder.rungs)
    test = own_site.ledger.last("test")
    assert test["measured"]["value"] != test["refit"]["value"]
    assert test["value"] == (test["measured"] if against else test["refit"])["value"]


def test_the_score_without_leaked_rows_stands_beside(climbed_run: Ladder, own_site: Site) -> None:
    test, rows = climbed_run.test, own_site.split.test
    assert test is not None
    assert rows is not None
    clean = ~np.isin(rows.ids, own_site.split.leaked["test"])
    assert test["without_leaks"]["rows"] == clean.sum() < test["rows"]
    shipped = own_site.executor.answers(own_site.executor.fitted(climbed_run.shipped), rows)
    assert test["without_leaks"]["value"] == (shipped.codes == rows.target)[clean].mean()


def test_test_rows_that_all_leaked_leave_no_score(own_site: Site) -> None:
    rows = own_site.split.test
    assert rows is not None
    answers = own_site.executor.answers(own_site.executor.fitted(rungs_of(own_site)[1].artifact), rows)
    assert closing._without(own_site, answers, rows, rows.ids) == {"rows": 0.0}


def test_a_refit_that_the_test_speaks_against_is_refused(own_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    real = closing._gain
    monkeypatch.setattr(closing, "_gain", lambda *given: {**real(*given), "p_better": closing.AGAINST / 2})
    closing.close(own_site, registry.techniques())
    ladder = open_run(own_site.folder)
    assert ladder.last("refit")["artifact"]
    assert ladder.shipped == ladder.champion_rung.artifact
    assert ladder.test is not None
    assert ladder.test["value"] == ladder.test["measured"]["value"]
    assert ladder.test["seen"] == 2
    assert ladder.last("ship")["reason"] == "The refit on all rows scored worse on test; the measured one ships."


def test_a_refit_that_fails_does_not_take_the_champion_along(own_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*given: Any) -> Any:
        raise MemoryError("no such luck")

    monkeypatch.setattr(own_site.executor, "fit", broken)
    closing.close(own_site, registry.techniques())
    ladder = open_run(own_site.folder)
    assert ladder.finished
    assert ladder.last("refit")["reason"] == "Not refitted on all rows: MemoryError: no such luck."
    assert ladder.shipped == ladder.champion_rung.artifact
    assert ladder.test is not None
    assert ladder.test["refit"] is None


@pytest.mark.parametrize("complete, minutes, said", [
    (False, 10, "Not refitted on all rows: the time ended before it."),
    (True, 1e-4, "Not refitted on all rows: it needs "),
])  # fmt: skip
def test_there_is_no_refit_without_the_time_for_it(
    own_site: Site,
    with_options: Callable[..., Site],
    monkeypatch: pytest.MonkeyPatch,
    complete: bool,
    minutes: float,
    said: str,
) -> None:
    real = own_site.executor.fit
    monkeypatch.setattr(own_site.executor, "fit", lambda *given: dataclasses.replace(real(*given), complete=complete))
    site = with_options(own_site, minutes=minutes)
    closing._refit(site, open_run(own_site.folder).champion_rung)
    assert site.ledger.last("refit")["artifact"] == ""
    assert site.ledger.last("refit")["reason"].startswith(said)


def test_the_floor_is_not_refitted(own_site: Site) -> None:
    closing._refit(own_site, rungs_of(own_site)[0])
    assert own_site.ledger.last("refit")["reason"] == "Not refitted on all rows: the floor needs none."


def test_an_interrupted_climb_leaves_the_test_sealed(own_site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_site.executor, "fit", None)
    closing.close(own_site, registry.techniques(), interrupted=True)
    assert told(own_site) == ["ship", "closing", "done"]
    closing.close(own_site, registry.techniques())
    assert told(own_site) == ["ship", "closing", "done"], "what is done is not done again"


def test_nothing_is_closed_before_the_floor(fresh_site: Site) -> None:
    closing.close(fresh_site, registry.techniques())
    assert told(fresh_site) == []


def test_past_champions_are_compared_as_far_as_the_time_goes(
    own_site: Site, a_rung: Callable[..., Rung], with_options: Callable[..., Site]
) -> None:
    cost = {"rows_per_second": 100.0}
    rungs = tuple(a_rung(number, kept=number != 3, cost=cost) for number in range(10))
    test = own_site.split.test
    assert test is not None

    def compared(site: Site) -> list[int]:
        return [rung.number for rung in closing._compared(site, rungs, rungs[9])]

    assert compared(own_site) == [0, 2, 4, 5, 6, 7, 8, 9], "rung 3 was never champion, 1 is too long ago"
    site = with_options(own_site, minutes=10)
    site.clock.budget = 4.5 * len(test) / 100  # the last one and its refit, and two more
    assert compared(site) == [0, 7, 8, 9]
