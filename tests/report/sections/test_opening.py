"""Does the first screen say the champion, its score, and what is next?"""

from naeum.report.sections.opening import opening
from naeum.report.view import View


def test_the_test_score_stands_first_with_its_interval(korean):
    text = opening(View(korean))
    assert "0.890" in text and "[0.881, 0.898]" in text
    assert "accuracy on 1,500 test rows (opened once)" in text
    assert "Calibrated blend" in text and korean.why.split(":")[0] in text


def test_gains_are_against_the_floor_and_the_first_model(korean):
    text = opening(View(korean))
    assert "+0.388 [+0.380, +0.396] against the floor, paired. 78 % of the floor&#x27;s error is gone." in text
    assert "against rung 1, the linear model" in text


def test_an_unopened_test_is_said(korean):
    korean.test = None
    assert "estimated accuracy: the test part has not been opened" in opening(View(korean))


def test_a_run_without_test_part_says_why(korean):
    korean.test = None
    korean.options["no_test"] = True
    assert "--no-test" in opening(View(korean))


def test_the_cross_validated_score_stands_where_there_is_no_test_part(korean):
    korean.test, korean.estimate = None, {"value": 0.7125, "low": 0.65, "high": 0.77}
    said = opening(View(korean))
    assert "cross-validated accuracy: there are too few rows for a test part" in said
    assert "0.71" in said
    korean.options["no_test"] = True
    assert "cross-validated accuracy: the run keeps no test part (--no-test)" in opening(View(korean))


def test_later_openings_are_counted(korean):
    korean.test["seen"] = 3
    assert "seen 3 times" in opening(View(korean))


def test_the_name_of_the_data_cannot_be_markup(korean):
    korean.summary["name"] = "<b>x"
    assert "&lt;b&gt;x" in opening(View(korean))


def test_a_run_that_was_cut_off_says_how_far_it_came(korean):
    whole = View(korean)
    korean.why = ""
    floor, best = whole.ladder.rungs[0].score, whole.champion.score
    assert f"So far the run went from {floor:.3f} at the floor to {best:.3f}." in opening(View(korean))
    alone = View(korean)
    alone.__dict__["champion"] = whole.ladder.rungs[0]
    assert "Nothing beyond the floor has been kept yet." in opening(alone)
