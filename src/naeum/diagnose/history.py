"""How did a number move while the model was trained?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

Doubles = npt.NDArray[np.float64]


def recorded(subject: Subject) -> tuple[Mapping[str, Any], ...]:
    """The history of a subject.

    Raises:
        NotApplicable: the learner was not trained in steps.
    """
    if not subject.history:
        raise NotApplicable("it needs the history of a training in steps; this learner has none")
    return subject.history


def series(history: Sequence[Mapping[str, Any]], name: str) -> Doubles:
    """Every recorded value of `name`, in order; steps at which it was not recorded are left out.

    Example:
        >>> series([{"loss": 2.0}, {"loss": 1.5, "tune_loss": 1.8}], "tune_loss").tolist()
        [1.8]
    """
    return np.asarray([line[name] for line in history if line.get(name) is not None], np.float64)


def quarters(values: Doubles) -> Doubles:
    """(4,) the mean of each quarter of at least four values."""
    return np.asarray([part.mean() for part in np.array_split(values, 4)], np.float64)
