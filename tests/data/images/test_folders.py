"""Does a folder give its images and nothing that lies outside?"""

import os

import pytest

from naeum.data.images import folders

PNG = b"\x89PNG\r\n\x1a\n"


def put(folder, *names, content=PNG):
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_images_are_found_by_path_and_hidden_files_are_passed_over(tmp_path):
    put(tmp_path, "고양이/1.jpg", "개/2.PNG", "개/.hidden.jpg", ".git/3.png", "__MACOSX/4.png", "개/Thumbs.db")
    put(tmp_path, "readme.txt", content=b"text")
    found, left_out, others = folders.files(tmp_path)
    assert [path for path, _ in found] == sorted(["고양이/1.jpg", "개/2.PNG"])
    assert left_out == [] and others == 1


def test_an_image_without_an_images_name_is_found_by_its_bytes(tmp_path):
    put(tmp_path, "a/photo", "a/photo.dat")
    assert [path for path, _ in folders.files(tmp_path)[0]] == ["a/photo", "a/photo.dat"]


def test_links_out_of_the_folder_are_left_out_and_links_inside_are_not(tmp_path):
    inside, outside = tmp_path / "photos", tmp_path / "secret"
    put(inside, "a/1.png")
    put(outside, "2.png")
    (inside / "a" / "out.png").symlink_to(outside / "2.png")
    (inside / "a" / "in.png").symlink_to(inside / "a" / "1.png")
    (inside / "a" / "nothing.png").symlink_to(tmp_path / "photos" / "gone.png")
    (inside / "linked").symlink_to(outside)
    (inside / "loop").symlink_to(inside)
    found, left_out, _ = folders.files(inside)
    assert [path for path, _ in found] == ["a/1.png", "a/in.png"]
    assert dict(left_out) == {
        "a/out.png": "is a link out of the folder",
        "a/nothing.png": "is a link to nothing",
        "linked": "is a link to a folder",
        "loop": "is a link to a folder",
    }


def test_a_pipe_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "a.png")
    found, left_out, _ = folders.files(tmp_path)
    assert found == [] and left_out == [("a.png", "is no file (a folder, device or pipe)")]


def test_formats_without_a_decoder_are_said(tmp_path):
    put(tmp_path, "a/1.HEIC", content=b"x")
    assert folders.files(tmp_path)[1] == [("a/1.HEIC", "is heic, which is not read; save it as JPEG or PNG")]


def test_reading_stays_inside_and_within_the_limit(tmp_path, monkeypatch):
    put(tmp_path, "photos/1.png", "2.png")
    assert folders.read(tmp_path / "photos", "1.png") == PNG
    for path, why in (("../2.png", "leads out of the folder"), ("gone.png", "is not there"), (".", "is no file")):
        with pytest.raises(OSError, match=why):
            folders.read(tmp_path / "photos", path)
    monkeypatch.setattr(folders, "MOST_BYTES", 5)
    assert folders.read(tmp_path / "photos", "1.png") == PNG[:6]
