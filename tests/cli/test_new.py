"""Does a technique that was just begun run, keep the laws, pass its own test, and climb?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum import own
from naeum.cli.new import begun
from naeum.errors import InputError
from naeum.testing.data import make


def test_its_own_test_passes(tmp_path: Path) -> None:
    begun("weaker_ridge", tmp_path)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
        "test_weaker_ridge.py",
    ]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0 and "3 passed" in ended.stdout, ended.stdout + ended.stderr
    assert "weaker_ridge answers M01" in (tmp_path / "weaker_ridge.py").read_text()
    assert "--with weaker_ridge.py" in (tmp_path / "weaker_ridge.md").read_text()


def test_it_climbs(tmp_path: Path) -> None:
    path, _, _ = begun("weaker_ridge", tmp_path)
    assert [one.name for one in own.own([str(path)]).techniques] == ["weaker_ridge"]
    data = make(240, classes=2, korean=True, seed=1, noise=0.2)
    frame = pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": np.asarray(data.task.classes)[data.target]})
    ladder = naeum.improve(
        frame,
        run=tmp_path / "run",
        rungs=3,
        only=["linear", "weaker_ridge"],
        with_=[str(path)],
        offline=True,
        threads=1,
    )
    assert [rung.technique for rung in ladder.rungs] == ["floor", "linear", "weaker_ridge"]
    assert ladder.rungs[2].parents == (1,)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("My-Idea", r"must be named in small letters, digits and _; got 'My-Idea'; as in: my_technique"),
        ("class", r"must be named in small letters"),
        ("lora", r"a technique must have a name of its own; lora is one of naeum's; choose another"),
        ("taken", r"nothing is written over; .*test_taken.py is there already; move it or choose another name"),
    ],
)
def test_what_cannot_begin_is_refused(tmp_path: Path, name: str, words: str) -> None:
    (tmp_path / "test_taken.py").touch()
    with pytest.raises(InputError, match=words):
        begun(name, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["test_taken.py"]


def test_the_verb_says_what_to_do_next(shell, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    done = shell("new", "technique", "idea", "--out", tmp_path)
    assert done.code == 0 and f"naeum improve DATA --with {tmp_path / 'idea.py'}" in done.out
    assert shell("new", "model", "idea").err.startswith("naeum: what to begin must be technique; got 'model'")
    assert "--out must be a folder that is there" in shell("new", "technique", "idea", "--out", tmp_path / "no").err
