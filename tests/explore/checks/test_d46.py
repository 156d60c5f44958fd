"""D46: do giants, dwarfs and long images fire it?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.checks.d46 import OddSizes
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = OddSizes()


def pictures(giants, long=0):
    shown = [{"path": "a/1.png", "width": 4000, "height": 3000}]
    counts = {"giants": giants, "dwarfs": 0, "long": long}
    odd = {kind: {"count": count, "rows": list(range(count)), "shown": shown} for kind, count in counts.items()}
    return {"images": 400, "sizes": {"pixels": 1728.0, **odd}}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK,
        fires=seen(NUMBERS, pictures=pictures(5)),
        quiet=seen(NUMBERS, pictures=pictures(0)),
        not_applicable=NUMBERS,
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_each_kind_is_said_with_a_file():
    found = CHECK.look(seen(NUMBERS, pictures=pictures(1, long=2)))
    assert found.severity == "tip" and found.rows == (0, 1) and found.numbers["long"] == 2
    assert "1 image with more than 16 times the median 1,728 pixels;" in found.seen


def test_without_a_readable_image_it_does_not_apply():
    with pytest.raises(NotApplicable, match="it needs images that can be read; none can"):
        CHECK.look(seen(NUMBERS, pictures={"sizes": None}))
