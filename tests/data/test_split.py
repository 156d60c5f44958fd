"""Does the split keep the protocol?"""

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from naeum.data import content_key, near_groups, read, split
from naeum.errors import InputError

WORDS = [
    "영화",
    "정말",
    "배우",
    "연기",
    "최고",
    "지루",
    "음악",
    "감동",
    "시간",
    "아까움",
    "good",
    "bad",
    "plot",
    "scene",
]


def rows(count: int, classes: int = 2, seed: int = 0, **more) -> list[dict]:
    rng = np.random.default_rng(seed)
    made = []
    for at in range(count):
        text = f"{at * 7919 % 100_003} " + " ".join(WORDS[k] for k in rng.integers(0, len(WORDS), 8)) + f" {at}"
        made.append({"text": text, "label": f"c{at % classes}", **{name: its(at) for name, its in more.items()}})
    return made


def data(made, **options):
    options = {"text": "text", "target": "label", **options}
    return read(pa.Table.from_pylist(made), **options)


def ids(dataset) -> set[int]:
    return set(dataset.ids.tolist())


def pieces(result) -> list[set[int]]:
    parts = [result.parts.fit, result.parts.tune] if result.regime == "parts" else []
    scored = [result.select] if result.regime == "parts" else [dataset for _, dataset in result.folds]
    return [ids(one) for one in (*parts, *scored, *([] if result.test is None else [result.test]))]


def test_sizes_of_a_large_set():
    result = split(data(rows(6_000, 3)))
    assert result.regime == "parts" and result.folds == ()
    assert [len(part) for part in (result.test, result.select, result.parts.tune)] == pytest.approx([600] * 3, abs=4)
    assert sum(map(len, pieces(result))) == 6_000 == len(set.union(*pieces(result)))
    counts = np.bincount(result.test.target)
    assert counts.max() - counts.min() <= 2


def test_a_small_set_is_folded_and_a_tiny_one_has_no_test_part():
    small, tiny = split(data(rows(1_000))), split(data(rows(300)))
    assert small.regime == "folds" and len(small.test) == 200 and len(small.folds) == 5
    assert tiny.regime == "nested" and tiny.test is None and len(tiny.folds) == 5
    for result, count in ((small, 800), (tiny, 300)):
        assert len(result.select) == count == len(result.parts.fit) + len(result.parts.tune)
        assert result.select.ids.tolist() == [one for _, scored in result.folds for one in scored.ids.tolist()]
        for parts, scored in result.folds:
            assert ids(parts.fit) | ids(parts.tune) == ids(result.select) - ids(scored)
            assert len(parts.tune) == pytest.approx(0.1 * (count - len(scored)), abs=3)
    assert any("too few for a test part" in note for note in tiny.notes)


def test_a_small_class_folds_a_middling_set_but_not_a_large_one():
    rare = [{"text": f"홀로 {at} 번째", "label": "rare"} for at in range(10)]
    assert split(data(rows(5_200) + rare)).regime == "folds"
    assert split(data(rows(5_200))).regime == "parts"


def test_given_parts_are_kept_and_not_cut_again():
    train, valid, test = data(rows(1_000)), data(rows(100, seed=1), part="valid"), data(rows(80, seed=2), part="test")
    result = split(train, valid=valid, test=test)
    assert result.regime == "parts" and result.folds == ()
    assert ids(result.select) == ids(valid.dataset) and ids(result.test) == ids(test.dataset)
    assert len(result.parts.fit) + len(result.parts.tune) == 1_000
    assert split(train, test=test).regime == "folds" and len(split(train, test=test).select) == 1_000
    assert len(split(data(rows(300)), test=test).test) == 80


def test_codes_of_given_parts_follow_the_training_data():
    test = data([{"text": "하나뿐", "label": "c2"}, {"text": "둘째 것", "label": None}], part="test")
    result = split(data(rows(1_000, 3)), test=test)
    assert result.test.target.tolist() == [2] and result.test.task.classes == ("c0", "c1", "c2")
    assert "rows of the test file without a target, which are left out: 1" in result.notes


def test_a_test_file_without_targets_is_rows_to_predict():
    test = read(pa.table({"text": ["새 문장"]}), text="text", target="label", part="test")
    result = split(data(rows(1_000)), test=test)
    assert len(result.test) == 200 and any("rows to predict" in note for note in result.notes)


def test_no_test_keeps_every_row():
    result = split(data(rows(1_000)), no_test=True)
    assert result.test is None and len(result.select) == 1_000


def test_unlabelled_rows_stand_in_no_part():
    made = rows(1_000)
    for row in made[::10]:
        row["label"] = None
    result = split(data(made))
    assert len(result.unlabelled) == 100 and (result.unlabelled.target == -1).all()
    assert not ids(result.unlabelled) & set.union(*pieces(result))


def test_the_newest_rows_are_tested_then_selected_then_tuned():
    made = rows(6_000, time=lambda at: at * 7 % 6_000)
    train = data(made, time="time")
    when = dict(zip(train.dataset.ids.tolist(), train.time, strict=True))
    result = split(train)
    order = [result.test, result.select, result.parts.tune, result.parts.fit]
    spans = [[when[one] for one in ids(part)] for part in order]
    assert all(min(newer) > max(older) for newer, older in pairwise(spans))


def test_leaks_between_given_parts_are_told():
    train, copies = rows(1_000), rows(1_000)[:3]
    copies[0]["text"] = copies[0]["text"].upper() + "!"  # a near copy
    fresh = rows(50, seed=9)
    test = data(copies + [{**row, "text": "아주 다른 글 " + row["text"][::-1]} for row in fresh], part="test")
    result = split(data(train), test=test)
    assert set(result.leaked["test"].tolist()) == set(test.dataset.ids[:3].tolist())
    assert any(note.endswith("in rows that are learned from: 3 of 53") for note in result.notes)
    assert dict(split(data(train)).leaked) == {}


def test_folds_of_the_user_are_kept_and_their_leaks_told():
    made = rows(600, fold=lambda at: "xyz"[at % 3])
    made[1]["text"] = made[0]["text"]
    train = data(made, folds="fold")
    result = split(train)
    assert result.regime == "folds" and result.test is None and [len(scored) for _, scored in result.folds] == [200] * 3
    assert set(result.leaked["folds"].tolist()) == set(train.dataset.ids[:2].tolist())
    fold = dict(zip(train.dataset.ids.tolist(), train.folds, strict=True))
    assert [{fold[one] for one in ids(scored)} for _, scored in result.folds] == [{0}, {1}, {2}]


def test_equal_parts_have_equal_keys_and_others_do_not():
    made = rows(1_000)
    one, again, other = split(data(made)), split(data(made)), split(data(made), seed=1)
    assert one.parts.fit.key == again.parts.fit.key == content_key(one.parts.fit) != other.parts.fit.key
    assert len({dataset.key for parts, scored in one.folds for dataset in (parts.fit, parts.tune, scored)}) == 15


@settings(max_examples=25, deadline=None)
@given(
    count=st.integers(40, 700),
    classes=st.integers(2, 5),
    sizes=st.integers(1, 6),
    seed=st.integers(0, 99),
    copies=st.integers(0, 20),
    unlabelled=st.integers(0, 9),
)
def test_a_group_never_stands_on_two_sides(count, classes, sizes, seed, copies, unlabelled):
    rng = np.random.default_rng(seed)
    made = rows(count, classes, seed, who=lambda at: f"g{at // sizes}")
    for at in rng.integers(0, count, copies):
        made[at]["text"] = made[int(rng.integers(0, count))]["text"] + ("!" if at % 2 else "")
    for row in made[:unlabelled]:
        row["label"] = None
    train = data(made, group="who")
    assume(len(np.unique(near_groups(train.dataset.rows, (train.dataset.group,)))) > 20)
    result = split(train, seed=seed)
    sides = pieces(result)
    labelled = set(train.dataset.ids[train.dataset.target >= 0].tolist())
    assert set.union(*sides) == labelled and sum(map(len, sides)) == len(labelled)  # each in exactly one part
    near = near_groups(train.dataset.rows)
    for tie in (near, train.dataset.group):
        side = {one: at for at, its in enumerate(sides) for one in its}
        for group in np.unique(tie):
            inside = [side[one] for one in train.dataset.ids[tie == group].tolist() if one in side]
            assert len(set(inside)) <= 1
    for parts, scored in result.folds:
        assert not {*parts.fit.group.tolist(), *parts.tune.group.tolist()} & {*scored.group.tolist()}
        assert not {*parts.fit.group.tolist()} & {*parts.tune.group.tolist()}
    order = rng.permutation(count)
    shuffled = split(data([made[at] for at in order], group="who"), seed=seed)
    assert pieces(shuffled) == sides
    again = split(train, seed=seed)
    assert [again.parts.fit.key, again.select.key] == [result.parts.fit.key, result.select.key]


def test_what_cannot_be_split_is_refused():
    same = [{"text": "똑같은 말입니다", "label": f"c{at % 2}"} for at in range(50)]
    with pytest.raises(InputError, match="rows must differ; all 50 labelled rows hold the same text"):
        split(data(same))
    with pytest.raises(InputError, match=r"enough distinct groups of rows to fill test; .* add rows, or leave --group"):
        split(data(rows(600, who=lambda at: at % 2), group="who"))
    with pytest.raises(InputError, match="a validation file must have targets; the given one has none"):
        split(data(rows(100)), valid=read(pa.table({"text": ["a b"]}), text="text", target="label", part="test"))
    with pytest.raises(
        InputError, match="every class of the given test part must also stand in the training data; got 'c9'"
    ):
        split(data(rows(100)), test=data([{"text": "새것", "label": "c9"}], part="test"))
    strange = read(pa.table({"other": ["가 나"], "label": ["c0"]}), text="other", target="label", part="test")
    with pytest.raises(InputError, match="must have the input columns of the training data, text; got other"):
        split(data(rows(100)), test=strange)


def test_fewer_groups_than_folds_are_said():
    result = split(data(rows(100, who=lambda at: at % 3), group="who"))
    assert len(result.folds) == 3
    assert "warning: there are only 3 distinct groups of rows, and so as many folds" in result.notes
