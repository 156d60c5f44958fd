"""Does a climb come to its end, the same end after kills, and close when it is stopped?"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum.cycle import at_work, open_run
from naeum.errors import InputError, RunInUse
from naeum.improve import planner
from naeum.improve.climb import climb, rungs_of
from naeum.improve.ladder import Ladder
from naeum.store import lock

QUICK = ("probe", "finetune", "hashed_ngrams", "char_convolution")  # left out: these tests are about the climb
WORDS = {
    "on": ["켜", "줘", "불", "밝게", "전등", "스위치", "light", "bright", "lamp", "please"],
    "off": ["꺼", "줘", "불", "어둡게", "전등", "스위치", "dark", "night", "lamp", "please"],
    "up": ["올려", "줘", "소리", "크게", "볼륨", "음악", "loud", "louder", "song", "please"],
}


def table(rows: int = 700, seed: int = 0, noise: float = 0.05) -> pd.DataFrame:
    """Texts of shared and telling words; a few labels are wrong."""
    rng = np.random.default_rng(seed)
    names = list(WORDS)
    labels = rng.choice(names, rows)
    texts = [f"{' '.join(rng.choice(WORDS[label], 6))} {rng.integers(10**6)}" for label in labels]
    wrong = rng.random(rows) < noise
    return pd.DataFrame({"text": texts, "label": np.where(wrong, rng.choice(names, rows), labels)})


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Training, validation and test rows as files: a cut without folds, which is quick."""
    folder = tmp_path_factory.mktemp("data")
    found = {}
    for seed, (name, rows) in enumerate({"train": 900, "valid": 250, "test": 300}.items()):
        path = folder / f"{name}.csv"
        table(rows, seed).to_csv(path, index=False)
        found[name] = str(path)
    return found


def improve(files: dict[str, str], run: Path, **options: Any) -> Ladder:
    options = {"rungs": 6, "without": QUICK, "offline": True, "threads": 1, **options}
    return naeum.improve(files["train"], valid=files["valid"], test=files["test"], target="label", run=run, **options)


@pytest.fixture(scope="module")
def calm(files: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Ladder:
    """A run that nothing disturbed."""
    return improve(files, tmp_path_factory.mktemp("calm") / "run")


def told(ladder: Ladder) -> Any:
    """Everything that must be the same again."""
    rungs = [(r.technique, r.artifact, r.score, r.gain, r.kept, r.decision) for r in ladder.rungs]
    test = {name: item for name, item in (ladder.test or {}).items() if name != "elapsed"}
    scores = ladder.champion.predict(["불 켜 줘", "song louder"]).scores.tolist()
    return rungs, test, ladder.shipped, ladder.why, scores


def test_the_ladder_tells_the_whole_run(calm: Ladder) -> None:
    assert calm.finished
    assert [rung.number for rung in calm.rungs] == list(range(6))
    assert [rung.technique for rung in calm.rungs[:3]] == ["floor", "linear", "naive_bayes"]
    assert calm.champion_rung.score > calm.rungs[0].score + 0.4
    assert calm.test is not None
    assert calm.test["seen"] == 1
    assert calm.test["low"] <= calm.test["value"] <= calm.test["high"]
    assert calm.test["value"] > calm.test["floor"]["value"] + 0.4
    assert {line["technique"] for line in calm.untried} >= set(QUICK)
    assert all(line["reason"] for line in calm.untried)
    assert {answer["code"] for answer in calm.answers} >= {"M01", "M02", "M03", "M12"}
    assert "linear" in calm.why
    assert "More time" in calm.forecast
    assert "More data" in calm.forecast
    assert calm.summary["fit"] + calm.summary["tune"] + calm.summary["select"] == 1150
    assert calm.environment["seed"] == 0


def test_every_rung_after_the_floor_has_a_forecast_and_a_decision(calm: Ladder) -> None:
    for rung in calm.rungs:
        assert rung.decision
        assert rung.cost["size_mb"] >= 0
        assert set(rung.forecast) == {"gain", "gain_sd", "seconds", "reach"}
        assert rung.low <= rung.score <= rung.high


def test_parts_to_look_at_are_fit_and_tune_alone(calm: Ladder) -> None:
    assert len(calm.outputs(1, "tune")) == len(calm.part("tune"))
    row = calm.part("fit")
    assert calm.text_of(int(row.ids[0])) == row.rows["text"][0].as_py()
    assert calm.text_of(1) == ""
    with pytest.raises(InputError, match="a part to look at must be fit or tune; got 'select'; select and test stay"):
        calm.part("select")


def test_the_same_command_again_fits_nothing(files: dict[str, str], calm: Ladder) -> None:
    before = len(calm.events)
    again = improve(files, calm.folder)
    assert len(again.events) == before
    assert told(again) == told(calm)


CODE = """
import sys, naeum
train, valid, test, run = sys.argv[1:5]
naeum.improve(train, valid=valid, test=test, target="label", run=run, rungs=6, offline=True, threads=1,
              without=("probe", "finetune", "hashed_ngrams", "char_convolution"))
"""


def start(files: dict[str, str], run: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", CODE, files["train"], files["valid"], files["test"], str(run)])


def test_kills_change_nothing(files: dict[str, str], calm: Ladder, tmp_path: Path) -> None:
    run = tmp_path / "run"
    ledger = run / "ledger.jsonl"
    for wanted in (2, 5, 9):  # lines in the ledger at which the process is killed
        process = start(files, run)
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and process.poll() is None:
            if ledger.exists() and ledger.read_bytes().count(b"\n") >= wanted:
                break
            time.sleep(0.01)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    assert not open_run(run).finished
    assert start(files, run).wait() == 0
    assert told(open_run(run)) == told(calm)


def test_ctrl_c_closes_with_a_champion_and_leaves_the_test_unopened(files: dict[str, str], tmp_path: Path) -> None:
    def press(event: dict[str, Any]) -> None:
        if event["event"] == "rung" and event["rung"].number == 2:
            raise KeyboardInterrupt

    ladder = improve(files, tmp_path / "run", watch=press)
    assert ladder.finished
    assert len(ladder.rungs) == 3
    assert ladder.test is None
    assert ladder.champion.predict(["불 켜 줘"]).labels[0] in WORDS
    more = naeum.improve(tmp_path / "run", rungs=5)
    assert len(more.rungs) == 5
    assert more.test is not None


def test_a_finished_run_goes_on_and_counts_the_openings(files: dict[str, str], tmp_path: Path) -> None:
    first = improve(files, tmp_path / "run", rungs=4)
    assert len(first.rungs) == 4
    second = naeum.improve(tmp_path / "run", rungs=6)
    assert len(second.rungs) == 6
    assert second.test is not None
    assert second.test["seen"] == 2
    assert [rung.artifact for rung in second.rungs[:4]] == [rung.artifact for rung in first.rungs]


def test_a_rung_that_cannot_be_fitted_does_not_end_the_climb(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naeum.model.text.linear import NaiveBayesLogistic

    def broken(self: Any, parts: Any, run: Any) -> Any:
        raise RuntimeError("no such luck")

    monkeypatch.setattr(NaiveBayesLogistic, "fit", broken)
    ladder = improve(files, tmp_path / "run", rungs=3)
    failed = ladder.last("failed")
    assert failed["error"] == "RuntimeError: no such luck"
    assert "naive_bayes" not in {rung.technique for rung in ladder.rungs}
    assert ladder.finished


def test_a_full_disk_ends_it_and_nothing_is_lost(
    files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from naeum.model.text.linear import NaiveBayesLogistic

    def full(self: Any, parts: Any, run: Any) -> Any:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(NaiveBayesLogistic, "fit", full)
        with pytest.raises(OSError, match="No space left on device"):
            improve(files, tmp_path / "run", rungs=3)
    assert len(open_run(tmp_path / "run").rungs) == 2
    assert len(improve(files, tmp_path / "run", rungs=3).rungs) == 3


def test_limits_keep_the_champion_small(files: dict[str, str], tmp_path: Path) -> None:
    ladder = improve(files, tmp_path / "run", rungs=4, max_size_mb=0.001)
    assert ladder.champion_rung.number == 0
    assert "breaks a limit" in ladder.rungs[1].decision


def test_stop_at_ends_the_climb(files: dict[str, str], tmp_path: Path) -> None:
    ladder = improve(files, tmp_path / "run", stop_at=0.6)
    assert [rung.technique for rung in ladder.rungs] == ["floor", "linear"]


def test_minutes_are_kept(files: dict[str, str], tmp_path: Path) -> None:
    ladder = improve(files, tmp_path / "run", rungs=None, minutes=0.4)
    assert ladder.finished
    assert ladder.seconds < 0.4 * 60 * 1.1
    assert ladder.champion_rung.number > 0
    assert all("at" in rung.cost for rung in ladder.rungs)


def test_few_rows_are_measured_by_folds(tmp_path: Path) -> None:
    ladder = naeum.improve(
        table(600, 3), target="label", run=tmp_path / "run", rungs=5, without=QUICK, offline=True, threads=1
    )
    assert ladder.summary["regime"] == "folds"
    assert ladder.test is not None
    assert ladder.champion.predict(["불 켜 줘", "꺼 줘 dark"]).labels.tolist() == ["on", "off"]
    assert ladder.last("refit")["artifact"] == ladder.shipped


def test_no_test_uses_every_row(tmp_path: Path) -> None:
    ladder = naeum.improve(
        table(600, 3),
        target="label",
        run=tmp_path / "run",
        rungs=3,
        without=QUICK,
        no_test=True,
        offline=True,
        threads=1,
    )
    assert ladder.test is None
    assert ladder.summary["test"] == 0
    assert ladder.estimate is not None
    assert ladder.estimate["low"] <= ladder.estimate["value"] <= ladder.estimate["high"]
    # Choosing by other rows than those that are scored is never rosier than choosing by the same.
    assert ladder.estimate["value"] <= max(rung.score for rung in ladder.rungs) + 1e-9
    assert ladder.estimate["rows"] == 600
    assert ladder.champion.predict(["불 켜 줘"]).labels[0] == "on"


def test_one_run_folder_has_one_piece_of_work(files: dict[str, str], calm: Ladder, tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"one piece of work; .* is of other data, metric or seed; name another folder"
    ):
        improve(files, calm.folder, seed=1)
    with lock(calm.folder), pytest.raises(RunInUse, match="one process may work in a run folder at a time"):
        improve(files, calm.folder)


def test_unknown_techniques_are_refused(files: dict[str, str], tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"must name techniques; got 'finetun'; did you mean finetune\?"):
        improve(files, tmp_path / "run", without=("finetun",))
    assert not (tmp_path / "run").exists()


def test_run_yaml_is_there_from_the_start_and_replays(files: dict[str, str], calm: Ladder, tmp_path: Path) -> None:
    from naeum.improve import options

    names, again = options.read(calm.folder / "run.yaml")
    assert names == (files["train"],)
    assert (again.rungs, again.without, again.target) == (6, QUICK, "label")


def test_other_data_gets_another_folder(files: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    options = {"target": "label", "rungs": 1, "offline": True, "threads": 1}
    assert str(naeum.improve(files["train"], **options).folder) == "runs/train"
    assert str(naeum.improve(files["train"], **options).folder) == "runs/train"
    assert str(naeum.improve(files["train"], metric="macro_f1", **options).folder) == "runs/train-2"


def test_the_order_of_edits_can_be_another(files: dict[str, str], tmp_path: Path) -> None:
    from naeum import registry

    seen: list[int] = []

    def backwards(plans: tuple[planner.Plan, ...]) -> tuple[planner.Plan, ...]:
        seen.append(len(plans))
        return tuple(reversed(planner.by_worth(plans)))

    options = {
        "valid": files["valid"], "target": "label", "run": str(tmp_path / "run"), "rungs": 6, "without": QUICK,
        "offline": True, "threads": 1,
    }  # fmt: skip
    with at_work(files["train"], lambda event: None, options) as site:
        climb(site, registry.techniques(), backwards)
        assert len(rungs_of(site)) == 6
    assert seen
