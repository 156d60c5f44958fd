"""When was each row made?"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from naeum.data.duck import connected
from naeum.data.schema import NUMBER
from naeum.data.spool import Column
from naeum.errors import InputError

# tried in this order after ISO 8601; day and month are only told apart where one of them is over 12
FORMATS = (
    "%y.%m.%d", "%Y.%m.%d", "%Y/%m/%d", "%Y%m%d", "%d.%m.%Y", "%m/%d/%Y", "%d/%m/%Y", "%Y.%m.%d %H:%M",
    "%Y년 %m월 %d일", "%Y년%m월%d일",
)  # fmt: skip


def seconds(column: Column, name: str, where: str) -> npt.NDArray[np.float64]:
    """(rows,) seconds since 1970, or the numbers themselves where the column holds numbers.

    Raises:
        InputError: a value is missing or is no time.

    Example:
        >>> seconds(pa.chunked_array([["1970-01-02", "1970-01-01 00:01"]]), "date", "a.csv").tolist()
        [86400.0, 60.0]
    """
    head = [value for value in column.slice(0, 1000).to_pylist() if value]
    if head and all(NUMBER.match(value.strip()) and len(value.strip()) != 8 for value in head):
        parsed = numbers(column)
    else:
        parsed = dates(column)
    bad = np.flatnonzero(np.isnan(parsed))
    if len(bad):
        value = column[int(bad[0])].as_py()
        raise InputError(
            f"every row must have a time, as 2015-03-29 or 2015-03-29 14:00 or a number; column {name!r} of {where} "
            f"has "
            f"{value!r} in row {bad[0] + 1} and {len(bad) - 1} more such rows; mend them or leave --time out"
        )
    return parsed


def numbers(column: Column) -> npt.NDArray[np.float64]:
    """(rows,) the numbers that the strings are; NaN where one is none."""
    with connected() as connection:
        connection.register("given", pa.table({"t": column}))
        found = connection.execute("SELECT try_cast(t AS DOUBLE) AS t FROM given").fetchnumpy()["t"]
    return np.asarray(np.ma.filled(found, np.nan), np.float64)


def dates(column: Column) -> npt.NDArray[np.float64]:
    """(rows,) seconds since 1970 of dates as strings; NaN where one is none."""
    tries = ", ".join(f"try_strptime(t, '{form}')::TIMESTAMP" for form in FORMATS)
    query = f"SELECT epoch(coalesce(try_cast(t AS TIMESTAMP), {tries})) AS t FROM given"
    with connected() as connection:
        connection.register("given", pa.table({"t": column}))
        found = connection.execute(query).fetchnumpy()["t"]
    return np.asarray(np.ma.filled(found, np.nan), np.float64)
