"""What tells the target, and what goes together?"""

from naeum.report.explored.relations import relations, target


def test_what_tells_the_target_and_what_goes_together(view):
    assert "What tells label" in target(view).title and target(view).body.count("<article") >= 3
    assert "need not cause each other" in relations(view).body
