"""Does the section tell each rung's why, and what was proven?"""

from naeum.report.sections.ladder import ladder
from naeum.report.view import View


def test_every_rung_has_its_reason_and_decision(korean):
    text = ladder(View(korean)).body
    for rung in korean.rungs:
        assert rung.technique[1:] in text.replace(" ", "_")
    assert text.count("not kept: the gain may be chance") == sum(not rung.kept for rung in korean.rungs)
    assert text.count('class="badge champion"') == 1


def test_proven_gains_are_those_of_the_test_part(korean):
    text = ladder(View(korean)).body
    assert "Proven on the test part" in text and "[+0.038, +0.054]" in text
    assert "Refitted on all rows but test" in text and "on 1,488 rows" in text


def test_a_bag_is_called_a_bag(korean):
    korean.options = {**korean.options, "bag": True}
    text = ladder(View(korean)).body
    assert "As the mean of a model a fold" in text and "Refitted on all rows but test" not in text


def test_nothing_is_proven_before_the_opening(korean):
    korean.test = None
    assert "Proven on the test part" not in ladder(View(korean)).body


def test_a_rung_that_the_clock_cut_short_says_so(korean):
    from dataclasses import replace

    korean.rungs = (*korean.rungs[:-1], replace(korean.rungs[-1], complete=False))
    assert "cut short by the clock" in ladder(View(korean)).body


def test_a_search_shows_its_table_of_trials(fake, korean):
    text = ladder(View(fake.searched(korean))).body
    assert "3 trials, scored on tune" in text
    assert '<td class="n">1</td><td>5</td><td>cls</td><td class="n">0.8760</td>' in text and "pruned" in text
