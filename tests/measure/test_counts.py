"""Are the metrics of counted classes those of scikit-learn, with weights and absent classes?"""

from __future__ import annotations

import warnings

import pytest
import sklearn.metrics as sk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naeum.measure import METRICS, Scored

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32 - 1)


def _reference(name: str, s: Scored) -> float:
    given = {"sample_weight": s.weight}
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
    assert name == "mcc"
    return sk.matthews_corrcoef(s.truth, s.predicted, **given)


@pytest.mark.parametrize(
    "name",
    ["accuracy", "micro_f1", "macro_f1", "weighted_f1", "f1", "balanced_accuracy", "mcc"],
)
@given(seed=SEEDS, classes=st.integers(2, 5), rows=st.integers(1, 40))
@QUICK
def test_it_equals_scikit_learn_with_weights_and_absent_classes(ragged, name, seed, classes, rows):
    scored = ragged(seed, classes, rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # scikit-learn warns of absent classes
        expected = _reference(name, scored)
    assert METRICS[name].of(scored) == pytest.approx(expected, abs=1e-9)


@given(seed=SEEDS, classes=st.integers(2, 5), rows=st.integers(1, 40))
@QUICK
def test_kappa_equals_scikit_learn_and_is_0_where_that_is_undefined(ragged, seed, classes, rows):
    scored = ragged(seed, classes, rows)
    if len({*scored.truth, *scored.predicted}) == 1:
        expected = 0.0
    else:
        expected = sk.cohen_kappa_score(scored.truth, scored.predicted, sample_weight=scored.weight)
    assert METRICS["kappa"].of(scored) == pytest.approx(expected, abs=1e-9)
