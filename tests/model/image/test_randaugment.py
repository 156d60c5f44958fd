"""Do random changes of images stay images, go by their strength, and come again with the same seed?"""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from naeum.model.image.randaugment import OPERATIONS, randomly_changed  # noqa: E402


def photos(rows=44, side=16):
    """Smooth ones: a colour from one corner to the other."""
    rng = np.random.default_rng(0)
    ramp = np.linspace(0, 1, side)
    one, other = (rng.integers(20, 235, (rows, 1, 1, 3)) for _ in range(2))
    share = (ramp[:, None] + ramp[None]) / 2
    return torch.as_tensor((one + (other - one) * share[None, :, :, None]).astype(np.uint8))


def after(seed, *how):
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        return randomly_changed(photos(), *how)


def test_nothing_is_changed_by_no_operation():
    assert torch.equal(after(0, 0, 1.0), photos())


def test_the_same_seed_changes_alike_and_another_not():
    assert torch.equal(after(1, 2, 0.5), after(1, 2, 0.5)) and not torch.equal(after(1, 2, 0.5), after(2, 2, 0.5))


def test_what_was_given_stays_as_it_was():
    given = photos()
    randomly_changed(given, 2, 1.0)
    assert torch.equal(given, photos())


@pytest.mark.parametrize("name", [name for name in OPERATIONS if name not in ("kept", "stretched")])
def test_every_operation_changes_more_the_stronger_it_is(name):
    given = photos().float()

    def far(strength):
        found = OPERATIONS[name](given.clone(), torch.full((len(given), 1, 1, 1), strength)).clamp(0, 255)
        assert found.shape == given.shape and torch.isfinite(found).all()
        return float((found - given).abs().mean())

    assert far(0.0) == pytest.approx(0, abs=0.01)
    assert far(0.9) > far(0.3) >= 0 and far(0.9) > 0.1


def test_stretching_uses_all_shades():
    found = OPERATIONS["stretched"](photos().float(), None)
    assert found.amin(dim=(1, 2)).max() == 0 and found.amax(dim=(1, 2)).min() == pytest.approx(255)
