"""How does a user bring a metric of their own?

A file with a function, named as "my.py:score":

    def score(y_true, y_pred): ...                        # arrays of class names, one a row
    def score(y_true, probabilities, classes): ...        # (rows, classes), and the names of the columns

Higher is better unless the function says otherwise: `score.higher_is_better = False`. A function that also takes
`sample_weight` gets the weights of the rows; others see every row once, and resampled rows several times.
"""

from __future__ import annotations

import importlib.util
import inspect
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from naeum.errors import InputError
from naeum.measure.scored import Doubles, Metric, Scored
from naeum.values import digest


def custom(name: str) -> Metric:
    """The metric of "path/to/my.py:function".

    Raises:
        InputError: file or function are missing, the file fails, or the function takes other arguments.
    """
    path, _, wanted = name.rpartition(":")
    if not path or not wanted.isidentifier():
        raise InputError(
            f"a metric of your own must be named as file.py:function; got {name!r}; add the function's name"
        )
    function = getattr(_load(Path(path)), wanted, None)
    if not callable(function):
        raise InputError(f"{path} must have a function {wanted}; got none; define it or name another")
    own = OwnFunction(name, function, *_arguments(function, name))
    return Metric(
        name=name,
        title=wanted.replace("_", " "),
        sign=1 if getattr(function, "higher_is_better", True) else -1,
        function=own,
        needs="probabilities" if own.probabilities else "labels",
        perfect=float(getattr(function, "perfect", 1.0 if getattr(function, "higher_is_better", True) else 0.0)),
        weighted=own.weighted,
    )


@dataclass(frozen=True)
class OwnFunction:
    """A user's function, called once a set of weights."""

    name: str
    function: Callable[..., Any]
    probabilities: bool  # takes (y_true, probabilities, classes), else (y_true, y_pred)
    weighted: bool  # takes sample_weight

    def __call__(self, scored: Scored, weights: Doubles) -> Doubles:
        return np.array([self._once(scored, row) for row in weights])

    def _once(self, scored: Scored, weights: Doubles) -> float:
        every = np.arange(len(scored))
        rows = every if self.weighted else np.repeat(every, np.asarray(weights, np.int64))
        names = np.asarray(scored.task.classes, dtype=object)
        given = (
            (scored.probabilities[rows], scored.task.classes)
            if self.probabilities
            else (names[scored.predicted[rows]],)
        )
        extra = {"sample_weight": weights} if self.weighted else {}
        try:
            return float(self.function(names[scored.truth[rows]], *given, **extra))
        except Exception as error:  # the user's code may raise anything; the sentence says whose it is
            raise InputError(
                f"the metric {self.name} must give one number; it raised {type(error).__name__}: {error}; "
                "mend the function"
            ) from error


def _load(path: Path) -> Any:
    if not path.is_file():
        raise InputError(f"a metric's file must exist; got {path}; check the path")
    # Registered, since dataclasses in the user's file look their module up; named by place, so that two may differ.
    name = f"naeum_metric_{digest(str(path.resolve()))}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"a metric's file must be Python; got {path}; name a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        sys.modules.pop(name, None)
        raise InputError(
            f"a metric's file must run; {path} raised {type(error).__name__}: {error}; mend the file"
        ) from error
    return module


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
            f"the metric {name} must take (y_true, y_pred) or (y_true, probabilities, classes); "
            f"it takes {len(required)} arguments; change its arguments"
        )
    return len(required) == 3, weighted
