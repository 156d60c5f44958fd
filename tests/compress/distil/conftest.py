"""Tiny rows, a teacher of n-grams and the run in which it is fitted once."""

import pytest

from naeum.model.text.linear import TfidfLogistic
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean


@pytest.fixture(scope="session")
def parts():
    return korean.parts(36)


@pytest.fixture
def run(tmp_path):
    return TinyRun(tmp_path)


@pytest.fixture(scope="session")
def teacher():
    return TfidfLogistic(words=(1, 1), chars=(1, 2))
