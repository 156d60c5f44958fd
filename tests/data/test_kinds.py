"""Is a column of strings of the kind that its values are?"""

import pytest

from naeum.data.kinds import TEXT, Kind, candidates, literal, native, quoted
from naeum.data.relation import related
from naeum.errors import InputError


def kinds_of(*values):
    with related([{"c": value} for value in values]) as data:
        return data.kinds["c"]


@pytest.mark.parametrize(
    "values, kind",
    [
        (["1", "-2", "3.0"], Kind("whole")),
        (["1", "2.5", "1e9", "inf"], Kind("number")),
        (["1", "", "NA"], Kind("whole")),
        (["007", "008"], TEXT),
        (["0.5", "0"], Kind("number")),
        (["True", "false"], Kind("truth")),
        (["2026-01-02", "1999-12-31"], Kind("date")),
        (["2026-01-02 10:00:00", "2026-01-02 11:30:00"], Kind("time")),
        (["15.03.29", "14.12.31"], Kind("date", "%y.%m.%d")),
        (["31/12/2025", "01/02/2026"], Kind("date", "%d/%m/%Y")),
        (["12/31/2025", "01/02/2026"], Kind("date", "%m/%d/%Y")),
        (["2026-01-02", "3. 1. 2026"], TEXT),
        (["20260102", "20251231"], Kind("whole")),
        (["1", "하나"], TEXT),
        (["", ""], TEXT),
        (["서울", "부산"], TEXT),
    ],
)
def test_kind_of_strings(values, kind):
    assert kinds_of(*values) == kind


def test_kinds_with_a_type_are_taken_as_they_are():
    assert native("BIGINT") == native("UTINYINT") == Kind("whole")
    assert native("DECIMAL(18,3)") == Kind("number") and native("TIMESTAMP WITH TIME ZONE") == Kind("time")
    assert native("VARCHAR") is None and native("STRUCT(a INTEGER)") == TEXT


def test_names_and_values_are_quoted():
    assert quoted('a"b') == '"a""b"' and literal("O'Brien") == "'O''Brien'" and literal(float("inf")) == "'inf'::DOUBLE"


def test_candidates_end_with_text():
    assert all(candidates(values)[-1] == TEXT for values in (["1"], ["true"], ["x"], [], ["2026-01-02"]))


def test_an_unknown_kind_is_refused():
    with pytest.raises(InputError, match="a kind must be one of whole, number, truth, date, time, text; got 'float'"):
        Kind("float")
