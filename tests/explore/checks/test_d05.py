"""D05: are mostly and wholly empty columns told apart?"""

from naeum.explore.checks.d05 import MostlyMissing
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import keep

ROWS = [{"age": str(n), "deck": "A" if n == 1 else "", "none": ""} for n in range(20)]
QUIET = [{"age": str(n)} for n in range(20)]


def test_it_keeps_every_law(looked, bare):
    trial = Trial(MostlyMissing(), looked(ROWS), looked(QUIET), bare)
    assert len(keep(CHECK_LAWS, trial)) == len(CHECK_LAWS)


def test_both_are_named(looked):
    found = MostlyMissing().look(looked(ROWS))
    assert found.seen == (
        "1 column misses at least half of the values: deck (95.0 %); 1 column holds nothing at all: none."
    )
