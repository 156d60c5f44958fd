"""D21: do words in many pieces fire it?"""

from naeum.explore.checks.d21 import StrangeTokens
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def tokens(pieces, unknown=0.0, knows=True):
    return {"base": "tiny", "per_word": pieces, "unknown": unknown, "knows_language": knows}


TRIAL = Trial(StrangeTokens(), fires=seen(tokens=tokens(5.0)), quiet=seen(tokens=tokens(1.4)), not_applicable=TEXTS)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_unknown_tokens_and_a_strange_language_fire_it_too():
    assert "2.0 % of the tokens are unknown" in StrangeTokens().look(seen(tokens=tokens(1.4, 0.02))).seen
    found = StrangeTokens().look(seen(tokens=tokens(1.4, None, knows=False)))
    assert found.severity == "tip" and "does not know the language" in found.seen
