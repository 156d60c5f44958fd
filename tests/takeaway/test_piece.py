"""Are pieces written as a person would write them?"""

import ast

import pytest

from naeum.contract import Task
from naeum.errors import InputError
from naeum.takeaway.piece import Name, Piece, Writing, code, refused


def test_long_pieces_stand_a_line_each_and_mean_the_same():
    inner = Piece("Probe", (), {"base": Name('base or "b"'), "recipe": {"a": 1.5, "b": [1, 2]}, "words": (1, 2)})
    text = code(Piece("Blend", (), {"members": [inner, inner], "weights": [0.5] * 30}))
    assert ast.parse(text) and max(map(len, text.splitlines())) < 80
    assert '    members=[\n        Probe(\n            base=base or "b",' in text


@pytest.mark.parametrize("thing", ["가", 'a"b', "it's", "both ' and \"", (1,), (1, 2), [], {"가": None}, True, 0.1])
def test_values_mean_what_they_meant(thing):
    assert ast.literal_eval(code(thing)) == (list(thing) if thing == (1,) else thing)


def test_inner_pieces_come_first():
    inner = Piece("A", (), {})
    assert [one.call for one in Piece("B", (), {"inner": inner, "more": [inner]}).walk()] == ["A", "A", "B"]


def test_names_are_numbered_and_notes_are_made_once(tmp_path):
    writing = Writing(tmp_path, Task())
    assert [writing.name("probe"), writing.name("ngrams"), writing.name("probe")] == ["probe", "ngrams", "probe2"]
    for _ in range(2):
        writing.leave_out("a")
        writing.untrainable("b")
    assert (writing.left_out, writing.no_training) == (["a"], ["b"])


def test_a_part_without_code_is_refused_by_its_name():
    with pytest.raises(InputError, match="this one has a part of kind 'oracle'; answer with the run instead"):
        raise refused("oracle")
