"""D19: is missing that goes with the target found?"""

from naeum.explore.checks.d19 import MissingTellsTarget, association
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"deck": "" if n % 2 else "ab"[n % 4 // 2], "label": "xy"[n % 2]} for n in range(200)]
QUIET = [{"deck": "" if n % 5 == 0 else "ab"[n % 3 // 2], "label": "xy"[n % 2]} for n in range(200)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(MissingTellsTarget(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_classes_are_named(looked):
    found = MissingTellsTarget().look(looked(ROWS))
    assert found.numbers["deck"] == 1.0 and found.seen.endswith("deck (100.0 % of class y, 0 % of class x).")


def test_association_is_cramers_v():
    assert association([{"class": "x", "rows": 50, "missing": 50}, {"class": "y", "rows": 50, "missing": 0}]) == 1.0
    assert association([{"class": "x", "rows": 50, "missing": 5}, {"class": "y", "rows": 50, "missing": 5}]) == 0.0
