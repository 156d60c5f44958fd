"""Is a limit that is meant on another machine judged by its ratio, and kept when a run goes on?"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from naeum.cycle import at_work, open_run
from naeum.errors import InputError
from naeum.improve import afterthoughts, elsewhere, gate, telling
from naeum.improve.ladder import LEDGER, Ladder, rungs_of
from naeum.improve.site import Site
from naeum.measure import elsewhere as measuring
from naeum.store import Ledger

Enter = Callable[..., Site]
QUICK: dict[str, Any] = {"target": "label", "offline": True, "threads": 1}
WORKS = {"products of one row": 1.0, "words looked up": 2.0}


@pytest.fixture(autouse=True)
def works(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine takes as long for the workloads as is said here."""
    monkeypatch.setattr(measuring, "workloads", lambda: dict(WORKS))
    monkeypatch.setattr(elsewhere, "SECONDS", 0.05)


@pytest.fixture
def profile(tmp_path: Path) -> Callable[..., str]:
    """A file of a machine that takes so many times as long."""

    def made(times: float, key: str = "k", name: str = "server.json") -> str:
        told = {
            "format": 1, "machine": {"processor": "a server"}, "key": key, "latency_ms": 6.0, "median_ms": 4.0,
            "workloads": {work: times * taken for work, taken in WORKS.items()},
        }  # fmt: skip
        (tmp_path / name).write_text(json.dumps(told), encoding="utf-8")
        return str(tmp_path / name)

    return made


def starts(folder: Path) -> list[dict[str, Any]]:
    return [event for event in Ledger(folder / LEDGER) if event["event"] == "run"]


def test_without_another_machine_limits_stay(fresh_site: Site, with_options: Callable[..., Site]) -> None:
    assert elsewhere.told(fresh_site, {}) == {} and elsewhere.meant({}, 5.0) is None
    assert with_options(fresh_site, max_latency_ms=5.0).limits == {"latency_ms": 5.0}
    assert "machine" not in starts(fresh_site.folder)[0]


def test_a_limit_there_is_scaled_said_and_kept(
    enter: Enter, tables: dict[str, str], tmp_path: Path, profile: Callable[..., str]
) -> None:
    path, folder = profile(4.0), tmp_path / "run"
    options = {"run": str(folder), "rungs": 2, "max_latency_ms": 8.0, "max_size_mb": 3.0, "machine": path, **QUICK}
    site = enter(tables["train"], valid=tables["valid"], **options)
    assert site.limits == {"latency_ms": 2.0, "size_mb": 3.0}
    assert gate.breaks({"latency_ms": 2.5}, site.limits) and not gate.breaks({"latency_ms": 1.5}, site.limits)
    kept = starts(folder)[0]
    assert kept["machine"]["value"] == 4.0 and kept["machine"]["name"] == "a server" and not kept["machine"]["by_model"]
    (note,) = (one for one in kept["summary"]["notes"] if "is meant on a server" in one)
    assert "an estimate, to be checked again there before release" in note


def test_a_run_that_goes_on_judges_as_it_began(
    own_run: Path, profile: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = profile(4.0)

    def limits(**options: Any) -> Any:
        with at_work(own_run, lambda event: None, options) as site:
            return site.limits

    assert limits(machine=path, max_latency_ms=8.0) == {"latency_ms": 2.0}
    Path(path).unlink()  # the ratio is kept, the file may go
    monkeypatch.setattr(measuring, "workloads", lambda: pytest.fail("measured again"))
    assert limits() == {"latency_ms": 2.0} and limits(max_latency_ms=4.0) == {"latency_ms": 1.0}
    assert [one.get("machine", {}).get("value") for one in starts(own_run)] == [None, 4.0, 4.0]
    monkeypatch.setattr(measuring, "workloads", lambda: dict(WORKS))
    profile(2.0)  # another profile in the same place
    assert limits() == {"latency_ms": 2.0} and starts(own_run)[-1]["machine"]["value"] == 2.0


def test_the_model_itself_says_the_ratio_where_the_profile_is_of_it(
    own_run: Path, enter: Enter, climbed_run: Ladder, profile: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elsewhere, "_latencies", lambda site, artifact: (2.0, 1.0))
    site = enter(own_run, machine=profile(4.0, climbed_run.shipped), max_latency_ms=8.0)
    assert site.meant is not None and site.meant.by_model
    assert (site.meant.ratio.value, site.meant.ratio.low, site.meant.ratio.high) == (4.0, 3.0, 4.0)
    assert "(by this model on both)" in site.meant.said


def test_the_shipped_model_is_timed_here(own_site: Site, climbed_run: Ladder) -> None:
    late, middle = elsewhere._latencies(own_site, climbed_run.shipped)
    assert late >= middle > 0


def test_what_is_no_profile_is_refused(enter: Enter, tables: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "none.json").write_text("{", encoding="utf-8")
    options = {"run": str(tmp_path / "run"), "rungs": 2, "max_latency_ms": 8.0, **QUICK}
    for name in ("none.json", "not there.json"):
        with pytest.raises(InputError, match=r"--machine must name a file that naeum bench RUN --save wrote"):
            enter(tables["train"], valid=tables["valid"], machine=str(tmp_path / name), **options)
    with pytest.raises(InputError, match="machine says where a latency is meant; got no max_latency_ms; add it"):
        enter(tables["train"], run=str(tmp_path / "other"), machine="server.json", **QUICK)


def test_the_ladder_and_what_is_chosen_later_judge_alike(own_run: Path, profile: Callable[..., str]) -> None:
    times = [rung.cost["latency_ms"] for rung in open_run(own_run).rungs]
    most = 4.0 * (min(times) + 1e-9)  # there, where all takes four times as long: the quickest rung alone holds it
    with at_work(own_run, lambda event: None, {"machine": profile(4.0), "max_latency_ms": most}) as site:
        assert gate.choose(rungs_of(site.ledger, site.folder, site.learner_kinds), site.limits).cost[
            "latency_ms"
        ] == min(times)
    ladder = open_run(own_run)
    assert ladder.champion_rung.cost["latency_ms"] == min(times)
    assert ladder.judged({"latency_ms": 8.0, "size_mb": 3.0}) == {"latency_ms": 2.0, "size_mb": 3.0}
    assert ladder.judged({"size_mb": 3.0}) == {"size_mb": 3.0}
    with pytest.raises(InputError, match=r"a rung must hold the limits; none of \d does"):
        afterthoughts.choose(ladder, {"max_latency_ms": 0.9 * most})
    afterthoughts.choose(ladder, {"max_size_mb": 1e6})  # without a limit of time there is no other machine
    again = open_run(own_run)
    assert again.options["machine"] is None and again.options["max_latency_ms"] is None


def test_the_end_says_what_is_expected_there(own_site: Site) -> None:
    told = {"name": "a server", "by_model": False, "value": 2.0, "low": 1.0, "high": 2.5}
    site = dataclasses.replace(own_site, meant=elsewhere.meant(told, 5.0))
    rungs = rungs_of(site.ledger, site.folder, site.learner_kinds)
    assert telling.why(site, rungs, rungs[-1]).endswith("where 5 is allowed; check it there before release.")
    assert "Expected on" not in telling.why(own_site, rungs, rungs[-1])
