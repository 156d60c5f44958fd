"""Does the section say where to reject?"""

from dataclasses import replace

from naeum.measure.calibration import coverage_curve
from naeum.report import words
from naeum.report.sections.confidence import SURE, confidence
from naeum.report.view import View


def test_thresholds_are_the_measured_ones(korean):
    view = View(korean)
    text = confidence(view).body
    curve = coverage_curve(view.outputs, view.tune)
    threshold = curve.threshold_for(0.05, sure=SURE)
    share, _ = curve.at(threshold)
    assert words.number(threshold) in text and words.percent(share) in text


def test_what_cannot_be_promised_is_said(korean):
    part, found = korean.part("tune"), korean.outputs(11, "tune")
    korean._tune = replace(part, target=1 - part.target)
    korean.outputs = lambda number, name: found
    korean._measure()
    assert "out of reach" in confidence(View(korean)).body
