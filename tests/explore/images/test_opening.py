"""Do image files become a table with what was seen of them?"""

import pytest

from naeum.data.images.albums import album
from naeum.explore.course import explore
from naeum.explore.images.opening import opened


def test_a_folder_becomes_rows_and_measures_that_differ_become_columns(make, tmp_path):
    files = {f"{name}/{n}.png": make.file(make.image(n + 10 * at, (20 + n, 30)))
             for at, name in enumerate(("고양이", "개")) for n in range(3)}  # fmt: skip
    said = []
    found = opened(album(make.put(tmp_path / "photos", files)), said.append)
    assert found.table.column_names == ["path", "label", "image", "width", "bytes", "brightness", "contrast"]
    assert found.told == {"path": "id", "label": "target", "image": "image"}
    assert found.table.column("width").to_pylist() == [20, 21, 22] * 2
    assert found.table.column("image")[0].as_py().startswith(b"\xff\xd8\xff")
    assert said[-1] == {"event": "progress", "step": 6, "steps": 6, "note": "image 6 of 6"}
    assert found.notes == ("photos: a folder of 6 images",)


def test_test_images_are_beside_the_rows_and_without_classes(make, tmp_path):
    files = {f"{part}/{name}/{n}.png": make.file(make.image(n)) for part, n in (("train", 1), ("val", 2), ("test", 3))
             for name in "ab"}  # fmt: skip
    found = opened(album(make.put(tmp_path, files)))
    assert found.table.column("part").to_pylist() == ["train", "train", "valid", "valid"]
    seen = found.pictures.select(["row", "path", "part"]).to_pylist()
    assert [one["row"] for one in seen] == [None, None, 0, 1, 2, 3] and seen[0]["part"] == "test"
    assert found.notes[1:] == (
        "parts by their folders: 2 in test, 2 in train, 2 in valid",
        "test images are compared with the others only; their classes are not read",
    )


def test_a_table_keeps_its_columns_and_takes_the_measures_beside(make, tmp_path):
    make.put(tmp_path, {"1.png": make.file(make.image(1)), "2.png": make.file(make.image(2, (10, 10)))})
    (tmp_path / "a.csv").write_text("file,width,label\n1.png,3,a\n2.png,4,b\ngone.png,5,a\n,6,b\n1.png,7,a\n")
    found = opened(album(tmp_path / "a.csv"))
    assert found.table.column_names[:5] == ["file", "width", "label", "image", "image width"]
    assert found.table.column("image width").to_pylist() == [48, 10, None, None, 48]
    assert found.pictures.column("fault").to_pylist() == ["", "", "not readable", "not readable", ""]
    assert found.told["file"] == "id" and [path for path, _ in found.left_out] == ["gone.png", ""]


def test_a_flat_folder_has_no_class(make, tmp_path):
    found = opened(album(make.put(tmp_path, {f"{n}.png": make.file(make.image(n)) for n in range(2)})))
    assert "label" not in found.table.column_names and found.told == {"path": "id", "image": "image"}


def test_an_analysis_of_a_folder_finds_what_was_planted_and_names_no_file_in_a_sentence(make, tmp_path):
    files = {f"{'ab'[n % 2]}/비밀{n}.png": make.file(make.image(n)) for n in range(60)}
    files |= {"b/비밀again.png": files["a/비밀0.png"], "b/비밀cut.png": files["a/비밀2.png"][:900], "b/비밀.jp2": b"x"}
    found = explore(make.put(tmp_path / "photos", files), parts=("target", "columns", "pictures", "copies", "sheet"))
    assert (found.target, found.columns["path"], found.columns["image"]) == ("label", "id", "image")
    codes = {one.code for one in found.findings}
    assert {"D40", "D42", "D44", "D49"} <= codes and not codes & {"D03", "D17"}
    said = [*found.summary, *found.notes, *(one["seen"] for one in found.answers)]
    assert not [sentence for sentence in said if "비밀" in sentence]


@pytest.mark.slow
def test_small_cifar_is_opened_and_its_near_copies_are_found(shared_data):
    found = explore(shared_data / "cifar10_small.zip", parts=("target", "columns", "pictures", "copies"))
    assert (found.rows, found.parts["pictures"]["images"], found.parts["pictures"]["read"]) == (8_000, 10_000, 10_000)
    assert {one.code for one in found.findings} >= {"D43", "D45"}
