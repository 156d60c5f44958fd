"""Which laws must every predictor keep? They are tried on a bench, whose learner is fitted first."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import FrozenInstanceError

import numpy as np

from naeum import values
from naeum.contract import Outputs
from naeum.testing.bench import Bench
from naeum.testing.data import dataset
from naeum.testing.laws import must, near

LINKS = {"labels": "sigmoid", "number": "identity"}  # of scores, by output; softmax for the others
SAME = 1e-4  # that order and batch size may change a score by, in single precision
THREADS = 8
LONG = 1_000_000  # characters of the longest text


def is_frozen(bench: Bench) -> None:
    """A fitted model has no field that can be set."""
    try:
        bench.fitted.task = None  # type: ignore[misc, assignment]
    except (FrozenInstanceError, AttributeError):
        return
    must(False, f"the task of {type(bench.fitted).__name__} could be changed")


def names_kind_version_and_task(bench: Bench) -> None:
    """It says its kind and version, and the task it was fitted for."""
    fitted = bench.fitted
    must(isinstance(fitted.kind, str) and fitted.kind, "no kind")
    must(isinstance(fitted.version, int) and fitted.version >= 1, "no version")
    must(fitted.task == bench.parts.fit.task, f"task {fitted.task}")


def answers_every_row(bench: Bench) -> None:
    """One line of finite single-precision scores a row (a word, where words are tagged), one column a class."""
    data, outputs = bench.parts.tune, bench.outputs
    must(isinstance(outputs, Outputs) and len(outputs) == len(data), "not one answer a row")
    must(outputs.link == LINKS.get(data.task.output, "softmax"), f"the link is {outputs.link}")
    units = len(data) if outputs.offsets is None else int(outputs.offsets[-1])
    must(outputs.scores.shape == (units, _columns(bench)), f"scores are {outputs.scores.shape}")
    must(len(outputs.labels) == len(data), "not one decision a row")
    must(outputs.scores.dtype == np.float32, f"scores are {outputs.scores.dtype}")
    must(np.isfinite(outputs.scores).all(), "scores are not finite")


def probabilities_sum_to_one(bench: Bench) -> None:
    """Probabilities are in [0, 1] and those of a row sum to one."""
    outputs = bench.outputs
    if bench.task.output == "number":
        _ends_hold_the_answer(outputs)
        return
    probabilities = outputs.probabilities
    must(((probabilities >= 0) & (probabilities <= 1)).all(), "a probability is outside [0, 1]")
    if bench.task.output == "span" and outputs.offsets is not None:
        sums = np.add.reduceat(probabilities, outputs.offsets[:-1], axis=0)  # over the units of each passage
        near(sums, np.ones_like(sums), 1e-5, "sums of probabilities")
    elif outputs.link == "softmax":
        near(probabilities.sum(axis=1), np.ones(len(probabilities)), 1e-5, "sums of probabilities")


def no_rows_get_no_answers(bench: Bench) -> None:
    """A table without rows is answered by none."""
    outputs = bench.fitted.predict(bench.parts.tune.rows.slice(0, 0))
    must(outputs.scores.shape == (0, _columns(bench)), f"scores are {outputs.scores.shape}")
    must(len(outputs) == 0, f"{len(outputs)} answers to no rows")


def odd_rows_are_answered(bench: Bench) -> None:
    """The odd rows of the world get finite answers: empty, missing, NUL, emoji, right-to-left, broken."""
    outputs = bench.fitted.predict(bench.odd)
    must(len(outputs) == len(bench.odd), f"{len(outputs)} answers to {len(bench.odd)} rows")
    must(np.isfinite(outputs.probabilities).all(), "probabilities are not finite")


def a_million_characters_are_answered(bench: Bench) -> None:
    """The longest text is answered beside a short one."""
    if set(bench.task.columns.values()) != {"text"}:
        return
    rows = dataset(["가나 " * (LONG // 3), "가"], [-1, -1], bench.fitted.task).rows
    must(np.isfinite(bench.fitted.predict(rows).probabilities).all(), "probabilities are not finite")


def order_changes_nothing(bench: Bench) -> None:
    """Rows turned round get their answers turned round."""
    rows = bench.parts.tune.rows
    turned = np.arange(len(rows))[::-1]
    again = bench.fitted.predict(rows.take(turned)).take(turned)
    near(again.scores, bench.scores, SAME * _scale(bench), "order changed scores")


def batch_size_changes_nothing(bench: Bench) -> None:
    """Rows one by one, and among longer ones, get the same answers."""
    rows = bench.parts.tune.rows
    alone = np.concatenate([bench.fitted.predict(rows.slice(at, 1)).scores for at in range(len(rows))])
    near(alone, bench.scores, SAME * _scale(bench), "single rows got other scores")
    if set(bench.task.columns.values()) != {"text"}:
        return
    import pyarrow as pa

    long = dataset(["영화 정말 " * 30] * 3, [-1] * 3, bench.fitted.task).rows
    among = bench.fitted.predict(pa.concat_tables([long, rows])).take(np.arange(len(rows)) + 3).scores
    near(among, bench.scores, SAME * _scale(bench), "rows among longer ones got other scores")


def predicting_changes_nothing(bench: Bench) -> None:
    """The stored form is the same before and after predicting."""
    before = _digest(bench)
    bench.fitted.predict(bench.parts.fit.rows)
    must(_digest(bench) == before, "the state changed by predicting")


def threads_get_the_same_answers(bench: Bench) -> None:
    """Eight threads at once get what one gets."""
    rows = bench.parts.tune.rows
    with ThreadPoolExecutor(THREADS) as pool:
        for outputs in pool.map(lambda _: bench.fitted.predict(rows), range(2 * THREADS)):
            near(outputs.scores, bench.scores, SAME * _scale(bench), "a thread got other scores")


def state_is_plain(bench: Bench) -> None:
    """What is stored is JSON, numeric arrays, predictors and files."""
    state = bench.fitted.state()
    settings = dict(state.settings)
    must(json.loads(values.canonical(settings)) == json.loads(json.dumps(settings)), "settings are not JSON")
    for name, array in state.arrays.items():
        must(isinstance(array, np.ndarray) and array.dtype.kind in "biuf", f"array {name} is not numeric")
    for name, path in state.files.items():
        must(path.is_file(), f"file {name} is not there")


def comes_back_from_a_store(bench: Bench) -> None:
    """Stored and read back it gives the same scores to the last bit, and writes down the same decisions."""
    back = bench.restored(bench.fitted)
    near(back.predict(bench.parts.tune.rows).scores, bench.scores, 0.0, "scores changed by storing")
    must(back.task == bench.fitted.task, "the task changed by storing")
    must(back.decided(bench.learner) == bench.fitted.decided(bench.learner), "decisions changed by storing")
    twice = bench.restored(back)
    near(twice.predict(bench.parts.tune.rows).scores, bench.scores, 0.0, "scores changed by storing twice")


def _columns(bench: Bench) -> int:
    return 1 if bench.task.output == "number" else len(bench.task.classes)


def _scale(bench: Bench) -> float:
    """Scores of a number are in its own units: differences are measured in the largest of them."""
    return max(1.0, float(np.abs(bench.scores).max(initial=0.0))) if bench.task.output == "number" else 1.0


def _ends_hold_the_answer(outputs: Outputs) -> None:
    """Where an interval is answered, its ends are in order and finite."""
    if outputs.quantiles is None:
        return
    must(np.isfinite(outputs.quantiles).all(), "an end is not finite")
    must((outputs.quantiles[:, 0] <= outputs.quantiles[:, 1]).all(), "ends are not in order")


def _digest(bench: Bench) -> str:
    state = bench.fitted.state()
    arrays = [[name, values.digest(np.ascontiguousarray(array).tobytes())] for name, array in state.arrays.items()]
    return values.digest(json.dumps([dict(state.settings), arrays], sort_keys=True))


PREDICTOR_LAWS = (
    is_frozen,
    names_kind_version_and_task,
    answers_every_row,
    probabilities_sum_to_one,
    no_rows_get_no_answers,
    odd_rows_are_answered,
    a_million_characters_are_answered,
    order_changes_nothing,
    batch_size_changes_nothing,
    predicting_changes_nothing,
    threads_get_the_same_answers,
    state_is_plain,
    comes_back_from_a_store,
)
