"""D36: do parts that can be told apart fire it?"""

from naeum.explore.checks.d36 import InputShift
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep
from tests.explore.checks.subjects import TEXTS, seen


def shift(auroc, columns=()):
    words = [{"side": "train", "words": [{"word": "영화"}]}, {"side": "part", "words": [{"word": "배송"}]}]
    return {"parts": [{"part": "test", "auroc": auroc, "low": auroc - 0.03, "high": auroc + 0.03, "words": words,
                       "unlike": [{"row": 9, "text": "배송"}], "columns": list(columns)}]}  # fmt: skip


TRIAL = Trial(InputShift(), fires=seen(shift=shift(0.9)), quiet=seen(shift=shift(0.52)), not_applicable=TEXTS)


def test_it_keeps_every_law():
    assert len(keep(CHECK_LAWS, TRIAL)) == len(CHECK_LAWS)


def test_a_column_that_differs_fires_it_without_the_texts():
    column = {"column": "year", "distance": 0.6, "p_holm": 1e-9}
    found = InputShift().look(seen(shift=shift(0.52, [column])))
    assert "1 columns differ" in found.seen and "year" in found.seen and found.rows == ()
    assert InputShift().look(seen(shift=shift(0.52, [{**column, "p_holm": 0.2}]))) is None
    assert InputShift().look(TRIAL.fires).rows == (9,)
