"""Does an export appear whole, over an earlier one only, and say what it is?"""

import json

import pytest

from naeum.compress.export import folder, parity
from naeum.errors import InputError, ParityError
from naeum.model.floor import Majority


@pytest.fixture
def floor(parts, run):
    return Majority().fit(parts, run)


def test_a_folder_says_what_it_is(exported):
    place, card = exported
    assert json.loads((place / folder.CARD).read_text(encoding="utf-8")) == card
    assert card["format"] == 1 and card["run"] == {"rung": 3} and card["made_with"]["onnxruntime"]
    labels = json.loads((place / folder.LABELS).read_text(encoding="utf-8"))
    assert list(labels.values()) == card["task"]["classes"]
    told = (place / folder.README).read_text(encoding="utf-8")
    assert "pip install numpy onnxruntime tokenizers" in told and "opset" in told
    assert set(folder.files(card)) < {file.name for file in place.iterdir()}


def test_a_new_an_empty_and_an_earlier_folder_are_taken(floor, parts, tmp_path):
    place = tmp_path / "새 모델"
    place.mkdir()
    folder.export(floor, place, parts.tune.rows)
    (place / "left.txt").write_text("of the earlier one")
    folder.export(floor, place, parts.tune.rows)
    assert not (place / "left.txt").exists() and folder.is_export(place)
    assert [one.name for one in tmp_path.iterdir()] == ["새 모델"]


def test_what_was_exported_before_is_copied_as_it_is(plain, parts, tmp_path):
    from naeum.compress.export import exported

    card = folder.export(exported.opened(plain[0], 1), tmp_path / "again", parts.tune.rows, about={"run": {"rung": 9}})
    assert card == {**plain[1], "run": {"rung": 9}}
    for name in set(folder.files(card)) - {folder.CARD}:
        assert (tmp_path / "again" / name).read_bytes() == (plain[0] / name).read_bytes()


def test_a_folder_of_other_things_stays_as_it_is(floor, parts, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(InputError, match=r"a new folder, an empty one or an earlier export; .* is none of these"):
        folder.export(floor, tmp_path, parts.tune.rows)
    assert [one.name for one in tmp_path.iterdir()] == ["notes.txt"]


def test_what_fails_at_the_gate_leaves_the_earlier_export(floor, parts, tmp_path, monkeypatch):
    place = tmp_path / "model"
    folder.export(floor, place, parts.tune.rows)
    before = (place / folder.CARD).read_bytes()
    monkeypatch.setattr(parity, "TOLERANCE", -1.0)
    with pytest.raises(ParityError, match="no node by itself"):
        folder.export(floor, place, parts.tune.rows)
    assert (place / folder.CARD).read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["model"]
