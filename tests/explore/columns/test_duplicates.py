"""Are copies counted as pandas counts them?"""

import numpy as np
import pandas as pd

from naeum.explore.columns.duplicates import look


def test_copies_are_those_of_pandas(plain):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"a": rng.integers(0, 9, 300), "b": rng.choice(["가", "나", None], 300)})
    found = look(plain(frame))["whole"]
    assert (
        found["copies"] == int(frame.duplicated().sum())
        and found["rows"] == np.flatnonzero(frame.duplicated()).tolist()
    )
    sizes = frame.groupby(["a", "b"], dropna=False).size()
    assert found["groups"] == int((sizes > 1).sum()) and found["largest"][0]["times"] == int(sizes.max())


def test_columns_named_like_ours(plain):
    assert look(plain([{"r": "1", "h": "2", "n": "3"}] * 2))["whole"]["copies"] == 1
