"""Can the truth of the world of tags be learned, word by word, and are its odd rows odd?"""

from __future__ import annotations

import numpy as np

from naeum.measure.words import sizes, tag_codes, word_offsets
from naeum.testing.worlds import tags


def test_every_sentence_has_a_tag_a_word_and_the_tags_stand_in_bio() -> None:
    given = tags.parts(60)
    for part in (given.fit, given.tune):
        assert np.array_equal(sizes(part.truth), np.diff(word_offsets(part.rows["words"])))
    codes, offsets = tag_codes(given.tune)
    names = np.array(tags.CLASSES)[codes]
    for at, name in enumerate(names):
        if name.startswith("I-"):
            assert at not in offsets and names[at - 1] == f"B-{name[2:]}"


def test_the_word_says_the_tag_but_for_a_few_of_fit() -> None:
    given = tags.parts(200)
    said = [
        {*zip(np.concatenate(part.rows["words"].to_pylist()), tag_codes(part)[0].tolist(), strict=True)}
        for part in (given.fit, given.tune)
    ]
    assert len({word for word, _ in said[1]}) == len(said[1])
    assert len(said[0]) > len({word for word, _ in said[0]})


def test_seeds_differ_and_repeat() -> None:
    one, again, other = tags.parts(9), tags.parts(9), tags.parts(9, seed=1)
    assert one.fit.key == again.fit.key != other.fit.key
    assert one.fit.rows.equals(again.fit.rows)


def test_odd_rows_are_missing_empty_and_long() -> None:
    lengths = sizes(tags.odd()["words"])
    assert lengths.min() == 0 and lengths.max() >= 2 * tags.LONG and None in tags.odd()["words"].to_pylist()
