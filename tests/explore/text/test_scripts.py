"""Are scripts, emoji and broken signs told, row by row?"""

from naeum.explore.loading import opened
from naeum.explore.subject import subject_of
from naeum.explore.text import scripts
from naeum.explore.text.scripts import BROKEN, CYRILLIC, EMOJI, HANGUL, JAMO, LATIN, OTHER, signs


def test_every_sign_is_counted_where_it_belongs():
    found = signs(["좋아요 ㅋㅋ", "Good!", "очень", "🙂🙂♥", "깨\ufffd진\x00 글", "123", ""])
    assert found.counts[0, [HANGUL, JAMO]].tolist() == [3, 2]
    assert found.counts[1, LATIN] == 4 and found.counts[2, CYRILLIC] == 5
    assert found.counts[3, EMOJI] == 3 and found.emoji == {"🙂": 2, "♥": 1}
    assert found.counts[4, BROKEN] == 2
    assert found.script.tolist() == [HANGUL, LATIN, CYRILLIC, OTHER, HANGUL, OTHER, OTHER]


def test_jamo_beside_hangul_is_no_mixture_but_latin_is():
    assert signs(["좋아요 ㅋㅋㅋ", "좋아요 movie", "良いですね"]).mixed.tolist() == [False, True, False]


def test_long_and_odd_texts_are_answered():
    found = signs(["가" * 10_000, "\ud800", "\U0010ffff"])
    assert found.counts[0, HANGUL] == scripts.LETTERS and found.counts[1, BROKEN] == 1


def test_a_part_names_rows_and_keeps_nothing_that_it_found():
    rows = [{"text": f"이 영화는 정말 재미있어요 {n}", "label": str(n % 2)} for n in range(30)]
    rows[7]["text"] = "문의는 kim@example.com 으로 주세요"
    rows[9]["text"] = "깨진 \ufffd 글자가 있는 문장"
    found = scripts.look(subject_of(opened(rows), text=("text",)))
    assert found["patterns"]["email"]["named"] == [7] and found["broken"] == {"rows": 1, "named": [9]}
    assert "example" not in str(found)
    assert found["scripts"][-1]["script"] == "Hangul" and found["scripts"][-1]["rows"] == 29
