"""Is every event a line of JSON?"""

import json
import math

import numpy as np

from naeum.cli.events import line
from naeum.contract import Finding


def test_a_rung_is_told_with_its_learner(korean):
    found = json.loads(line({"event": "rung", "rung": korean.rungs[5]}))["rung"]
    assert found["number"] == 5 and found["learner"]["settings"]["method"] == "lora" and found["parents"] == [4]


def test_what_json_cannot_hold_is_turned():
    found = json.loads(line({"event": "x", "a": math.nan, "b": math.inf, "c": np.float32(0.5), "d": (1, "한글")}))
    assert found == {"event": "x", "a": None, "b": None, "c": 0.5, "d": [1, "한글"]}


def test_a_dataclass_is_an_object():
    assert json.loads(line({"event": "f", "finding": Finding("M01", "bias", "tip", "x")}))["finding"]["code"] == "M01"
