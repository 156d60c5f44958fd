"""Does the proposed metric follow from the answers, with a reason in numbers?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.data import read
from naeum.data.proposal import far_share, propose, remark
from naeum.data.truth import TRUTH_TYPE, Goal


def of_classes(*counts):
    names = tuple(f"반{at}" for at in range(len(counts)))
    return Goal("label", names, np.repeat(np.arange(len(counts)), counts))


def of_labels(*rows):
    count = 1 + max(code for row in rows for code in row)
    truth = pa.chunked_array([pa.array(list(rows), TRUTH_TYPE)])
    return Goal("labels", tuple(map(str, range(count))), np.zeros(len(rows), np.int64), truth)


def of_numbers(values):
    return Goal("number", (), np.zeros(len(values), np.int64), pa.chunked_array([pa.array(values, pa.float64())]))


def test_balanced_classes_are_counted_and_lopsided_ones_averaged():
    assert propose(of_classes(30, 30, 40)).metric == "accuracy"
    found = propose(of_classes(90, 10))
    assert found.metric == "macro_f1"
    # scikit-learn: f1_score([0]*90 + [1]*10, [0]*100, average="macro", zero_division=0) = 0.4737
    assert found.reason.endswith("always answering it scores 0.90 in accuracy, 0.47 in macro F1")


def test_classes_in_an_order_are_counted_by_squared_steps():
    found = Goal("label", ("나쁨", "보통", "좋음"), np.repeat(np.arange(3), (90, 5, 5)), ordered=True)
    assert propose(found).metric == "quadratic_kappa"
    assert "far off is worse" in remark(found, "accuracy", propose(found)) and not remark(found, "mae", propose(found))


def test_the_floor_said_of_macro_f1_is_the_measured_one():
    sklearn = pytest.importorskip("sklearn.metrics")
    truth = np.repeat(np.arange(3), (85, 10, 5))
    floor = sklearn.f1_score(truth, np.zeros(100, int), average="macro", zero_division=0)
    assert f"{floor:.2f} in macro F1" in propose(of_classes(85, 10, 5)).reason


def test_labels_of_which_most_are_rare_are_averaged():
    assert propose(of_labels([0], [0, 1], [1])).metric == "micro_f1"
    rows = [[0]] * 400 + [[1]] * 12 + [[2]] * 12 + [[3]] * 12
    assert propose(of_labels(*rows)).metric == "macro_f1"
    assert "3 of 4 labels have less than a tenth" in propose(of_labels(*rows)).reason
    few = [[0]] * 400 + [[1]] * 3 + [[2]] * 3 + [[3]] * 3
    assert propose(of_labels(*few)).metric == "micro_f1"  # a mean over labels of three rows is chance


def test_numbers_whose_variance_lies_in_a_few_rows_are_not_squared():
    rng = np.random.default_rng(0)
    assert propose(of_numbers(rng.normal(size=500))).metric == "r2"
    heavy = np.r_[rng.normal(size=500), [1000.0, -2000.0, 1500.0]]
    assert propose(of_numbers(heavy)).metric == "mae" and far_share(heavy) > 0.99
    assert far_share(np.r_[np.zeros(10), 99.0]) == 0.0  # too few rows to have a hundredth
    assert far_share(np.ones(300)) == 0.0


def test_tags_without_entities_are_counted_by_the_word():
    assert propose(Goal("tags", ("B-x", "O"), np.zeros(1, np.int64))).metric == "entity_f1"
    assert propose(Goal("tags", ("NN", "VV"), np.zeros(1, np.int64))).metric == "word_accuracy"


def test_what_speaks_against_the_metric_that_was_asked_for_is_said():
    rare = of_classes(95, 5)
    said = remark(rare, "accuracy", propose(rare))
    assert said.startswith("warning: metric = accuracy may mislead, as 95 % of the rows are of one class")
    assert said.endswith("--metric macro_f1 does not")
    assert remark(rare, "log_loss", propose(rare)) == "" and remark(rare, "macro_f1", propose(rare)) == ""


def test_reading_says_the_metric_and_why():
    rows = [{"text": f"말 {at}", "label": "드묾" if at % 10 == 0 else "흔함"} for at in range(50)]
    assert any(note.startswith("metric = macro_f1, as 90 % of the rows") for note in read(rows).notes)
    asked = read(rows, metric="accuracy")
    assert any("metric = accuracy may mislead" in note for note in asked.notes)
    assert asked.dataset.task.metric == "accuracy"


def test_a_given_part_is_judged_as_the_rows_to_learn_from():
    rows = [{"text": f"말 {at}", "label": "드묾" if at % 10 == 0 else "흔함"} for at in range(50)]
    whole = read(rows)
    even = [{"text": f"글 {at}", "label": ("드묾", "흔함")[at % 2]} for at in range(10)]
    part = read(even, part="valid", task=whole.dataset.task, target="label", text="text")
    assert part.dataset.task.metric == "macro_f1" and not any("metric" in note for note in part.notes)
