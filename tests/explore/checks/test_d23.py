"""D23: does a single address fire it, without keeping it?"""

from naeum.explore.checks.d23 import PersonalData
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen, signs

TRIAL = Trial(
    PersonalData(), fires=seen(signs=signs(email=1, phone_kr=2)), quiet=seen(signs=signs(url=9)), not_applicable=TEXTS
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_secret_numbers_are_an_issue():
    assert PersonalData().look(seen(signs=signs(email=3))).severity == "warning"
    found = PersonalData().look(seen(signs=signs(resident_number=1, email=3)))
    assert (
        found.severity == "issue"
        and found.rows == (0, 1, 2)
        and found.numbers == {"email": 3.0, "resident_number": 1.0}
    )
