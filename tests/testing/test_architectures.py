"""Is there a tiny encoder of each architecture, the same each time?"""

import pytest
import torch

from naeum.testing.architectures import ARCHITECTURES, WIDTH, encoder


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_it_answers_and_is_the_same_each_time(name):
    ids = torch.tensor([[5, 6, 7, 8]])
    with torch.inference_mode():
        first, again, other = (encoder(name, seed)(input_ids=ids).last_hidden_state for seed in (0, 0, 1))
    assert first.shape == (1, 4, WIDTH)
    assert torch.equal(first, again)
    assert not torch.allclose(first, other)
