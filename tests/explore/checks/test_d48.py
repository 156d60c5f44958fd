"""D48: do images without content fire it?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.checks.d48 import NothingToSee
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = NothingToSee()


def pictures(blank, dark=0):
    counts = {"blank": blank, "dark": dark, "bright": 0}
    shown = [{"path": "a/1.png"}]
    light = {kind: {"count": count, "rows": list(range(count)), "shown": shown} for kind, count in counts.items()}
    return {"images": 400, "light": light}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK,
        fires=seen(NUMBERS, pictures=pictures(5)),
        quiet=seen(NUMBERS, pictures=pictures(0)),
        not_applicable=NUMBERS,
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_kinds_are_told_apart():
    found = CHECK.look(seen(NUMBERS, pictures=pictures(1, dark=1)))
    assert found.severity == "tip" and found.numbers["dark"] == 1
    assert found.seen.startswith("1 of one colour and 1 nearly black: 0.50 %")


def test_without_a_readable_image_it_does_not_apply():
    with pytest.raises(NotApplicable, match="it needs images that can be read; none can"):
        CHECK.look(seen(NUMBERS, pictures={"light": None}))
