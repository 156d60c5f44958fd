"""Which profiles do the tests of the page look at?"""

import pytest

from naeum.explore.course import explore
from naeum.report.explored import Seen

TABLE = ["missing", "duplicates", "target", "columns", "relations", "groups", "times"]
ROWS = [
    {"x": str(n * 7 % 31), "y": str(n * 11 % 29), "c": "가나다"[n % 3], "label": "ab"[n % 31 // 16]} for n in range(155)
]


@pytest.fixture(scope="module")
def view():
    return Seen(explore(ROWS, target="label", parts=TABLE))


@pytest.fixture(scope="module")
def bare():
    return Seen(explore(ROWS, target="label", parts=["missing"]))
