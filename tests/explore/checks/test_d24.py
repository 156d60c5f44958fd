"""D24: does a share of texts with tags fire it?"""

from naeum.explore.checks.d24 import Markup
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen, signs

TRIAL = Trial(Markup(), fires=seen(signs=signs(html_tag=30)), quiet=seen(signs=signs(email=30)), not_applicable=TEXTS)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_little_markup_is_a_tip():
    assert Markup().look(seen(signs=signs(html_tag=2))).severity == "tip"
    assert Markup().look(seen(signs=signs(html_tag=30))).severity == "warning"
