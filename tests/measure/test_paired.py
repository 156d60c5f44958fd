"""Does the paired comparison see small differences, keep quiet where there is none, and turn signs the right way?"""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from naeum.errors import InputError
from naeum.measure import METRICS, bootstrap, holm, mcnemar, metric, paired


def _two(answered, rows=400, better=0.86, worse=0.80):
    """Answers where the worse model errs wherever the better one does, and more."""
    luck = np.random.default_rng(0).random(rows)

    def answers(skill):
        right = luck < skill
        return np.where(right[:, None], [0.9, 0.1], [0.2, 0.8])

    good, dataset = answered(np.zeros(rows), answers(better))
    return good, answered(np.zeros(rows), answers(worse))[0], dataset


@pytest.mark.parametrize("name", ["accuracy", "log_loss", "brier", "macro_f1", "ece"])
def test_gain_above_0_is_better_whatever_the_sign(answered, name):
    better, worse, dataset = _two(answered)
    one = METRICS[name]
    got = paired(one, better, worse, dataset, seed=0)
    back = paired(one, worse, better, dataset, seed=0)
    assert got.gain == pytest.approx(one.sign * (one.score(better, dataset) - one.score(worse, dataset)))
    assert got.gain > 0 and got.p_better > 0.9 and got.low <= got.gain <= got.high
    assert (back.gain, back.p_better) == pytest.approx((-got.gain, 1 - got.p_better))


def test_one_draw_for_both_is_sharper_than_two(answered):
    better, worse, dataset = _two(answered)
    got = paired(metric("accuracy"), better, worse, dataset, seed=0)
    alone = bootstrap(metric("accuracy"), better, dataset, seed=0)
    assert got.high - got.low < alone.high - alone.low
    assert got.low > 0
    right = [(out.codes == dataset.target).astype(float) for out in (better, worse)]
    assert got.error == pytest.approx(np.std(right[0] - right[1]) / len(dataset) ** 0.5, rel=0.1)


def test_the_same_answers_are_a_tie(answered):
    outputs, _, dataset = _two(answered)
    got = paired(metric("log_loss"), outputs, outputs, dataset, seed=0)
    assert (got.gain, got.low, got.high, got.p_better, got.mcnemar) == (0.0, 0.0, 0.0, 0.5, 1.0)


def test_groups_are_drawn_together(answered):
    better, worse, dataset = _two(answered)
    from dataclasses import replace

    grouped = replace(dataset, group=np.repeat(np.arange(40), 10))
    assert paired(metric("accuracy"), better, worse, grouped, seed=0).clustered


def test_mcnemar_is_the_exact_binomial(answered):
    better, worse, dataset = _two(answered)
    got = paired(metric("accuracy"), better, worse, dataset, seed=0)
    assert got.worse_only == 0 and got.better_only > 10
    assert got.mcnemar == pytest.approx(2 * 0.5**got.better_only)
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(3, 7) == pytest.approx(stats.binomtest(3, 10).pvalue)


def test_holm_of_a_known_table_and_any_order():
    values = [0.01, 0.04, 0.03, 0.005]
    assert holm(values) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(values[::-1]) == pytest.approx(holm(values)[::-1])
    assert holm([0.9, 0.8]) == pytest.approx([1.0, 1.0])
    assert len(holm([])) == 0


def test_holm_refuses_what_is_no_p_value():
    with pytest.raises(InputError, match="p values must lie between 0 and 1"):
        holm([0.1, float("nan")])
