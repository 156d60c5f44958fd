"""D04: are missing values found, with their rows?"""

from naeum.explore.checks.d04 import MissingValues
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"age": "" if n in (3, 5) else str(n), "city": "서울부산"[n % 2]} for n in range(20)]
QUIET = [{"age": str(n), "b": str(n % 3)} for n in range(20)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(MissingValues(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_shares_and_rows(looked):
    found = MissingValues().look(looked(ROWS))
    assert found.rows == (3, 5) and found.severity == "warning" and found.numbers == {"share of age": 0.1}
    assert found.seen == "1 column misses values: age (10.0 %); 5.0 % of all cells."


def test_words_that_mean_missing_are_missing(looked):
    rows = [{"age": word} for word in ("NA", "N/A", "null", "None", "NaN", *map(str, range(95)))]
    found = MissingValues().look(looked(rows))
    assert found.numbers == {"share of age": 0.05} and found.rows == (0, 1, 2, 3, 4)
