"""Is new work given a folder of its own, and the same work its old one, whole even after a kill?"""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum import cycle
from naeum.cycle import at_work, is_run, open_run
from naeum.errors import InputError
from naeum.testing.data import make

OPTIONS: dict[str, Any] = {"target": "label", "rungs": 1, "offline": True, "threads": 1}


def save(path: Path, rows: int = 120, seed: int = 0) -> str:
    data = make(rows, seed=seed, korean=True)
    table = pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": np.asarray(data.task.classes)[data.target]})
    table["when"] = np.random.default_rng(seed).permutation(rows)
    table.to_csv(path, index=False)
    return str(path)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def place(data: Any, **options: Any) -> str:
    with at_work(data, lambda event: None, {**OPTIONS, **options}) as site:
        return str(site.folder)


def test_the_same_work_has_one_folder_and_other_work_another(here: Path) -> None:
    train, more = save(here / "의도.csv"), save(here / "more.csv", seed=1)
    assert place(train) == "runs/의도"
    assert place(train, seed=1) == "runs/의도-2"
    assert place(train, metric="macro_f1") == "runs/의도-3"
    assert place(train, valid=more) == "runs/의도-4"
    assert place(train, test=more) == "runs/의도-5", "to decide on and to test on are two things"
    assert place(train, time="when") == "runs/의도-6", "another cut is other work"
    assert place(train, no_test=True) == "runs/의도-7"
    assert place(train) == "runs/의도"
    assert place(train, rungs=2, max_size_mb=5) == "runs/의도", "limits may change"


def test_a_function_of_ones_own_is_held_to_its_content(here: Path) -> None:
    train, own = save(here / "의도.csv"), here / "내것.py"
    own.write_text(
        "def score(y_true, y_pred):\n    return float((y_true == y_pred).mean())\n"
        "def rule(probabilities, classes):\n    return [classes[0]] * len(probabilities)\n",
        encoding="utf-8",
    )
    ladder = naeum.improve(train, metric="내것.py:score", decide="내것.py:rule", **{**OPTIONS, "only": "linear"})
    assert str(ladder.folder) == "runs/의도" and ladder.champion.predict(["아무 말"]).labels.tolist() == ["a"]
    assert ladder.rungs[0].score == pytest.approx(0.5, abs=0.1)
    assert "score" in Path(naeum.report(ladder)).read_text(encoding="utf-8")
    own.write_text(own.read_text(encoding="utf-8") + "# other\n", encoding="utf-8")
    with pytest.raises(InputError, match="must be as it was when its run began"):
        naeum.improve("runs/의도")
    assert place(train, metric="내것.py:score", decide="내것.py:rule") == "runs/의도-2", (
        "another function is other work"
    )


def test_data_in_a_sealed_folder_are_read_and_the_run_goes_elsewhere(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    given, home = here / "주어진 것", here / "집"
    given.mkdir()
    home.mkdir()
    lines = [f"문장 {at * 7919} {('켜 줘', '꺼 줘')[at % 2]},{at % 2}" for at in range(60)]
    (given / "행.csv").write_text("text,label\n" + "\n".join(lines), encoding="cp949")
    given.chmod(0o555)  # who is root may write all the same
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).resolve() != given and real(path, mode))
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.chdir(given)
    ladder = naeum.improve("행.csv", target="label", rungs=1)
    assert ladder.folder == home / "naeum-runs" / "행" and ladder.finished
    assert [path.name for path in given.iterdir()] == ["행.csv"], "nothing is written beside the data"
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    with pytest.raises(
        InputError, match=r"a run must be written somewhere; .* are read-only; name a folder with --run"
    ):
        naeum.improve("행.csv", target="label", rungs=1)
    given.chmod(0o755)


def test_runs_are_left_out_of_a_repository(here: Path) -> None:
    train = save(here / "a.csv")
    place(train)
    assert (here / "runs" / ".gitignore").read_text().splitlines()[-1] == "*"
    (here / "runs" / ".gitignore").write_text("!mine\n")
    place(train, seed=1)
    assert (here / "runs" / ".gitignore").read_text() == "!mine\n", "what a user wrote there stays"
    place(train, run="elsewhere/run")
    assert not (here / "elsewhere" / ".gitignore").exists()


def test_a_folder_that_is_named_holds_one_piece_of_work(here: Path) -> None:
    train = save(here / "a.csv")
    assert place(train, run="here") == "here"
    with pytest.raises(InputError, match=r"a run folder must hold one piece of work; here is of other data, metric or"):
        place(train, run="here", seed=1)


@pytest.mark.parametrize("lost", ["valid", "train/data.json"])
def test_a_kill_between_two_files_loses_neither(here: Path, lost: str) -> None:
    train, valid = save(here / "a.csv"), save(here / "b.csv", 60, seed=1)
    whole = at_work(train, lambda event: None, {**OPTIONS, "valid": valid, "run": "here"})
    with whole as site:
        key = site.split.select.key
    (here / "here" / "ledger.jsonl").unlink()
    place_of = here / "here" / "data" / lost
    shutil.rmtree(place_of) if place_of.is_dir() else place_of.unlink()
    with at_work(train, lambda event: None, {**OPTIONS, "valid": valid, "run": "here"}) as site:
        assert site.split.select.key == key
        assert len(site.split.select) == 60


def test_only_a_folder_with_a_ledger_is_a_run(here: Path) -> None:
    train = save(here / "a.csv")
    assert not is_run(train)
    assert not is_run(here)
    assert not is_run([{"text": "a"}])
    assert is_run(place(train))
    with pytest.raises(InputError, match=r"a run folder must hold ledger.jsonl; .* does not; make a run with"):
        open_run(here)


def test_a_run_goes_on_without_its_files(here: Path) -> None:
    train, valid = save(here / "a.csv"), save(here / "b.csv", 60, seed=1)
    folder = place(train, valid=valid)
    Path(train).unlink()
    Path(valid).unlink()
    with at_work(folder, lambda event: None, {}) as site:
        assert len(site.split.select) == 60
        assert site.options.target == "label"
        assert site.going_on


@pytest.mark.parametrize("sent", [True, False])
def test_a_ladder_that_a_tracker_did_not_take_is_warned_of_and_given(
    monkeypatch: pytest.MonkeyPatch, sent: bool
) -> None:
    from naeum.takeaway import tracking

    told: list[str] = []
    options = SimpleNamespace(oof=None, track="mlflow", with_=())
    site = SimpleNamespace(going_on=False, options=options, folder="RUN", say=lambda event, text: told.append(text))
    monkeypatch.setattr(cycle, "at_work", lambda *given: contextlib.nullcontext(site))
    monkeypatch.setattr(cycle, "finished", lambda site: True)
    monkeypatch.setattr(cycle, "open_run", lambda folder, with_: f"ladder of {folder}")
    monkeypatch.setattr(tracking, "track", lambda ladder, to, say: say(f"{ladder} to {to}") or sent)
    expected = (
        contextlib.nullcontext() if sent else pytest.warns(UserWarning, match="the ladder was not sent to mlflow")
    )
    with expected:
        assert cycle.improve("a.csv") == "ladder of RUN"
    assert told == ["ladder of RUN to mlflow"]
