"""Are the numbers of edges and colours those that their papers and scikit-image say?"""

import numpy as np
import pytest

from naeum.model.image.shapes import colours, described, edges, grid, width

DOWN, ACROSS = np.mgrid[:16, :16]
PATTERN = np.stack(
    [(ACROSS * 13 + DOWN * 5) % 256, (ACROSS * DOWN * 3) % 256, ((ACROSS - 8) ** 2 + (DOWN - 5) ** 2) * 3 % 256], -1
).astype(np.uint8)


def test_edges_are_those_of_scikit_image():
    """By skimage.feature.hog 0.26.0: 9 orientations, 4 x 4 pixels a cell, 2 x 2 cells a block, L2-Hys."""
    found = edges(PATTERN[None], 4)[0]
    first = [0.32626, 0.32626, 0.0, 0.0, 0.32626, 0.0, 0.0, 0.0, 0.0, 0.19279, 0.22246, 0.31478]
    assert found.shape == (324,) and np.allclose(found[:12], first, atol=1e-5)
    assert found.sum() == pytest.approx(33.4148, abs=1e-3)
    assert (found * np.arange(324)).sum() == pytest.approx(5458.49, abs=0.1)


def test_edges_against_the_library_where_it_is_installed():
    feature = pytest.importorskip("skimage.feature", reason="scikit-image is not installed")
    image = np.random.default_rng(0).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    theirs = feature.hog(
        image, orientations=9, pixels_per_cell=(4, 4), cells_per_block=(2, 2), block_norm="L2-Hys", channel_axis=-1
    )
    assert np.allclose(edges(image[None], 8)[0], theirs, atol=1e-6)


def test_an_upright_edge_points_across_and_a_flat_image_has_none():
    upright = np.zeros((1, 16, 16, 3), np.uint8)
    upright[:, :, 7:] = 255
    found = edges(upright, 2).reshape(-1, 9)
    assert found[:, 0].max() > 0 and found[:, 1:].max() == 0
    assert edges(np.full((1, 16, 16, 3), 9, np.uint8), 2).max() == 0


def test_colours_are_the_root_of_shares():
    half = np.zeros((1, 4, 4, 3), np.uint8)
    half[0, :2] = 255
    found = colours(half)[0]
    assert found[[0, 63]] == pytest.approx([0.5**0.5] * 2) and (found**2).sum() == pytest.approx(1.0)


def test_the_grid_tells_mean_and_spread_of_each_field():
    image = np.zeros((1, 8, 8, 3), np.uint8)
    image[0, :2, :2, 0] = 255
    found = grid(image).reshape(4, 4, 3, 2)
    assert found[0, 0, 0].tolist() == [1.0, 0.0] and found[1:].max() == 0


@pytest.mark.parametrize("cells", [4, 8])
def test_rows_do_not_depend_on_each_other(cells):
    images = np.random.default_rng(1).integers(0, 256, (5, 32, 32, 3), dtype=np.uint8)
    found = described(images, cells)
    assert found.shape == (5, width(cells)) and np.array_equal(found[3:4], described(images[3:4], cells))
    assert described(images[:0], cells).shape == (0, width(cells))
