"""Does the verb compress show every trade, mark the front, and put the recommended model in its place?"""

import json
import sys
from types import SimpleNamespace

import numpy as np
import pytest

from naeum.cli.compress import told
from naeum.compress import folder, variants
from naeum.compress.front import Choice, Point
from naeum.compress.loss.compared import compared
from naeum.contract import Outputs
from naeum.errors import InputError
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import make
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean as world

OWN = Point("the champion as it is", 0.9, 0.88, 0.92, 10.0, 100.0)
SMALL = Point("eight bits", 0.898, 0.87, 0.92, 4.0, 20.0)
WORSE = Point("exported", 0.89, 0.87, 0.92, 11.0, 101.0)
DATA = make(40)
LOSS = compared(*(Outputs(DATA.task, np.zeros((40, 2), np.float32)) for _ in "ab"), DATA)
FOUND = {
    "metric": "accuracy", "points": (OWN, WORSE, SMALL), "front": (OWN, SMALL), "choice": Choice(SMALL, "It is small."),
    "out": "small", "losses": {"eight bits": LOSS},
}  # fmt: skip


def test_the_table_marks_the_front_and_says_what_is_best():
    lines = told(FOUND).splitlines()
    assert lines[1].startswith("* the champion") and lines[2].startswith("  exported") and "0.8980" in lines[3]
    assert lines[-3] == "It is small." and lines[-1] == "It lies in small."
    assert lines[-2].startswith("What eight bits lost: Its accuracy went from 0.5 to 0.5 on 40 rows of tune; 0 answers")
    assert lines[-2].endswith("Next: nothing, as nothing was lost.")


def test_limits_and_loss_are_handed_on(shell, monkeypatch):
    asked = {}

    def compress(run, out, *, limits, max_loss, say):
        asked.update(run=run, out=out, limits=limits, max_loss=max_loss)
        say("fewer words: not made")
        return FOUND

    monkeypatch.setattr(sys.modules["naeum.cycle"], "compress", compress, raising=False)
    done = shell("compress", "RUN", "--max-size-mb", "30", "--max-loss", "1%", "--out", "small", "--json")
    assert done.code == 0 and "fewer words: not made" in done.err
    assert asked == {"run": "RUN", "out": "small", "limits": {"size_mb": 30.0}, "max_loss": 0.01}
    found = json.loads(done.out)
    assert found["recommended"] == "eight bits" and found["front"] == ["the champion as it is", "eight bits"]
    assert found["points"][0]["size_mb"] == 100.0 and "outputs" not in found["points"][0]
    assert found["losses"]["eight bits"]["flips"] == 0 and found["losses"]["eight bits"]["next"].startswith("Next:")


def test_a_run_is_compressed_and_the_best_lies_in_its_place(monkeypatch, tmp_path):
    monkeypatch.delitem(sys.modules, "naeum.cycle", raising=False)
    monkeypatch.setattr(variants, "SECONDS", 0.05)
    from naeum import cycle

    parts = world.parts(24)
    fitted = TfidfLogistic().fit(parts, TinyRun(tmp_path / "run"))
    found = {"fit": parts.fit, "tune": parts.tune}
    rung = SimpleNamespace(cost={"size_mb": 123.0})
    champion = SimpleNamespace(predictor=fitted)
    ladder = SimpleNamespace(part=found.get, task=parts.fit.task, champion=champion, champion_rung=rung)
    monkeypatch.setattr(cycle, "open_run", lambda run: ladder)
    many = cycle.compress("RUN", tmp_path / "a", limits={"size_mb": 1e-9})
    assert many["out"] is None and not (tmp_path / "a").exists() and many["choice"].nearest
    given = cycle.compress("RUN", tmp_path / "a", max_loss=1.0)
    assert [point.name for point in given["points"]] == ["the champion as it is", variants.FLOAT]
    assert given["points"][0].size_mb == 123.0
    assert (given["out"] is not None) == folder.is_export(tmp_path / "a")
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "mine").write_text("x")
    with pytest.raises(InputError, match="a new folder, an empty one or an earlier export"):
        cycle.compress("RUN", tmp_path / "b")
