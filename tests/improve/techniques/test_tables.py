"""Are tables answered by what bias and variance of tables ask for?"""

from __future__ import annotations

from naeum.contract import Task
from naeum.improve.techniques.tables import (
    COLUMN_SAMPLING,
    DERIVED_COLUMNS,
    FAMILY,
    INTERACTIONS,
    MORE_TREES,
    SHRINKAGE,
    TREE_SIZE,
)


def _learners(technique, champion, world):
    return [edit.learner for edit in technique.propose(champion, world)]


def test_variance_wants_smaller_trees_and_bias_larger_ones(learners, tasks, rung, evidence, finding):
    champion = rung(learners["boosted"])

    def leaves(code):
        world = evidence(champion, task=tasks["boosted"], findings=(finding(code),))
        return [one.leaves for one in _learners(TREE_SIZE, champion, world)]

    assert leaves("M02") == [16, 8] and leaves("M01") == [62, 124]
    forest = rung(learners["forest"])
    world = evidence(forest, task=tasks["forest"], findings=(finding("M02"),))
    assert [one.least_rows for one in _learners(TREE_SIZE, forest, world)] == [4, 8]


def test_half_the_step_comes_with_twice_the_trees(learners, tasks, rung, evidence, finding):
    champion = rung(learners["boosted"])
    world = evidence(champion, task=tasks["boosted"], findings=(finding("M02"),))
    first, *rest = _learners(SHRINKAGE, champion, world)
    assert (first.learning_rate, first.rounds) == (0.03, 1000)
    assert [one.l2 for one in rest] == [10.0, 100.0]


def test_more_trees_of_every_sort(learners, tasks, rung, evidence):
    for name, field in (("boosted", "rounds"), ("forest", "trees"), ("adaboost", "trees")):
        champion = rung(learners[name])
        (more,) = _learners(MORE_TREES, champion, evidence(champion, task=tasks[name]))
        assert getattr(more, field) == 2 * getattr(learners[name], field)


def test_other_shares_of_the_columns(learners, tasks, rung, evidence):
    champion = rung(learners["boosted"])
    assert [one.features for one in _learners(COLUMN_SAMPLING, champion, evidence(champion))] == [0.3, 0.5]


def test_lines_get_products_once(learners, rung, evidence):
    champion = rung(learners["lines"])
    (crossed,) = _learners(INTERACTIONS, champion, evidence(champion))
    assert crossed.degree == 2
    assert _learners(INTERACTIONS, rung(crossed), evidence(rung(crossed))) == []


def test_columns_are_made_of_what_is_there(learners, tasks, rung, evidence):
    champion = rung(learners["lines"])
    simple, whole = _learners(DERIVED_COLUMNS, champion, evidence(champion, task=tasks["lines"]))
    assert simple.add == ("logs", "ranks")
    assert whole.add == ("logs", "ranks", "pairs", "means", "counts", "spans")
    alone = Task(inputs=("town", "region"), classes=("a", "b"), kinds=("category", "category"))
    trees = rung(learners["boosted"])
    assert [one.add for one in _learners(DERIVED_COLUMNS, trees, evidence(trees, task=alone))] == [("means", "counts")]
    made = rung(simple)
    assert _learners(DERIVED_COLUMNS, made, evidence(made, task=tasks["lines"])) == []


def test_another_family_takes_the_place(learners, tasks, rung, evidence):
    champion = rung(learners["lines"])
    found = _learners(FAMILY, champion, evidence(champion, task=tasks["lines"], rows=300))
    assert [one.kind for one in found] == ["boosting", "forest", "forest"] and found[0].leaves == 8
    large = _learners(FAMILY, champion, evidence(champion, task=tasks["lines"], rows=5000))
    assert large[0].leaves == 31
    assert _learners(FAMILY, champion, evidence(champion)) == []  # texts alone are no table
