"""Do a folder, a zip and a table of paths become data to learn from, and is what is odd said?"""

import io
import zipfile

import numpy as np
import pytest
from PIL import Image

from naeum.data import opened, read, snapshot, split
from naeum.data.images.albums import album
from naeum.data.images.learning import given_parts, rows_to_learn
from naeum.errors import InputError


def png(seed=0, size=6):
    values = np.random.default_rng(seed).integers(0, 256, (size, size, 3), dtype=np.uint8)
    file = io.BytesIO()
    Image.fromarray(values).save(file, "PNG")
    return file.getvalue()


def folder(root, **images):
    for name, content in images.items():
        path = root / name.replace("__", "/").replace("_png", ".png").replace("_jpg", ".jpg").replace("_gif", ".gif")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def test_a_folder_a_class_is_data_of_images(tmp_path):
    data = read(folder(tmp_path / "사진", 개__1_png=png(1), 고양이__1_png=png(2), 개__2_png=png(3)))
    task = data.dataset.task
    assert (task.inputs, task.kinds, task.classes, task.output) == (("image",), ("image",), ("개", "고양이"), "label")
    assert data.dataset.rows["image"].to_pylist() == [png(1), png(3), png(2)]
    assert data.dataset.target.tolist() == [0, 0, 1] and data.name == "사진"


def test_the_snapshot_holds_the_bytes(tmp_path):
    source = folder(tmp_path / "photos", a__1_png=png(1), b__1_png=png(2), a__2_png=png(3))
    kept = snapshot(read(source), tmp_path / "kept")
    for path in source.rglob("*.png"):
        path.unlink()
    assert opened(tmp_path / "kept").dataset.rows["image"].to_pylist() == [png(1), png(3), png(2)]
    assert kept.key == opened(tmp_path / "kept").key


def test_parts_in_folders_are_given_parts(tmp_path):
    images = {f"train__{name}__{at}_png": png(at) for at, name in enumerate("aabb")}
    source = folder(tmp_path / "x", **images, test__a__9_png=png(9), test__b__8_png=png(8), val__a__7_png=png(7))
    assert given_parts(source) == {"valid", "test"} and given_parts(tmp_path / "gone") == frozenset()
    data = read(source)
    assert len(data) == 4 and any("test (2 images) and valid (1 images)" in note for note in data.notes)
    assert read(source, part="test").dataset.target.tolist() == [0, 1]
    assert len(read(source, part="valid")) == 1


def test_a_given_test_part_is_what_is_tested_on(tmp_path):
    images = {f"train__{name}__{at}_png": png(at) for at, name in enumerate("ab" * 300)}
    tests = {f"test__{name}__{at}_png": png(at + 1000) for at, name in enumerate("ab" * 10)}
    source = folder(tmp_path / "x", **images, **tests)
    cut = split(read(source), test=read(source, part="test"))
    assert (len(cut.test), len(cut.select)) == (20, 600)


def test_a_zip_is_read_like_its_folder(tmp_path):
    with zipfile.ZipFile(tmp_path / "birds.zip", "w") as archive:
        for at, name in enumerate(("참새", "까치", "참새")):
            archive.writestr(f"birds/{name}/{at}.png", png(at))
    data = read(tmp_path / "birds.zip")
    assert data.dataset.task.classes == ("까치", "참새") and data.dataset.rows["image"].to_pylist()[0] == png(1)


def test_a_column_of_paths_becomes_the_images_and_other_columns_stay(tmp_path):
    folder(tmp_path / "img", **{f"{at}_png": png(at) for at in range(6)})
    lines = [f"img/{at}.png,{at * 7.5},{'가나'[at % 2]}" for at in range(6)]
    (tmp_path / "photos.csv").write_text("\n".join(["file,price,label", *lines]), encoding="utf-8")
    data = read(tmp_path / "photos.csv")
    columns = data.dataset.task.columns
    assert columns["file"] == "image" and data.dataset.rows["file"].to_pylist() == [png(at) for at in range(6)]
    assert data.dataset.task.classes == ("가", "나")


def test_what_is_odd_is_said_and_answered_like_an_unknown_image(tmp_path):
    frames = [Image.new("RGB", (4, 4), colour) for colour in ("red", "blue")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    cmyk = io.BytesIO()
    Image.new("CMYK", (4, 4)).save(cmyk, "JPEG")
    source = folder(
        tmp_path, a__1_png=png(1), a__2_jpg=png(2), a__3_gif=file.getvalue(), b__4_jpg=cmyk.getvalue(),
        b__5_png=b"\x89PNG\r\n\x1a\n", b__6_png=b"", b__notes_txt=b"hello", b__7_png=png(7),
    )  # fmt: skip
    table, notes = rows_to_learn(album(source))
    told = " / ".join(notes)
    assert table.num_rows == 7
    for part in (
        "animated images, of which the first frame is read: 1 (a/3.gif)", "in CMYK, read as RGB: 1 (b/4.jpg)",
        "name says another format than their bytes, read by their bytes: 1 (a/2.jpg)",
        "cannot be read (damaged), answered like an unknown one: 1 (b/5.png)", "(empty)", "no images, passed over: 1",
    ):  # fmt: skip
        assert part in told


def test_images_side_by_side_have_no_class_to_learn(tmp_path):
    folder(tmp_path, **{"1_png": png(1), "2_png": png(2)})
    with pytest.raises(
        InputError, match=r"images to learn from must lie in a folder a class; .*make a folder for each"
    ):
        read(tmp_path)


def test_a_part_that_is_not_there_is_refused(tmp_path):
    source = folder(tmp_path, train__a__1_png=png(1), train__b__2_png=png(2), test__a__3_png=png(3))
    with pytest.raises(InputError, match="the folder valid must be there to be read as that part"):
        read(source, part="valid")
