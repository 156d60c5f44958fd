"""Which small run do the tests of this room share, and how do they get a site of their own?"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum.contract import Rung
from naeum.cycle import at_work
from naeum.improve.clock import Clock
from naeum.improve.ladder import Ladder
from naeum.improve.site import Site
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import make

LINEAR = ("probe", "finetune", "hashed_ngrams", "char_convolution")  # left out: quick learners alone
QUICK: dict[str, Any] = {"target": "label", "without": LINEAR, "offline": True, "threads": 1}
LEAKED = 40  # rows of the test file that stand in the training file, too, every second one nearly


def frame(rows: int, seed: int, *, korean: bool = True) -> pd.DataFrame:
    data = make(rows, classes=3, korean=korean, seed=seed, noise=0.08)
    labels = np.asarray(data.task.classes)[data.target]
    return pd.DataFrame({"text": data.rows["text"].to_pylist(), "label": labels})


@pytest.fixture(scope="session")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Files with training, validation and test rows; some test rows are copies of training rows."""
    folder = tmp_path_factory.mktemp("tables")
    train, test = frame(420, 1), frame(160, 3)
    leaked = train.iloc[:LEAKED].copy()
    leaked["text"] = [f"{text}!" if row % 2 else text for row, text in enumerate(leaked["text"])]
    made = {"train": train, "valid": frame(160, 2), "test": pd.concat([test, leaked])}
    for name, table in made.items():
        table.to_csv(folder / f"{name}.csv", index=False)
    return {name: str(folder / f"{name}.csv") for name in made}


@pytest.fixture(scope="session")
def climbed_run(tables: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Ladder:
    """A finished run of four rungs; not to be written to."""
    run = tmp_path_factory.mktemp("climbed") / "run"
    return naeum.improve(tables["train"], valid=tables["valid"], test=tables["test"], run=run, rungs=4, **QUICK)


@pytest.fixture
def own_run(climbed_run: Ladder, tmp_path: Path) -> Path:
    """A copy of the finished run."""
    return Path(shutil.copytree(climbed_run.folder, tmp_path / "own"))


Enter = Callable[..., Site]


@pytest.fixture
def enter() -> Iterator[Enter]:
    """Opens a site; nothing is fitted."""
    with ExitStack() as stack:

        def opened(data: Any, watch: Any = lambda event: None, **options: Any) -> Site:
            return stack.enter_context(at_work(data, watch, options))

        yield opened


@pytest.fixture
def own_site(own_run: Path, enter: Enter) -> Site:
    """The site of a copy of the finished run, going on."""
    return enter(own_run)


@pytest.fixture
def fresh_site(tables: dict[str, str], tmp_path: Path, enter: Enter) -> Site:
    """A site with data and no rung."""
    return enter(tables["train"], valid=tables["valid"], run=str(tmp_path / "fresh"), rungs=9, target="label",
                 offline=True, threads=1)  # fmt: skip


@pytest.fixture
def with_options() -> Callable[..., Site]:
    """A site with other options; with `minutes`, one with a clock of its own instead of counted rungs."""

    def changed(site: Site, **what: Any) -> Site:
        if "minutes" in what:
            what["rungs"] = None
        options = dataclasses.replace(site.options, **what)
        clock = Clock(site.folder / "another-clock.json", options.seconds)
        return dataclasses.replace(site, options=options, clock=clock)

    return changed


@pytest.fixture
def a_rung() -> Callable[..., Rung]:
    """A rung of made-up numbers."""

    def made(number: int, score: float = 0.5, **what: Any) -> Rung:
        base = Rung(number, TfidfLogistic(), "linear", "", (), (), f"a{number}", score, score, score, score, score)
        cost = {"latency_ms": 1.0, "size_mb": 1.0, "memory_mb": 1.0, "seconds": 1.0, "rows_per_second": 1e6}
        return dataclasses.replace(base, **{"cost": cost, **what})

    return made
