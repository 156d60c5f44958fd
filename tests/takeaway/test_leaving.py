"""Is the champion, or the rung that is asked for, taken out of a run with its story?"""

from types import SimpleNamespace

import pytest

from naeum.contract import Rung, subset
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.takeaway import gate, leaving
from naeum.testing.worlds import korean
from tests.takeaway.conftest import answered, opened


@pytest.fixture
def ladder(run, monkeypatch):
    """A run of two rungs."""
    monkeypatch.setattr(gate, "answered", answered)
    parts = korean.parts(24)
    learners = (Majority(), TfidfLogistic())
    rungs = tuple(
        Rung(at, one, one.kind, "", (0,) * at, (), "key", 0.4 + at / 2, 0.3, 1.0, 0.5, 0.5)
        for at, one in enumerate(learners)
    )
    models = [SimpleNamespace(rung=rung, predictor=run.fit(rung.learner, parts)) for rung in rungs]
    return SimpleNamespace(
        part={"fit": parts.fit, "tune": subset(parts.tune, [], "none")}.get, task=parts.fit.task, rungs=rungs,
        model=lambda number: models[1 if number is None else number], champion_rung=rungs[1], findings=(),
        why="N-grams made the difference.", options={"seed": 7, "no_rows": True},
    )  # fmt: skip


def test_the_champion_leaves_with_what_made_the_difference(ladder, tmp_path):
    card = leaving.leave(ladder, tmp_path / "a.py", "script")
    text = (tmp_path / "a.py").read_text(encoding="utf-8")
    assert card["rung"] == 1 and "N-grams made the difference." in text and opened(tmp_path / "a.py").SEED == 7


def test_another_rung_leaves_as_it_was_measured(ladder, tmp_path):
    card = leaving.leave(ladder, tmp_path / "a.py", "script", 0)
    text = (tmp_path / "a.py").read_text(encoding="utf-8")
    assert card["rung"] == 0 and "class Floor" in text and "made the difference" not in text


def test_a_notebook_of_a_run_without_rows_shows_none(ladder, tmp_path):
    leaving.leave(ladder, tmp_path / "a.ipynb", "notebook")
    assert 'pd.DataFrame([{"text": ""}])' in (tmp_path / "a.ipynb").read_text(encoding="utf-8").replace('\\"', '"')
