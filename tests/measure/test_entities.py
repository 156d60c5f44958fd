"""Are entities those of CoNLL, and the measures of tags those of a slow count of them?"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

import numpy as np
import pytest

from naeum.contract import Dataset, Outputs, Task
from naeum.errors import InputError
from naeum.measure import bootstrap, metric
from naeum.measure.entities import ScoredTags, entities, types
from naeum.measure.judged import judged, row_errors
from naeum.measure.words import word_offsets
from naeum.testing.worlds.tags import dataset

CLASSES = ("B-사람", "B-곳", "I-사람", "I-곳", "O")
IOBES = (*CLASSES, "E-사람", "E-곳", "S-사람", "S-곳")
NAMES = ("entity_f1", "entity_precision", "entity_recall", "entity_macro_f1", "word_accuracy", "exact_tags", "log_loss")


def slow(tags: Sequence[str]) -> set[tuple[str, int, int]]:
    """Entities as seqeval finds them (`get_entities` in its default mode), word after word: type, first, last."""
    found, begin, before, of = set(), 0, "O", ""
    for at, tag in enumerate([*tags, "O"]):
        mark, kind = tag[0], tag.partition("-")[2] or "_"
        ends = before in "ES" or (before in "BI" and mark in "BSO") or (before != "O" and of != kind)
        starts = mark in "BS" or (before in "ESO" and mark in "EI") or (mark != "O" and of != kind)
        if ends and before != "O":
            found.add((of, begin, at - 1))
        if starts:
            begin = at
        before, of = mark, kind
    return found


def made(rows: int, classes: Sequence[str] = CLASSES, seed: int = 0, skill: float = 2.0) -> tuple[Outputs, Dataset]:
    """Random tags, also impossible ones, and answers that know them as well as `skill` says."""
    rng = np.random.default_rng(seed)
    lengths = rng.integers(0, 9, rows)
    tags = [rng.integers(0, len(classes), length).tolist() for length in lengths]
    task = Task(("words",), "tags", tuple(classes), "entity_f1", "tags", kinds=("words",))
    data = dataset([["말"] * length for length in lengths], tags, task)
    data = dataclasses.replace(data, weight=rng.integers(1, 4, rows).astype(np.float32))
    scores = rng.normal(size=(int(lengths.sum()), len(classes)))
    scores[np.arange(len(scores)), np.concatenate(tags).astype(int)] += skill
    return Outputs(task, scores.astype(np.float32), offsets=word_offsets(data.rows["words"])), data


def by_hand(outputs: Outputs, data: Dataset) -> dict[str, float]:
    """Every measure, counted sentence by sentence."""
    classes, ends = data.task.classes, outputs.offsets
    told = outputs.scores.astype(float)
    logs = told - np.log(np.exp(told).sum(axis=1, keepdims=True))
    sums = dict.fromkeys(("true", "answered", "both", "words", "right", "rows", "exact", "loss"), 0.0)
    kinds: dict[str, list[float]] = {}
    for row, (codes, weight) in enumerate(zip(data.truth.to_pylist(), data.weight.tolist(), strict=True)):
        answers = outputs.codes[ends[row] : ends[row + 1]]
        true, answered = (slow([classes[code] for code in some]) for some in (codes, answers))
        for place, group in enumerate((true, answered, true & answered)):
            for kind, *_ in group:
                kinds.setdefault(kind, [0.0, 0.0, 0.0])[place] += weight
        sums["words"] += weight * len(codes)
        sums["right"] += weight * (np.array(codes) == answers).sum()
        sums["rows"] += weight
        sums["exact"] += weight * (list(codes) == answers.tolist())
        sums["loss"] -= weight * logs[np.arange(ends[row], ends[row + 1]), codes].sum()
    true, answered, both = np.sum([*kinds.values()], axis=0)
    each = [2 * both / (true + answered) for true, answered, both in kinds.values()]
    return {
        "entity_f1": 2 * both / (true + answered), "entity_precision": both / answered, "entity_recall": both / true,
        "entity_macro_f1": float(np.mean(each)), "word_accuracy": sums["right"] / sums["words"],
        "exact_tags": sums["exact"] / sums["rows"], "log_loss": sums["loss"] / sums["words"],
    }  # fmt: skip


@pytest.mark.parametrize("classes", [CLASSES, IOBES], ids=["BIO", "IOBES"])
def test_entities_are_those_of_a_slow_search(classes: tuple[str, ...]) -> None:
    rng = np.random.default_rng(5)
    for _ in range(50):
        lengths = rng.integers(0, 8, 6)
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        codes = rng.integers(0, len(classes), offsets[-1])
        expected = [
            (offsets[row] + low, offsets[row] + high + 1, types(classes).index(kind))
            for row in range(6)
            for kind, low, high in slow([classes[code] for code in codes[offsets[row] : offsets[row + 1]]])
        ]
        assert entities(codes, offsets, classes).tolist() == sorted(expected)


@pytest.mark.parametrize(
    ("tags", "found"),
    [  # what seqeval 1.2.2 says of them
        (["B-x", "I-x", "B-x", "O", "I-x"], [(0, 2), (2, 3), (4, 5)]),
        (["B-x", "I-y", "I-y", "O", "O"], [(0, 1), (1, 3)]),
        (["S-x", "I-x", "E-x", "E-x", "B-x"], [(0, 1), (1, 3), (3, 4), (4, 5)]),
        (["O", "NOUN", "O", "O", "O"], []),
    ],
)
def test_entities_of_known_tags(tags: list[str], found: list[tuple[int, int]]) -> None:
    classes = tuple(sorted({*tags}))
    codes = np.array([classes.index(tag) for tag in tags])
    assert [one[:2] for one in entities(codes, np.array([0, 5]), classes).tolist()] == found


@pytest.mark.parametrize("name", NAMES)
def test_measures_are_those_of_a_slow_count(name: str) -> None:
    outputs, data = made(60)
    assert metric(name).score(outputs, data) == pytest.approx(by_hand(outputs, data)[name], abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_faultless_answers_are_perfect(name: str) -> None:
    outputs, data = made(40, skill=0.0)
    sure = np.full(outputs.scores.shape, -40.0, np.float32)
    tags = [["O", "B-곳", "I-곳"][at % 3] for at in range(len(sure))]
    ends = outputs.offsets
    codes = [[CLASSES.index(tag) for tag in tags[: ends[row + 1] - ends[row]]] for row in range(len(data))]
    sure[np.arange(len(sure)), np.concatenate(codes).astype(int)] = 40.0
    data = dataset(data.rows["words"].to_pylist(), codes, data.task)
    assert metric(name).score(dataclasses.replace(outputs, scores=sure), data) == metric(name).perfect


def test_unlabelled_sentences_are_left_out() -> None:
    outputs, data = made(30)
    hidden = np.arange(30) % 3 == 1
    tags = [None if gone else codes for gone, codes in zip(hidden, data.truth.to_pylist(), strict=True)]
    bare = dataset(data.rows["words"].to_pylist(), tags, data.task)
    scored = ScoredTags.of(outputs, bare)
    kept = np.flatnonzero(~hidden)
    of_kept = ScoredTags.of(outputs.take(kept), dataset(
        [data.rows["words"][row].as_py() for row in kept], [tags[row] for row in kept], data.task))  # fmt: skip
    assert len(scored) == 20 and metric("entity_f1").of(scored) == metric("entity_f1").of(of_kept)
    assert np.array_equal(scored.errors, of_kept.errors)


def test_a_sentence_is_right_where_every_word_is_and_wrong_by_its_share() -> None:
    task = Task(("words",), "tags", ("B-x", "O"), "entity_f1", "tags", kinds=("words",))
    data = dataset([["가", "나"], ["다"], []], [[0, 1], [1], []], task)
    scores = np.array([[1, 0], [1, 0], [0, 1]], np.float32)
    outputs = Outputs(task, scores, offsets=np.array([0, 2, 3, 3]))
    scored = judged(outputs, data)
    assert scored.right.tolist() == [0, 1, 1]
    assert row_errors(outputs, data).tolist() == [0.5, 0, 0]


def test_nothing_true_and_nothing_answered_scores_nothing() -> None:
    task = Task(("words",), "tags", ("B-x", "O"), "entity_f1", "tags", kinds=("words",))
    data = dataset([["가"]], [[1]], task)
    outputs = Outputs(task, np.array([[0, 1]], np.float32), offsets=np.array([0, 1]))
    assert [metric(name).score(outputs, data) for name in NAMES[:4]] == [0, 0, 0, 0]


def test_intervals_stand_around_the_score() -> None:
    outputs, data = made(200)
    got = bootstrap(metric("entity_f1"), outputs, data, seed=0, resamples=300)
    assert got.low < got.value < got.high < got.low + 0.2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda outputs: dataclasses.replace(outputs, offsets=None), "must be given a tag a word"),
        (lambda outputs: dataclasses.replace(outputs, offsets=np.append(outputs.offsets[:-1], 0)), "one answer a word"),
        (lambda outputs: outputs.take([0]), "one answer a row"),
    ],
)
def test_answers_to_other_words_are_refused(change, message: str) -> None:
    outputs, data = made(8)
    with pytest.raises(InputError, match=message):
        judged(change(outputs), data)


def test_metrics_of_labels_do_not_judge_tags() -> None:
    outputs, data = made(8)
    with pytest.raises(InputError, match="must judge what the task answers, tags; accuracy judges label"):
        metric("accuracy").score(outputs, data)
