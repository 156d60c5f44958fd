"""Does the sample of a column show what it holds, and does each column have its role?"""

from naeum.data.schema import Columns, profile, purity


def test_ids_are_numbers_codes_or_file_names_but_not_words():
    assert profile("a", [f"file-{at}.txt" for at in range(50)]).names_rows
    assert not profile("a", [f"낱말{'가' * at}" for at in range(50)]).names_rows
    assert not profile("a", [f"say it {at} times" for at in range(50)]).names_rows


def test_inputs_are_texts_and_then_typed_columns():
    columns = Columns(("말",), "y", id="no", typed=(("나이", "number"), ("사진", "image")))
    assert columns.kinds == {"말": "text", "나이": "number", "사진": "image"}
    assert columns.used() == ("말", "나이", "사진", "y", "no")
    assert [columns.role(name) for name in ("나이", "y", "no", "x")] == ["number", "target", "id", "other"]


def test_purity_is_the_share_that_a_value_settles():
    target = profile("y", ["a", "b"] * 10)
    assert purity(profile("x", ["1", "2"] * 10), target) == 1.0
    assert purity(profile("x", ["1", "1"] * 5 + ["2", "2"] * 5), target) == 0.5
    assert purity(profile("x", [str(at) for at in range(20)]), target) == 0.0  # values that hardly repeat say nothing
