"""Is what a climb writes down JSON, with the time where a clock decides?"""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from naeum.improve.site import Site, finite

documents = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(documents)
def test_whatever_is_written_is_json(document: Any) -> None:
    assert json.loads(json.dumps(finite(document), allow_nan=False)) == finite(document)


def test_only_numbers_without_a_word_become_null() -> None:
    assert finite({"a": (1, 2.5, math.inf), "b": {"c": -math.inf}, "한글": "nan"}) == {
        "a": [1, 2.5, None],
        "b": {"c": None},
        "한글": "nan",
    }


def test_a_run_that_counts_rungs_writes_no_time(fresh_site: Site, with_options: Callable[..., Site]) -> None:
    assert not fresh_site.timed
    fresh_site.write("note", score=math.nan)
    assert fresh_site.ledger.last("note") == {"event": "note", "elapsed": 0.0, "score": None}
    timed = with_options(fresh_site, minutes=1)
    assert timed.timed
    timed.clock.budget, timed.clock._before = 60.0, 12.0
    timed.write("note")
    assert 12.0 <= timed.ledger.last("note")["elapsed"] < 60.0
    assert timed.clock.path.exists()
