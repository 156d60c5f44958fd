"""Are the metrics those of scikit-learn, with weights and absent classes?"""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pytest
import sklearn.metrics as sk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naeum.errors import InputError
from naeum.measure import METRICS, Scored, metric

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


FEW = st.integers(2, 5)


@st.composite
def _cases(draw, classes=FEW):
    """Truth, probabilities (coarse, so that ties come), weights; some classes may be absent."""
    count, rows = draw(classes), draw(st.integers(1, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    present = rng.choice(count, size=rng.integers(1, count + 1), replace=False)
    scores = rng.integers(0, 4, size=(rows, count)).astype(np.float64)
    scores[rng.random(rows) < 0.3] *= 3
    return present[rng.integers(0, len(present), rows)], scores, rng.integers(1, 4, rows) / 2


def _scored(answered, case) -> Scored:
    truth, scores, weight = case
    return Scored.of(*answered(truth, scores, weight=weight, link="softmax"))


def _reference(name: str, s: Scored) -> float:
    labels, given = list(range(s.classes)), {"sample_weight": s.weight}
    if name in ("accuracy", "micro_f1"):
        return sk.accuracy_score(s.truth, s.predicted, **given)
    if name in ("macro_f1", "weighted_f1"):
        return sk.f1_score(s.truth, s.predicted, average=name[:-3], zero_division=0, **given)
    if name == "f1":
        if s.classes > 2:
            return sk.f1_score(s.truth, s.predicted, average="macro", zero_division=0, **given)
        return sk.f1_score(s.truth, s.predicted, pos_label=1, zero_division=0, **given)
    if name == "balanced_accuracy":
        return sk.balanced_accuracy_score(s.truth, s.predicted, **given)
    if name == "mcc":
        return sk.matthews_corrcoef(s.truth, s.predicted, **given)
    if name == "log_loss":
        return sk.log_loss(s.truth, s.probabilities, labels=labels, **given)
    assert name == "brier"
    return sk.brier_score_loss(
        s.truth, s.probabilities if s.classes > 2 else s.probabilities[:, 1], labels=labels, **given
    )


@pytest.mark.parametrize(
    "name",
    ["accuracy", "micro_f1", "macro_f1", "weighted_f1", "f1", "balanced_accuracy", "mcc", "log_loss", "brier"],
)
@given(case=_cases())
@QUICK
def test_it_equals_scikit_learn_with_weights_and_absent_classes(answered, name, case):
    scored = _scored(answered, case)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of absent classes
        expected = _reference(name, scored)
    assert METRICS[name].of(scored) == pytest.approx(expected, abs=1e-9)


@given(case=_cases())
@QUICK
def test_kappa_equals_scikit_learn_and_is_0_where_that_is_undefined(answered, case):
    scored = _scored(answered, case)
    if len({*scored.truth, *scored.predicted}) == 1:
        expected = 0.0
    else:
        expected = sk.cohen_kappa_score(scored.truth, scored.predicted, sample_weight=scored.weight)
    assert METRICS["kappa"].of(scored) == pytest.approx(expected, abs=1e-9)


@given(case=_cases(st.just(2)))
@QUICK
def test_binary_ranking_equals_scikit_learn(answered, case):
    scored = _scored(answered, case)
    if len(set(scored.truth)) < 2:
        return
    given = {"sample_weight": scored.weight}
    assert METRICS["auroc"].of(scored) == pytest.approx(
        sk.roc_auc_score(scored.truth, scored.probabilities[:, 1], **given), abs=1e-9
    )
    assert METRICS["auprc"].of(scored) == pytest.approx(
        sk.average_precision_score(scored.truth, scored.probabilities[:, 1], **given), abs=1e-9
    )


@given(case=_cases(st.integers(3, 5)))
@QUICK
def test_ranking_of_many_classes_is_the_mean_of_scikit_learn_over_the_classes_present(answered, case):
    scored = _scored(answered, case)
    present = sorted(set(scored.truth))
    given = {"sample_weight": scored.weight}
    precisions = [sk.average_precision_score(scored.truth == c, scored.probabilities[:, c], **given) for c in present]
    assert METRICS["auprc"].of(scored) == pytest.approx(np.mean(precisions), abs=1e-9)
    if len(present) == 1:
        assert np.isnan(METRICS["auroc"].of(scored))
        return
    areas = [sk.roc_auc_score(scored.truth == c, scored.probabilities[:, c], **given) for c in present]
    assert METRICS["auroc"].of(scored) == pytest.approx(np.mean(areas), abs=1e-9)
    if len(present) == scored.classes:
        whole = sk.roc_auc_score(scored.truth, scored.probabilities, multi_class="ovr", average="macro")
        unweighted = replace(scored, weight=np.ones(len(scored)))
        assert METRICS["auroc"].of(unweighted) == pytest.approx(whole, abs=1e-9)


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


def test_several_sets_of_weights_give_what_each_gives_alone(made):
    scored = Scored.of(*made(60, 4))
    weights = np.random.default_rng(0).integers(0, 3, (5, 60)).astype(float)
    for one in METRICS.values():
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
    for one in METRICS.values():
        assert one.of(double) == pytest.approx(one.of(copies)), one.name


def test_the_named_positive_class_is_judged(answered):
    truth, scores = [0, 0, 1, 1], [[0.9, 0.1], [0.4, 0.6], [0.6, 0.4], [0.2, 0.8]]
    named = Scored.of(*answered(truth, scores, positive="부류0"))
    expected = sk.average_precision_score(np.array(truth) == 0, np.array(scores)[:, 0])
    assert METRICS["auprc"].of(named) == pytest.approx(expected)
    assert METRICS["f1"].of(named) == pytest.approx(sk.f1_score(truth, named.predicted, pos_label=0))
    wrong = Scored.of(*answered(truth, scores, positive="부류9"))
    with pytest.raises(InputError, match="positive class must be one of the classes; got '부류9'"):
        METRICS["auroc"].of(wrong)


def test_rows_without_label_are_left_out(answered):
    outputs, dataset = answered([0, -1, 1], [[1, 0], [1, 0], [1, 0]])
    assert metric("accuracy").score(outputs, dataset) == 0.5


def test_sure_answers_still_differ(answered):
    outputs, dataset = answered([1, 1], [[0.0, 30.0], [30.0, 0.0]], link="softmax")
    assert metric("log_loss").score(outputs, dataset) == pytest.approx(15.0, rel=1e-6)


def test_sigmoid_scores_become_probabilities(answered):
    outputs, dataset = answered([1], [[0.0, 2.0]], link="sigmoid")
    assert Scored.of(outputs, dataset).probabilities[0] == pytest.approx([0.5, 1 / (1 + np.exp(-2))])


def test_error_is_the_distance_from_faultless_for_either_sign():
    assert metric("accuracy").error(0.9) == pytest.approx(0.1)
    assert metric("log_loss").error(0.3) == pytest.approx(0.3)
    assert metric("accuracy").error(1.5) == 0.0


def test_names_are_known_and_unknown_ones_get_a_guess():
    assert all(name == one.name for name, one in METRICS.items())
    with pytest.raises(InputError, match="got 'acuracy'; did you mean accuracy"):
        metric("acuracy")
    with pytest.raises(InputError, match="got 'zzz'; choose one of accuracy"):
        metric("zzz")


def test_answers_that_do_not_belong_to_the_rows_are_refused(answered, made):
    outputs, dataset = answered([0, 1], [[1, 0], [0, 1]])
    score = metric("accuracy").score
    with pytest.raises(InputError, match="one answer a row; got 3 answers to 2 rows"):
        score(answered([0, 1, 1], [[1, 0]] * 3)[0], dataset)
    with pytest.raises(InputError, match="same classes in the same order"):
        score(made(2, 3)[0], dataset)
    with pytest.raises(InputError, match="every score must be a number; got NaN"):
        score(replace(outputs, scores=np.full((2, 2), np.nan, np.float32)), dataset)
    with pytest.raises(InputError, match="at least one row must be labelled"):
        score(outputs, replace(dataset, target=np.array([-1, -1])))
    with pytest.raises(InputError, match="must not all be 0"):
        score(outputs, replace(dataset, weight=np.zeros(2, np.float32)))
    with pytest.raises(InputError, match="one label a row; got the output 'number'"):
        score(outputs, replace(dataset, task=replace(dataset.task, output="number")))
