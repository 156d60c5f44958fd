"""Does the verb compress show every trade, mark the front, and hand on what was asked?"""

import json
import sys

import numpy as np

from naeum.cli.compress import told
from naeum.compress.loss.compared import compared
from naeum.contract import Outputs, Rung
from naeum.improve.compressing import Choice, Compressed, Point
from naeum.model.floor import Majority
from naeum.testing.data import make

OWN = Point("the champion as it is", 0.9, 0.88, 0.92, 10.0, 100.0, 2)
SMALL = Point("eight bits", 0.898, 0.87, 0.92, 4.0, 20.0, 5, -0.002, -0.004, 0.001)
WORSE = Point("exported", 0.89, 0.87, 0.92, 11.0, 101.0, 4)
DATA = make(40)
LOSS = compared(*(Outputs(DATA.task, np.zeros((40, 2), np.float32)) for _ in "ab"), DATA)
CHAMPION = Rung(2, Majority(), "probe", "", (), (), "key", 0.9, 0.88, 0.92, 0.9, 0.9)
FOUND = Compressed(
    CHAMPION,
    (OWN, WORSE, SMALL),
    (OWN, SMALL),
    Choice(SMALL, "It is small."),
    {},
    {"eight bits": LOSS},
    "accuracy",
    "It lies in small.",
)


def test_the_table_marks_the_front_and_says_what_is_best():
    lines = told(FOUND).splitlines()
    assert (
        lines[1].startswith("*    2  the champion") and lines[2].startswith("     4  exported") and "0.8980" in lines[3]
    )
    assert lines[-3] == "It is small." and lines[-1] == "It lies in small."
    assert lines[-2].startswith("What eight bits lost: Its accuracy went from 0.5 to 0.5 on 40 rows of tune; 0 answers")
    assert lines[-2].endswith("Next: nothing, as nothing was lost.")


def test_limits_and_loss_are_handed_on(shell, monkeypatch):
    asked = {}

    def compress(run, out, *, watch, **options):
        asked.update(run=run, out=out, **options)
        watch({"event": "note", "text": "fewer words: not made"})
        return FOUND

    monkeypatch.setattr(sys.modules["naeum.cycle"], "compress", compress, raising=False)
    done = shell("compress", "RUN", "--max-size-mb", "30", "--max-loss", "1%", "--out", "small", "--json")
    assert done.code == 0
    limits = {"size_mb": 30.0}
    assert asked == {
        "run": "RUN", "out": "small", "limits": limits, "max_loss": 0.01, "minutes": 10.0, "rung": None, "with_": (),
    }  # fmt: skip
    told, found = map(json.loads, done.out.splitlines())
    assert told["text"] == "fewer words: not made"
    assert found["recommended"] == "eight bits" and found["front"] == ["the champion as it is", "eight bits"]
    assert found["points"][0]["size_mb"] == 100.0
    assert found["losses"]["eight bits"]["flips"] == 0 and found["losses"]["eight bits"]["next"].startswith("Next:")
