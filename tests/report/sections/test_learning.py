"""Does the section say what twice the data would bring?"""

from naeum.report.sections.learning import learning, say
from naeum.report.view import View


def test_twice_and_endless_data_are_told(korean):
    text = say(korean.curve)
    assert text.startswith(
        "With twice the data (21,000 rows) the error would go from 0.045 to about 0.037 [0.028, 0.042]."
    )
    assert text.endswith("it would not fall below about 0.020 [0.012, 0.027].")


def test_errors_without_a_law_are_told_so():
    assert "do not follow a law" in say({"sizes": [10, 20], "errors": [0.3, 0.2]})


def test_no_curve_no_section(korean):
    korean.curve = None
    assert learning(View(korean)) is None
