"""Has each column a card?"""

from naeum.report.explored.columns import columns
from naeum.report.explored.groups import groups
from naeum.report.explored.relations import relations, target
from naeum.report.explored.times import times


def test_columns_have_cards_the_target_first(view):
    body = columns(view).body
    assert (
        body.index("category, target") < body.index(">x ") and body.count("<article") == 4 and body.count("<svg") == 4
    )


def test_sections_are_silent_where_nothing_was_looked_at(bare, view):
    assert [one(bare) for one in (columns, target, relations, groups, times)] == [None] * 5
    assert times(view) is None
