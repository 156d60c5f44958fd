"""Does one decision keep the structure of the task?"""

from __future__ import annotations

import dataclasses
import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum import decoding, passages
from naeum.contract import Outputs, Task, concatenated

BIO = ("O", "B-a", "I-a", "B-b", "I-b")
TAGS = Task(inputs=("words",), classes=BIO, output="tags", kinds=("words",))


def allowed(tags: tuple[int, ...]) -> bool:
    names = ["O", *(BIO[tag] for tag in tags)]
    return all(not after.startswith("I-") or before[2:] == after[2:] for before, after in itertools.pairwise(names))


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_best_allowed_sequence_is_found(length: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(length, 5)).astype(np.float32)
    ways = [way for way in itertools.product(range(5), repeat=length) if allowed(way)]
    best = max(ways, key=lambda way: sum(scores[at, tag] for at, tag in enumerate(way)))
    assert decoding.tags(scores, np.array([0, length]), BIO).tolist() == list(best)


def test_each_row_is_decided_for_itself() -> None:
    scores = np.log(np.array([[0.1, 0.6, 0.1, 0.1, 0.1], [0.1, 0.2, 0.6, 0.05, 0.05], [0.2, 0.1, 0.6, 0.05, 0.05]]))
    outputs = Outputs(TAGS, scores.astype(np.float32), offsets=np.array([0, 2, 2, 3]))
    assert outputs.labels.tolist() == [["B-a", "I-a"], [], ["O"]], "the last word may not begin with I-"
    assert outputs.confidence == pytest.approx([0.36, 1.0, 0.2])
    assert outputs.take([2, 0]).labels.tolist() == [["O"], ["B-a", "I-a"]]
    assert concatenated([outputs.take([2]), outputs.take([0, 1])]).labels.tolist() == [["O"], ["B-a", "I-a"], []]


def test_tags_without_begin_and_inside_may_stand_anywhere() -> None:
    scores = np.random.default_rng(0).normal(size=(6, 3)).astype(np.float32)
    assert decoding.tags(scores, np.array([0, 6]), ("N", "V", "X")).tolist() == scores.argmax(axis=1).tolist()


def test_labels_are_answered_from_their_thresholds_on() -> None:
    task = Task(classes=("빠름", "친절", "비쌈"), output="labels")
    scores = np.log(np.array([[0.6, 0.4, 0.2], [0.1, 0.1, 0.1]]) / np.array([[0.4, 0.6, 0.8], [0.9, 0.9, 0.9]]))
    outputs = Outputs(task, scores.astype(np.float32), "sigmoid")
    assert outputs.labels.tolist() == [("빠름",), ()]
    lower = Outputs(task, scores.astype(np.float32), "sigmoid", cut=np.array([0.5, 0.3, 0.5], np.float32))
    assert lower.labels.tolist() == [("빠름", "친절"), ()]
    assert lower.confidence == pytest.approx([0.6 * 0.4 * 0.8, 0.9**3])


def test_numbers_are_their_own_answers() -> None:
    task = Task(output="number", metric="r2")
    ends = np.array([[1, 2], [-3, 0]], np.float32)
    outputs = Outputs(task, np.array([[1.5], [-2.0]], np.float32), "identity", quantiles=ends)
    assert outputs.labels.tolist() == [1.5, -2.0]
    assert np.isnan(outputs.confidence).all()
    assert outputs.to_pandas().to_dict("list") == {"prediction": [1.5, -2.0], "low": [1.0, -3.0], "high": [2.0, 0.0]}
    assert outputs.take([1]).quantiles.tolist() == [[-3.0, 0.0]]


def ordered(metric: str, cut: np.ndarray | None = None) -> Outputs:
    task = Task(classes=("나쁨", "보통", "좋음", "최고"), ordered=True, metric=metric)
    told = np.array([[0.4, 0.15, 0.1, 0.35], [0.1, 0.2, 0.6, 0.1], [0.3, 0.3, 0.2, 0.2]], np.float32)
    return Outputs(task, np.log(told), cut=cut)


def test_classes_in_an_order_are_decided_by_what_the_metric_costs() -> None:
    assert ordered("accuracy").codes.tolist() == [0, 2, 0]
    assert ordered("mae").codes.tolist() == [1, 2, 1], "the median"
    assert ordered("quadratic_kappa").codes.tolist() == [1, 2, 1], "nearest to the means 1.4, 1.7 and 1.3"
    assert ordered("quadratic_kappa", np.array([0.5, 1.2, 1.35], np.float32)).codes.tolist() == [3, 3, 2]
    assert ordered("mae").confidence == pytest.approx([0.15, 0.6, 0.3]), "of the answer, not of the likeliest class"


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000))
def test_no_other_class_costs_less(seed: int) -> None:
    told = np.random.default_rng(seed).dirichlet(np.ones(5), 1).astype(np.float32)
    steps = np.abs(np.arange(5)[:, None] - np.arange(5)[None])
    for metric, power in (("mae", 1), ("quadratic_kappa", 2)):
        task = Task(classes=tuple("abcde"), ordered=True, metric=metric)
        costs = (steps**power @ told[0].astype(float)).round(5)
        assert costs[Outputs(task, np.log(told)).codes[0]] <= costs.min() + 1e-5


SPAN = Task(("question", "context"), "answers", ("start", "end"), "span_f1", "span")


def answering(texts: list[str], seed: int = 0, **more: object) -> Outputs:
    """Random scores of the units of passages."""
    found = passages.units_of(texts)
    scores = np.random.default_rng(seed).normal(size=(len(found.spans), 2)).astype(np.float32)
    held = np.array(texts, object)
    return Outputs(SPAN, scores, offsets=found.offsets, passages=held, **more)  # type: ignore[arg-type]


def every(outputs: Outputs, longest: int) -> dict[tuple[int, int], float]:
    """The probability of each stretch of a single row, and of no answer (0, 0), by definition."""
    told, units = outputs.probabilities.astype(np.float64), len(outputs.scores)
    ways = [(0, 0), *((a, b) for a in range(1, units) for b in range(a, min(a + longest, units)))]
    chances = {(a, b): told[a, 0] * told[b, 1] for a, b in ways}
    return {way: chance / sum(chances.values()) for way, chance in chances.items()}


@settings(deadline=None, max_examples=60)
@given(st.integers(1, 9), st.integers(1, 5), st.floats(-3, 3), st.integers(0, 10_000))
def test_the_best_stretch_is_answered_where_it_is_above_none(units: int, longest: int, above: float, seed: int) -> None:
    outputs = answering([" ".join("abcdefghi"[:units])], seed, cut=np.array([above, longest], np.float32))
    chances = every(outputs, longest)
    best = max((way for way in chances if way != (0, 0)), key=lambda way: chances[way])
    if abs(np.log(chances[best] / chances[0, 0]) - above) < 1e-4:
        return  # too near to call
    wanted = best if np.log(chances[best] / chances[0, 0]) > above else (0, 0)
    assert tuple(decoding.spans(outputs)[0].tolist()) == wanted
    assert outputs.confidence == pytest.approx([chances[wanted]], rel=1e-4)


def test_answers_are_texts_of_their_passages() -> None:
    outputs = answering(["서울은 수도다", "", "in the north"])
    outputs.scores[:] = 0
    outputs.scores[1, 0] = outputs.scores[2, 1] = outputs.scores[-2, 0] = outputs.scores[-1, 1] = 9
    assert outputs.labels.tolist() == ["서울", "", "the north"]
    frame = outputs.to_pandas()
    assert frame[["prediction", "start", "end"]].values.tolist() == [["서울", 0, 2], ["", -1, -1], ["the north", 3, 12]]
    assert outputs.confidence[1] == 1.0
    turned = concatenated([outputs.take([2]), outputs.take([0, 1])])
    assert turned.labels.tolist() == ["the north", "서울", ""]
    bare = dataclasses.replace(outputs, passages=None)
    assert bare.labels.tolist() == [(1, 2), (0, 0), (2, 3)], "units, where the texts are not at hand"
    assert concatenated([bare, outputs]).passages is None
    assert outputs.take([]).labels.tolist() == [] and len(outputs.take([]).confidence) == 0


def test_starts_and_ends_are_shared_out_over_a_passage() -> None:
    outputs = answering(["가 나", "", "a b c d"])
    ends = outputs.offsets
    assert ends is not None
    assert np.add.reduceat(outputs.probabilities, ends[:-1], axis=0) == pytest.approx(np.ones((3, 2)))


def test_a_long_stretch_is_not_answered_in_pieces() -> None:
    outputs = answering([" ".join("가" * 200)])
    outputs.scores[:] = 0
    outputs.scores[1, 0] = outputs.scores[200, 1] = 5
    first, last = decoding.spans(outputs)[0]
    assert last - first < decoding.LONGEST
