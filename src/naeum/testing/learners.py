"""Which laws must every learner keep?

Try them on your own:

    from naeum.measure.judged import row_errors
from naeum.model.floor import Majority
from naeum.testing.bench import Bench
    from naeum.testing.laws import keep
    from naeum.testing.learners import LEARNER_LAWS

    def test_my_learner(tmp_path):
        bench = Bench(MyLearner(), tmp_path, {"mine": MyLearner}, {"mine": MyPredictor})
        keep(LEARNER_LAWS, bench)
"""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields, is_dataclass, replace
from typing import Any

import numpy as np

from naeum import values
from naeum.contract import SHAPES, Dataset, Parts, subset
from naeum.measure.judged import row_errors
from naeum.model.floor import Majority
from naeum.testing.bench import Bench
from naeum.testing.elsewhere import scores_elsewhere
from naeum.testing.laws import about, must, near

SAME = 1e-4  # scores that count as equal: single precision, other order of sums
MOST_FIELDS = 8
RARE = 0.2  # mean probability that a class without any fit row may get; blind guessing gives it a third
NEAR_PROBABILITY = 0.15  # of a decided refit: what decided on tune may differ, the recipe may not
LEARNED = 0.6  # of the floor's error at most: of three classes 40 % wrong, where the floor has two thirds
ARRAYS = ("ids", "target", "weight", "group", "origin", "parent", "soft")


def is_a_frozen_value_of_few_fields(bench: Bench) -> None:
    """A learner is a frozen dataclass that names kind, version and shapes, of at most eight fields."""
    cls = type(bench.learner)
    must(is_dataclass(cls), f"{cls.__name__} is not a dataclass")
    must(
        cls.__hash__ is not None and values.is_value(bench.learner),
        f"{cls.__name__} is no value: not frozen, or no kind",
    )
    must(set(cls.shapes) <= set(SHAPES.values()), f"shapes {set(cls.shapes)} are not all known")
    must(len(fields(cls)) <= MOST_FIELDS, f"{cls.__name__} has {len(fields(cls))} fields; nest some in a value")
    name = fields(cls)[0].name if fields(cls) else "anything"
    try:
        setattr(bench.learner, name, None)
    except (FrozenInstanceError, AttributeError):
        return
    must(False, f"{cls.__name__}.{name} could be changed")


def survives_json(bench: Bench) -> None:
    """A learner written as JSON text and read back is equal, and has the same key."""
    text = values.canonical(values.to_json(bench.learner))
    back = values.from_json(json.loads(text), bench.known)
    must(back == bench.learner, f"{back} came back for {bench.learner}")
    must(values.key(back) == values.key(bench.learner), "the key changed on the way")


def fit_changes_nothing(bench: Bench) -> None:
    """Fitting leaves learner and data as they were."""
    given, text = bench.parts, values.canonical(values.to_json(bench.learner))
    before = [_copy(part) for part in (given.fit, given.tune)]
    bench.fit(bench.learner, given)
    must(values.canonical(values.to_json(bench.learner)) == text, "the learner changed")
    for part, (rows, arrays) in zip((given.fit, given.tune), before, strict=True):
        must(part.rows.equals(rows), "rows changed")
        for name, array in arrays.items():
            must(np.array_equal(getattr(part, name), array), f"{name} changed")


def same_seed_same_model(bench: Bench) -> None:
    """Two fits with one seed give one model."""
    again = bench.fit(bench.learner, bench.parts).predict(bench.parts.tune.rows).scores
    near(bench.scores, again, 0.0, "two fits differ")


def another_process_same_model(bench: Bench) -> None:
    """A fit in another process, where strings hash otherwise, gives the same model."""
    near(bench.scores, scores_elsewhere(bench), 0.0, "another process fits another model")


def decided_fits_without_tune(bench: Bench) -> None:
    """The decided learner is a learner, fits with no tune row, and answers much the same."""
    decided = bench.fitted.decided(bench.learner)
    must(values.from_json(values.to_json(decided), bench.known) == decided, "what was decided is not JSON-able")
    given = bench.parts
    refit = bench.fit(decided, Parts(given.fit, subset(given.tune, [], "none")))
    outputs = refit.predict(given.tune.rows)
    mean = np.abs(outputs.probabilities - bench.outputs.probabilities).mean() / _scale(bench)
    must(mean <= NEAR_PROBABILITY, f"probabilities of the decided refit are {mean:.2f} away on average")


def decided_has_nothing_left_to_decide(bench: Bench) -> None:
    """Deciding twice is deciding once."""
    decided = bench.fitted.decided(bench.learner)
    given = bench.parts
    again = bench.fit(decided, Parts(given.fit, subset(given.tune, [], "none"))).decided(decided)
    must(again == decided, f"{again} was decided after {decided}")


def fits_without_tune(bench: Bench) -> None:
    """No tune row is no harm: nothing is decided by looking."""
    given = bench.parts
    fitted = bench.fit(bench.learner, Parts(given.fit, subset(given.tune, [], "none")))
    must(np.isfinite(fitted.predict(given.tune.rows).scores).all(), "scores are not finite")


def rows_of_weight_zero_are_as_if_absent(bench: Bench) -> None:
    """A row that counts nothing changes nothing."""
    given, light = bench.parts, np.arange(len(bench.parts.fit)) % 3 != 1
    weighted = replace(given.fit, weight=light.astype(np.float32), key=f"{given.fit.key}/light")
    removed = bench.only(given.fit, lambda _: light, "removed")
    one, other = (
        bench.fit(bench.learner, Parts(fit, given.tune)).predict(given.tune.rows) for fit in (weighted, removed)
    )
    near(one.probabilities, other.probabilities, SAME * _scale(bench), "weightless rows were heard")


def unlabelled_rows_are_ignored(bench: Bench) -> None:
    """Rows without a label, at the end of fit, change nothing."""
    given = bench.parts
    hidden = np.arange(len(given.fit)) >= len(given.fit) - 9
    bare = replace(given.fit, target=np.where(hidden, -1, given.fit.target), key=f"{given.fit.key}/bare")
    if given.fit.truth is not None:
        bare = replace(bare, truth=_without(given.fit.truth, hidden))
    removed = bench.only(given.fit, lambda _: ~hidden, "labelled")
    one, other = (bench.fit(bench.learner, Parts(fit, given.tune)).predict(given.tune.rows) for fit in (bare, removed))
    near(one.probabilities, other.probabilities, SAME * _scale(bench), "unlabelled rows were heard")


@about("label")
def a_class_without_rows_is_improbable(bench: Bench) -> None:
    """Where no fit row is of a class, every row is still answered, and hardly ever with it."""
    given = bench.parts
    fit, tune = (bench.only(part, lambda data: data.target != 2, "two") for part in (given.fit, given.tune))
    probabilities = bench.fit(bench.learner, Parts(fit, tune)).predict(given.tune.rows).probabilities
    must(np.isfinite(probabilities).all(), "probabilities are not finite")
    must(probabilities[:, 2].mean() <= RARE, f"an absent class got {probabilities[:, 2].mean():.2f}")


@about("label")
def a_class_alone_is_answered(bench: Bench) -> None:
    """Where all fit rows are of one class, that class is the answer."""
    given = bench.parts
    fit, tune = (bench.only(part, lambda data: data.target == 1, "one") for part in (given.fit, given.tune))
    codes = bench.fit(bench.learner, Parts(fit, tune)).predict(given.tune.rows).codes
    must((codes == 1).all(), f"{(codes != 1).mean():.0%} of rows got a class that no fit row has")


def learns_the_truth(bench: Bench) -> None:
    """What can be read from the rows is answered far better than by the floor."""
    tune = bench.parts.tune
    error = row_errors(bench.outputs, tune).mean()
    floor = row_errors(bench.fit(Majority(), bench.parts).predict(tune.rows), tune).mean()
    must(error <= LEARNED * floor, f"an error of {error:.2f} where the floor has {floor:.2f}")


def _scale(bench: Bench) -> float:
    """What a difference of answers is measured in: 1 for probabilities, the spread of the truth for numbers."""
    if bench.task.output != "number":
        return 1.0
    return float(np.nanstd(bench.parts.fit.truth.to_numpy()))


def _without(truth: Any, hidden: np.ndarray) -> Any:
    """The targets with those of the rows `hidden` missing."""
    import pyarrow as pa

    values = [None if gone else one for one, gone in zip(truth.to_pylist(), hidden, strict=True)]
    return pa.chunked_array([pa.array(values, truth.type)])


def _copy(data: Dataset) -> tuple[Any, dict[str, np.ndarray]]:
    arrays = {name: getattr(data, name) for name in ARRAYS}
    return data.rows.slice(0), {name: array.copy() for name, array in arrays.items() if array is not None}


LEARNER_LAWS = (
    is_a_frozen_value_of_few_fields,
    survives_json,
    fit_changes_nothing,
    same_seed_same_model,
    another_process_same_model,
    decided_fits_without_tune,
    decided_has_nothing_left_to_decide,
    fits_without_tune,
    rows_of_weight_zero_are_as_if_absent,
    unlabelled_rows_are_ignored,
    a_class_without_rows_is_improbable,
    a_class_alone_is_answered,
    learns_the_truth,
)
