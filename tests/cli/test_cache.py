"""Does cache list, clear and cap runs, and say so?"""

import json

import pytest

from naeum.cli.cache import bytes_of, sized
from naeum.errors import InputError


@pytest.fixture
def runs(tmp_path):
    for name in ("a", "b"):
        run = tmp_path / "runs" / name
        (run / "cache").mkdir(parents=True)
        (run / "cache" / "features").write_bytes(b"x" * 2_000_000)
        (run / "ledger.jsonl").touch()
        (run / "data").mkdir()
        (run / "data" / "rows").write_bytes(b"x" * 1000)
    return tmp_path / "runs"


def test_runs_are_listed_with_what_can_go(shell, runs):
    done = shell("cache", runs)
    lines = done.out.splitlines()
    assert lines[0].split() == ["run", "models", "data", "can", "go", "all"]
    assert lines[1].split()[-6:] == ["1.0", "KB", "2.0", "MB", "2.0", "MB"]
    assert "naeum cache --clear" in lines[-1] and len(lines) == 4


def test_clearing_says_what_is_free(shell, runs):
    assert "4.0 MB are free now." in shell("cache", runs, "--clear").out
    assert not list(runs.glob("*/cache")) and len(list(runs.glob("*/data/rows"))) == 2


def test_a_cap_is_held_or_refused(shell, runs):
    found = json.loads(shell("cache", runs, "--cap", "3MB", "--json").out)
    assert found["freed"] == 2_000_000 and found["bytes"] < 3_000_000
    done = shell("cache", runs, "--cap", "1KB")
    assert done.code == 2 and "runs must take at most 1KB; data and models of rungs alone take 2.0 KB" in done.err


def test_one_run_none_and_a_folder_that_is_not_there(shell, runs, tmp_path):
    assert shell("cache", runs / "a").out.count("\n") == 3
    (tmp_path / "empty").mkdir()
    assert shell("cache", tmp_path / "empty").out == "There are no runs here.\n"
    done = shell("cache", tmp_path / "none")
    assert done.code == 2 and "a folder of runs must be there; got" in done.err


@pytest.mark.parametrize(("text", "count"), [("5GB", 5 * 10**9), ("1.5 mb", 1_500_000), ("700", 700), ("2k", 2000)])
def test_sizes(text, count):
    assert bytes_of(text) == count


@pytest.mark.parametrize("text", ["", "much", "-5GB", "5 PB"])
def test_what_is_no_size_is_refused(text):
    with pytest.raises(InputError, match=r"--cap must be a size; got .*; write 500MB or 5GB"):
        bytes_of(text)


def test_bytes_in_words():
    assert [sized(count) for count in (999, 1000, 12_345_678, 3 * 10**9)] == ["999 B", "1.0 KB", "12.3 MB", "3.0 GB"]
