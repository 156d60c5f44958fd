"""Are lengths, cuts and padding counted rightly, in Hangul too?"""

import numpy as np
import pyarrow as pa
import pytest

from naeum.errors import NotApplicable
from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import lengths

ROWS = [
    {"text": "정말 좋은 영화", "label": "a"},
    {"text": "", "label": "b"},
    {"text": "아주 긴 글 " * 9, "label": "a"},
] * 9


def test_a_part_counts_characters_words_empty_and_repeated_texts():
    found = lengths.look(subject_of(opened(ROWS), text=("text",)))
    assert found["rows"] == found["of"] == 27
    assert found["empty"] == 9 and found["empty_rows"][:2] == [1, 4]
    assert found["repeated"] == 24
    assert found["words"]["longest"] == 27 and found["characters"]["shortest"] == 0
    assert found["longest_rows"][0] == 2


def test_it_needs_a_text():
    with pytest.raises(NotApplicable, match="with a text column"):
        lengths.look(subject_of(opened([{"n": "1"}, {"n": "2"}])))


def test_counts_are_those_of_python():
    texts = ["가나다", "👩‍👩‍👧 x", " a  b\tc\n", "", None]
    column = pa.chunked_array([texts])
    assert lengths.characters(column).tolist() == [len(text or "") for text in texts]
    assert lengths.words(column).tolist() == [len((text or "").split()) for text in texts]


def test_a_histogram_holds_every_row():
    sizes = np.array([1] * 90 + [500])
    found = lengths.histogram(sizes)
    assert sum(found["counts"]) == 91 and len(found["edges"]) == len(found["counts"]) + 1
    assert sum(lengths.histogram(np.array([3, 3]))["counts"]) == 2


def test_a_longer_limit_cuts_less():
    found = lengths.cut(np.array([10, 40, 70, 300]), (32, 64, 256))
    assert [one["rows"] for one in found] == [0.75, 0.5, 0.25]
    assert found[0]["tokens"] > found[1]["tokens"] > found[2]["tokens"] > 0


def test_rows_of_like_length_together_waste_least():
    sizes = np.random.default_rng(0).integers(3, 200, 2000)
    found = lengths.waste(sizes, longest=512)
    assert (
        found["by_length"] < 0.1 < found["as_they_come"] < found["to_longest"] == pytest.approx(1 - sizes.mean() / 199)
    )
