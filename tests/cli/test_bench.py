"""Does the verb bench time a run or an export on rows, say the table, and keep it?"""

import json
import sys
from types import SimpleNamespace

import pytest

from naeum.compress.export import folder
from naeum.measure import speed
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean as world

verb = sys.modules["naeum.cli.bench"]  # the name in the package is the function


@pytest.fixture(autouse=True)
def brief(monkeypatch):
    """A few calls a cell are enough to see that they are made."""
    monkeypatch.setattr(speed, "SECONDS", 0.01)
    monkeypatch.setattr(verb, "COST_SECONDS", 0.05)
    monkeypatch.setattr(speed, "BATCHES", (1, 4))


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    given = world.parts(24)
    return TfidfLogistic().fit(given, TinyRun(tmp_path_factory.mktemp("run"))), given


@pytest.fixture
def rows(tmp_path, fitted):
    path = tmp_path / "rows.csv"
    texts = fitted[1].tune.rows["text"].to_pylist()
    path.write_text("text,label\n" + "".join(f"{text},a\n" for text in texts), encoding="utf-8")
    return path


def test_an_export_is_timed_and_the_table_kept(shell, fitted, rows, tmp_path):
    folder.export(fitted[0], tmp_path / "model", fitted[1].tune.rows)
    done = shell("bench", tmp_path / "model", "--rows", rows, "--threads", "1", "--save", tmp_path / "server.json")
    assert done.code == 0, done.err
    assert "Quickest: " in done.out and "ms a row" in done.out
    found = json.loads((tmp_path / "server.json").read_text(encoding="utf-8"))
    assert [(one["threads"], one["batch"]) for one in found["speeds"]] == [(1, 1), (1, 4)]
    assert found["rows"] == len(fitted[1].tune) and found["machine"]["cores"] >= 1
    assert found["best"] in found["speeds"] and found["size_mb"] > 0 and found["latency_ms"] > 0


def test_a_run_is_timed_on_its_tune_rows_by_every_count_of_threads(shell, korean, fitted, monkeypatch):
    monkeypatch.setattr(verb, "_counts", lambda: [1, 2])
    asked = []
    korean.model = lambda number: asked.append(number) or SimpleNamespace(predictor=fitted[0])
    korean.part = lambda name: {"tune": fitted[1].tune, "fit": fitted[1].fit}[name]
    done = shell("bench", "RUN", "--json")
    assert done.code == 0, done.err
    found = json.loads(done.out)
    assert [one["threads"] for one in found["speeds"]] == [1, 1, 2, 2]
    assert found["rows"] == len(fitted[1].tune) and found["model"] == "RUN"
    assert shell("bench", "RUN", "--json", "--rung", "5", "--with", "my.py").code == 0 and set(asked) == {None, 5}


def test_engines_are_tried_where_that_is_asked_for(shell, fitted, rows, tmp_path, monkeypatch):
    from naeum.cli import engines
    from tests.cli.test_engines import FOUND, TABLE

    folder.export(fitted[0], tmp_path / "model", fitted[1].tune.rows)
    asked = []
    monkeypatch.setattr(engines, "tried", lambda ladder, job, rung, now: asked.append(now) or (FOUND if now else None))
    done = shell("bench", tmp_path / "model", "--rows", rows, "--threads", "1", "--engines")
    assert done.code == 0 and TABLE in done.out, done.err
    done = shell("bench", tmp_path / "model", "--rows", rows, "--threads", "1", "--json")
    assert done.code == 0 and json.loads(done.out)["engines"] is None and asked == [True, False]


def test_an_export_of_ngrams_has_nothing_for_engines(shell, fitted, rows, tmp_path):
    folder.export(fitted[0], tmp_path / "model", fitted[1].tune.rows)
    done = shell("bench", tmp_path / "model", "--rows", rows, "--threads", "1", "--engines")
    assert done.code == 2 and "this one answers with numpy alone; time it without --engines" in done.err


def test_what_cannot_be_timed_is_refused(shell, fitted, rows, tmp_path):
    folder.export(fitted[0], tmp_path / "model", fitted[1].tune.rows)
    done = shell("bench", tmp_path / "model")
    assert done.code == 2 and "a bench of an exported model must be given rows; got none" in done.err
    done = shell("bench", "RUN", "--threads", "0")
    assert done.code == 2 and "--threads must be at least 1; got 0" in done.err
    done = shell("bench", tmp_path / "model", "--rows", rows, "--rung", "5")
    assert done.code == 2 and "--rung must be given with the folder of a run" in done.err


def test_threads_are_one_all_and_powers_of_two_between(monkeypatch):
    import os

    for cores, counts in ((1, [1]), (2, [1, 2]), (6, [1, 2, 4, 6]), (8, [1, 2, 4, 8])):
        monkeypatch.setattr(os, "sched_getaffinity", lambda _, cores=cores: set(range(cores)), raising=False)
        assert verb._counts() == counts
