"""D32: do annotators who disagree fire it?"""

from naeum.explore.checks.d32 import Disagreement
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import seen


def people(alpha, items=100):
    return {"annotators": ["kim", "lee"], "items": items, "krippendorff": alpha, "cohen": alpha, "fleiss": None,
            "unanimous": 0.8, "shown": [{"row": 4, "labels": {"kim": "a", "lee": "b"}}]}  # fmt: skip


TRIAL = Trial(
    Disagreement(),
    fires=seen(annotators=people(0.5)),
    quiet=seen(annotators=people(0.9)),
    not_applicable=seen(annotators=people(0.5, items=3)),
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_tentative_agreement_is_a_tip():
    assert Disagreement().look(seen(annotators=people(0.7))).severity == "tip"
    found = Disagreement().look(seen(annotators=people(0.5)))
    assert found.severity == "warning" and found.rows == (4,) and "fleiss" not in found.numbers
