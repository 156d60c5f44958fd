"""D45: do images in two parts fire it?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.checks.d45 import ImagesInTwoParts
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = ImagesInTwoParts()


def copies(near):
    pair = {"first": "train", "second": "test", "images": 200, "near": near, "equal": near // 2, "rows": [7, 9, -1]}
    return {"across": [pair]}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK, fires=seen(NUMBERS, copies=copies(4)), quiet=seen(NUMBERS, copies=copies(0)), not_applicable=NUMBERS
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_a_share_of_the_part_makes_it_an_issue():
    found = CHECK.look(seen(NUMBERS, copies=copies(4)))
    assert found.severity == "issue" and found.rows == (7, 9) and found.numbers["near train test"] == 4
    assert found.seen == "4 of 200 test images (2.0 %) also stand in train, or nearly so; 2 are equal."
    assert CHECK.look(seen(NUMBERS, copies=copies(1))).severity == "warning"


def test_one_part_alone_does_not_apply():
    with pytest.raises(NotApplicable, match="it needs folders train and valid or test above the classes"):
        CHECK.look(seen(NUMBERS, copies={"across": []}))
