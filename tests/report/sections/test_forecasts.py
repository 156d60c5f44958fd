"""Are forecasts held against outcomes?"""

from dataclasses import replace

from naeum.report.sections.forecasts import forecasts
from naeum.report.view import View


def test_outcomes_within_two_deviations_are_counted(korean):
    told = [rung for rung in korean.rungs if rung.forecast]
    inside = sum(abs(rung.gain - rung.forecast["gain"]) <= 2 * rung.forecast["gain_sd"] for rung in told)
    text = forecasts(View(korean)).body
    assert f"{inside} of {len(told)} outcomes lie within two standard deviations." in text
    assert text.count("<tr>") == len(told) + 1


def test_no_forecasts_no_section(korean):
    korean.rungs = tuple(replace(rung, forecast={}) for rung in korean.rungs)
    assert forecasts(View(korean)) is None
