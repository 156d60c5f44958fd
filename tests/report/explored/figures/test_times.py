"""Are there bars for each unit of time, and lines below for the target?"""

from naeum.report.explored.figures import times


def test_three_units_and_the_target():
    units = {unit: [{"at": 1, "rows": 3, "가": 0.5}] for unit in ("year", "month", "isodow")}
    assert len(times.figure(units, ["가", "나"]).axes) == 6 and times.figure({"year": []}, []) is None
