"""Do copies hash alike, and other images not?"""

import io

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from naeum.explore.images.decoding import TINY, study
from naeum.explore.images.hashes import BLOCK, dct_hashes, difference_hashes, groups, near_pairs

SEEDS = range(40)


def hashed(make, images):
    looks = [study(make.file(image)) for image in images]
    grays = np.stack([look.gray for look in looks])
    tiny = np.stack([np.frombuffer(look.tiny, np.uint8) for look in looks])
    return difference_hashes(grays), dct_hashes(grays), tiny


def squeezed(image):
    held = io.BytesIO()
    image.save(held, "JPEG", quality=40)
    return Image.open(held).convert("RGB")


CHANGES = {
    "smaller": lambda image: image.resize((30, 22)),
    "larger": lambda image: image.resize((130, 99)),
    "lower quality": squeezed,
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.15),
    "less contrast": lambda image: ImageEnhance.Contrast(image).enhance(0.8),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_near_and_nothing_else_is(make, change):
    originals = [make.image(seed) for seed in SEEDS]
    found = near_pairs(*hashed(make, originals + [CHANGES[change](image) for image in originals]))
    wanted = {(at, at + len(SEEDS)) for at in SEEDS}
    assert {tuple(pair) for pair in found.tolist()} == wanted


def test_two_blocks_and_an_empty_set_are_compared(make):
    first, second, tiny = hashed(make, [make.image(seed) for seed in range(3)])
    many = np.tile(np.arange(3), BLOCK // 3 + 2)
    found = near_pairs(first[many], second[many], tiny[many])
    counts = np.bincount(many)
    assert len(found) == int((counts * (counts - 1) // 2).sum()) and (found[:, 0] < found[:, 1]).all()
    assert near_pairs(first[:0], second[:0], np.empty((0, 3 * TINY * TINY), np.uint8)).shape == (0, 2)


def test_the_dct_is_the_one_of_scipy(make):
    from scipy.fft import dctn

    gray = study(make.file(make.image(5))).gray
    low = dctn(gray.astype(np.float64), type=2)[:8, :8]
    bits = (low > np.median(low.reshape(-1)[1:])).reshape(-1)
    assert format(int(dct_hashes(gray[None])[0]), "064b") == "".join("01"[bit] for bit in bits.astype(int))


def test_groups_join_chains():
    assert groups(6, np.array([[4, 5], [1, 4], [0, 2]])).tolist() == [0, 1, 0, 3, 1, 1]
    assert groups(3, np.empty((0, 2), np.int64)).tolist() == [0, 1, 2]
