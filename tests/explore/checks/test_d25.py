"""D25: do shared openings fire it?"""

from naeum.explore.checks.d25 import Boilerplate
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def pieces(share, where="openings"):
    found = {"rows": 1000, "texts": [], "openings": [], "endings": [], "lines": []}
    found[where] = [{"text": "안녕하세요 고객센터 입니다 문의", "rows": round(1000 * share), "share": share}]
    return found


TRIAL = Trial(
    Boilerplate(), fires=seen(boilerplate=pieces(0.3)), quiet=seen(boilerplate=pieces(0.02)), not_applicable=TEXTS
)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_it_says_where_the_words_stand():
    assert "end in" in Boilerplate().look(seen(boilerplate=pieces(0.1, "endings"))).seen
    assert "have the line" in Boilerplate().look(seen(boilerplate=pieces(0.1, "lines"))).seen
