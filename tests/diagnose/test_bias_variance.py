"""Is the error divided as the lecture and the learning curve say, and left open where they cannot tell?"""

import json
from dataclasses import replace

import numpy as np
import pytest

from naeum.diagnose.bias_variance import decide, part, reference_error, shared_error, weigh
from naeum.diagnose.noise import agree, find
from naeum.diagnose.rates import Rate
from naeum.errors import NotApplicable


def test_curve_that_falls_to_the_reference_is_variance(subject, curve):
    read = weigh(subject(curve=curve(0.01, 1.8, rows=400)))  # 10 % now, 1 % at last
    assert read.verdict == "variance"
    assert read.variance == pytest.approx(0.1 * 0.9, abs=0.005) and read.bias == pytest.approx(0.01, abs=0.002)


def test_flat_curve_is_bias(subject, curve):
    read = weigh(subject(fit_error=0.09, curve=curve(0.095, 0.1, rows=400)))
    assert read.verdict == "bias" and read.bias_low > 0 and read.has_variance == "no"


def test_half_and_half_is_both(subject, curve):
    assert weigh(subject(fit_error=0.03, curve=curve(0.05, 1.0, rows=400))).verdict == "both"


def test_a_tuned_network_without_fit_error_is_not_called_variance_for_ever(subject, curve):
    """Fit error 0, tune error 10 %: the lecture's reading says variance, the flat curve says bias."""
    read = weigh(subject(fit_error=0.0, curve=curve(0.095, 0.1, rows=400)))
    assert read.verdict == "bias"


def test_wide_curve_is_undecided(subject, curve):
    read = weigh(subject(fit_error=0.0, curve=curve(0.05, 1.0, rows=400, wide=1.0)))
    assert read.verdict == "undecided" and "cannot be told" in read.sentence


def test_without_a_curve_a_high_fit_error_is_bias(subject):
    read = weigh(subject(fit_error=0.29, tune_error=0.3))
    assert read.verdict == "bias" and read.bias_low == pytest.approx(read.fit_low, abs=0.02)


def test_without_a_curve_a_low_fit_error_says_nothing(subject):
    assert weigh(subject(fit_error=0.0)).verdict == "undecided"


def test_no_error_is_neither(subject):
    read = weigh(subject(fit_error=0.0, tune_error=0.0))
    assert read.verdict == "neither" and read.variance == 0 and read.bias == 0


def test_parts_and_reference_add_up_to_the_error(subject, curve):
    read = weigh(subject(curve=curve(0.04, 1.0), reference=0.99))
    assert read.reference + read.bias + read.variance == pytest.approx(read.tune_error)
    assert read.bias_low <= read.bias <= read.bias_high and read.variance_low <= read.variance <= read.variance_high


def test_the_given_reference_counts_first(subject, rows):
    reference, source = reference_error(subject(reference=0.97))
    assert reference.value == pytest.approx(0.03) and source == "the given reference score, accuracy 0.97"


def test_a_reference_that_is_no_share_of_right_answers_is_not_used(subject):
    reference, source = reference_error(subject(reference=0.2, metric="log_loss"))
    assert reference.value == 0 and "log_loss is no share of right answers" in source


def _noise(rows):
    labels = np.arange(200) % 2
    one = find(np.eye(2)[np.where(np.arange(200) < 30, 1 - labels, labels)] * 0.8 + 0.1, rows(labels))
    return agree(one, one)


def test_label_noise_is_the_reference_but_never_above_the_best_rung(subject, answers, rows):
    noise = _noise(rows)
    base = subject(noise=noise, tune_error=0.2)
    reference, source = reference_error(base)
    assert source == "estimated label noise" and reference.value == pytest.approx(noise.rate)
    better = subject(noise=noise, tune_error=0.2, rung_outputs={3: answers(base.tune, 0.05)})
    reference, source = reference_error(better)
    assert reference.value == pytest.approx(0.05) and source.startswith("rows that all good rungs answer wrongly alike")


def test_the_suspicion_of_one_learner_is_no_reference(subject, rows):
    reference, source = reference_error(subject(noise=replace(_noise(rows), learners=1)))
    assert reference.value == 0 and "label noise was not estimated" in source


def test_a_row_that_one_good_rung_answers_as_labelled_is_no_noise(subject, answers):
    tune = subject().tune
    at = np.arange(1000)
    given = subject(tune_outputs=answers(tune, at < 100), rung_outputs={1: answers(tune, (at >= 60) & (at < 180))})
    assert shared_error(given) == pytest.approx(0.04)
    poor = subject(tune_outputs=answers(tune, at < 100), rung_outputs={0: answers(tune, at >= 500)})
    assert shared_error(poor) == pytest.approx(0.1)  # the floor is no witness


@pytest.mark.parametrize(
    "amount, said",
    [
        (Rate(0.06, 0.03, 0.08), "yes"),
        (Rate(0.06, -0.01, 0.08), "undecided"),
        (Rate(0.09, 0.01, 0.1), "undecided"),
        (Rate(-0.07, -0.09, 0.02), "no"),
        (Rate(-0.05, -0.05, 0.04), "undecided"),
        (Rate(0.01, -0.01, 0.02), "no"),
        (Rate(0.01, -0.01, 0.08), "undecided"),
    ],
)
def test_a_part_is_there_or_not_or_open(amount, said):
    assert part(amount, 0.1) == said


def test_words():
    words = {decide(b, v) for b in ("yes", "no", "undecided") for v in ("yes", "no", "undecided")}
    assert words == {"bias", "variance", "both", "neither", "undecided"}
    assert decide("undecided", "yes") == "variance" and decide("undecided", "no") == "undecided"


def test_json_has_what_the_report_draws(subject, curve):
    document = json.loads(json.dumps(weigh(subject(curve=curve(0.01, 1.8))).to_json()))
    assert {"fit_error", "tune_low", "reference_source", "bias_low", "variance_high", "verdict"} <= set(document)
    assert document["sentence"].startswith("2.0 % of the fit rows and 10.0 % of the tune rows are answered wrongly; ")


def test_needs_answers_to_both_parts(subject):
    with pytest.raises(NotApplicable, match="it needs answers to clean fit rows"):
        weigh(subject(sample=None, sample_outputs=None))
    with pytest.raises(NotApplicable, match="it needs answers to labelled tune rows"):
        weigh(subject(tune_outputs=None))
