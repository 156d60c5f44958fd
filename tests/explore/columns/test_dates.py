"""Are dates counted by year, month, weekday and hour?"""

import pandas as pd

from naeum.explore.columns.dates import dates, formats


def test_units_are_those_of_pandas(plain):
    days = pd.date_range("2023-11-01", periods=200, freq="D")
    found = dates(plain([{"day": day.strftime("%Y-%m-%d")} for day in days]), "day")
    assert found["year"] == {"2023": 61, "2024": 139} and "hour" not in found
    assert found["isodow"] == {str(k + 1): int(v) for k, v in days.day_of_week.value_counts().sort_index().items()}
    assert found["least"].startswith("2023-11-01") and found["formats"] == {"%Y-%m-%d": 200}


def test_times_have_hours_and_typed_dates_no_format(plain):
    subject = plain(pd.DataFrame({"at": pd.date_range("2024-01-01", periods=48, freq="h")}))
    assert len(dates(subject, "at")["hour"]) == 24 and formats(subject, "at") == {}
