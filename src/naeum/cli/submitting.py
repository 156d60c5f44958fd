"""How are a contest's answers written, and the out-of-fold answers that competitors stack with?"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.cli.aloud import warn
from naeum.cli.job import CHUNK, progress
from naeum.cli.predict import rows_of
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.contract import Task


def out_of_fold(run: str, path: Path, with_: Sequence[str] = ()) -> dict[str, Any]:
    """Write the out-of-fold answers of a run; models that are lacking are fitted first."""
    from naeum.cycle import oof
    from naeum.data.write import write_table

    def told(event: dict[str, Any]) -> None:
        if event["event"] == "close":
            warn(event["text"])

    table = oof(run, told, with_)
    write_table(table, path)
    return {"rows": table.num_rows, "out": str(path), "threshold": None, "rejected": 0, "broken": []}


def submitted(model: Any, task: Task, files: tuple[Path, Path, Path], way: str | None) -> dict[str, Any]:
    """Answer the rows of a test file in the form of a sample submission.

    Args:
        model: what answers.
        task: what it answers.
        files: the test file, the sample, and where to write.
        way: labels or probabilities, where the sample leaves it open.

    Raises:
        InputError: ids are missing or doubled, or the sample cannot be answered.
    """
    from naeum.cli.answers import writing
    from naeum.contest import submission
    from naeum.data.read import read_table

    file, like, out = files
    if not like.exists():
        raise InputError(f"{like} must be a sample submission; there is none; check the path")
    test, broken = rows_of(file, task, added=False)
    if broken:
        line, reason = broken[0]
        raise InputError(
            f"every row of {file} must be readable for a submission; line {line} is not ({reason}); mend the file"
        )
    wanted = submission(read_table(like, {})[0], test, task, way)
    lots = []
    with progress(test.num_rows) as advance:
        for start in range(0, test.num_rows, CHUNK):
            chunk = test.slice(start, CHUNK)
            lots.append(wanted.cells(model.predict(chunk)))
            advance(chunk.num_rows)
    filled = wanted.filled(lots)
    with writing(out, filled.schema, {}) as write:
        write(filled, {})
    done = {"rows": test.num_rows, "out": str(out), "threshold": None, "rejected": 0, "broken": []}
    return {**done, "form": wanted.asked.form, "notes": list(wanted.notes)}
