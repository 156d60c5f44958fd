"""Do steps that change cells learn from the fit part alone, keep types and leave everything else?"""

import math

import pyarrow as pa
import pytest

from naeum.data.clean import Clip, Encode, Fill, Normalise
from naeum.errors import InputError

AGES = pa.table({"age": pa.array([20, None, 40, 30], pa.int64()), "who": ["가", "", None, "나"]})


def after(step, table, name):
    return step.settled(table).apply(table).column(name)


def test_the_median_of_the_fit_part_fills_other_rows():
    step = Fill("age").settled(AGES)
    assert step.value == 30.0
    served = step.apply(pa.table({"age": pa.array([None, 90], pa.int64())}))
    assert served["age"].to_pylist() == [30, 90] and served["age"].type == pa.int64()
    assert step.settled(pa.table({"age": [1, 1]})) is step


def test_a_mean_that_is_no_whole_number_makes_a_column_of_numbers():
    table = pa.table({"n": pa.array([1, 2, None], pa.int64())})
    assert after(Fill("n", "mean"), table, "n").to_pylist() == [1.0, 2.0, 1.5]


def test_other_ways_to_fill():
    assert after(Fill("who", "모름"), AGES, "who").to_pylist() == ["가", "모름", "모름", "나"]
    assert after(Fill("who", "most frequent"), AGES, "who").to_pylist() == ["가", "가", "가", "나"]
    texts = pa.table({"n": ["1", "", "2.5", "NaN"]})
    assert after(Fill("n"), texts, "n").to_pylist() == ["1", "1.75", "2.5", "NaN"]


def test_outliers_end_at_the_whisker():
    table = pa.table({"fare": [1.0, 2.0, 3.0, 4.0, 100.0, None, math.inf]})
    step = Clip("fare").settled(table)
    assert (step.low, step.high) == (-1.0, 7.0)
    assert step.apply(table)["fare"].to_pylist() == [1.0, 2.0, 3.0, 4.0, 7.0, None, 7.0]
    assert after(Clip("fare", low=2), table, "fare").to_pylist()[0] == 2.0
    texts = pa.table({"n": ["1", "nine", "50"]})
    assert Clip("n", high=10).apply(texts)["n"].to_pylist() == ["1", "nine", "10"]
    assert Clip("fare", "percentiles").settled(table).high == pytest.approx(96.16)


def test_text_is_normalised():
    table = pa.table({"t": ["\u1112\u1161\u11ab글  ＡＢ", "", None]})
    assert after(Normalise("t"), table, "t").to_pylist() == ["한글 ＡＢ", "", None]
    assert after(Normalise("t", "NFKC", lower=True), table, "t").to_pylist() == ["한글 ab", "", None]


def test_categories_become_numbers():
    table = pa.table({"c": ["b", "a", "b", None], "n": [1, 2, 3, 4]})
    new = pa.table({"c": ["a", "z", None], "n": [1, 2, 3]})
    assert Encode("c").settled(table).apply(new)["c"].to_pylist() == [0, -1, -1]
    assert Encode("c", "counts").settled(table).apply(new)["c"].to_pylist() == [1, 0, 0]
    hot = Encode("c", "one hot").settled(table).apply(new)
    assert hot.column_names == ["c=a", "c=b", "n"] and hot["c=a"].to_pylist() == [1, 0, 0]


@pytest.mark.parametrize(
    "act, sentence",
    [
        (
            lambda: Fill("aeg").settled(AGES),
            "fill needs a column of the data: age, who; got 'aeg'; did you mean 'age'?",
        ),
        (lambda: Fill("who").settled(AGES), "fill needs numbers to learn from; the column 'who' has none"),
        (lambda: after(Fill("age", "viele"), AGES, "age"), "a value for age must fit its type int64; got 'viele'"),
        (
            lambda: Clip("n").settled(pa.table({"n": pa.array([None], pa.float64())})),
            "clip needs numbers to learn from",
        ),
        (lambda: Clip("n", "sigma"), "clip must be one of iqr, percentiles; got 'sigma'"),
        (lambda: Clip("n", low=3, high=1), "the low end must be at most the high one; got 3 and 1; swap them"),
        (lambda: Normalise("n", "NFX"), "a form must be one of NFC, NFKC; got 'NFX'"),
        (lambda: Encode("n", "hash"), "encode must be one of codes, one hot, counts; got 'hash'"),
        (lambda: Encode("n").settled(pa.table({"n": [str(n) for n in range(1001)]})), "encode takes at most 1,000"),
        (lambda: Encode("n").settled(pa.table({"n": [""]})), "encode needs values to learn from"),
    ],
)
def test_refusals(act, sentence):
    with pytest.raises(InputError, match=sentence):
        act()
