"""Does a long job go on after a kill, with the same bytes, no row lost or doubled?"""

import io
import os
import signal
import subprocess
import sys
import time

import pytest

from naeum.cli import job
from naeum.compress.export import folder
from naeum.engine import journal
from naeum.errors import InputError
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean as world

ROWS = 3_000
SLOW = """
import sys, time
from naeum.cli import job
from naeum.compress.export.exported import OnnxModel
from naeum.engine import journal
job.CHUNK, journal.SECONDS = 100, 0.0
plain = OnnxModel.predict
def slowly(self, rows):
    time.sleep(0.03)
    return plain(self, rows)
if "slow" in sys.argv:
    OnnxModel.predict = slowly
    sys.argv.remove("slow")
from naeum.cli import main
sys.exit(main())
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    given, place = world.parts(24), tmp_path_factory.mktemp("models")
    fitted = TfidfLogistic().fit(given, TinyRun(tmp_path_factory.mktemp("run")))
    folder.export(fitted, place / "model", given.tune.rows)
    return place / "model"


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    path = tmp_path_factory.mktemp("rows") / "many.csv"
    path.write_text("id,text\n" + "".join(f"{n},글 {n % 700} 좋다\n" for n in range(ROWS)), encoding="utf-8")
    return path


def started(model, rows, out, *more):
    command = [sys.executable, "-c", SLOW, *more, "predict", str(model), str(rows), "--out", str(out)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(condition, process, seconds=120):
    end = time.monotonic() + seconds
    while not condition():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end
        time.sleep(0.01)


@pytest.mark.parametrize("ending", ["csv", pytest.param("parquet", marks=pytest.mark.slow)])
def test_a_killed_job_goes_on_and_ends_in_the_same_bytes(model, rows, tmp_path, ending):
    whole, out = tmp_path / f"whole.{ending}", tmp_path / f"out.{ending}"
    finished = started(model, rows, whole)
    assert "Traceback" not in finished.communicate(timeout=120)[1] and finished.returncode == 0
    killed = started(model, rows, out, "slow")
    kept = journal.place(out) / journal.ANSWERS
    until(lambda: (journal.place(out) / journal.MARK).exists() and kept.stat().st_size > 5_000, killed)
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    assert not out.exists()
    again = started(model, rows, out)
    _, said = again.communicate(timeout=120)
    assert again.returncode == 0 and " of 3,000 rows were answered before the job was cut off" in said
    assert out.read_bytes() == whole.read_bytes()
    assert not journal.place(out).exists()


def test_a_job_that_is_interrupted_keeps_what_it_answered(shell, korean, tmp_path, monkeypatch):
    monkeypatch.setattr(job, "CHUNK", 2)
    path = tmp_path / "new.csv"
    path.write_text("text\n" + "".join(f"좋 {n}\n" for n in range(9)), encoding="utf-8")
    answer, asked = korean.champion.predict, []

    def stopping(table):
        asked.append(table.num_rows)
        if len(asked) == 4:
            raise KeyboardInterrupt
        return answer(table)

    korean.champion.predict = stopping
    assert shell("predict", "RUN", path, "--out", tmp_path / "a.csv").code != 0
    assert not (tmp_path / "a.csv").exists()
    done = shell("predict", "RUN", path, "--out", tmp_path / "a.csv")
    assert done.code == 0 and "of 9 rows were answered before the job was cut off; it goes on there" in done.err
    assert len((tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()) == 10


def test_the_bar_tells_the_time_left_by_the_rows_a_second_so_far(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    seconds = iter((0.0, 20.0, 40.0))  # a chunk in twenty seconds
    monkeypatch.setattr(job, "perf_counter", lambda: next(seconds))
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setenv("COLUMNS", "120")
    shown = []
    with job.progress(200_000, before=100_000) as advance:
        bar = next(cell.cell_contents for cell in advance.__closure__ if hasattr(cell.cell_contents, "tasks"))
        for _ in range(2):
            advance(4_000)
            shown.append((bar.tasks[0].completed, bar.tasks[0].fields["rate"], bar.tasks[0].fields["left"]))
    assert shown == [(104_000, 200.0, "0:08:00"), (108_000, 200.0, "0:07:40")]
    assert "answering" in sys.stderr.getvalue()


def test_a_job_that_fails_at_once_leaves_nothing(shell, korean, tmp_path):
    path = tmp_path / "new.csv"
    path.write_text("text\n좋\n", encoding="utf-8")

    def failing(table):
        raise InputError("no")

    korean.champion.predict = failing
    assert shell("predict", "RUN", path, "--out", tmp_path / "a.csv").code != 0
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".a.csv")] == []


def test_other_rows_in_the_file_begin_the_job_anew(shell, korean, tmp_path):
    path = tmp_path / "new.csv"
    for text in ("좋", "별로야"):
        path.write_text(f"text\n{text}\n", encoding="utf-8")
        assert shell("predict", "RUN", path, "--out", tmp_path / "a.csv").code == 0
    assert "별로야,부정" in (tmp_path / "a.csv").read_text(encoding="utf-8")


@pytest.fixture
def with_fallback(model, tmp_path, monkeypatch):
    """The folder of a model that fails at rows with 나쁨, and has itself as its fallback."""
    import json
    import shutil

    from naeum.compress.reading.reader import Model

    place = shutil.copytree(model, tmp_path / "guarded")
    card = json.loads((place / "model.json").read_text(encoding="utf-8"))
    stands = {"limit_ms": 60_000.0, **{name: card[name] for name in ("model", "answer") if name in card}}
    (place / "model.json").write_text(json.dumps({**card, "fallback": stands}), encoding="utf-8")
    plain = Model._scores

    def failing(self, ready):
        if self.guard is not None and any("나쁨" in text for row in ready for text in row):
            raise ValueError("a node failed")
        return plain(self, ready)

    monkeypatch.setattr(Model, "_scores", failing)
    return place


def test_rows_that_the_main_model_fails_at_are_answered_by_the_fallback_and_counted(shell, with_fallback, tmp_path):
    path, out = tmp_path / "new.csv", tmp_path / "a.csv"
    path.write_text("text\n좋다\n나쁨\n좋아\n", encoding="utf-8")
    done = shell("predict", with_fallback, path, "--out", out)
    assert done.code == 0, done.err
    assert "the fallback answered 1 of 3 rows, as the main model failed or took too long" in done.err
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "text,prediction,confidence,by"
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["main", "fallback", "main"]
    path.write_text("text,by\n좋다,나\n", encoding="utf-8")
    done = shell("predict", with_fallback, path, "--out", out)
    assert done.code == 2 and "must not have a column 'by' yet; it has" in done.err


def test_a_cut_off_job_of_a_folder_with_a_fallback_goes_on(shell, with_fallback, tmp_path, monkeypatch):
    monkeypatch.setattr(job, "CHUNK", 2)
    path, out = tmp_path / "new.csv", tmp_path / "a.csv"
    path.write_text("text\n나쁨\n" + "".join(f"좋 {n}\n" for n in range(8)), encoding="utf-8")
    asked, plain = [], journal.Journal.append

    def stopping(self, columns, memory):
        asked.append(columns)
        if len(asked) == 3:
            raise KeyboardInterrupt
        plain(self, columns, memory)

    monkeypatch.setattr(journal.Journal, "append", stopping)
    assert shell("predict", with_fallback, path, "--out", out).code != 0
    done = shell("predict", with_fallback, path, "--out", out)
    assert (
        done.code == 0 and "4 of 9 rows were answered before" in done.err and "the fallback answered 1 of 9" in done.err
    )
    assert len(out.read_text(encoding="utf-8").splitlines()) == 10
