"""Are there bars for each unit of time, and lines below for the target?"""

from naeum.report.explored.figures import times

UNITS = {unit: [{"at": 1, "rows": 3, "가": 0.5}, {"at": 2, "rows": 5, "가": 0.7}] for unit in times.TITLES}


def test_three_units_and_the_target(words, shapes):
    said = words(times.figure(UNITS, ["가", "나"]))
    assert {"by year", "by month", "by weekday", "Mo", "J", "가", "나"} <= set(said)
    assert shapes(times.figure(UNITS, ["가"]))["dots"] == 6 and times.figure({"year": []}, []) is None
    assert shapes(times.figure(UNITS, []))["boxes"] == 6
