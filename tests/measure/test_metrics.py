"""Are the metrics those of scikit-learn, and found by name?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import sklearn.metrics as sk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naeum.errors import InputError
from naeum.measure import METRICS, Scored, metric

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32 - 1)


@given(seed=SEEDS, classes=st.integers(2, 5), rows=st.integers(1, 40))
@QUICK
def test_probabilities_are_judged_as_by_scikit_learn(ragged, seed, classes, rows):
    s = ragged(seed, classes, rows)
    labels, given = list(range(classes)), {"sample_weight": s.weight}
    loss = sk.log_loss(s.truth, s.probabilities, labels=labels, **given)
    shown = s.probabilities if classes > 2 else s.probabilities[:, 1]
    distance = sk.brier_score_loss(s.truth, shown, labels=labels, **given)
    assert METRICS["log_loss"].of(s) == pytest.approx(loss, abs=1e-9)
    assert METRICS["brier"].of(s) == pytest.approx(distance, abs=1e-9)


@pytest.mark.parametrize("count", [3, 5])
def test_top_k_equals_scikit_learn_where_nothing_ties(made, count):
    outputs, dataset = made(200, 8, skill=0.5)
    scored = Scored.of(outputs, dataset)
    expected = sk.top_k_accuracy_score(scored.truth, scored.probabilities, k=count, labels=range(8))
    assert metric(f"top_{count}").score(outputs, dataset) == pytest.approx(expected)


def test_top_k_of_equals_takes_the_earlier_class_and_is_1_with_few_classes(answered):
    outputs, dataset = answered([2, 3], [[0.25] * 4] * 2)
    assert metric("top_3").score(outputs, dataset) == 0.5
    assert metric("top_5").score(outputs, dataset) == 1.0


OF_LABELS = [one for one in METRICS.values() if "label" in one.outputs]


def test_several_sets_of_weights_give_what_each_gives_alone(made):
    scored = Scored.of(*made(60, 4))
    weights = np.random.default_rng(0).integers(0, 3, (5, 60)).astype(float)
    for one in OF_LABELS:
        alone = [one.function(scored, row[None])[0] for row in weights]
        assert one.function(scored, weights) == pytest.approx(alone), one.name


def test_a_row_of_weight_2_counts_as_two_rows(made):
    outputs, dataset = made(50, 3)
    scored = Scored.of(outputs, dataset)
    twice = np.repeat(np.arange(50), 2)
    copies = replace(
        scored, truth=scored.truth[twice], predicted=scored.predicted[twice], probabilities=scored.probabilities[twice],
        weight=np.ones(100), group=np.arange(100),
    )  # fmt: skip
    double = replace(scored, weight=np.full(50, 2.0))
    for one in OF_LABELS:
        assert one.of(double) == pytest.approx(one.of(copies)), one.name


def test_names_are_known_and_unknown_ones_get_a_guess():
    assert all(name == one.name for name, one in METRICS.items())
    with pytest.raises(InputError, match="got 'acuracy'; did you mean accuracy"):
        metric("acuracy")
    with pytest.raises(InputError, match="got 'zzz'; choose one of accuracy"):
        metric("zzz")
