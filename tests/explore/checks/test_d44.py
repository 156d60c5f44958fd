"""D44: do copies with different labels fire it?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.checks.d44 import CopiesOfTwoClasses
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import NUMBERS, seen

CHECK = CopiesOfTwoClasses()


def copies(count, share=0.02):
    pair = [{"path": "개/1.jpg", "label": "개"}, {"path": "고양이/1.jpg", "label": "고양이"}]
    rows = list(range(2 * count))
    return {"conflicts": {"groups": count, "images": 2 * count, "share": share, "rows": rows, "shown": [pair] * count}}


def test_it_keeps_every_law():
    trial = Trial(
        CHECK, fires=seen(NUMBERS, copies=copies(3)), quiet=seen(NUMBERS, copies=copies(0)), not_applicable=NUMBERS
    )
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_the_first_pair_is_named_and_few_are_a_tip():
    found = CHECK.look(seen(NUMBERS, copies=copies(1, 0.001)))
    assert found.severity == "tip" and "(2 images), the first under 개 and 고양이: 0.10 % of" in found.seen
    assert found.rows == (0, 1)


def test_without_classes_it_does_not_apply():
    with pytest.raises(NotApplicable, match="it needs a target of classes; name one with --target"):
        CHECK.look(seen(NUMBERS, copies={"conflicts": None}))
