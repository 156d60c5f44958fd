"""Is the learner of eight bits a learner like any other: decided once, checked before it works?"""

import pytest

from naeum.compress.quantized import Quantized
from naeum.compress.vocabulary import MAX_LOSS
from naeum.errors import InputError
from naeum.model.floor import Majority


def test_it_writes_down_which_layers_stay(parts, run, base):
    from naeum.model.text.probe import Probe

    learner = Quantized(Probe(base=base, max_length=32), max_loss=1.0, words="used")
    fitted = learner.fit(parts, run)
    decided = fitted.decided(learner)
    assert decided.kept == () and decided.inner.c > 0
    told = fitted.model.card["eight_bits"]
    assert fitted.model.card["vocabulary"]["kept"] < fitted.model.card["vocabulary"]["words"]
    assert told["how"] == "percentile" and told["measured"]["loss"] <= 1.0


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(InputError, match=r"how must be one of minmax, .*dynamic; got 'best'"):
        Quantized(Majority(), how="best")
    with pytest.raises(InputError, match=r"max_loss must be 0 or more; got -1; 0\.005 is half a percent"):
        Quantized(Majority(), max_loss=-1)
    with pytest.raises(InputError, match="words must be one of all, used; got 'few'"):
        Quantized(Majority(), words="few")
    assert MAX_LOSS == 0.005
