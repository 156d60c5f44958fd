"""Does a zip archive give its images, and never more than it may?"""

import stat
import zipfile

import pytest

from naeum.data.images import zips
from naeum.errors import InputError

PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


def packed(path, members, compression=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def test_images_are_found_and_read(tmp_path):
    path = packed(tmp_path / "a.zip", {"고양이/1.jpg": PNG, "개/2": PNG, "readme.md": b"x", "__MACOSX/개/1.jpg": b"x"})
    found, left_out, others = zips.files(path)
    assert [name for name, _ in found] == ["개/2", "고양이/1.jpg"] and left_out == [] and others == 1
    with zips.opened(path) as archive:
        assert zips.read(archive, "개/2") == PNG


def test_paths_out_of_the_archive_links_and_odd_formats_are_left_out(tmp_path):
    link = zipfile.ZipInfo("a/link.png")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = packed(tmp_path / "a.zip", {"../../evil.png": PNG, "/root.png": PNG, "C:\\x.png": PNG, link: "../../etc",
                                       "a/1.heic": b"x", "a/ok.png": PNG})  # fmt: skip
    found, left_out, _ = zips.files(path)
    assert [name for name, _ in found] == ["a/ok.png"]
    assert dict(left_out) == {
        "../../evil.png": "leads out of the archive",
        "/root.png": "leads out of the archive",
        "C:/x.png": "leads out of the archive",
        "a/link.png": "is a link",
        "a/1.heic": "is heic, which is not read; save it as JPEG or PNG",
    }
    assert not (tmp_path.parent / "evil.png").exists()


def test_a_bomb_is_not_unpacked(tmp_path):
    path = packed(tmp_path / "a.zip", {"a/bomb.png": b"\x00" * (zips.SMALL + 1), "a/1.png": PNG})
    found, left_out, _ = zips.files(path)
    assert [name for name, _ in found] == ["a/1.png"]
    assert left_out[0][0] == "a/bomb.png" and left_out[0][1].endswith("times its size, as a zip bomb does")


def test_a_member_that_says_it_is_huge_is_left_out():
    member = zipfile.ZipInfo("a.png")
    member.file_size, member.compress_size = 5 << 30, 4 << 30
    assert zips.refused(member, "a.png") == "unpacks to 5,120 MiB; an image may have 128 MiB"


def test_a_locked_member_is_left_out():
    member = zipfile.ZipInfo("a.png")
    member.flag_bits = 1
    assert zips.refused(member, "a.png") == "is locked with a password"


def test_what_a_header_says_is_not_trusted(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", {"a.png": b"\x00" * 5000})
    monkeypatch.setattr(zips, "MOST_BYTES", 100)
    with zips.opened(path) as archive:
        assert len(zips.read(archive, "a.png")) == 101


def test_an_archive_that_unpacks_to_more_than_a_disk_is_refused(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", {"a.png": PNG})
    monkeypatch.setattr(zips, "MOST_TOTAL", 100)
    with pytest.raises(InputError, match=r"must unpack to at most 0 GiB; .*a.zip says 0 GiB; unzip what you trust"):
        zips.files(path)


def test_an_archive_with_too_many_members_is_refused(tmp_path, monkeypatch):
    path = packed(tmp_path / "a.zip", {"a.png": PNG, "b.png": PNG})
    monkeypatch.setattr(zips, "MOST_MEMBERS", 1)
    with pytest.raises(InputError, match=r"must have at most 1 files; .* has 2; unzip it and pass the folder"):
        zips.files(path)


def test_a_damaged_archive_is_said(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.png": PNG * 50})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match=r"a zip archive must open; .* is damaged or cut off"):
        zips.files(path)


def test_a_damaged_member_is_an_os_error(tmp_path):
    path = packed(tmp_path / "a.zip", {"a.png": PNG * 50}, zipfile.ZIP_STORED)
    held = bytearray(path.read_bytes())
    held[200] ^= 255
    path.write_bytes(bytes(held))
    with zips.opened(path) as archive, pytest.raises(OSError, match=r"is damaged in the archive \(Bad CRC"):
        zips.read(archive, "a.png")


def test_workbooks_are_no_archives_of_files(tmp_path):
    assert zips.is_archive(packed(tmp_path / "a.zip", {"a.png": PNG}))
    assert not zips.is_archive(packed(tmp_path / "book", {"[Content_Types].xml": b"<x/>", "xl/a.xml": b"<x/>"}))
    assert not zips.is_archive(packed(tmp_path / "a.xlsx", {"a": b"x"}))
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    assert not zips.is_archive(tmp_path / "a.csv")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    assert zips.is_archive(tmp_path / "empty.zip")


def test_korean_names_of_windows_archives_are_read():
    old = zipfile.ZipInfo("강아지/사진.png".encode("cp949").decode("cp437"))
    assert zips.name_of(old) == "강아지/사진.png"
