"""Do changes of images keep what they are of, and come again with the same seed?"""

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.model.image.changes import Changes, changed, mixed

torch = pytest.importorskip("torch")
BLACK = np.zeros(3, np.uint8)
NOTHING = Changes(shift=0.0, flip=False, cutout=0.0)


def images(rows=6, side=8):
    return np.random.default_rng(0).integers(1, 256, (rows, side, side, 3), dtype=np.uint8)


def after(seed, changes, given):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return changed(given, changes, BLACK).numpy()


def test_nothing_changed_is_the_same():
    assert np.array_equal(after(0, NOTHING, images()), images())


def test_the_same_seed_changes_alike_and_another_not():
    one, same, other = (after(seed, Changes(), images()) for seed in (1, 1, 2))
    assert np.array_equal(one, same) and not np.array_equal(one, other)


def test_a_flip_turns_about_half_of_the_images():
    given = images(200)
    found = after(0, Changes(shift=0.0, flip=True, cutout=0.0), given)
    turned = np.array([np.array_equal(one, was[:, ::-1]) for one, was in zip(found, given, strict=True)])
    kept = np.array([np.array_equal(one, was) for one, was in zip(found, given, strict=True)])
    assert (turned ^ kept).all() and 60 < turned.sum() < 140


def test_a_shift_is_a_piece_of_the_image_mirrored_at_its_edges():
    given = images(60)
    found = after(0, Changes(shift=0.25, flip=False, cutout=0.0), given)
    mirrored = np.pad(given, ((0, 0), (2, 2), (2, 2), (0, 0)), mode="reflect")
    places = set()
    for one, around in zip(found, mirrored, strict=True):
        at = [(y, x) for y in range(5) for x in range(5) if np.array_equal(around[y : y + 8, x : x + 8], one)]
        assert len(at) == 1
        places.update(at)
    assert len(places) > 15


def test_a_cut_is_a_square_of_the_mean_colour():
    found = after(0, Changes(shift=0.0, flip=False, cutout=0.5), images(50, 16))
    cut = (found == 0).all(axis=3)
    sizes = cut.sum(axis=(1, 2))
    assert sizes.min() >= 1 and sizes.max() == 64
    for one in cut:
        assert one.sum() == one.any(axis=1).sum() * one.any(axis=0).sum()


def test_mixing_keeps_each_share():
    given = torch.as_tensor(images()).float()
    with torch.random.fork_rng():
        torch.manual_seed(0)
        both, (partner, share) = mixed(given, Changes(mixup=1.0))
    assert 0 < share < 1 and torch.allclose(both, share * given + (1 - share) * given[partner])


def test_a_piece_of_another_image_is_answered_by_its_area():
    given = torch.as_tensor(np.stack([np.full((16, 16, 3), at + 1, np.uint8) for at in range(8)])).permute(0, 3, 1, 2)
    for seed in range(20):
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            both, (partner, share) = mixed(given, Changes(cutmix=1.0))
        own = torch.arange(1, 9, dtype=torch.uint8).view(8, 1, 1, 1)
        other = own[partner]
        assert ((both == own) | (both == other)).all()
        kept = (both == own)[partner != torch.arange(8)].float().mean(dim=(1, 2, 3))
        assert torch.allclose(kept, torch.tensor(share, dtype=torch.float32))


def test_with_both_ways_of_mixing_either_is_done():
    given, whole = torch.as_tensor(images(4)).permute(0, 3, 1, 2), 0
    for seed in range(20):
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            both, _ = mixed(given, Changes(cutmix=1.0, mixup=1.0))
        whole += int(both.dtype == torch.uint8)  # shares of two images are no whole numbers
    assert 4 <= whole <= 16


def test_colours_change_and_shapes_stay():
    given = images(40)
    found = after(0, Changes(shift=0.0, flip=False, cutout=0.0, colour=0.3), given)
    assert found.dtype == np.uint8 and not np.array_equal(found, given)
    for one, was in zip(found, given, strict=True):
        assert np.corrcoef(one.ravel(), was.ravel())[0, 1] > 0.8
    grey = np.full((3, 8, 8, 3), 128, np.uint8)
    made = after(0, Changes(shift=0.0, flip=False, cutout=0.0, colour=0.3), grey)
    assert (made == made[:, :1, :1, :1]).all()  # grey stays grey, lighter or darker


def test_settings_out_of_range_are_refused():
    with pytest.raises(
        InputError, match=r"shift must be in \[0, 0.5\], cutout in \[0, 1\) and mixup at least 0; got 1"
    ):
        Changes(shift=1.0)
    with pytest.raises(
        InputError, match=r"cutmix and operations must be at least 0, colour in \[0, 1\).*got 0.0, 0, 1.0"
    ):
        Changes(colour=1.0)
