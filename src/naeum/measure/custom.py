"""How does a user bring a metric of their own?

A file with a function, named as "my.py:score":

    def score(y_true, y_pred): ...                        # one answer a row, see below
    def score(y_true, probabilities, classes): ...        # (rows, classes), and the names of the columns

What stands in a row follows the task: the name of a class, a number, a tuple of labels, or the list of a sentence's
tags. Higher is better unless the function says otherwise: `score.higher_is_better = False`. A function that also takes
`sample_weight` gets the weights of the rows; others see every row once, and resampled rows several times.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import plugged
from naeum.contract import OutputKind
from naeum.errors import InputError
from naeum.measure.entities import ScoredTags
from naeum.measure.numbers import ScoredNumbers
from naeum.measure.scored import Doubles, Judged, Metric, Scored
from naeum.measure.sets import ScoredSets

OUTPUTS: frozenset[OutputKind] = frozenset({"label", "labels", "number", "tags"})


def custom(name: str) -> Metric:
    """The metric of "path/to/my.py:function".

    Raises:
        InputError: file or function are missing, the file fails or has changed, or the function takes other arguments.
    """
    function = plugged.function(name)
    own = OwnFunction(name, *_arguments(function, name))
    return Metric(
        name=name,
        title=plugged.short(name).rpartition(":")[2].replace("_", " "),
        sign=1 if getattr(function, "higher_is_better", True) else -1,
        function=own,
        needs="probabilities" if own.probabilities else "labels",
        perfect=float(getattr(function, "perfect", 1.0 if getattr(function, "higher_is_better", True) else 0.0)),
        weighted=own.weighted,
        outputs=OUTPUTS,
    )


@dataclass(frozen=True)
class OwnFunction:
    """A user's function, called once a set of weights."""

    name: str
    probabilities: bool  # takes (y_true, probabilities, classes), else (y_true, y_pred)
    weighted: bool  # takes sample_weight

    def __call__(self, scored: Judged, weights: Doubles) -> Doubles:
        truth, answers = _rows(scored)
        given = self._told(scored) if self.probabilities else answers
        return np.array([self._once(scored, (truth, given), row) for row in weights])

    def _told(self, scored: Judged) -> Any:
        if isinstance(scored, (Scored, ScoredSets)):
            return scored.probabilities
        raise InputError(
            f"a metric of {scored.task.output} must take (y_true, y_pred); {plugged.short(self.name)} takes "
            "probabilities, which only classes and labels have; change its arguments"
        )

    def _once(self, scored: Judged, rows: tuple[Any, Any], weights: Doubles) -> float:
        every = np.arange(len(scored))
        at = every if self.weighted else np.repeat(every, np.asarray(weights, np.int64))
        given = (rows[0][at], rows[1][at]) + ((scored.task.classes,) if self.probabilities else ())
        extra = {"sample_weight": weights} if self.weighted else {}
        found = plugged.call(self.name, "metric", "one number", given, extra)
        try:
            return float(found)
        except (TypeError, ValueError) as error:
            raise InputError(
                f"the metric {plugged.short(self.name)} must give one number; it gave {type(found).__name__}; mend the "
                "function"
            ) from error


def _rows(scored: Judged) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Truth and answers, one entry a row, as the user wrote them."""
    if isinstance(scored, ScoredNumbers):
        return scored.truth, scored.predicted
    names = np.asarray(scored.task.classes, dtype=object)
    if isinstance(scored, ScoredSets):
        return _listed(scored.truth, names), _listed(scored.predicted, names)
    if isinstance(scored, ScoredTags):
        return _cut(names[scored.truth], scored.offsets), _cut(names[scored.predicted], scored.offsets)
    if isinstance(scored, Scored):
        return names[scored.truth], names[scored.predicted]
    raise InputError(
        f"a metric of your own judges {', '.join(sorted(OUTPUTS))}; this task answers {scored.task.output}; choose a "
        "known metric"
    )


def _listed(flags: npt.NDArray[np.bool_], names: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """(rows,) tuples of the names that are flagged."""
    found = np.empty(len(flags), object)
    found[:] = [tuple(names[row]) for row in flags]
    return found


def _cut(words: npt.NDArray[Any], offsets: npt.NDArray[np.int64]) -> npt.NDArray[Any]:
    """(rows,) lists of the words between the offsets."""
    found = np.empty(len(offsets) - 1, object)
    found[:] = [words[low:high].tolist() for low, high in pairwise(offsets)]
    return found


def _arguments(function: Callable[..., Any], name: str) -> tuple[bool, bool]:
    """Whether it takes probabilities, and whether it takes weights."""
    parameters = inspect.signature(function).parameters
    weighted = "sample_weight" in parameters
    required = [
        one
        for one in parameters.values()
        if one.default is one.empty
        and one.kind not in (one.VAR_KEYWORD, one.VAR_POSITIONAL)
        and one.name != "sample_weight"
    ]
    if len(required) not in (2, 3):
        raise InputError(
            f"the metric {plugged.short(name)} must take (y_true, y_pred) or (y_true, probabilities, classes); "
            f"it takes {len(required)} arguments; change its arguments"
        )
    return len(required) == 3, weighted
