"""Which ladders do the tests of the command line look at, and how is a verb run?"""

import importlib.util
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from naeum import cli
from naeum.contract import Outputs
from naeum.errors import InputError
from naeum.report import words

SOURCE = Path(__file__).parent.parent / "report" / "fake_ladder.py"


@pytest.fixture(scope="session")
def fake():
    """The module that makes ladders."""
    if "fake_ladder" not in sys.modules:
        spec = importlib.util.spec_from_file_location("fake_ladder", SOURCE)
        sys.modules["fake_ladder"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["fake_ladder"])
    return sys.modules["fake_ladder"]


@pytest.fixture
def korean(fake, tmp_path):
    """Two classes with Hangul names, Korean texts; its champion answers by one syllable."""
    ladder = fake.korean(tmp_path / "reviews")
    ladder.events, ladder.shipped = (), "0" * 32
    ladder.champion = SimpleNamespace(predict=lambda rows: by_syllable(ladder.task, rows["text"].to_pylist()))
    return ladder


def by_syllable(task, texts):
    """긍정 with 0.9 where 좋 stands, else 부정 with 0.6."""
    good = np.array(["좋" in (text or "") for text in texts])
    positive = np.where(good, 0.9, 0.4)
    return Outputs(task, np.log(np.stack([1 - positive, positive], axis=1)).astype(np.float32))


@pytest.fixture
def shell(korean, monkeypatch, capsys):
    """Run `naeum …` in this process; the run folder `RUN` is the Korean ladder, any other is none."""

    def open_run(folder, with_=()):
        if str(folder) != "RUN":
            raise InputError(f"a run folder must hold ledger.jsonl; {folder} does not; make a run")
        return korean

    def improve(data, *, watch, **options):
        shell.called = (data, options)
        for event in shell.events:
            if isinstance(event, BaseException):
                raise event
            watch(event)
        return korean

    monkeypatch.setitem(sys.modules, "naeum.cycle", SimpleNamespace(open_run=open_run, improve=improve))
    monkeypatch.setattr(words, "titles", lambda: {"lora": "LoRA instead of full"})

    def shell(*arguments):
        monkeypatch.setattr(sys, "argv", ["naeum", *map(str, arguments)])
        code = cli.main()
        said = capsys.readouterr()
        return SimpleNamespace(code=code, out=said.out, err=said.err)

    shell.events, shell.called = [], None
    return shell
