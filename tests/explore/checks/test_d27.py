"""D27: do lost letters fire it?"""

from naeum.explore.checks.d27 import BrokenSigns
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen, signs

TRIAL = Trial(BrokenSigns(), fires=seen(signs=signs(broken=2)), quiet=seen(signs=signs()), not_applicable=TEXTS)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_a_single_row_among_many_is_a_tip():
    few = {**signs(broken=1), "rows": 100_000}
    assert BrokenSigns().look(seen(signs=few)).severity == "tip"
    assert BrokenSigns().look(seen(signs=signs(broken=1))).severity == "warning"
