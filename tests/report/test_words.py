"""Are numbers and learners put into words as people read them?"""

import math
from dataclasses import replace

import pytest

from naeum.report import words


@pytest.mark.parametrize(
    ("value", "said"),
    [(0.004, "0.004 s"), (0.42, "0.42 s"), (35.2, "35 s"), (60, "1 min"), (212, "3 min 32 s"), (3600, "1 h"),
     (4000, "1 h 7 min"), (None, "–"), (math.nan, "–")],
)  # fmt: skip
def test_seconds_read_in_the_unit_that_fits(value, said):
    assert words.seconds(value) == said


def test_a_zero_gain_has_no_direction():
    assert words.signed(-0.0001) == "±0.000"


@pytest.mark.parametrize("function", [words.number, words.signed, words.percent, words.size, words.milliseconds])
def test_no_number_is_a_dash(function):
    assert function(None) == function(math.inf) == "–"


def test_an_unknown_bound_leaves_the_interval_out():
    assert words.interval(None, 0.3) == "" == words.signed_interval(0.1, math.nan)


def test_changes_name_the_setting_before_and_after(korean):
    assert words.changes(korean.rungs[5], korean.rungs) == ("method: full → lora",)


def test_changes_of_the_kind_name_both_kinds(korean):
    assert words.changes(korean.rungs[2], korean.rungs) == ("tfidf_logistic → probe",)


def test_changes_of_a_learner_around_others_name_what_stands_inside(korean):
    assert words.changes(korean.rungs[9], korean.rungs) == (
        "blend of linear model, probe on a frozen encoder and fine-tuned encoder",
    )


def test_the_first_rung_changes_nothing(korean):
    assert words.changes(korean.rungs[0], korean.rungs) == ("starts with majority",)


def test_a_learner_is_told_in_plain_words(korean):
    told = words.learner(korean.champion_rung.learner)
    assert told == "Calibrated blend of linear model, probe on a frozen encoder and fine-tuned encoder"


def test_a_technique_without_a_title_reads_like_words():
    assert words.title("max_length", {}) == "Max length"
    assert words.title("lora", {"lora": "LoRA instead of full"}) == "LoRA instead of full"


def test_a_forecast_that_says_nothing_is_none(korean):
    told = korean.rungs[4]
    assert words.forecast(told) == told.forecast["gain"]
    assert words.forecast(replace(told, forecast={"gain": 0.0, "gain_sd": 0.5, "seconds": 3})) is None
    assert words.forecast(replace(told, forecast={})) is None


def test_every_learner_has_a_name():
    from naeum import registry

    assert {learner.kind for learner in registry.learners()} <= set(words.KINDS)
