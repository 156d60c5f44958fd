"""Does every part that docs/extend.md shows work as it stands, in under 30 lines?"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import naeum
from naeum import own
from naeum.contract import Parts
from naeum.errors import StoreError
from naeum.improve.ladder import Ladder
from naeum.testing.data import make

PAGE = Path(__file__).resolve().parent.parent / "docs" / "extend.md"
FILES = dict(re.findall(r"^```(?:python|json) (\S+)\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S))
MOST = 30  # lines, blank ones and imports not counted
QUICK: dict[str, Any] = {"target": "label", "offline": True, "threads": 1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("extend")
    for name, text in FILES.items():
        (place / name).write_text(text, encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def ladder(folder: Path) -> Ladder:
    """A climb with every part of the page; some rows are in capitals."""
    data = make(240, classes=2, seed=1, noise=0.2)  # what is faultless already needs no technique
    texts = [text.upper() if at % 3 == 0 else text for at, text in enumerate(data.rows["text"].to_pylist())]
    frame = pd.DataFrame({"text": texts, "label": np.asarray(data.task.classes)[data.target]})
    parts = [str(folder / name) for name in FILES if name.endswith(".py")]
    return naeum.improve(frame, with_=parts, start=folder / "learner.json", only=["linear", "longer_ngrams"], rungs=4,
                         run=folder / "run", **QUICK)  # fmt: skip


def test_the_page_shows_a_learner_a_technique_and_a_check() -> None:
    assert set(FILES) == {"centroid.py", "learner.json", "longer.py", "shouting.py"}


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".py")])
def test_each_takes_under_thirty_lines(name: str) -> None:
    written = [
        line for line in FILES[name].splitlines() if line.strip() and not line.lstrip().startswith(("from", "import"))
    ]
    assert len(written) < MOST, f"{name} takes {len(written)}"


def test_the_learner_is_tried_after_the_floor_and_read_back(ladder: Ladder, folder: Path) -> None:
    assert [rung.technique for rung in ladder.rungs[:2]] == ["floor", "start"]
    rung = ladder.rungs[1]
    assert rung.learner.kind == "letter_counts" and rung.learner.sharpness == 8.0
    again = naeum.open_run(ladder.folder, with_=[str(folder / "centroid.py")])
    answers = again.model(1).predict(["the weather is fine", "ABC"])
    assert set(answers.labels) <= set(ladder.task.classes)


def test_a_run_that_is_opened_without_the_file_says_what_is_missing(ladder: Ladder) -> None:
    with pytest.raises(StoreError, match=r"every kind must be known; got 'letter_counts'; install or name \(--with\)"):
        _ = naeum.open_run(ladder.folder).rungs


def test_the_technique_made_a_rung(ladder: Ladder) -> None:
    made = [rung for rung in ladder.rungs if rung.technique == "longer_ngrams"]
    assert [one.split(".")[-1] for one in made[0].changed] == ["chars"]


def test_the_check_found_its_rows(ladder: Ladder) -> None:
    found = next(one for one in ladder.findings if one.code == "X01")
    assert found.rows and found.numbers["share"] == pytest.approx(1 / 3, abs=0.1)
    assert all(ladder.text_of(row).isupper() for row in found.rows)
    assert "X01" in ladder._repr_html_()


def test_the_parts_keep_the_laws(folder: Path, tmp_path: Path) -> None:
    from naeum.testing.runs import TinyRun

    parts = own.own([str(folder / "centroid.py")])
    learner = parts.values["letter_counts"]()
    given = Parts(make(60), make(20))
    one, two = (learner.fit(given, TinyRun(tmp_path)).predict(given.tune.rows) for _ in range(2))
    assert np.array_equal(one.scores, two.scores)
    fitted = learner.fit(given, TinyRun(tmp_path))
    back = parts.predictors["letter_counts"].restore(given.fit.task, fitted.state())
    assert np.array_equal(back.predict(given.tune.rows).scores, one.scores)


def test_the_learner_file_is_json() -> None:
    assert json.loads(FILES["learner.json"])["kind"] == "letter_counts"
