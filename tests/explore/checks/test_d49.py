"""D49: do files left out fire it?"""

from naeum.explore.checks.d49 import LeftOut
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

BARE = subject_of(opened([{"age": str(n)} for n in range(40)]))
CHECK = LeftOut()


def seen(found):
    return BARE.with_seen("pictures", found)


def pictures(count):
    reasons = [{"why": f"is {kind}", "count": 2} for kind in ("a link", "heic", "a device", "locked")[:count]]
    return {"left_out": {"count": 2 * count, "reasons": reasons}}


def test_it_keeps_every_law():
    trial = Trial(CHECK, fires=seen(pictures(2)), quiet=seen(pictures(0)), not_applicable=BARE)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_first_reasons_are_named():
    assert CHECK.look(seen(pictures(1))).seen == "2 files were not opened: “is a link” (2)."
    assert CHECK.look(seen(pictures(4))).seen.endswith("“is a link” (2), “is heic” (2), “is a device” (2) and 1 more.")
