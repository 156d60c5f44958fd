"""Are the columns of a table that a model could learn from told from the others?"""

import pytest

from naeum.errors import NotApplicable
from naeum.explore.plain.features import applies, features, giveaways, target_of

ROWS = [
    {"id": f"a{n}", "나이": str(20 + n % 31), "same": "x", "answer": "예" if n % 2 else "아니요", "label": "ab"[n % 2]}
    for n in range(300)
]


def test_target_ids_constants_and_giveaways_are_left_out(looked):
    subject = looked(ROWS, "label")
    assert giveaways(subject) == ("answer",) and features(subject) == ("나이",)


def test_before_relations_nothing_is_known_to_give_away(plain):
    assert features(plain(ROWS, "label")) == ("나이", "answer")


def test_a_table_without_another_column_has_nothing_to_learn_from(plain):
    with pytest.raises(NotApplicable, match="a column to learn from beside the target"):
        features(plain([{"label": "ab"[n % 2]} for n in range(20)], "label"))


def test_a_target_must_be_of_classes(plain):
    assert target_of(plain(ROWS, "label")) == "label"
    for target in (None, "나이"):
        with pytest.raises(NotApplicable, match="a table and a target of classes; name --target"):
            target_of(plain([{"나이": row["나이"]} for row in ROWS], target))


def test_texts_and_images_are_compared_otherwise(plain):
    assert applies(plain(ROWS, "label"))
    assert not applies(plain([{"t": f"이 영화는 정말 재미있었다고 {n}번"} for n in range(30)]))
