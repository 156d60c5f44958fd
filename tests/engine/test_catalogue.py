"""Are the facts about base models complete and sound?"""

from __future__ import annotations

import re

from naeum.engine.catalogue import card_of, catalogue


def test_every_card_is_complete():
    for card in catalogue():
        assert re.fullmatch(r"[\w.-]+/[\w.-]+", card.name)
        assert card.languages and card.licence
        assert 2 * card.parameters < card.size_mb * 1e6 < 5 * card.parameters  # bytes a parameter: half to full floats
        assert card.width in (256, 384, 768) and 6 <= card.layers <= 22 and card.max_length >= 512


def test_every_result_has_a_source():
    results = [result for card in catalogue() for result in card.results]
    assert len(results) > 10
    assert all(result.source.startswith("https://") and 0 < result.value < 100 for result in results)


def test_names_stand_once():
    names = [card.name for card in catalogue()]
    assert len(set(names)) == len(names)


def test_english_korean_and_many_languages_are_served():
    for language, least in (("en", 10), ("ko", 8), ("sw", 4)):
        assert sum(card.serves(language) for card in catalogue()) >= least


def test_a_card_is_found_by_its_last_part():
    assert card_of("all-MiniLM-L6-v2") is card_of("sentence-transformers/all-MiniLM-L6-v2")
    assert card_of("roberta-base") is None  # of FacebookAI or of klue?
    assert card_of("no-such-model") is None
