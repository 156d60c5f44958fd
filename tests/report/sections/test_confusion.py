"""Are the most frequent mistakes and the weakest classes listed?"""

from naeum.report.figures.confusion import pairs
from naeum.report.sections.confusion import confusion
from naeum.report.view import View


def test_with_many_classes_the_block_is_said(english):
    assert "the 16 of 144 classes that are confused most" in confusion(View(english)).body


def test_the_first_mistake_stands_in_the_list(english):
    view = View(english)
    true, answered, often = pairs(view.confusion, 1)[0]
    names = english.task.classes
    row = f'<tr><td>{names[true]}</td><td>{names[answered]}</td><td class="n">{often}</td>'
    assert row in confusion(view).body


def test_a_faultless_champion_is_told(korean):
    view = View(korean)
    view.confusion[:] = [[300, 0], [0, 300]]
    assert "Not one row of the tune part was answered wrongly." in confusion(view).body
