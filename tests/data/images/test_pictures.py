"""Are images told by name and by first bytes?"""

import pytest

from naeum.data.images.pictures import format_of, is_named_like_an_image, suffix_of

STARTS = {
    "JPEG": b"\xff\xd8\xff\xe0", "PNG": b"\x89PNG\r\n\x1a\n", "GIF": b"GIF89a", "TIFF": b"II*\x00",
    "WEBP": b"RIFF\x00\x00\x00\x00WEBPVP8 ", "AVIF": b"\x00\x00\x00\x20ftypavif",
}  # fmt: skip


@pytest.mark.parametrize("name", STARTS)
def test_first_bytes_tell_the_format(name):
    assert format_of(STARTS[name]) == name


def test_other_bytes_tell_none():
    assert [format_of(start) for start in (b"", b"<html>", b"RIFF\x00\x00\x00\x00WAVE", b"PK\x03\x04")] == [None] * 4


def test_names_count_without_case():
    assert is_named_like_an_image("고양이/1.JPG") and is_named_like_an_image("a.tif")
    assert not is_named_like_an_image("jpg") and not is_named_like_an_image("a.csv")
    assert suffix_of("a.b/c") == "" and suffix_of("a/b.JPeG") == ".jpeg"
