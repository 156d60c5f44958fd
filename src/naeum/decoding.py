"""Which answer do scores give, once the structure of the task is kept?

Scores are averaged, calibrated and blended over the task's own units; then there is one decision: the best class, the
classes above their thresholds, the number itself, the best sequence of tags in which every I- goes on with the entity
before it (Viterbi 1967, with transitions that are allowed or not), or the best stretch of a passage against none. Of
classes in an order, the answer is the one of least expected cost under the task's metric: the median of the
distribution for mean absolute error, the class nearest to its mean for squares (as quadratic kappa counts them).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from naeum import passages, plugged
from naeum.errors import InputError

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

CUT = 0.5  # probability from which a label of several is answered, where no threshold was tuned
MEDIAN = frozenset({"mae", "spearman", "kendall"})  # metrics of steps, or of ranks
MEAN = frozenset({"quadratic_kappa"})  # metrics of squared steps
HAIR = 1e-6  # single precision: what is a tie up to rounding is one
RULE = "decision rule"
GIVES = {
    "label": "one class a row, by name or number", "tags": "one tag a word, by name or number",
    "labels": "true or false for each row and label", "number": "one finite number a row",
}  # fmt: skip
LONGEST = 64  # units of an answer where no other limit was set: far more than a name, a date or a phrase has
FORBIDDEN = -1e9  # log score of a transition that must not be; finite, so that sums stay comparable


class Scores(Protocol):
    """What is decided from: `naeum.contract.Outputs`, which stands above this file."""

    @property
    def task(self) -> Any: ...
    @property
    def scores(self) -> Floats: ...
    @property
    def offsets(self) -> Ints | None: ...
    @property
    def link(self) -> str: ...
    @property
    def cut(self) -> Floats | None: ...
    @property
    def passages(self) -> npt.NDArray[np.object_] | None: ...
    @property
    def probabilities(self) -> Floats: ...
    def __len__(self) -> int: ...


def probabilities(outputs: Scores) -> Floats:
    """(units, classes), rows sum to one under softmax; of spans the units of each passage."""
    scores = outputs.scores
    if outputs.task.output == "span" and outputs.offsets is not None:
        return shares(scores, outputs.offsets)
    if outputs.link == "identity":
        return scores
    if outputs.link == "sigmoid":
        return np.asarray(1 / (1 + np.exp(-np.clip(scores, -60, 60))), np.float32)
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), np.float32)


def concatenated(answers: Sequence[Any]) -> Any:
    """Answers to several lots of rows as answers to all of them; see `naeum.contract.concatenated`."""
    first = answers[0]
    offsets, ends, texts = None, None, None
    if first.offsets is not None:
        sizes = [np.diff(one.offsets) for one in answers if one.offsets is not None]
        offsets = np.concatenate([[0], np.cumsum(np.concatenate(sizes))]).astype(np.int64)
    all_ends = [one.quantiles for one in answers if one.quantiles is not None]
    if len(all_ends) == len(answers):  # some models tell how far off they may be, others do not
        ends = np.concatenate(all_ends)
    if all(one.passages is not None for one in answers):
        texts = np.concatenate([one.passages for one in answers if one.passages is not None])
    scores = np.concatenate([one.scores for one in answers])
    return replace(first, scores=scores, offsets=offsets, quantiles=ends, passages=texts)


def codes(outputs: Scores) -> Ints:
    """(units,) the class of each unit."""
    if outputs.task.decide:
        return ruled(outputs)
    if outputs.task.output == "label" and outputs.task.ordered:
        return ranked(outputs)
    if outputs.task.output != "tags" or outputs.offsets is None:
        return np.asarray(outputs.scores.argmax(axis=1), np.int64)
    return tags(outputs.scores, outputs.offsets, outputs.task.classes)


def ranked(outputs: Scores) -> Ints:
    """(rows,) of classes in an order, the one of least expected cost under the metric, or by the cut points."""
    told, classes = outputs.probabilities.astype(np.float64), len(outputs.task.classes)
    if outputs.cut is not None:
        return np.searchsorted(outputs.cut, mean_rank(told), side="right").astype(np.int64)
    if outputs.task.metric in MEDIAN:
        half = np.cumsum(told, axis=1) >= CUT - HAIR
        return np.asarray(half.argmax(axis=1), np.int64)
    if outputs.task.metric in MEAN:
        return np.clip(np.floor(mean_rank(told) + CUT + HAIR), 0, classes - 1).astype(np.int64)
    return np.asarray(outputs.scores.argmax(axis=1), np.int64)


def ruled(outputs: Scores) -> Ints:
    """(units,) the classes that the user's rule gives, by name or by number; of tags, sentence by sentence.

    Raises:
        InputError: the rule raised, or gave something else than a class for each.
    """
    task, told = outputs.task, outputs.probabilities
    if outputs.offsets is None:
        return _coded(_asked(task, told), len(told), task)
    lots = [told[low:high] for low, high in pairwise(outputs.offsets)]
    found = [_coded(_asked(task, one), len(one), task) for one in lots if len(one)]
    return np.concatenate(found) if found else np.empty(0, np.int64)


def _asked(task: Any, told: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """What the user's rule gives for probabilities, or numbers, of rows."""
    given = (told,) if task.output == "number" else (told, task.classes)
    return np.asarray(plugged.call(task.decide, RULE, GIVES[task.output], given))


def _coded(given: npt.NDArray[Any], rows: int, task: Any) -> Ints:
    """Names or numbers of classes as numbers."""
    place = {name: code for code, name in enumerate(task.classes)}
    words = given.dtype.kind in "OUS"
    known = given.shape == (rows,) and (
        all(word in place for word in given.tolist()) if words
        else given.dtype.kind in "iu" and (not rows or (given.min() >= 0 and given.max() < len(place)))
    )  # fmt: skip
    if not known:
        raise _refused(task, given, rows)
    return np.asarray([place[word] for word in given.tolist()] if words else given, np.int64)


def _refused(task: Any, given: npt.NDArray[Any], rows: int) -> InputError:
    shown = f"{given.dtype} of shape {given.shape}, as {given.ravel()[:3].tolist()}, for {rows} rows"
    return InputError(
        f"the {RULE} {plugged.short(task.decide)} must give {GIVES[task.output]}; it gave {shown}; mend it"
    )


def numbers(outputs: Scores) -> npt.NDArray[np.float64]:
    """(rows,) the answered numbers, by the user's rule where there is one.

    Raises:
        InputError: the rule raised, or gave something else than a finite number a row.
    """
    found = outputs.scores[:, 0].astype(np.float64)
    if not outputs.task.decide:
        return found
    given = _asked(outputs.task, found)
    if given.shape != found.shape or given.dtype.kind not in "iuf" or not np.isfinite(given).all():
        raise _refused(outputs.task, given, len(found))
    return np.asarray(given, np.float64)


def mean_rank(told: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    """(rows,) the mean class number, from 0, under probabilities (rows, classes)."""
    return np.asarray(told @ np.arange(told.shape[1], dtype=np.float64))


def answers(outputs: Scores) -> npt.NDArray[np.object_]:
    """(rows,) a class, a number, a tuple of classes, the list of each word's tag, or the answer that a passage gives.

    Of a span where the passages are not at hand its first and last unit, see `spans`.
    """
    task, found = outputs.task, np.empty(len(outputs), object)
    if task.output == "span":
        given = outputs.passages
        ends = spans(outputs) if given is None else places(outputs)
        found[:] = [tuple(row) if given is None else given[at][slice(*row)] for at, row in enumerate(ends.tolist())]
        return found
    if task.output == "number":
        found[:] = numbers(outputs).tolist()
    elif task.output == "labels":
        found[:] = [tuple(task.classes[code] for code in np.flatnonzero(row)) for row in chosen(outputs)]
    elif outputs.offsets is not None:
        names = [task.classes[code] for code in codes(outputs)]
        ends = outputs.offsets
        found[:] = [names[ends[row] : ends[row + 1]] for row in range(len(outputs))]
    else:
        return np.asarray(task.classes, dtype=object)[codes(outputs)]
    return found


def chosen(outputs: Scores) -> npt.NDArray[np.bool_]:
    """(rows, classes) which of several labels are answered."""
    if outputs.task.decide:
        given = _asked(outputs.task, outputs.probabilities)
        if given.shape != outputs.scores.shape or given.dtype.kind != "b":
            raise _refused(outputs.task, given, len(outputs.scores))
        return given
    cut = CUT if outputs.cut is None else outputs.cut
    return np.asarray(outputs.probabilities >= cut, np.bool_)


def confidence(outputs: Scores) -> Floats:
    """(rows,) the probability that the whole answer is right, its units taken as independent; NaN for numbers."""
    if outputs.task.output == "number":
        return np.full(len(outputs), np.nan, np.float32)
    if outputs.task.output == "span":
        return _sure(outputs)
    told = outputs.probabilities
    if outputs.task.output == "labels":
        return np.asarray(np.where(chosen(outputs), told, 1 - told).prod(axis=1), np.float32)
    if outputs.offsets is None:
        return np.asarray(told[np.arange(len(told)), codes(outputs)], np.float32)
    logs = np.log(np.maximum(told[np.arange(len(told)), codes(outputs)], np.finfo(np.float32).tiny))
    sums = np.concatenate([[0.0], np.cumsum(logs, dtype=np.float64)])
    return np.asarray(np.exp(sums[outputs.offsets[1:]] - sums[outputs.offsets[:-1]]), np.float32)


def tags(scores: Floats, offsets: Ints, classes: Sequence[str]) -> Ints:
    """(units,) the best sequence of each row in which I-x follows only B-x or I-x.

    Args:
        scores: (units, classes) log-probabilities or logits.
        offsets: (rows + 1,) where each row's units begin.
        classes: names such as O, B-place, I-place; names without B- or I- may stand anywhere.

    Example:
        >>> scores = np.log(np.array([[0.6, 0.3, 0.1], [0.1, 0.1, 0.8]], np.float32))
        >>> tags(scores, np.array([0, 2]), ("O", "B-x", "I-x")).tolist()
        [1, 2]
    """
    first, step = transitions(classes)
    if not (step < 0).any() and not (first < 0).any():
        return np.asarray(scores.argmax(axis=1), np.int64)
    found = np.empty(len(scores), np.int64)
    best = scores.argmax(axis=1)
    for low, high in pairwise(offsets):
        greedy = best[low:high]
        if not len(greedy):
            continue
        if first[greedy[0]] == 0 and not step[greedy[:-1], greedy[1:]].any():
            found[low:high] = greedy  # the best of all sequences is allowed
        else:
            found[low:high] = viterbi(scores[low:high], first, step)
    return found


def transitions(classes: Sequence[str]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """(classes,) what a row may begin with and (classes, classes) what may follow what: 0, or FORBIDDEN."""
    inside = np.array([name.startswith("I-") for name in classes])
    kind = np.array([name[2:] if name[:2] in ("B-", "I-") else "" for name in classes], object)
    first = np.where(inside, FORBIDDEN, 0.0)
    same = kind[:, None] == kind[None]
    return first, np.where(inside[None] & ~same, FORBIDDEN, 0.0)


def viterbi(scores: npt.NDArray[np.floating], first: npt.NDArray[np.float64], step: npt.NDArray[np.float64]) -> Ints:
    """(units,) the sequence with the greatest sum of unit scores and transitions (Viterbi 1967).

    Args:
        scores: (units, classes).
        first: (classes,) added to the first unit.
        step: (classes, classes) added from one unit to the next.
    """
    total, back = scores[0] + first, np.zeros(scores.shape, np.int64)
    for at in range(1, len(scores)):
        through = total[:, None] + step  # (before, after)
        back[at] = through.argmax(axis=0)
        total = through.max(axis=0) + scores[at]
    path = [int(total.argmax())]
    for at in range(len(scores) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    return np.asarray(path[::-1], np.int64)


def shares(scores: Floats, offsets: Ints) -> Floats:
    """(units, 2) softmax over the units of each row: how probable it is that the answer begins, or ends, there.

    Example:
        >>> shares(np.zeros((3, 2), np.float32), np.array([0, 2, 3]))[:, 0].tolist()
        [0.5, 0.5, 1.0]
    """
    if not len(scores):
        return scores
    sizes = np.diff(offsets)
    top = np.maximum.reduceat(scores, offsets[:-1], axis=0)
    shifted = np.exp(np.asarray(scores, np.float64) - np.repeat(top, sizes, axis=0))
    total = np.add.reduceat(shifted, offsets[:-1], axis=0)
    return np.asarray(shifted / np.repeat(total, sizes, axis=0), np.float32)


def spans(outputs: Scores) -> Ints:
    """(rows, 2) the first and the last unit of each answer, counted in its row; unit 0 is no answer.

    The stretch with the greatest sum of the score of its start and of its end is answered if that sum is above the
    score of no answer by the threshold (Devlin et al. 2019, "BERT", section 4.3); it has at most so many units. Both
    limits are `outputs.cut`; without it 0 and LONGEST.
    """
    threshold, longest = limits(outputs)
    found = np.zeros((len(outputs), 2), np.int64)
    for row, (start, end, margin) in enumerate(margins(outputs, longest)):
        if margin > threshold:
            found[row] = start, end
    return found


def limits(outputs: Scores) -> tuple[float, int]:
    """How far the best stretch must be above no answer, and how many units it may have."""
    return (0.0, LONGEST) if outputs.cut is None else (float(outputs.cut[0]), int(outputs.cut[1]))


def margins(outputs: Scores, longest: int) -> list[tuple[int, int, float]]:
    """The best stretch of each row and how far its score is above that of no answer; nothing is below where none is."""
    if outputs.offsets is None:
        return []
    found = []
    for low, high in pairwise(outputs.offsets):
        scores = outputs.scores[low:high]
        if high - low < 2:
            found.append((0, 0, float("-inf")))
            continue
        start, end, best = stretch(scores[1:], longest)
        found.append((start + 1, end + 1, best - float(scores[0].sum())))
    return found


def stretch(scores: Floats, longest: int) -> tuple[int, int, float]:
    """The first and last unit of the best stretch, and its score.

    Args:
        scores: (units, 2) of a start and of an end; at least one unit.
        longest: units of a stretch at most.

    Example:
        >>> stretch(np.array([[0, 8], [5, 0], [1, 4]], np.float32), 2)
        (1, 2, 9.0)
    """
    longest = max(1, min(longest, len(scores)))
    filled = np.concatenate([scores[:, 1], np.full(longest - 1, -np.inf, np.float32)])
    windows = np.lib.stride_tricks.sliding_window_view(filled, longest)  # (units, longest) ends that a start may have
    further = windows.argmax(axis=1)
    total = scores[:, 0] + windows[np.arange(len(scores)), further]
    start = int(total.argmax())
    return start, start + int(further[start]), float(total[start])


def places(outputs: Scores) -> Ints:
    """(rows, 2) the characters [start, end) of each answer in its passage; (-1, -1): no answer."""
    found = np.full((len(outputs), 2), passages.NOWHERE)
    if outputs.passages is None:
        return found
    for row, (first, last) in enumerate(spans(outputs).tolist()):
        if first:
            own = passages.units(outputs.passages[row])
            found[row] = own[first - 1, 0], own[last - 1, 1]
    return found


def _sure(outputs: Scores) -> Floats:
    """(rows,) the probability of the stretch, or of no answer, among all that may be answered."""
    if outputs.offsets is None:
        return np.zeros(len(outputs), np.float32)
    _, longest = limits(outputs)
    told, found = np.asarray(outputs.probabilities, np.float64), np.empty(len(outputs), np.float32)
    answered = spans(outputs)
    for row, (low, high) in enumerate(pairwise(outputs.offsets)):
        start, end = told[low + 1 : high].T
        sums = np.concatenate([[0.0], np.cumsum(end)])
        last = np.minimum(np.arange(len(start)) + longest, len(start))
        every = told[low].prod() + float(start @ (sums[last] - sums[:-1]))
        first, final = answered[row]
        found[row] = told[low + first, 0] * told[low + final, 1] / max(every, np.finfo(np.float64).tiny)
    return np.minimum(found, 1.0)
