"""Does the module that is exported give the scores of the predictor it stands for?"""

import numpy as np
import pytest
import torch

from naeum.compress.export.modules import Unrounded, scoring
from naeum.compress.export.parts import example
from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.probe import FittedProbe, PairProbe
from naeum.testing import data

HALF = 0.05  # what features in half precision may change


def scores(made, texts):
    batch = {name: torch.as_tensor(array) for name, array in example(made, texts).items()}
    with torch.no_grad():
        return made.module(**batch).numpy()


@pytest.mark.parametrize("name", ["tuned", "probe"])
def test_it_gives_the_scores_of_the_predictor(name, request, parts):
    fitted, texts = request.getfixturevalue(name), parts.tune.rows["text"].to_pylist()
    np.testing.assert_allclose(scores(scoring(fitted), texts), fitted.predict(parts.tune.rows).scores, atol=HALF)


def test_a_first_token_is_read_where_the_probe_reads_it(probe, parts):
    import dataclasses

    fitted = dataclasses.replace(probe, learner=dataclasses.replace(probe.learner, pooling="cls"))
    texts = parts.tune.rows["text"].to_pylist()
    np.testing.assert_allclose(scores(scoring(fitted), texts), fitted.predict(parts.tune.rows).scores, atol=HALF)
    made = Unrounded(probe.task, scoring(fitted))
    np.testing.assert_allclose(made.predict(parts.tune.rows).scores, scores(scoring(fitted), texts), atol=1e-5)


def test_texts_read_apart_are_refused(tuned, probe):
    pair = Task(inputs=("a", "b"), classes=("x", "y"))
    apart = FineTunedEncoder(pair, tuned.base, tuned.network, 32, reading="apart")
    with pytest.raises(InputError, match="reads two texts apart; answer with torch instead"):
        scoring(apart)
    with pytest.raises(InputError, match="the pair_probe reads two texts apart"):
        scoring(FittedProbe(pair, probe.base, PairProbe(probe.base.name), probe.head, 1.0, probe.policy))


def test_the_scores_of_hangul_are_no_constant(tuned):
    found = scores(scoring(tuned), data.make(6, korean=True).rows["text"].to_pylist())
    assert float(np.ptp(found)) > 0
