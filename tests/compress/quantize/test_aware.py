"""Does an encoder that learned with rounding lose less by it?"""

import numpy as np
import pytest

from naeum.compress.quantize import faking
from naeum.compress.quantize.aware import QuantizationAware
from naeum.compress.quantize.faking import faked, seen
from naeum.compress.quantize.quantized import Quantized
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.floor import Majority
from naeum.model.text.finetuned import FineTuned
from naeum.testing.worlds import world
from naeum.train.recipe import Optimization

FIRST = Optimization(epochs=30.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


@pytest.fixture(scope="module")
def inner(base):
    return FineTuned(base=base, optimization=FIRST, max_length=32, dropout=0.0)


def rounded_loss(fitted, data):
    """Cross entropy of the true classes while linear maps round."""
    read = fitted._read(data.rows)
    batch = read.collate(np.arange(len(data)))
    module = fitted.network.eval()
    with faked(module, seen(module, [batch]), "minmax"):
        outputs = fitted.predict(data.rows)
    return float(-np.log(outputs.probabilities[np.arange(len(data)), data.target]).mean())


def test_it_loses_less_where_steps_are_few(inner, run, monkeypatch):
    parts = world("korean").parts(48)
    monkeypatch.setattr(faking, "WEIGHT_LEVELS", 1)
    learner = QuantizationAware(inner, epochs=8.0, rate=0.5, how="minmax")
    before, after = run.fit(inner, parts), learner.fit(parts, run)
    assert rounded_loss(before, parts.fit) > 0.2  # there is something to win
    assert rounded_loss(after, parts.fit) < 0.8 * rounded_loss(before, parts.fit)
    assert after.best_epochs == before.best_epochs and after.history == before.history


def test_it_goes_to_eight_bits_by_the_same_road(inner, parts, run):
    learner = Quantized(QuantizationAware(inner, epochs=0.5), max_loss=1.0)
    assert claims(learner, parts.fit.task)
    fitted = learner.fit(parts, run)
    decided = fitted.decided(learner)
    assert decided.inner.inner.patience == 0 and decided.inner.epochs == 0.5
    assert fitted.model.card["eight_bits"]["measured"]["rows"] == len(parts.tune)


def test_it_claims_labels_alone(inner):
    learner = QuantizationAware(inner)
    assert claims(learner, world("labels").parts(6).fit.task)
    assert not claims(learner, world("numbers").parts(6).fit.task)
    assert not QuantizationAware().claims(world("korean").parts(6).fit.task)


def test_more_training_takes_longer(inner, run):
    one, two = (QuantizationAware(inner, epochs=epochs).nominal(100, 10.0, run.policy) for epochs in (1.0, 2.0))
    assert inner.nominal(100, 10.0, run.policy) < one < two


def test_settings_that_cannot_be_are_refused(inner):
    with pytest.raises(InputError, match=r"epochs must be above 0 and rate above 0 and at most 1; got 0 and 0\.1"):
        QuantizationAware(inner, epochs=0)
    with pytest.raises(InputError, match=r"how must be one of minmax, .*; got 'dynamic'"):
        QuantizationAware(inner, how="dynamic")
    with pytest.raises(InputError, match="must be one of finetuned, cross_encoder; got majority; quantize others as"):
        QuantizationAware(Majority())
