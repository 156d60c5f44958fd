"""Is nothing of the user's overwritten, and nothing half-written left?"""

import pytest

from naeum.errors import InputError
from naeum.takeaway.place import placing


def put(target, suffix=".py"):
    with placing(target, suffix) as places:
        places.script.write_text('"""Written by naeum 0.1.0."""')
        (places.weights / "a.npz").write_bytes(b"1")
        if places.requirements:
            places.requirements.write_text("numpy")


def test_a_file_with_its_weights_may_be_written_again(tmp_path):
    for _ in range(2):
        put(tmp_path / "내 모델.py")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["내 모델.py", "내 모델_weights"]


def test_a_folder_holds_both(tmp_path):
    for _ in range(2):
        put(tmp_path / "deep" / "taken")
    assert {path.name for path in (tmp_path / "deep" / "taken").iterdir()} == {
        "model.py", "weights", "requirements.txt", ".naeum",
    }  # fmt: skip


def test_what_naeum_did_not_write_stays(tmp_path):
    (tmp_path / "mine.py").write_text("print(1)")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "thesis.txt").write_text("mine")
    (tmp_path / "a_weights").mkdir()
    for name in ("mine.py", "folder", "a.py"):
        with pytest.raises(InputError, match="a model must be written to a new place, or over one that naeum wrote"):
            put(tmp_path / name)
    assert (tmp_path / "mine.py").read_text() == "print(1)"


def test_a_failure_leaves_nothing(tmp_path):
    with pytest.raises(ValueError, match="stop"), placing(tmp_path / "a.py", ".py"):
        raise ValueError("stop")
    assert list(tmp_path.iterdir()) == []
