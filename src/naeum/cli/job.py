"""How is a long job of answers done: by the quickest engine, in bounded memory, going on after a kill?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from naeum.cli.aloud import warn

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.compress.export.quickest import Wish
    from naeum.engine.journal import Journal

CHUNK = 4096  # rows answered at a time: enough to batch like lengths, little enough to hold with all their columns


def answers(
    ladder: Any,
    table: pa.Table,
    files: tuple[Path, Path],
    form: tuple[Mapping[str, Any], float | None],
    chosen: tuple[int | None, Wish | None],
) -> tuple[Journal, dict[str, Any]]:
    """Answer all rows of a table into a journal, from where it stands.

    Args:
        ladder: a run, or an exported model.
        table: the rows, with all their columns.
        files: where they come from, and where the answers are to go.
        form: the columns that are added with their Arrow types, and the confidence below which rows are rejected.
        chosen: the rung, None for the champion; by which engine.

    Returns:
        The finished journal, and what was done: rows that were computed, that were there before, the engine.
    """
    import pyarrow as pa

    from naeum.engine.answering import Remembering, streamed
    from naeum.engine.journal import Journal, place

    (file, out), (added, threshold), (rung, wish) = files, form, chosen
    work = [_file(file), table.num_rows, key_of(ladder, rung), rung, threshold, str(wish), CHUNK]
    journal = Journal.opened(place(out), pa.schema(list(added.items())), work)
    model = _quick(ladder, table, rung, wish, journal)
    remembering = Remembering(model.predict, ladder.task.inputs)
    before = journal.rows
    if before:
        remembering.remember(journal.memory, model.predict(table.slice(0, 1)))
        journal.memory = {}  # it is held once
        warn(f"{before:,} of {table.num_rows:,} rows were answered before the job was cut off; it goes on there")
    chunks = (table.slice(start, CHUNK) for start in range(before, table.num_rows, CHUNK))
    try:
        with progress(table.num_rows, before) as advance:
            for chunk, outputs in streamed(remembering, chunks):
                journal.append(_columns(outputs, threshold), remembering.arrays)
                advance(chunk.num_rows)
    except BaseException:  # Ctrl-C, too: what was answered is kept
        if journal.rows > before:
            journal.mark(remembering.arrays())
        elif not before:
            journal.end()
        raise
    return journal, {"computed": remembering.computed, "before": before, "engine": journal.notes.get("engine", "")}


def key_of(ladder: Any, rung: int | None) -> str:
    """What tells the model apart: the key of its artifact, or a hash of an export's files."""
    from naeum.cli.predict import Export
    from naeum.compress.export.quickest import digest_of

    if isinstance(ladder, Export):
        return digest_of(ladder.champion)
    return str(ladder.shipped if rung is None else ladder.rungs[rung].artifact)


@contextmanager
def progress(rows: int, before: int = 0) -> Iterator[Callable[[int], None]]:
    """A bar on stderr in a terminal, else nothing; `before` rows are done already."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.fields[rate]:,.0f} rows a second")
    columns = (TextColumn("answering"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task, begun, done = bar.add_task("rows", total=rows, completed=before, rate=0.0), perf_counter(), [0]

        def advance(count: int) -> None:
            done[0] += count
            bar.update(task, advance=count, rate=done[0] / max(perf_counter() - begun, 1e-9))

        yield advance


def _columns(outputs: Any, threshold: float | None) -> dict[str, list[Any]]:
    from naeum.cli.predict import columns

    found = columns(outputs)
    if threshold is not None:
        found["rejected"] = [sure < threshold for sure in found["confidence"]]
    return found


def _quick(ladder: Any, table: pa.Table, rung: int | None, wish: Wish | None, journal: Journal) -> Any:
    """The model by the engine that a job began with, or by the one that is the quickest here."""
    from naeum.cli.predict import Export
    from naeum.compress.export.quickest import Job, Wish, again, home_of_exports, quickest
    from naeum.engine.ways import Way

    found = ladder.champion if rung is None else ladder.model(rung)
    predictor = getattr(found, "predictor", found)
    rows = table.select(list(ladder.task.inputs))
    home = home_of_exports() if isinstance(ladder, Export) else Path(ladder.folder) / "cache" / "engine"
    job = Job(rows, home, key_of(ladder, rung))
    if "way" in journal.notes:
        way = journal.notes["way"]
        return again(predictor, None if way is None else Way.from_json(way), job)
    quick = quickest(predictor, job, wish or Wish())
    if quick.said:
        warn(quick.said)
    way = None if quick.way is None else quick.way.to_json()
    journal.note({"way": way, "engine": "" if quick.way is None else quick.way.said})
    return quick.predictor


def _file(file: Path) -> list[Any]:
    """What tells a file from another one of the same name."""
    told = file.stat()
    return [str(file.absolute()), told.st_size, told.st_mtime_ns]
