"""Are AUROC and AUPRC those of scikit-learn, with weights, ties and absent classes?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import sklearn.metrics as sk
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from naeum.errors import InputError
from naeum.measure import METRICS, Scored

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32 - 1)


@given(seed=SEEDS, rows=st.integers(1, 40))
@QUICK
def test_binary_ranking_equals_scikit_learn(ragged, seed, rows):
    scored = ragged(seed, 2, rows)
    if len(set(scored.truth)) < 2:
        return
    given = {"sample_weight": scored.weight}
    assert METRICS["auroc"].of(scored) == pytest.approx(
        sk.roc_auc_score(scored.truth, scored.probabilities[:, 1], **given), abs=1e-9
    )
    assert METRICS["auprc"].of(scored) == pytest.approx(
        sk.average_precision_score(scored.truth, scored.probabilities[:, 1], **given), abs=1e-9
    )


@given(seed=SEEDS, classes=st.integers(3, 5), rows=st.integers(1, 40))
@QUICK
def test_ranking_of_many_classes_is_the_mean_of_scikit_learn_over_the_classes_present(ragged, seed, classes, rows):
    scored = ragged(seed, classes, rows)
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


def test_the_named_positive_class_is_judged(answered):
    truth, scores = [0, 0, 1, 1], [[0.9, 0.1], [0.4, 0.6], [0.6, 0.4], [0.2, 0.8]]
    named = Scored.of(*answered(truth, scores, positive="부류0"))
    expected = sk.average_precision_score(np.array(truth) == 0, np.array(scores)[:, 0])
    assert METRICS["auprc"].of(named) == pytest.approx(expected)
    assert METRICS["f1"].of(named) == pytest.approx(sk.f1_score(truth, named.predicted, pos_label=0))
    wrong = Scored.of(*answered(truth, scores, positive="부류9"))
    with pytest.raises(InputError, match="positive class must be one of the classes; got '부류9'"):
        METRICS["auroc"].of(wrong)
