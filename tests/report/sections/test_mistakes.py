"""Are the surest mistakes shown, and their texts only where they may be?"""

import numpy as np

from naeum.report.sections.mistakes import LETTERS, MOST, mistakes, shorten
from naeum.report.view import View


def test_the_surest_mistake_comes_first(korean):
    view = View(korean)
    text = mistakes(view).body
    wrong = np.flatnonzero(view.outputs.codes != view.tune.target)
    surest = wrong[view.outputs.probabilities.max(axis=1)[wrong].argmax()]
    assert text.index(korean.texts[surest]) == min(
        text.index(korean.texts[at]) for at in wrong if korean.texts[at] in text
    )
    assert text.count("<tr>") == min(MOST, len(wrong)) + 1


def test_without_rows_ids_stand_for_texts(korean):
    text = mistakes(View(korean, rows=False)).body
    assert "영화" not in text and "<code>" in text


def test_a_long_text_is_cut_and_newlines_are_spaces():
    assert shorten("가" * 1_000_000) == "가" * (LETTERS - 1) + "…"
    assert shorten("one\n\ttwo") == "one two"
