"""Is an answer withheld where no answer scores better?"""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from naeum import decoding
from naeum.contract import Dataset, Outputs
from naeum.errors import InputError
from naeum.measure import metric
from naeum.measure.spans import gold_places, passages_of
from naeum.model.around.withheld import Withheld, longest_answer, tuned
from naeum.model.spans.ranker import SpanRanker
from naeum.passages import between, units, units_of
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import spans


def leaning(data: Dataset, above: float) -> Outputs:
    """Right places, with margins of 2 where the passage answers and of 1 where not, all moved by `above`."""
    texts, golds = passages_of(data), gold_places(data, np.arange(len(data)))
    found = units_of(texts)
    scores = np.full((len(found.spans), 2), -20.0, np.float32)
    for text, places, low in zip(texts, golds, found.offsets, strict=False):
        first, last = between(units(text), *places[0]) if places else (0, 0)
        margin = above + (2.0 if places else 1.0)
        scores[low], scores[low + 1 + first, 0], scores[low + 1 + last, 1] = 0.0, margin / 2, margin / 2
    return Outputs(data.task, scores, offsets=found.offsets)


@pytest.mark.parametrize("above", [0.0, -6.0])
def test_the_margin_that_parts_answers_from_none_is_found(above: float) -> None:
    data = spans.make(60, seed=5)
    outputs = leaning(data, above)
    margin = tuned(outputs, data, 20)
    assert above + 1 < margin < above + 2
    cut = dataclasses.replace(outputs, cut=np.array([margin, 20], np.float32))
    assert metric("span_exact").score(cut, data) == 1.0 > metric("span_exact").score(outputs, data)


def test_a_margin_that_is_not_worth_it_is_none() -> None:
    data = spans.make(60, seed=5)
    assert tuned(leaning(data, -1.5), data, 20) == 0.0, "0 parts them already"
    loss = dataclasses.replace(data, task=dataclasses.replace(data.task, metric="log_loss"))
    assert tuned(leaning(data, 0.0), loss, 20) == 0.0, "probabilities know no threshold"


def test_answers_are_no_longer_than_those_of_fit(tmp_path: Path) -> None:
    given = spans.parts(48)
    fitted = Withheld(SpanRanker()).fit(given, TinyRun(tmp_path))
    longest = longest_answer(given.fit)
    assert fitted.cut[1] == longest < decoding.LONGEST
    found = decoding.spans(fitted.predict(given.tune.rows))
    assert (found[:, 1] - found[:, 0]).max() < longest
    assert fitted.decided(Withheld(SpanRanker())).cut == fitted.cut
    assert longest_answer(spans.dataset([("q", "a", None)])) == decoding.LONGEST


def test_settings_that_cannot_be_are_refused() -> None:
    with pytest.raises(
        InputError, match=r"cut must be a margin and a number of units of 1 or more; got \(0.5,\); leave"
    ):
        Withheld(SpanRanker(), cut=(0.5,))
