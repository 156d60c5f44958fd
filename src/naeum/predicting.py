"""How are rows in memory answered from Python, as a DataFrame whose index is kept?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.contest import submission
from naeum.cycle import open_run
from naeum.data.formats import table_in_memory
from naeum.data.read import read_table
from naeum.errors import InputError
from naeum.improve.ladder import Ladder

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Rows = Any  # a DataFrame, a Series or list of texts, an Arrow table, a list of dicts, or the name of a file


def predict(
    run: Ladder | str | Path, rows: Rows, *, rung: int | None = None, like: Rows = None, way: str | None = None
) -> pd.DataFrame:
    """Answer new rows: the same rows in the same order under the same index, with the answers added.

    Args:
        run: a ladder, or the folder of a run.
        rows: what is to be answered.
        rung: ask this rung instead of the champion.
        like: a contest's sample submission: its columns, rows and index come back, filled.
        way: with `like`: "labels" or "probabilities", where the sample leaves it open.

    Returns:
        The columns of `rows`, then `prediction` and `confidence` (of numbers `low` and `high`).

    Raises:
        InputError: the folder is no run, a column is missing or stands in the way, or the sample cannot be answered.
    """
    import pandas as pd

    ladder = run if isinstance(run, Ladder) else open_run(run)
    model = ladder.model(rung)
    frame = _framed(rows, ladder.task.inputs)
    if like is not None:
        sample = _framed(like, ())
        wanted = submission(_table(sample), _table(frame), ladder.task, way)
        filled = wanted.filled([wanted.cells(model.predict(frame))]).to_pandas()
        return filled.set_axis(sample.index)
    answers = model.predict(frame).to_pandas().set_axis(frame.index)
    taken = [name for name in answers if name in frame]
    if taken:
        raise InputError(f"rows must not have a column {taken[0]!r} yet; they have; rename or drop that column")
    return pd.concat([frame, answers], axis=1)


def _framed(rows: Rows, inputs: Sequence[str]) -> pd.DataFrame:
    """Rows as a DataFrame; bare texts stand in the one input column."""
    import pandas as pd

    if isinstance(rows, pd.DataFrame):
        return rows
    if isinstance(rows, (str, Path)):
        return read_table(Path(rows), {})[0].to_pandas()
    if isinstance(rows, pd.Series) or (isinstance(rows, (list, tuple)) and all(isinstance(one, str) for one in rows)):
        if len(inputs) != 1:
            raise InputError(f"rows must have the columns {', '.join(inputs)}; got bare values; pass a DataFrame")
        return pd.DataFrame({inputs[0]: rows})
    return table_in_memory(rows).to_pandas()


def _table(frame: pd.DataFrame) -> pa.Table:
    return table_in_memory(frame)
