"""Does a written date tell the same second in an exported folder as in training?"""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from naeum.compress.reading.dates import stamped
from naeum.data.times import dates

WRITTEN = [
    "2020-03-01", "2020-3-1", "2020/03/01", "2020-03-01 14:05", "2020-03-01T14:05:06", "2020-03-01 14:05:06.25",
    "2020-03-01 14:05:06Z", "2020-03-01 14:05:06+09:00", "2020-03-01 14:05:06-0330", "2020-03-01 14:05:06 +09",
    "20.03.01", "2020.03.01", "20200301", "01.03.2020", "03/01/2020", "13/01/2020", "2020.03.01 14:05",
    "2020년 3월 1일", "2020년3월1일", "2020년 03월 01일", "2020-02-30", "2020-13-01", "soon", "", "2020", "14:05",
    " 2020-03-01 ",
    "1899-12-31", "2020-03-01 25:00", "2020-03-01 14:05:06.123456", "3/4/2021", "99.12.31", "2020-03-01x", "70.01.01",
    "2020-03-01T14:05:06.5+09:00", "2020 03 01",
]  # fmt: skip


def test_dates_are_read_as_training_reads_them():
    own = dates(pa.chunked_array([WRITTEN])).tolist()
    found = [stamped(text) for text in WRITTEN]
    pairs = zip(WRITTEN, own, found, strict=True)
    assert {text: (one, told) for text, one, told in pairs if one != told and not np.isnan([one, told]).all()} == {}
