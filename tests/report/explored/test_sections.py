"""What does each section of a table say, and when is it silent?"""

import pytest

from naeum.explore.course import explore
from naeum.report.explored import Seen
from naeum.report.explored.columns import columns
from naeum.report.explored.data import data
from naeum.report.explored.findings import findings
from naeum.report.explored.groups import groups
from naeum.report.explored.opening import opening
from naeum.report.explored.relations import relations, target
from naeum.report.explored.times import times

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


def test_sections_are_silent_where_nothing_was_looked_at(bare, view):
    assert [one(bare) for one in (columns, target, relations, groups, times)] == [None] * 5
    assert times(view) is None


def test_columns_have_cards_the_target_first(view):
    body = columns(view).body
    assert (
        body.index("category, target") < body.index(">x ") and body.count("<article") == 4 and body.count("<svg") == 4
    )


def test_missing_and_duplicates(view):
    body = data(view).body
    assert ("No value is missing." in body and "repeat an earlier row" in body) or "repeats an earlier row" in body


def test_what_tells_the_target_and_what_goes_together(view):
    assert "What tells label" in target(view).title and target(view).body.count("<article") >= 3
    assert "need not cause each other" in relations(view).body


def test_findings_name_their_rows_and_every_check(view):
    body = findings(view).body
    assert "All " in body and "not applicable" in body


def test_groups_and_opening(view):
    assert "Share of the class in each group" in groups(view).body
    assert "155 rows" in opening(view)
