"""M13 the metric misleads: fires, keeps quiet, does not apply."""

import numpy as np
import pytest

from naeum.diagnose.checks import MetricMisleads
from naeum.errors import NotApplicable


def _lopsided(rows, answers):
    tune = rows(np.arange(1000) % 20 == 0, start=10_000)
    return {"tune": tune, "tune_outputs": answers(tune, 0.04), "floor_outputs": answers(tune, tune.target == 1)}


def test_fires_on_accuracy_where_one_class_has_nearly_all_rows(subject, rows, answers):
    found = MetricMisleads().look(subject(**_lopsided(rows, answers)))
    assert found.seen.startswith("Always answering the most frequent class scores 0.950 in accuracy")
    assert found.seen.endswith("(--metric macro_f1).") and found.severity == "warning"
    assert found.numbers["floor"] == pytest.approx(0.95)
    assert found.numbers["instead_floor"] == pytest.approx(0.487, abs=1e-3)
    assert found.numbers["instead"] > found.numbers["instead_floor"]


def test_keeps_quiet_where_the_metric_sees_it_or_classes_are_level(subject, rows, answers):
    assert MetricMisleads().look(subject(**_lopsided(rows, answers), metric="macro_f1")) is None
    given = subject()
    assert MetricMisleads().look(subject(floor_outputs=answers(given.tune, given.tune.target == 1))) is None


def test_does_not_apply_without_the_floor_with_few_rows_or_to_an_own_metric(subject, answers, tmp_path):
    with pytest.raises(NotApplicable, match="it needs the floor's answers to the tune rows; there are none"):
        MetricMisleads().look(subject())
    few = subject(tune_rows=20)
    with pytest.raises(NotApplicable, match="it needs 30 labelled tune rows; there are 20"):
        MetricMisleads().look(subject(tune_rows=20, floor_outputs=answers(few.tune, 0.5)))
    given = subject()
    with pytest.raises(NotApplicable, match="it knows nothing of a metric of your own"):
        MetricMisleads().look(subject(floor_outputs=answers(given.tune, 0.5), metric="my.py:score"))
