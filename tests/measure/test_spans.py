"""Are answers from passages judged by their texts?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.contract import Dataset, Outputs, subset
from naeum.errors import InputError
from naeum.measure import bootstrap, metric, paired
from naeum.measure.judged import judged, row_errors
from naeum.measure.spans import ScoredSpans, gold_places, passages_of, wanted
from naeum.passages import between, units, units_of
from naeum.testing.data import make
from naeum.testing.worlds import spans

ROWS: list[spans.Row] = [
    ("수도는?", "한국의 수도는 서울특별시다.", [(8, 13), (8, 10)]),
    ("When?", "It began in May 1990.", [(12, 20)]),
    ("Who?", "Nobody knows.", []),
    ("Where?", "In the north.", [(0, 12)]),
    ("What?", "Unanswered here.", None),
]


def told(data: Dataset, places: list[tuple[int, int] | None]) -> Outputs:
    """Sure answers at these characters."""
    texts = passages_of(data)
    found = units_of(texts)
    scores = np.zeros((len(found.spans), 2), np.float32)
    for text, place, low in zip(texts, places, found.offsets[:-1], strict=True):
        first, last = (-1, -1) if place is None else between(units(text), *place)
        scores[low + 1 + first, 0] += 9
        scores[low + 1 + last, 1] += 9
    return Outputs(data.task, scores, offsets=found.offsets)


def test_texts_are_compared_by_the_rules_of_their_script() -> None:
    data = spans.dataset(ROWS)
    scored = judged(told(data, [(8, 13), (16, 20), None, (0, 2), None]), data)
    assert isinstance(scored, ScoredSpans) and len(scored) == 4
    assert scored.answered == ("서울특별시", "1990", "", "In")
    assert scored.golds[0] == ("서울특별시", "서울") and scored.golds[2] == ()
    assert scored.overlap.tolist() == pytest.approx([1, 2 / 3, 1, 2 / 3])
    assert scored.right.tolist() == [1, 0, 1, 0]
    assert scored.single.tolist() == [True, False, False, False]


@pytest.mark.parametrize(
    ("name", "value"),
    [("span_f1", (1 + 2 / 3 + 1 + 2 / 3) / 4), ("span_exact", 0.5), ("answerable_f1", (1 + 2 / 3 + 2 / 3) / 3),
     ("no_answer_accuracy", 1.0)],
)  # fmt: skip
def test_metrics_of_spans(name: str, value: float) -> None:
    data = spans.dataset(ROWS)
    assert metric(name).score(told(data, [(8, 13), (16, 20), None, (0, 2), None]), data) == pytest.approx(value)


def test_log_loss_is_of_all_right_starts_and_ends_together() -> None:
    data = spans.dataset(ROWS[:1])
    found = units_of(passages_of(data))
    outputs = Outputs(data.task, np.zeros((len(found.spans), 2), np.float32), offsets=found.offsets)
    count = len(found.spans)  # one start and two ends are right
    assert metric("log_loss").score(outputs, data) == pytest.approx(np.log(count) + np.log(count / 2))


def test_intervals_and_paired_gains_are_over_rows() -> None:
    data = spans.make(40, seed=3)
    golds = [one[0] if one else None for one in gold_places(data, np.arange(40))]
    good, poor = told(data, golds), told(data, [None] * 40)
    found = bootstrap(metric("span_f1"), poor, data, seed=0)
    assert found.low < found.value < found.high
    pair = paired(metric("span_f1"), good, poor, data, seed=0)
    assert pair.gain == pytest.approx(1 - found.value) and pair.low > 0
    assert row_errors(good, data).tolist() == [0.0] * 40


def test_the_shares_of_right_starts_and_ends_sum_to_one() -> None:
    text = "가나다라"
    assert wanted([text], [[(0, 2), (2, 4)]]).tolist() == [[0, 0], [0.5, 0], [0, 0.5], [0.5, 0], [0, 0.5]]
    assert wanted(["a  b"], [[(1, 3)]]).tolist() == [[1, 1], [0, 0], [0, 0]], "blanks alone are no answer"


def test_answers_to_other_rows_are_refused() -> None:
    data = spans.dataset(ROWS[:2])
    with pytest.raises(InputError, match=r"a start and an end for each unit of a passage; got 7 for 21 units; predict"):
        judged(Outputs(data.task, np.zeros((7, 2), np.float32), offsets=np.array([0, 3, 7])), data)
    with pytest.raises(InputError, match=r"these metrics must be given stretches of passages; got the output 'label'"):
        ScoredSpans.of(Outputs(make(2).task, np.zeros((2, 2), np.float32)), make(2))
    with pytest.raises(InputError, match="at least one row must be labelled"):
        judged(told(subset(data, [], "none"), []), subset(data, [], "none"))
