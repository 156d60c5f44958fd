"""M07 leak suspected: fires, keeps quiet, does not apply."""

import numpy as np
import pyarrow as pa
import pytest

from naeum.diagnose.checks import Leak
from naeum.errors import NotApplicable

HALVES = np.arange(400) % 2


def test_fires_on_a_column_that_tells_the_target(subject):
    alive = pa.table({"alive": ["yes" if code else "no" for code in HALVES], "row": np.arange(400)})
    found = Leak().look(subject(others=alive))
    assert found.severity == "warning" and found.answers == ()
    assert found.seen.startswith("the column (not an input) 'alive' alone tells the target of 100.0 % of 200 rows")
    assert "'row'" not in found.seen and found.numbers == {"accuracy of alive": 1.0}


def test_an_input_column_that_tells_the_target_is_an_issue(subject, rows):
    fit = rows(HALVES, texts=["좋음" if code else "나쁨" for code in HALVES])
    found = Leak().look(subject(fit=fit, sample=None, sample_outputs=None))
    assert found.severity == "issue" and found.seen.startswith("the input column 'text' alone")


def test_fires_on_rows_that_stand_in_two_parts(subject):
    found = Leak().look(subject(leaked={"test": np.array([4, 9], np.uint64), "select": np.empty(0, np.uint64)}))
    assert found.seen == "2 rows of test (nearly) stand in fit too." and found.rows == (4, 9)


def test_a_score_that_is_too_good_is_a_tip(subject):
    found = Leak().look(subject(tune_error=0.0))
    assert found.severity == "tip" and "too good for most tasks" in found.seen


def test_keeps_quiet_on_columns_that_tell_little_and_on_skewed_classes(subject, rows):
    rng = np.random.default_rng(0)
    others = pa.table({"noise": rng.random(400), "hint": np.where(rng.random(400) < 0.8, HALVES, 1 - HALVES)})
    assert Leak().look(subject(others=others, leaked={"test": np.empty(0, np.uint64)})) is None
    rare = rows(np.arange(400) % 100 == 0)  # 99 % of one class: any rule is right that often
    colour = pa.table({"colour": rng.choice(["red", "blue"], 400)})
    assert Leak().look(subject(fit=rare, sample=None, sample_outputs=None, others=colour)) is None


def test_does_not_apply_where_there_is_nothing_to_look_at(subject):
    with pytest.raises(NotApplicable, match="it needs 50 labelled rows, other columns, other parts or answers"):
        Leak().look(subject(fit_rows=20, tune_outputs=None))
