"""D43: do images that look alike fire it?"""

from naeum.explore.checks.d43 import NearImages
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = NearImages()


def copies(count, compared=400):
    near = {"copies": count, "groups": count, "rows": list(range(count))}
    return {"images": 400, "compared": compared, "near": near}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK, fires=seen(NUMBERS, copies=copies(8)), quiet=seen(NUMBERS, copies=copies(0)), not_applicable=NUMBERS
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_few_copies_are_a_tip_and_a_drawn_part_is_said():
    found = CHECK.look(seen(NUMBERS, copies=copies(1, compared=300)))
    assert found.severity == "tip" and found.seen.endswith("in 1 group (300 were compared).")
    assert CHECK.look(seen(NUMBERS, copies=copies(8))).severity == "warning"
