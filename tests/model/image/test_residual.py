"""Has the network the shape that its head says, and does it start as its papers say?"""

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.model.image.residual import NORMS, Residual, residual_network

torch = pytest.importorskip("torch")


def run(shape, side=16, rows=3, seed=0):
    module = residual_network(shape, 4, seed).eval()
    images = torch.as_tensor(np.random.default_rng(0).integers(0, 256, (rows, 3, side, side), dtype=np.uint8))
    with torch.inference_mode():
        return module, images, module(images=images)


@pytest.mark.parametrize("norm", NORMS)
@pytest.mark.parametrize("stride", [1, 2])
def test_every_norm_and_stride_gives_a_line_of_scores_a_row(norm, stride):
    module, images, scores = run(Residual(width=8, stages=2, norm=norm, stride=stride))
    assert scores.shape == (3, 4) and torch.isfinite(scores).all()
    assert module.pooled(images).shape == (3, 32)


@pytest.mark.parametrize("norm", NORMS)
def test_only_without_norms_a_block_starts_as_the_identity(norm):
    with_blocks, _, _ = run(Residual(width=8, stages=1, blocks=2, norm=norm))
    block = with_blocks.body[-1]
    x = torch.relu(torch.randn(2, 16, 4, 4, generator=torch.Generator().manual_seed(0)))
    with torch.inference_mode():
        assert torch.equal(block(x), x) == (norm == "none")


def test_weights_are_spread_as_before_a_rectifier():
    module = residual_network(Residual(width=32, stages=3), 10, 0)
    weight = module.body[-1].second.weight
    assert weight.std().item() == pytest.approx((2 / (256 * 9)) ** 0.5, rel=0.02)


def test_products_are_those_of_its_convolutions():
    for shape, side in ((Residual(), 32), (Residual(width=8, stages=2, blocks=2, stride=2), 24)):
        assert shape.products(side) == counted(residual_network(shape, 2, 0), side)


def counted(module, side):
    """Multiplications of the convolutions of a module, seen from outside."""
    found = []

    def count(part, given, out):
        found.append(part.weight.numel() * out.shape[2] * out.shape[3])

    for part in module.modules():
        if isinstance(part, torch.nn.Conv2d):
            part.register_forward_hook(count)
    module(images=torch.zeros(2, 3, side, side, dtype=torch.uint8))
    return sum(found)


def test_the_same_seed_starts_alike_and_leaves_the_random_state_alone():
    before = torch.random.get_rng_state()
    one, same, other = (residual_network(Residual(width=8, stages=1), 2, seed) for seed in (1, 1, 2))
    assert torch.equal(torch.random.get_rng_state(), before)
    assert torch.equal(one.head.weight, same.head.weight) and not torch.equal(one.head.weight, other.head.weight)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"norm": "weight"}, "norm must be one of batch, group, layer, none; got 'weight'"),
        ({"stages": 0}, "stages must be at least 1, blocks at least 0, stride 1 or 2"),
        ({"width": 12, "norm": "group"}, "width must be positive, and a multiple of 8 for group norms; got 12"),
    ],
)
def test_shapes_that_cannot_be_are_refused(settings, said):
    with pytest.raises(InputError, match=said):
        Residual(**settings)


def test_blocks_are_passed_by_while_learning_alone():
    shape = Residual(width=8, stages=2, drop_path=0.5)
    module, images = residual_network(shape, 3, 0), torch.randint(0, 256, (6, 3, 16, 16), dtype=torch.uint8)
    blocks = [part for part in module.modules() if hasattr(part, "passed")]
    assert [block.passed for block in blocks] == [0.25, 0.5]
    module.eval()
    assert torch.equal(module(images), module(images))
    plain = residual_network(Residual(width=8, stages=2), 3, 0).eval()
    assert torch.equal(module(images), plain(images))
    block, given = blocks[-1].train(), torch.rand(400, 32, 4, 4) + 1
    with torch.no_grad():
        by = (block(given) == given).flatten(1).all(dim=1).float().mean()
    assert 0.4 < by < 0.6


def test_a_path_that_is_always_dropped_is_refused():
    with pytest.raises(InputError, match=r"drop_path must be in \[0, 1\); got 1.0; 0.1 is a careful start"):
        Residual(drop_path=1.0)
