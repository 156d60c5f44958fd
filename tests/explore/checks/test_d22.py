"""D22: does a second language fire it?"""

from naeum.explore.checks.d22 import SeveralLanguages
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import seen


def languages(*counts, strange=()):
    return {
        "told": sum(rows for _, rows in counts),
        "languages": [list(one) for one in counts],
        "strange": list(strange),
    }


TRIAL = Trial(
    SeveralLanguages(),
    fires=seen(languages=languages(("ko", 80), ("en", 20))),
    quiet=seen(languages=languages(("ko", 98), ("en", 2))),
    not_applicable=seen(languages=languages(("ko", 9))),
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_rare_languages_are_named_by_their_rows():
    found = SeveralLanguages().look(seen(languages=languages(("ko", 80), ("en", 19), ("ru", 1), strange=(7,))))
    assert found.rows == (7,) and "ko 80.0 % and en 19.0 %" in found.seen and found.numbers == {"ko": 0.8, "en": 0.19}
