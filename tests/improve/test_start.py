"""Does a climb begin with what the data say, and go on with its time, options and broken-off work?"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import naeum
from naeum import extras
from naeum.contract import Policy, Task
from naeum.cycle import open_run
from naeum.errors import BaseModelError, InputError
from naeum.improve import basis, start
from naeum.improve.basis import Basis
from naeum.improve.examine import evidence
from naeum.improve.ladder import Ladder
from naeum.improve.options import Options
from naeum.improve.site import Site
from naeum.model.text.linear import NaiveBayesLogistic

Enter = Callable[..., Site]
TIMED: dict[str, Any] = {"target": "label", "offline": True, "threads": 1, "minutes": 2}


def end(site: Site, elapsed: float) -> None:
    """As if the climb had come to its end after so many seconds."""
    site.clock._before += elapsed
    site.write("done")


def starts(folder: Path) -> list[dict[str, Any]]:
    return [event for event in open_run(folder).events if event["event"] == "run"]


@pytest.fixture
def run(tables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Site]:
    """Opens the site of a timed run; each call gives back the folder's lock first."""
    from contextlib import ExitStack

    from naeum.cycle import at_work

    def opened(data: Any = None, watch: Any = lambda event: None, **options: Any) -> Site:
        given = {**TIMED, "valid": tables["valid"], "run": str(tmp_path / "run")} if data is None else {}
        with ExitStack() as stack:
            return stack.enter_context(at_work(data or tables["train"], watch, {**given, **options}))

    return opened


def test_the_budget_is_the_minutes(run: Callable[..., Site]) -> None:
    site = run()
    assert site.clock.budget == 120
    assert site.timed
    assert starts(site.folder)[0]["budget"] == 120
    assert math.isinf(run(run=f"{site.folder}-2", rungs=3).clock.budget)


def test_a_finished_run_gets_its_minutes_anew(run: Callable[..., Site]) -> None:
    end(run(), 100)
    site = run(run().folder, minutes=3)
    assert site.clock.budget == pytest.approx(100 + 180, abs=5)
    assert [one["budget"] for one in starts(site.folder)] == [120, pytest.approx(280, abs=5)]
    assert site.going_on
    killed = run(site.folder, minutes=3)
    assert killed.clock.budget == pytest.approx(site.clock.budget, abs=1), "a kill gives no time"
    assert len(starts(site.folder)) == 2


def test_a_killed_run_keeps_its_time(run: Callable[..., Site]) -> None:
    site = run()
    site.clock._before += 70
    site.clock.keep()
    again = run()
    assert again.clock.budget == pytest.approx(120, abs=1)
    assert again.clock.left() == pytest.approx(50, abs=5)
    assert len(starts(again.folder)) == 1


def test_a_killed_run_taken_up_with_other_options_says_so(run: Callable[..., Site]) -> None:
    run(rungs=5)
    site = run(max_size_mb=3.0)  # by the clock now, and small
    assert site.clock.budget == pytest.approx(120, abs=1)
    assert [one["options"]["rungs"] for one in starts(site.folder)] == [5, None]
    assert open_run(site.folder).options["max_size_mb"] == 3.0


def test_the_same_command_on_a_finished_run_begins_nothing(run: Callable[..., Site]) -> None:
    end(run(), 10)
    site = run()
    assert start.finished(site)
    assert len(starts(site.folder)) == 1


def test_minutes_take_the_place_of_rungs_when_a_run_goes_on(run: Callable[..., Site]) -> None:
    site = run(rungs=3)
    assert run(site.folder).options.rungs == 3
    assert run(site.folder, minutes=4).timed


def test_language_bases_and_notes_are_written_down(run: Callable[..., Site]) -> None:
    events: list[dict[str, Any]] = []
    site = run(watch=events.append)
    summary = starts(site.folder)[0]["summary"]
    assert summary["languages"] == list(site.languages) == ["ko"]
    assert summary["bases"] == list(site.bases)
    told = [event["text"] for event in events if event["event"] == "note"]
    assert summary["notes"]
    assert told[-len(summary["notes"]) :] == summary["notes"]
    assert summary["fit"] + summary["tune"] == 420
    assert summary["select"] == 160
    assert sum(summary["class_counts"]) == summary["fit"]


def test_a_gpu_is_said_at_the_start(run: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    from naeum.contract import Policy

    card = Policy("cuda", "bfloat16", 1, "cuda (NVIDIA L4): the first of cuda, cpu", True)
    monkeypatch.setattr("naeum.engine.policy.decide", lambda *_, **__: card)
    monkeypatch.setattr(extras, "there", lambda name: name != "torch")
    events: list[dict[str, Any]] = []
    assert run(watch=events.append).policy is card
    assert events[0]["text"] == "computing on cuda (NVIDIA L4): the first of cuda, cpu"


def test_without_torch_there_are_no_base_models(run: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "there", lambda name: name != "torch")
    events: list[dict[str, Any]] = []
    assert run(watch=events.append).bases == ()
    assert events[0]["text"] == "torch is not installed: linear models only; pip install torch transformers for more."


def test_a_base_model_that_is_named_is_the_only_one(run: Callable[..., Site], monkeypatch: pytest.MonkeyPatch) -> None:
    from types import SimpleNamespace

    def find(name: str, policy: Any, say: Callable[[str], None] | None = None) -> Any:
        assert say is None or say("downloading mine, 90 MB, Apache-2.0") is None
        told.append(say is not None)
        return SimpleNamespace(name=f"found {name}")

    told: list[bool] = []
    monkeypatch.setattr("naeum.engine.bases.find", find)
    monkeypatch.setattr("naeum.improve.basis._weighed", lambda names, *rest: Basis(names))
    assert run(base="mine").bases == ("found mine",)
    assert told[0], "name, size and licence are said before a download"


def test_a_base_model_is_fetched_where_none_is_at_hand(
    run: Callable[..., Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    from types import SimpleNamespace

    def find(name: str, policy: Any, say: Callable[[str], None] | None = None) -> Any:
        asked.append(name)
        if refuse:
            raise BaseModelError("the base model must be fetched; that failed; check the network")
        return SimpleNamespace(name=name)

    asked: list[str] = []
    refuse = False
    monkeypatch.setattr("naeum.engine.bases.find", find)
    monkeypatch.setattr("naeum.improve.basis._weighed", lambda names, *rest: Basis(names))
    monkeypatch.setattr("naeum.engine.bases.at_hand", lambda spoken, policy: ())
    assert basis._fetched(("ko",), Policy(offline=True), print) == ()
    monkeypatch.setattr("naeum.engine.hub.forbidden", lambda: True)
    assert run(offline=False).bases == () and asked == []
    monkeypatch.setattr("naeum.engine.hub.forbidden", lambda: False)
    assert run(offline=False).bases == tuple(asked) == ("monologg/koelectra-small-v3-discriminator",)
    refuse, told = True, []
    assert basis._fetched(("ko",), Policy(), told.append) == ()
    assert told == [
        "going on without a base model for ko: the base model must be fetched; that failed; check the network"
    ]


def test_device_and_precision_stay_as_they_were_decided(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, Any]] = []

    def decide(threads: Any, offline: Any, **known: Any) -> Any:
        asked.append(known)
        return Policy()

    monkeypatch.setattr("naeum.engine.policy.decide", decide)
    before = {"environment": {"device": "cpu", "dtype": "bfloat16", "threads": 3}}
    start._machine(Options(), before)
    start._machine(Options(), {})
    assert asked == [{"device": "cpu", "dtype": "bfloat16"}, {}]


def test_words_are_counted_in_rows_to_learn_from(run: Callable[..., Site]) -> None:
    site = run()
    lengths = [len(text.split()) for text in site.split.parts.fit.rows["text"].to_pylist()]
    assert site.words["max"] == max(lengths)
    assert site.words["mean"] == pytest.approx(sum(lengths) / len(lengths))
    assert start._words([]) == dict.fromkeys(("mean", "p50", "p95", "p99", "max"), 0.0)
    assert start._words(["", "켜 줘"])["max"] == 2.0


def test_other_columns_are_found_by_row(enter: Enter, tmp_path: Path) -> None:
    rows = [{"text": f"불 켜 줘 {n}", "label": "ab"[n % 2], "source": f"s{n}"} for n in range(80)]
    site = enter(rows, target="label", text="text", run=str(tmp_path / "run"), rungs=1, offline=True, threads=1)
    fit = site.split.parts.fit
    assert site.others is not None
    named = site.others(fit.ids)["source"].to_pylist()
    assert named == [f"s{text.split()[-1]}" for text in fit.rows["text"].to_pylist()]


def test_what_ctrl_c_broke_off_is_taken_up_when_the_run_goes_on(
    tables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(self: Any, parts: Any, run: Any) -> Any:
        raise KeyboardInterrupt

    options = {**TIMED, "valid": tables["valid"], "without": ("probe", "finetune", "hashed_ngrams", "char_convolution")}
    with monkeypatch.context() as patched:
        patched.setattr(NaiveBayesLogistic, "fit", pressed)
        stopped: Ladder = naeum.improve(tables["train"], run=tmp_path / "run", rungs=4, **options)
    assert stopped.finished
    assert [rung.technique for rung in stopped.rungs] == ["floor", "linear"]
    more: Ladder = naeum.improve(tmp_path / "run", rungs=3)
    assert [rung.technique for rung in more.rungs] == ["floor", "linear", "naive_bayes"]


def test_the_data_are_looked_at_first_and_findings_come_from_rows_to_learn_from(
    run: Callable[..., Site], tmp_path: Path
) -> None:
    events: list[dict[str, Any]] = []
    rows = [{"text": f"방 {n} 불 켜 줘" if n % 9 else "모두 꺼", "label": "on" if n % 9 else "off"} for n in range(800)]
    site = run(rows, watch=events.append, target="label", run=str(tmp_path / "own"), minutes=1, offline=True, threads=1)
    (begun,) = starts(site.folder)
    overview = begun["summary"]["overview"]
    assert overview[0] == "800 rows, 2 columns: 1 text and 1 category."
    assert [event["text"] for event in events if event["event"] == "note"][: len(overview)] == overview
    (copies,) = [found for found in begun["findings"] if found["code"] == "D01"]
    assert set(copies["rows"]) <= {int(one) for one in site.split.parts.fit.ids}
    codes = [found.code for found in evidence(site, *champion_of(site)).findings]
    assert "D01" in codes


def champion_of(site: Site) -> tuple[Any, tuple[Any, ...]]:
    from naeum.contract import Rung

    floor = Rung(0, None, "floor", "", (), (), "a", 0.5, 0.4, 0.6, 0.5, 0.5)
    return floor, (floor,)


def test_answers_that_nobody_measures_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"kinds label, .*; answer asks for text, which is not learned yet; name another"
    ):
        start._refuse_unmeasured(Task(output="text", target="answer"))
