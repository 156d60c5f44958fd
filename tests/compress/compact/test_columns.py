"""Does a column that little is written to, or read from, count less, and are columns as large as their weights?"""

import copy

import numpy as np
import pytest
import torch

from naeum.compress.compact.columns import by_weights
from naeum.compress.compact.places import places
from naeum.testing.architectures import HEADS, LAYERS, NEURONS, WIDTH, encoder


@pytest.mark.parametrize("name", ["bert", "distilbert"])
def test_the_norm_of_what_writes_times_that_of_what_reads(name):
    found = places(encoder(name))
    told = by_weights(found)
    writes = [torch.cat([one.out.weight, one.down.weight], 1) for one in found]
    reads = [
        torch.cat([*(getattr(one.attention, part).weight for part in one.family.maps), one.up.weight]) for one in found
    ]
    plain = torch.cat(writes, 1).norm(dim=1) * torch.cat(reads).norm(dim=0)
    np.testing.assert_allclose(told / told.mean(), (plain / plain.mean()).detach().numpy(), rtol=1e-5)
    wide = HEADS * found[0].head_width
    assert told.mean() == pytest.approx(LAYERS * (4 * wide + 2 * NEURONS)) and told.shape == (WIDTH,)


def test_a_column_that_nothing_reads_counts_nothing():
    made = copy.deepcopy(encoder("bert"))
    with torch.no_grad():
        for one in places(made):
            for part in (*(getattr(one.attention, name) for name in one.family.maps), one.up):
                part.weight[:, 3] = 0
    told = by_weights(places(made))
    assert told[3] == 0 and (np.delete(told, 3) > 0).all()
