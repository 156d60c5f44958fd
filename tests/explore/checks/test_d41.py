"""D41: do names of another format fire it?"""

from naeum.explore.checks.d41 import WrongSuffix
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

BARE = subject_of(opened([{"age": str(n)} for n in range(40)]))
CHECK = WrongSuffix()


def seen(found):
    return BARE.with_seen("pictures", found)


def pictures(count):
    shown = [{"path": "a/1.png", "format": "JPEG"}]
    return {"images": 400, "wrong": {"count": count, "rows": list(range(count)), "shown": shown}}


def test_it_keeps_every_law():
    trial = Trial(CHECK, fires=seen(pictures(6)), quiet=seen(pictures(0)), not_applicable=BARE)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_a_single_slip_is_a_tip():
    found = CHECK.look(seen(pictures(1)))
    assert found.severity == "tip" and found.seen.endswith("a name that says another format or none.")
    assert CHECK.look(seen(pictures(6))).severity == "warning"
