"""Does the linear model of classes in an order learn them, and from fewer rows than one that sees none?"""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Parts, Task, subset
from naeum.errors import InputError
from naeum.model.text.ordinal import TfidfOrdinal
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import ordered


def test_classes_of_which_no_row_is_there_are_left_out():
    given = ordered.parts(60)
    fit = subset(given.fit, np.flatnonzero(given.fit.target != 1), "ends")
    fitted = TfidfOrdinal(c=4.0).fit(Parts(fit, given.tune), TinyRun(Path()))
    assert fitted.predict(given.tune.rows).probabilities[:, 1].max() < 1e-6
    assert fitted.there.tolist() == [0, 2] and len(fitted.cuts) == 1


def test_it_is_for_classes_in_an_order_and_refuses_odd_settings():
    assert TfidfOrdinal().claims(ordered.TASK) and not TfidfOrdinal().claims(replace(ordered.TASK, ordered=False))
    assert not TfidfOrdinal().claims(Task(output="number"))
    with pytest.raises(InputError, match="c must be 0"):
        TfidfOrdinal(c=-1.0)
