"""Does a folder, a zip or a table of paths become an album, and what else is one sentence?"""

import zipfile

import pytest

from naeum.data.images.albums import album, placed
from naeum.errors import InputError

PNG = b"\x89PNG\r\n\x1a\n"


def put(folder, *names, content=PNG):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def test_a_folder_a_class(tmp_path):
    found = album(put(tmp_path / "photos", "고양이/1.jpg", "개/2.png"))
    assert found.kind == "folder" and found.name == "photos"
    assert {one.path: one.label for one in found.pictures} == {"개/2.png": "개", "고양이/1.jpg": "고양이"}
    with found.open() as read:
        assert read(found.pictures[0]) == PNG


def test_above_the_classes_may_stand_parts_and_classes_of_test_images_are_not_read(tmp_path):
    found = album(put(tmp_path, "x/train/a/1.png", "x/val/b/2.png", "x/Test/b/3.png"))
    assert [(one.part, one.label) for one in found.pictures] == [("test", None), ("train", "a"), ("valid", "b")]


def test_test_alone_is_a_class_like_any_other():
    assert placed(["test/1.png", "real/2.png"]) == [("", "test"), ("", "real")]
    assert placed(["train/a.png", "valid/b.png"]) == [("train", None), ("valid", None)]
    assert placed(["train/a/1.png", "loose.png"]) == [("", "train"), ("", None)]


def test_a_zip_is_read_without_unpacking_it(tmp_path):
    with zipfile.ZipFile(tmp_path / "birds.v2.zip", "w") as archive:
        archive.writestr("birds/참새/1.png", PNG)
        archive.writestr("birds/까치/2.png", PNG)
    found = album(tmp_path / "birds.v2.zip")
    assert (found.name, found.kind, [one.label for one in found.pictures]) == ("birds", "zip", ["까치", "참새"])
    with found.open() as read:
        assert read(found.pictures[1]) == PNG
    assert sorted(path.name for path in tmp_path.iterdir()) == ["birds.v2.zip"]


def test_a_table_names_images_beside_it(tmp_path):
    put(tmp_path, "img/1.png", "img/2.png")
    put(tmp_path.parent, "outside.png")
    table = tmp_path / "photos.csv"
    table.write_text("file,label\nimg/1.png,a\nimg\\2.png,b\n../outside.png,a\nimg/gone.png,b\n", encoding="utf-8")
    found = album(table)
    assert (found.kind, found.column, len(found.pictures)) == ("table", "file", 4)
    assert dict(found.left_out) == {"../outside.png": "leads out of the folder", "img/gone.png": "is not there"}
    with found.open() as read:
        assert read(found.pictures[1]) == PNG
        with pytest.raises(OSError, match="leads out of the folder"):
            read(found.pictures[2])


@pytest.mark.parametrize(
    "text", ["text,label\nsee cat.jpg there,1\nno,0\n", "url,label\nhttp://x/1.png,a\nhttp://x/2.png,b\n"]
)
def test_tables_that_only_speak_of_images_are_tables(tmp_path, text):
    (tmp_path / "a.csv").write_text(text)
    assert album(tmp_path / "a.csv") is None


def test_other_sources_are_no_albums(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1")
    assert [album(one) for one in (None, [1], tmp_path / "a.parquet", tmp_path / "gone.zip")] == [None] * 4


def test_an_empty_folder_and_one_without_images_are_one_sentence(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match=r"a folder of images must hold images; .*empty is empty; check the path"):
        album(tmp_path / "empty")
    put(tmp_path / "tables", "a.csv", "b.csv", content=b"a,b\n1,2\n")
    with pytest.raises(InputError, match=r"a folder must hold images .* has 2 other files and no image; pass its tab"):
        album(tmp_path / "tables")


def test_a_zip_without_images_is_one_sentence(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.csv", "a,b\n1,2\n")
    with pytest.raises(InputError, match=r"a zip must hold images .* has 1 other files and no image; unzip it and"):
        album(tmp_path / "a.zip")


def test_a_source_of_which_all_was_left_out_says_why(tmp_path):
    put(tmp_path / "secret", "1.png", "2.png")
    (tmp_path / "photos").mkdir()
    for name in ("1.png", "2.png"):
        (tmp_path / "photos" / name).symlink_to(tmp_path / "secret" / name)
    with pytest.raises(InputError, match=r"left out: 1.png is a link out of the folder, and 1 more; put the files"):
        album(tmp_path / "photos")
