"""D42: do equal files fire it?"""

from naeum.explore.checks.d42 import EqualImages
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = EqualImages()


def copies(count):
    return {"images": 400, "exact": {"copies": count, "groups": count, "rows": list(range(count))}}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK, fires=seen(NUMBERS, copies=copies(8)), quiet=seen(NUMBERS, copies=copies(0)), not_applicable=NUMBERS
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_few_copies_are_a_tip():
    found = CHECK.look(seen(NUMBERS, copies=copies(1)))
    assert found.severity == "tip" and found.seen.startswith("1 image of 400 (0.25 %) repeats another one byte by byte")
    assert CHECK.look(seen(NUMBERS, copies=copies(8))).answers == ("drop_duplicates",)
