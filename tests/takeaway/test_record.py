"""Is all of a ladder in its record, as finite numbers and short texts?"""

import json
from dataclasses import replace

import pytest

from naeum.contract import Rung
from naeum.model.around.blend import Blend
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.takeaway.record import entry, finite, flat, record, short
from tests.takeaway.ladders import ladder_of


def test_every_rung_stands_in_it_with_its_interval(tmp_path):
    found = record(ladder_of(tmp_path / "리뷰"))
    assert (found.name, found.metric, len(found.entries)) == ("리뷰", "accuracy", 2)
    second = found.entries[1]
    assert (second.metrics["accuracy"], second.metrics["accuracy_low"], second.metrics["gain_high"]) == (0.9, 0.8, 0.5)
    assert second.metrics["latency_ms"] == 2.0 and "memory_mb" not in second.metrics
    assert second.tags["reason"] == "N-grams." and second.tags["kept"] == "true"
    assert second.settings["learner.c"] == "8.0" and json.loads(json.dumps(second.learner))["kind"] == "tfidf_logistic"
    assert found.summary == {
        **second.metrics, "rungs": 2.0, "minutes": 1.5, "test_accuracy": 0.85, "test_accuracy_low": 0.8,
        "test_accuracy_high": 0.9,
    }  # fmt: skip
    assert found.settings == {"target": "label", "seed": "3"} and found.tags["champion"] == "1"


def test_what_is_no_number_is_left_out():
    rung = Rung(0, Majority(), "floor", "", (), (), "k", float("nan"), 0.4, 0.6, 0.5, 0.5)
    assert "f1" not in entry(rung, "f1").metrics and finite({"a": "b", "c": float("inf")}) == {}
    assert "reason" not in entry(replace(rung, reason=""), "f1").tags


def test_learners_inside_learners_have_paths_and_long_texts_are_cut():
    from naeum.values import to_json

    assert flat(to_json(Blend((Majority(), TfidfLogistic()))))["learner.members.1.min_df"] == "2"
    assert short("x" * 300).endswith("…") and len(short("x" * 300)) == 250


@pytest.mark.parametrize("name", ["my.py:score"])
def test_names_of_metrics_are_such_as_trackers_take(name):
    rung = Rung(0, Majority(), "floor", "", (), (), "k", 0.5, 0.4, 0.6, 0.5, 0.5)
    assert "my.py_score_low" in entry(rung, name.replace(":", "_")).metrics
