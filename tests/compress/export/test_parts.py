"""Is a predictor taken apart into what an exported folder can hold, and is anything else refused?"""

from types import SimpleNamespace

import pytest

from naeum.compress.export import parts as pieces
from naeum.errors import InputError
from naeum.model.around.conformal import UNDECIDED, WithEnds
from naeum.model.around.thresholded import Cut
from naeum.model.around.through import Through
from naeum.model.floor import Majority
from naeum.testing.worlds import labels, numbers, spans


@pytest.fixture
def floor(run):
    return lambda world: Majority().fit(world.parts(24), run)


def test_every_part_of_a_blend_is_written_with_its_files(exported):
    place, card = exported
    root = card["model"]
    assert root["kind"] == "calibrated" and root["temperature"] == 1.7
    members = root["members"][0]["members"]
    assert [member["kind"] for member in members] == ["graph", "graph", "ngrams"]
    assert {member["file"] for member in members} == {"part0.onnx", "part1.onnx", "part2.npz"}
    assert all((place / member["file"]).is_file() for member in members)
    assert members[0]["opset"] >= 18 and members[0]["max_length"] == 32


def test_what_stands_around_the_whole_is_written_beside_it(floor, tmp_path):
    tree = pieces.write(Through(Cut(floor(labels), (0.2, 0.3, 0.4))), tmp_path)
    assert tree.root["kind"] == "constant" and tree.around == {"cut": [0.2, 0.3, 0.4]}
    assert pieces.write(WithEnds(floor(numbers), 1.5), tmp_path).around == {"reach": 1.5}
    assert pieces.write(WithEnds(floor(numbers), UNDECIDED), tmp_path).around == {}


def test_a_part_of_an_unknown_kind_is_refused(parts, run, tmp_path):
    strange = SimpleNamespace(task=parts.fit.task, kind="strange")
    with pytest.raises(InputError, match="has a part of kind 'strange'; answer with torch instead: naeum predict"):
        pieces.write(strange, tmp_path)


def test_other_tasks_are_refused(run, tmp_path):
    with pytest.raises(InputError, match="this one answers span from text; answer with torch instead: naeum predict"):
        pieces.write(Majority().fit(spans.parts(12), run), tmp_path)
