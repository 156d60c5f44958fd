"""Do the bytes of a file become pixels, and is every damaged one an answer?"""

import io

import numpy as np
import pytest
from PIL import Image

from naeum.data.images import decoding
from naeum.data.images.decoding import header, pixels, quietly


def written(image, format="PNG", **options):
    file = io.BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def noise(width=8, height=8):
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, (height, width, 3), dtype=np.uint8))


def test_an_image_of_the_size_keeps_every_pixel():
    found, fault = pixels(written(noise()), 8)
    assert fault == "" and np.array_equal(found, np.asarray(noise()))


@pytest.mark.parametrize("shape", [(1, 1), (1, 500), (500, 1), (3, 7), (64, 48)])
def test_any_shape_becomes_the_square(shape):
    found, fault = pixels(written(noise(*shape)), 16)
    assert (found.shape, found.dtype, fault) == ((16, 16, 3), np.uint8, "")


def test_the_longer_side_is_cut_evenly():
    wide = Image.new("RGB", (24, 8), "red")
    wide.paste((0, 0, 255), (8, 0, 16, 8))
    found, _ = pixels(written(wide), 8)
    assert found.reshape(-1, 3).tolist() == [[0, 0, 255]] * 64


def test_cmyk_transparency_gray_palette_and_sixteen_bits_are_red_green_blue():
    cmyk, _ = pixels(written(Image.new("CMYK", (8, 8), (0, 255, 255, 0)), "JPEG"), 8)
    assert cmyk[0, 0, 0] > 200 and cmyk[0, 0, 1:].max() < 60
    clear, _ = pixels(written(Image.new("RGBA", (8, 8), (255, 0, 0, 0))), 8)
    assert clear.min() == 255
    assert pixels(written(Image.new("L", (8, 8), 7)), 8)[0].tolist() == [[[7] * 3] * 8] * 8
    assert pixels(written(noise().convert("P")), 8)[1] == ""
    deep = Image.fromarray((np.arange(64, dtype=np.uint16) * 1000).reshape(8, 8))
    found, _ = pixels(written(deep), 8)
    assert found[0, 0].max() == 0 and found[-1, -1].min() >= 254


def test_of_an_animation_the_first_frame_is_taken():
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = written(frames[0], "GIF", save_all=True, append_images=frames[1:])
    assert pixels(data, 8)[0][0, 0].tolist() == [255, 0, 0] and header(data).animated


def test_what_the_camera_turned_is_turned_upright():
    image = Image.new("RGB", (8, 8), "red")
    image.paste((0, 0, 255), (0, 0, 8, 4))  # blue above
    exif = Image.Exif()
    exif[decoding.ORIENTATION] = 3  # held upside down
    found, _ = pixels(written(image, exif=exif), 8)
    assert found[0, 0].tolist() == [255, 0, 0] and found[-1, 0].tolist() == [0, 0, 255]


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        (None, "empty"),
        (b"", "empty"),
        ("사진이 아님".encode(), "not an image"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "damaged"),
        (written(noise(64, 64), "JPEG")[:500], "cut off"),
        (written(noise(64, 64))[:500], "cut off"),
    ],
)
def test_what_cannot_be_decoded_says_why(data, fault):
    assert pixels(data, 8) == (None, fault)


def test_a_wrong_ending_does_not_matter_and_a_bomb_is_refused(monkeypatch):
    data = written(noise(40, 40))
    monkeypatch.setattr(decoding, "MOST_PIXELS", 1000)
    assert pixels(data, 8) == (None, "too many pixels") and header(data).fault == "too many pixels"
    large = written(noise(400, 400), "JPEG")
    assert header(large).fault == "" and pixels(large, 8)[1] == "too many pixels"  # shrunk to a sixteenth: 2,500 left
    assert pixels(written(noise(200, 200), "JPEG"), 8)[0].shape == (8, 8, 3)  # shrunk while decoding
    monkeypatch.setattr(decoding, "MOST_BYTES", 10)
    assert pixels(data, 8) == (None, "too large")


def test_a_hundred_megapixels_of_nothing_are_refused_before_they_are_decoded():
    vast = written(Image.new("1", (20_000, 10_000)))
    with quietly():
        assert pixels(vast, 8) == (None, "too many pixels") and header(vast).fault == "too many pixels"
