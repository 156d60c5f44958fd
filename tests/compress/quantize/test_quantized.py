"""Is the learner of eight bits a learner like any other: decided once, checked before it works?"""

import numpy as np
import pytest

from naeum.compress.export.vocabulary import MAX_LOSS
from naeum.compress.quantize.arithmetic import Arithmetic
from naeum.compress.quantize.quantized import Quantized
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.floor import Majority
from naeum.testing.worlds import world
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


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


def test_a_tagger_comes_to_eight_bits_too(base, run):
    from naeum.model.tags.finetuned import Reading, TunedTagger

    parts = world("tags").parts(24)
    inner = TunedTagger(base, optimization=BRISK, dropout=0.0, reading=Reading(max_length=32))
    learner = Quantized(inner, max_loss=1.0, arithmetic=Arithmetic(balance=0.5))
    assert claims(learner, parts.fit.task)
    fitted = learner.fit(parts, run)
    told = fitted.model.card
    assert told["model"]["file"] == "part0.int8.onnx" and told["eight_bits"]["arithmetic"]["balance"] == 0.5
    outputs = fitted.predict(parts.tune.rows)
    own = run.fit(inner, parts).predict(parts.tune.rows)
    assert np.array_equal(outputs.offsets, own.offsets)
    assert 0 < np.abs(outputs.scores - own.scores).max() < 0.2 * np.abs(own.scores).max()
    assert {one["kind"] for one in told["loss"]["groups"]} <= {"class", "length", "slice"}
    assert told["loss"]["confidence_after"] is not None
