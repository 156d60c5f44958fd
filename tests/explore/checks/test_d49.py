"""D49: do files left out fire it?"""

from naeum.explore.checks.d49 import LeftOut
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = LeftOut()


def pictures(count):
    reasons = [{"why": f"is {kind}", "count": 2} for kind in ("a link", "heic", "a device", "locked")[:count]]
    return {"left_out": {"count": 2 * count, "reasons": reasons}}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK,
        fires=seen(NUMBERS, pictures=pictures(2)),
        quiet=seen(NUMBERS, pictures=pictures(0)),
        not_applicable=NUMBERS,
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_first_reasons_are_named():
    assert CHECK.look(seen(NUMBERS, pictures=pictures(1))).seen == "2 files were not opened: “is a link” (2)."
    assert CHECK.look(seen(NUMBERS, pictures=pictures(4))).seen.endswith(
        "“is a link” (2), “is heic” (2), “is a device” (2) and 1 more."
    )
