"""Does the module read the right pieces, and case only where it is told to?"""

from __future__ import annotations

import numpy as np
import pytest
import torch

from naeum.contract import Policy
from naeum.engine import bases, sessions
from naeum.model.tags.looks import WIDTH
from naeum.model.tags.sentences import Sentences
from naeum.model.tags.tagger import means, tagger
from naeum.model.tags.windows import windows


@pytest.fixture
def base(tiny_base: str) -> bases.Base:
    return bases.find(tiny_base, Policy(offline=True))


def inputs(base: bases.Base, words: list[str]):
    found = windows(base, Sentences(words, np.array([0, len(words)])), 32, " ")
    return found.collate(np.array([0]))


def test_the_first_piece_or_the_mean_of_all_answers_for_a_word(base: bases.Base) -> None:
    given = inputs(base, ["great!", "영화"])
    states = sessions.load(base).eval()(input_ids=given["input_ids"]).last_hidden_state[0]
    for pieces, expected in (("first", states[[1, 3]]), ("mean", torch.stack([states[1:3].mean(0), states[3]]))):
        module = tagger(sessions.load(base), 2, pieces=pieces, cased=False, dropout=0.0).eval()
        told = {name: given[name] for name in ("input_ids", "cases", "first", "end")}
        torch.testing.assert_close(module.vectors(**told), expected, atol=1e-5, rtol=1e-5)


def test_case_is_seen_only_where_it_is_told(base: bases.Base) -> None:
    for cased in (True, False):
        module = tagger(sessions.load(base), 2, pieces="first", cased=cased, dropout=0.0).eval()
        assert module.head.in_features == 16 + WIDTH * cased
        torch.nn.init.normal_(module.head.weight)
        given = inputs(base, ["the", "movie"])
        other = dict(given, looks=1 - given["looks"])
        assert torch.equal(module(**given), module(**other)) == (not cased)
        if cased:
            torch.nn.init.normal_(module.case.weight)
            shouted = dict(given, cases=given["cases"] + 1)
            assert not torch.allclose(module(**given), module(**shouted))


def test_means_of_many_words_are_those_of_each() -> None:
    rng = np.random.default_rng(0)
    states = torch.as_tensor(rng.normal(size=(9, 4)))
    first, end = torch.tensor([0, 3, 2, 8]), torch.tensor([3, 4, 9, 9])
    expected = torch.stack([states[low:high].mean(0) for low, high in zip(first, end, strict=True)])
    torch.testing.assert_close(means(states, first, end), expected)
