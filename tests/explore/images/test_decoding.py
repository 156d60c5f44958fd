"""Is every file an answer, whatever its bytes?"""

import numpy as np
import pytest
from PIL import Image

from naeum.data.images.decoding import quietly
from naeum.explore.images import decoding
from naeum.explore.images.decoding import study, wrong_suffix


@pytest.mark.parametrize(
    "mode, kind",
    [("RGB", "JPEG"), ("L", "JPEG"), ("CMYK", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("1", "PNG"), ("LA", "PNG"),
     ("I;16", "PNG"), ("P", "GIF"), ("RGB", "BMP"), ("RGB", "WEBP"), ("F", "TIFF"), ("L", "PPM")],
)  # fmt: skip
def test_every_mode_and_format_is_read(make, mode, kind):
    image = make.image(1).convert("L") if mode in ("I;16", "F") else make.image(1)
    look = study(make.file(image.convert(mode), kind))
    assert (look.fault, look.format, look.width, look.height, look.mode) == ("", kind, 48, 36, mode)
    assert 0 < look.brightness < 1 and 0 < look.contrast <= 0.5 and look.gray.shape == (32, 32)
    assert len(look.tiny) == 16 * 16 * 3 and look.thumb.startswith(b"\xff\xd8\xff")


def test_black_is_dark_white_is_bright_and_transparency_lies_on_white(make):
    black, white = (study(make.file(Image.new("RGB", (9, 9), colour))) for colour in ("black", "white"))
    assert (black.brightness, black.contrast, white.brightness) == (0.0, 0.0, 1.0)
    assert study(make.file(Image.new("RGBA", (9, 9), (0, 0, 0, 0)))).brightness == 1.0


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF"])
def test_cut_and_overwritten_files_are_faults(make, kind):
    whole = make.file(make.image(3, (200, 150)), kind)
    with quietly():
        assert study(whole[: len(whole) // 2]).fault in ("cut off", "damaged")
        assert study(whole[:20]).fault in ("cut off", "damaged", "not an image")


def test_random_bytes_behind_any_start_never_raise(make):
    rng = np.random.default_rng(0)
    with quietly():
        for kind in ("JPEG", "PNG", "GIF", "BMP", "WEBP", "TIFF", "PPM"):
            whole = np.frombuffer(make.file(make.image(4), kind), np.uint8).copy()
            for _ in range(20):
                at = rng.integers(0, len(whole), 8)
                whole[at] = rng.integers(0, 256, 8)
                assert isinstance(study(whole.tobytes()).fault, str)


def test_what_is_no_image_is_said():
    assert study(b"").fault == "empty" and study(b"<html>404</html>").fault == "not an image"


def test_limits_hold(make, monkeypatch):
    file = make.file(make.image(1))
    monkeypatch.setattr(decoding, "MOST_PIXELS", 1000)
    look = study(file)
    assert (look.fault, look.width, look.brightness) == ("too many pixels", 48, None)
    monkeypatch.setattr(decoding, "MOST_BYTES", 10)
    assert study(file).fault == "too large"


def test_a_bomb_of_pixels_is_not_decoded(make, monkeypatch):
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    assert study(make.file(make.image(1))).fault == "too many pixels"


def test_a_program_in_an_image_is_not_run():
    assert study(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n").fault == "not an image"


def test_turned_and_animated_images_are_seen(make):
    exif = Image.Exif()
    exif[decoding.ORIENTATION] = 6
    look = study(make.file(make.image(2), "JPEG", exif=exif))
    assert look.turned and (look.width, look.height) == (48, 36)
    frames = make.file(make.image(1), "GIF", save_all=True, append_images=[make.image(2)])
    assert study(frames).animated and not study(make.file(make.image(1), "GIF")).animated


def test_names_are_compared_with_bytes():
    assert wrong_suffix("a.png", "JPEG") and wrong_suffix("photo", "PNG") and not wrong_suffix("a.jfif", "JPEG")
    assert not wrong_suffix("a.png", None)
