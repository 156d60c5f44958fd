"""D38: do rows that change over time fire it?"""

from naeum.explore.checks.d38 import Drift
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def drift(auroc, cramer=0.0, p=1.0):
    return {"columns": [{"column": "date", "auroc": auroc, "low": auroc - 0.03, "high": auroc + 0.03,
                         "labels": {"cramer_v": cramer, "p": p}, "words": {"old": [], "new": ["배송"]}}]}  # fmt: skip


TRIAL = Trial(Drift(), fires=seen(drift=drift(0.8)), quiet=seen(drift=drift(0.53)), not_applicable=TEXTS)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_a_changing_class_mix_alone_fires_it():
    found = Drift().look(seen(drift=drift(0.53, 0.3, 1e-9)))
    assert "class mix changes" in found.seen and found.numbers["cramer_v date"] == 0.3
    unlabelled = drift(0.53)
    unlabelled["columns"][0]["labels"] = None
    assert Drift().look(seen(drift=unlabelled)) is None
