"""Has every section its own anchor and names?"""

from naeum.report.sections import SECTIONS
from naeum.report.sections.section import Section
from naeum.report.view import View


def test_anchors_and_names_are_unique(korean):
    view = View(korean)
    made = [found for section in SECTIONS if (found := section(view)) is not None]
    assert all(isinstance(one, Section) for one in made)
    assert {section.__name__ for section in SECTIONS if section(view) is None} == {
        "numbers",
        "entities",
        "sets",
        "spans",
    }
    for names in ([one.anchor for one in made], [one.title for one in made], [one.short for one in made]):
        assert len(names) == len(set(names))
