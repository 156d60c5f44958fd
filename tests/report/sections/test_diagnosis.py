"""Does the section read bias and variance from the user's numbers, and answer every check?"""

import pytest

from naeum.report.sections.diagnosis import VERDICTS, diagnosis
from naeum.report.view import View


def test_every_check_is_answered(korean):
    text = diagnosis(View(korean)).body
    for one in korean.answers:
        assert one["code"] in text and one["seen"].replace("'", "&#x27;") in text
    assert "not applicable" in text and "passed" in text


def test_the_numbers_are_the_users(korean):
    text = diagnosis(View(korean)).body
    assert "Training error 0.008 [0.006, 0.010]" in text
    assert "reference 0.010 (estimated label noise)" in text


@pytest.mark.parametrize("verdict", sorted(VERDICTS))
def test_every_verdict_has_words(korean, verdict):
    korean.bias_variance["verdict"] = verdict
    assert VERDICTS[verdict] in diagnosis(View(korean)).body


def test_verdicts_are_those_of_the_diagnosis():
    from typing import get_args

    from naeum.diagnose.bias_variance import Verdict

    assert set(VERDICTS) == set(get_args(Verdict))


def test_no_diagnosis_no_section(korean):
    korean.answers, korean.bias_variance = (), None
    assert diagnosis(View(korean)) is None
