"""Does the module that is exported give the scores of the predictor it stands for?"""

import numpy as np
import pytest
import torch

from naeum.compress.export.modules import Unrounded, scoring, two_sided
from naeum.compress.export.texts import example
from naeum.engine.tokens import Tokens
from naeum.model.text.probe import PairProbe
from naeum.testing import data
from naeum.testing.worlds import pairs

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


def test_texts_that_are_read_apart_are_compared(base, run):
    given = pairs.parts(12)
    fitted = run.fit(PairProbe(base, c=0.01, max_length=32), given)
    made = scoring(fitted)
    found = Unrounded(fitted.task, made).predict(given.tune.rows).scores
    np.testing.assert_allclose(found, fitted.predict(given.tune.rows).scores, atol=HALF)
    assert made.apart and example(made)["input_ids"].shape[:2] == (3, 2)


def test_two_sides_are_padded_alike():
    both = [Tokens(np.array([1, 2, 3]), np.array([0, 1, 3]), 9), Tokens(np.array([4, 5, 6, 7]), np.array([0, 3, 4]), 9)]
    ids, mask = two_sided(both, np.array([1, 0]))
    assert ids.tolist() == [[[2, 3, 9], [7, 9, 9]], [[1, 9, 9], [4, 5, 6]]]
    assert mask.sum(axis=2).tolist() == [[2, 1], [1, 3]]


def test_the_scores_of_hangul_are_no_constant(tuned):
    found = scores(scoring(tuned), data.make(6, korean=True).rows["text"].to_pylist())
    assert float(np.ptp(found)) > 0
