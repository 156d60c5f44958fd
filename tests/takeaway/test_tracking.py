"""Does a climb go on whatever a tracker does?"""

import sys

import pytest

from naeum.takeaway import tracking
from tests.takeaway.ladders import ladder_of


@pytest.fixture
def ladder(tmp_path, monkeypatch):
    monkeypatch.setattr(tracking, "write", lambda ladder, rows: tmp_path / "report.html")
    return ladder_of(tmp_path / "run", offline=True)


def test_it_says_where_the_ladder_is(ladder, monkeypatch):
    told, asked = [], []
    monkeypatch.setitem(tracking.TRACKERS, "mlflow", lambda *given: asked.append(given) or "MLflow, run 1 at here")
    assert tracking.track(ladder, "mlflow", told.append)
    assert told == ["The ladder is in MLflow, run 1 at here."]
    (given, report, folder, offline) = asked[0]
    assert (given.name, report.name, folder, offline) == ("run", "report.html", ladder.folder, True)


@pytest.mark.parametrize("fault", [ConnectionError("no route"), AttributeError("an older version"), KeyError("x")])
def test_what_goes_wrong_is_one_sentence(ladder, monkeypatch, fault):
    def broken(*given):
        raise fault

    told = []
    monkeypatch.setitem(tracking.TRACKERS, "wandb", broken)
    assert not tracking.track(ladder, "wandb", told.append)
    assert len(told) == 1 and told[0].startswith(f"The ladder was not sent to wandb ({type(fault).__name__}: ")
    assert told[0].endswith("; the run itself is whole.")


def test_a_missing_package_is_said_the_same_way(ladder, monkeypatch):
    told = []
    monkeypatch.setitem(sys.modules, "mlflow", None)
    assert not tracking.track(ladder, "mlflow", told.append)
    assert "pip install mlflow" in told[0]


def test_a_report_that_cannot_be_drawn_is_left_out(ladder, monkeypatch):
    def broken(ladder, rows):
        raise ValueError("no font")

    asked = []
    monkeypatch.setattr(tracking, "write", broken)
    monkeypatch.setitem(tracking.TRACKERS, "mlflow", lambda *given: asked.append(given) or "x")
    assert tracking.track(ladder, "mlflow", print) and asked[0][1] is None
