"""Does DuckDB stay on this machine?"""

import duckdb
import pytest

from naeum.data.duck import connected


def test_no_extension_is_fetched():
    with connected() as connection, pytest.raises(duckdb.Error, match="st_point"):
        connection.execute("SELECT st_point(1, 2)")
