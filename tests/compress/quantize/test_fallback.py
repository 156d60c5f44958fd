"""Are as few layers left in float32 as the loss needs, with few trials?"""

import pytest

from naeum.compress.quantize.fallback import fewest

ORDER = tuple(f"층{n}" for n in range(37))


@pytest.mark.parametrize("needed", [0, 1, 2, 3, 5, 17, 36, 37])
def test_the_fewest_are_found(needed):
    tried = []

    def loss(kept):
        tried.append(kept)
        return 0.0 if len(kept) >= needed else 1.0

    assert fewest(ORDER, loss, 0.005) == ORDER[:needed]
    assert len(tried) <= 14


def test_all_stay_where_nothing_is_enough_and_none_of_none():
    assert fewest(ORDER, lambda kept: 1.0, 0.5) == ORDER
    assert fewest((), lambda kept: 1.0, 0.5) == ()
