"""Are values written as a file would write them?"""

import datetime as dt

from naeum.explore.columns.wording import LONGEST, word


def test_every_kind():
    assert [word(value) for value in (1.0, 0.1, True, None, "가", b"\xea\xb0\x80", 10**20)] == [
        "1", "0.1", "true", "", "가", "가", "100000000000000000000",
    ]  # fmt: skip
    assert word(dt.datetime(2024, 1, 5, 3, 4)) == "2024-01-05 03:04:00" and len(word("x" * 500)) == LONGEST
