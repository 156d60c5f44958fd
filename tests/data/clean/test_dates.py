"""Are dates in several formats read, and is what cannot be told apart refused?"""

import datetime

import pyarrow as pa
import pytest

from naeum.data.clean.dates import ParseDates, parsed
from naeum.errors import InputError


def dates(*values, formats=()):
    table = pa.table({"d": list(values)})
    return ParseDates("d", formats).settled(table).apply(table)["d"].to_pylist()


def test_several_formats_in_one_column():
    found = dates("2026-01-02", "15.03.29", "31/12/2025", "2026년 1월 3일", "", None, "bald", "2026-01-02 10:30:00")
    assert [time and time.date().isoformat() for time in found] == [
        "2026-01-02", "2015-03-29", "2025-12-31", "2026-01-03", None, None, None, "2026-01-02",
    ]  # fmt: skip
    assert found[-1] == datetime.datetime(2026, 1, 2, 10, 30)


def test_day_and_month_are_told_apart_by_a_day_over_twelve():
    assert dates("02/01/2026", "25/01/2026")[0].month == 1
    assert dates("01/02/2026", "01/25/2026")[0].month == 1
    with pytest.raises(InputError, match="day and month must be told apart; d has none over 12, as in '01/02/2026'"):
        dates("01/02/2026")
    assert dates("01/02/2026", formats=("%m/%d/%Y",))[0].month == 1


def test_times_stay_as_they_are():
    table = pa.table({"d": pa.array([datetime.datetime(2026, 1, 2)])})
    assert ParseDates("d", ("ISO 8601",)).apply(table) is table


def test_refusals():
    with pytest.raises(InputError, match=r"dates must be in a format that is known; d has none \(such as 'bald'\)"):
        dates("bald", "nie")
    with pytest.raises(InputError, match=r"d has none \(all are missing\)"):
        dates("", "")


def test_a_number_of_eight_digits_has_its_own_format():
    assert parsed("20260102", ("ISO 8601",)) is None and parsed("20260102", ("%Y%m%d",)).day == 2
