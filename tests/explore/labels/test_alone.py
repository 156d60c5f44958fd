"""Is a learner fitted without a climb around it, and is nothing kept?"""

import math

import pytest

from naeum.contract import Parts, Policy
from naeum.errors import StoreError
from naeum.explore.labels.alone import Alone
from naeum.model.floor import Majority
from naeum.testing.data import make

RUN = Alone(seed=0, policy=Policy(threads=1))


def test_it_fits_and_answers():
    data = make(20)
    outputs, rows = RUN.held_out(Majority(), Parts(data, data))
    assert rows is data and len(outputs) == 20
    assert RUN.seconds_left() == math.inf and RUN.report(1, 2) is None


def test_nothing_is_stored():
    with pytest.raises(StoreError, match="nothing is stored while data are explored"):
        RUN.load("some artifact")
