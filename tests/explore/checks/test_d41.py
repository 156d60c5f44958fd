"""D41: do names of another format fire it?"""

from naeum.explore.checks.d41 import WrongSuffix
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = WrongSuffix()


def pictures(count):
    shown = [{"path": "a/1.png", "format": "JPEG"}]
    return {"images": 400, "wrong": {"count": count, "rows": list(range(count)), "shown": shown}}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK,
        fires=seen(NUMBERS, pictures=pictures(6)),
        quiet=seen(NUMBERS, pictures=pictures(0)),
        not_applicable=NUMBERS,
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_a_single_slip_is_a_tip():
    found = CHECK.look(seen(NUMBERS, pictures=pictures(1)))
    assert found.severity == "tip" and found.seen.endswith("a name that says another format or none.")
    assert CHECK.look(seen(NUMBERS, pictures=pictures(6))).severity == "warning"
