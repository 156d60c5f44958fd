"""D17: are sorted rows found, and shuffled ones left alone?"""

from naeum.explore.checks.d17 import SortedRows
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"text": f"문장 {n}", "label": "abc"[n // 40]} for n in range(120)]
QUIET = [{"text": f"문장 {n}", "label": "abc"[n * 7 % 11 % 3]} for n in range(120)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(SortedRows(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_runs_are_counted(looked):
    found = SortedRows().look(looked(ROWS))
    assert found.severity == "warning" and found.numbers["runs"] == found.numbers["classes"] == 3.0
    assert abs(found.numbers["runs_shuffled"] - (1 + 119 * 2 / 3)) < 1e-9


def test_blocks_are_a_tip(looked):
    rows = [{"text": f"문장 {n}", "label": "abc"[n // 10 % 3]} for n in range(120)]
    assert SortedRows().look(looked(rows)).severity == "tip"
