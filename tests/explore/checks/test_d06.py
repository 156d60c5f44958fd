"""D06: are numbers in disguise found, and codes left alone?"""

from naeum.explore.checks.d06 import HiddenNumbers
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"pay": f"₩{n * 1000:,}", "zip": f"{n:05d}"} for n in range(40)]
QUIET = [{"zip": f"{n:05d}", "seat": f"{n}" + "ABCDEF"[n % 6]} for n in range(40)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(HiddenNumbers(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_units_and_money(looked):
    rows = [{"weight": f"{n}.5 kg", "share": f"{n % 90 + 1} %", "price": f"${n * 900:,}"} for n in range(40)]
    found = HiddenNumbers().look(looked(rows))
    assert sorted(found.numbers) == ["share of price", "share of share", "share of weight"]


def test_a_typed_table_that_keeps_numbers_as_strings(looked):
    import pyarrow as pa

    typed = pa.table({"n": [str(n) for n in range(30)], "x": list(range(30))})
    found = HiddenNumbers().look(looked(typed))
    assert found.seen == "1 column holds numbers that are written as strings: n (numbers kept as strings)."
