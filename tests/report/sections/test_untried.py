"""Is what was not tried told with its reason?"""

from naeum.report.sections.untried import untried
from naeum.report.view import View


def test_every_reason_is_there(korean):
    text = untried(View(korean)).body
    assert all(one["reason"] in text and one["technique"] in text for one in korean.untried)


def test_nothing_left_no_section(korean):
    korean.untried = ()
    assert untried(View(korean)) is None
