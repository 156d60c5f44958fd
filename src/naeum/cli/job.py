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

    from naeum.compress.export.guarded import Guarded
    from naeum.compress.export.quickest import Job, Quick, Wish
    from naeum.engine.answering import Remembering
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

    from naeum.compress.export.guarded import BY, Guarded
    from naeum.engine.answering import Remembering, streamed
    from naeum.engine.journal import Journal, place

    (file, out), (added, threshold), (rung, wish) = files, form, chosen
    work = [_file(file), table.num_rows, key_of(ladder, rung), rung, threshold, str(wish), CHUNK]
    journal = Journal.opened(place(out), pa.schema(list(added.items())), work)
    model = _quick(ladder, table, rung, wish, journal)
    guarded = Guarded.of(model) if BY in added else None
    remembering = Remembering(model.predict if guarded is None else guarded.in_time(model.predict), ladder.task.inputs)
    before = journal.rows
    if before:
        _remember(remembering, journal, table)
        warn(f"{before:,} of {table.num_rows:,} rows were answered before the job was cut off; it goes on there")
    chunks = (table.slice(start, CHUNK) for start in range(before, table.num_rows, CHUNK))
    try:
        with progress(table.num_rows, before) as advance:
            for chunk, told in streamed(_telling(remembering, guarded, threshold), chunks):
                journal.append(told, remembering.arrays)
                advance(chunk.num_rows)
    except BaseException:  # Ctrl-C, too: what was answered is kept
        if journal.rows > before:
            journal.mark(remembering.arrays())
        elif not before:
            journal.end()
        raise
    return journal, {"computed": remembering.computed, "before": before, "engine": journal.notes.get("engine", "")}


def _telling(
    remembering: Remembering, guarded: Guarded | None, threshold: float | None
) -> Callable[[pa.Table], dict[str, list[Any]]]:
    """What gives the columns of a chunk; of a folder with a fallback also which of the two models answered."""
    from naeum.compress.export.guarded import BY

    def told(rows: pa.Table) -> dict[str, list[Any]]:
        if guarded is None:
            return _columns(remembering(rows), threshold)
        found: dict[str, list[Any]] = {}
        for outputs, by in guarded.each(remembering, rows):
            for name, cells in {**_columns(outputs, threshold), BY: [by] * len(outputs)}.items():
                found.setdefault(name, []).extend(cells)
        return found

    return told


def _remember(remembering: Remembering, journal: Journal, table: pa.Table) -> None:
    """Take over what was remembered when a job was cut off."""
    from naeum.compress.export.guarded import NotAnswered

    try:
        form = remembering.answer(table.slice(0, 1))
    except NotAnswered:  # by the fallback: what the main model knew is computed again
        return
    remembering.remember(journal.memory, form)
    journal.memory = {}  # it is held once


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
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    rate = TextColumn("{task.fields[rate]:,.0f} rows a second")
    columns = (TextColumn("answering"), BarColumn(), MofNCompleteColumn(), rate, TextColumn("{task.fields[left]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("rows", total=rows, completed=before, rate=0.0, left=left(rows, 0.0))
        begun, done = perf_counter(), [0]

        def advance(count: int) -> None:
            done[0] += count
            speed = done[0] / max(perf_counter() - begun, 1e-9)
            bar.update(task, advance=count, rate=speed, left=left(rows - before - done[0], speed))

        yield advance


def left(rows: int, rate: float) -> str:
    """The time that so many rows take at so many a second.

    rich's own column looks at the last thirty seconds, in which a slow job ends one chunk or none: ten times off.

    Example:
        >>> left(122_176, 215.0), left(5, 0.0)
        ('0:09:28', '-:--:--')
    """
    if not rate:
        return "-:--:--"
    minutes, seconds = divmod(round(rows / rate), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


def _columns(outputs: Any, threshold: float | None) -> dict[str, list[Any]]:
    from naeum.cli.predict import columns

    found = columns(outputs)
    if threshold is not None:
        found["rejected"] = [sure < threshold for sure in found["confidence"]]
    return found


def _quick(ladder: Any, table: pa.Table, rung: int | None, wish: Wish | None, journal: Journal) -> Any:
    """The model by the engine that a job began with, or by the one that is the quickest here."""
    from naeum.cli.engines import job_of
    from naeum.compress.export.quickest import Wish, again
    from naeum.engine.ways import Way

    found = ladder.champion if rung is None else ladder.model(rung)
    predictor = getattr(found, "predictor", found)
    rows = table.select(list(ladder.task.inputs))
    job = job_of(ladder, rows, rung)
    if "way" in journal.notes:
        way = journal.notes["way"]
        return again(predictor, None if way is None else Way.from_json(way), job)
    quick = _measured(predictor, job, wish or Wish())
    if quick.said:
        warn(quick.said)
    way = None if quick.way is None else quick.way.to_json()
    journal.note({"way": way, "engine": "" if quick.way is None else quick.way.said})
    return quick.predictor


def _measured(predictor: Any, job: Job, wish: Wish) -> Quick:
    """The model by the engine that is the quickest here; one with a fallback as it is where a trial breaks off."""
    from naeum.compress.export.guarded import Guarded
    from naeum.compress.export.quickest import Quick, quickest
    from naeum.errors import NaeumError

    try:
        return quickest(predictor, job, wish)
    except NaeumError:
        raise
    except Exception:  # whatever an engine raises of a row or a graph: the fallback is there for that
        if Guarded.of(predictor) is None:
            raise
        return Quick(predictor)


def _file(file: Path) -> list[Any]:
    """What tells a file from another one of the same name."""
    told = file.stat()
    return [str(file.absolute()), told.st_size, told.st_mtime_ns]
