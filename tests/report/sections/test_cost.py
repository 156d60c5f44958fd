"""Does the section name a cheaper model that is nearly as good?"""

from dataclasses import replace

from naeum.report.sections.cost import cost
from naeum.report.view import View


def test_the_cheaper_near_champion_is_named(korean):
    assert "Rung 3 (Layer) answers 2.3 times as fast" in cost(View(korean)).body.replace("Layer and pooling", "Layer")


def test_no_cheaper_one_is_said_too(korean):
    korean.champion_rung = korean.rungs[1]
    assert "No clearly faster rung comes near the champion." in cost(View(korean)).body


def test_unmeasured_costs_leave_the_section_out(korean):
    korean.rungs = tuple(replace(rung, cost={}) for rung in korean.rungs)
    assert cost(View(korean)) is None
