"""D47: do several modes fire it?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.checks.d47 import SeveralModes
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = SeveralModes()


def pictures(gray, turned=0, animated=0, read=400):
    modes = [{"value": "RGB", "images": 400 - gray}] + ([{"value": "L", "images": gray}] if gray else [])
    counts = {"turned": turned, "animated": animated}
    told = {kind: {"count": count, "rows": list(range(count))} for kind, count in counts.items()}
    return {"images": 400, "read": read, "modes": modes, **told}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK,
        fires=seen(NUMBERS, pictures=pictures(20)),
        quiet=seen(NUMBERS, pictures=pictures(0)),
        not_applicable=NUMBERS,
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_modes_turned_and_animated_images_are_said():
    found = CHECK.look(seen(NUMBERS, pictures=pictures(2, turned=1, animated=3)))
    assert found.severity == "tip" and found.rows == (0, 1, 2)
    assert found.seen == (
        "modes: RGB (398) and L (2); 1 image is stored turned (EXIF); 3 images hold several frames; the first was"
        " looked at: up to 0.75 % of 400 images."
    )


def test_without_a_readable_image_it_does_not_apply():
    with pytest.raises(NotApplicable, match="it needs images that can be read; none can"):
        CHECK.look(seen(NUMBERS, pictures=pictures(0, read=0)))
