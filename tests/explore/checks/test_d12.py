"""D12: are several formats of dates found?"""

from naeum.explore.checks.d12 import DateFormats
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

DAYS = ("2024-01-{:02d}", "{:02d}.02.2024", "2024년 3월 {}일")
ROWS = [{"day": DAYS[0 if n < 50 else n % 3].format(n % 28 + 1)} for n in range(60)]
QUIET = [{"day": DAYS[0].format(n % 28 + 1)} for n in range(60)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(DateFormats(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_formats_are_counted_and_the_rarer_rows_named(looked):
    subject = looked(ROWS)
    found = DateFormats().look(subject)
    assert found.numbers == {"formats of day": 3.0} and found.rows == (50, 52, 53, 55, 56, 58, 59)
    assert subject.part("columns")["columns"]["day"]["month"] == {"1": 53, "2": 3, "3": 4}
