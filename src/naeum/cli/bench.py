"""naeum bench: how quick is the model here, by batch and threads, and in how much memory?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from naeum.cli.aloud import tell
from naeum.cli.errors import said
from naeum.cli.flags import WITH

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.engine.trial import Chosen
    from naeum.measure.cost import Cost
    from naeum.measure.speed import Speed

MOST_ROWS = 2_000  # that are timed: enough of every length
COST_SECONDS = 3.0  # for latency of single rows and memory


def bench(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run, or of an exported model."),
    rows: str = typer.Option(None, "--rows", metavar="FILE", help="Rows to time it on. Default: the run's tune rows."),
    threads: int = typer.Option(None, "--threads", metavar="N", help="Time it on so many threads alone."),
    engines: bool = typer.Option(
        False, "--engines", metavar=" ", help="Try every engine, too, by threads and batches; predict takes the best."
    ),
    rung: int = typer.Option(None, "--rung", metavar="N", help="This rung instead of the champion."),
    with_: list[str] | None = WITH,
    save: str = typer.Option(None, "--save", metavar="FILE", help="Write machine and table there, as JSON."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say them as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Time the champion on this machine: milliseconds a row, rows a second and memory, by batch and threads."""
    with said(verbose):
        import json as writer

        from naeum.cli import engines as ways
        from naeum.store import write_atomic

        found = measured(run, rows, threads, rung, tuple(with_ or ()))
        seen = _engines(run, rows, threads, rung, tuple(with_ or ()), now=engines)
        found["engines"] = None if seen is None else ways.document(seen)
        if save is not None:
            write_atomic(Path(save), writer.dumps(found, ensure_ascii=False, indent=1) + "\n")
        if json:
            print(writer.dumps(found, ensure_ascii=False))
        else:
            tell(told(found))
            if seen is not None:
                tell(ways.told(seen))


def _engines(
    run: str, file: str | None, threads: int | None, rung: int | None, with_: Sequence[str], *, now: bool
) -> Chosen | None:
    """What engines do with the model, tried now, or remembered of a trial before."""
    from naeum.cli import engines
    from naeum.cli.predict import opened

    ladder = opened(run, with_)
    return engines.tried(ladder, engines.job_of(ladder, _rows(ladder, run, file), rung, threads), rung, now=now)


def measured(
    run: str, file: str | None, threads: int | None, rung: int | None = None, with_: Sequence[str] = ()
) -> dict[str, Any]:
    """Machine, versions and every cell of the table.

    Raises:
        InputError: the folder is neither a run nor an export, there are no rows, or the threads are too few.
    """
    from naeum.errors import InputError
    from naeum.measure import speed
    from naeum.measure.cost import cost
    from naeum.measure.elsewhere import FORMAT, workloads

    if threads is not None and threads < 1:
        raise InputError(f"--threads must be at least 1; got {threads}; leave it out to try several")
    opened, table = _model(run, file, rung, with_)
    counts = [threads] if threads else _counts()
    found = speed.speeds(opened, table, counts, batches=speed.BATCHES, seconds=speed.SECONDS)
    quickest = speed.best(found)
    memory = cost(opened(quickest.threads), table, seconds=COST_SECONDS, threads=quickest.threads)
    return {**_document(run, table, found, memory), "format": FORMAT, "key": _key(run), "workloads": workloads()}


def told(found: dict[str, Any]) -> str:
    """The table, and what is best."""
    machine, top = found["machine"], found["best"]
    lines = [
        f"{machine['processor']}, {machine['cores']} cores, load {machine['load']:.1f}; {found['rows']:,} rows.",
        "threads  batch   ms a call  (95 %)   ms a row   rows a second",
    ]
    lines += [
        f"{one['threads']:7}  {one['batch']:5}  {one['median_ms']:10.2f}  {one['p95_ms']:6.1f}  "
        f"{1000 / one['rows_per_second']:9.3f}  {one['rows_per_second']:14,.0f}"
        for one in found["speeds"]
    ]
    lines.append(
        f"Quickest: {top['rows_per_second']:,.0f} rows a second on {top['threads']} threads in batches of "
        f"{top['batch']}; one row takes {found['latency_ms']:.1f} ms (95 %); {found['size_mb']:.1f} MB on disk, "
        f"{found['memory_mb']:.0f} MB at work."
    )
    return "\n".join(lines)


def _model(run: str, file: str | None, rung: int | None, with_: Sequence[str]) -> tuple[Callable[[int], Any], pa.Table]:
    """What opens the model with so many threads, and the rows."""
    from naeum.cli.predict import Export, opened
    from naeum.compress.export import exported
    from naeum.engine.threads import with_threads
    from naeum.errors import InputError

    ladder = opened(run, with_)
    if rung is not None and isinstance(ladder, Export):
        raise InputError(f"--rung must be given with the folder of a run; {run} is an exported model; leave it out")
    table = _rows(ladder, run, file)
    if isinstance(ladder, Export):
        return lambda count: exported.opened(Path(run), count), table
    predictor = ladder.model(rung).predictor
    return lambda count: with_threads(predictor, count), table


def _rows(ladder: Any, run: str, file: str | None) -> pa.Table:
    """The rows to time: of the file, or the run's tune rows."""
    from naeum.cli.predict import Export, rows_of
    from naeum.errors import InputError

    if file is None and isinstance(ladder, Export):
        raise InputError("a bench of an exported model must be given rows; got none; name a file with --rows")
    if file is not None:
        given, _ = rows_of(Path(file), ladder.task, added=False)
        return given.select(list(ladder.task.inputs)).slice(0, MOST_ROWS)
    shown = ladder.part("tune")
    table: pa.Table = (shown if len(shown) else ladder.part("fit")).rows
    return table.slice(0, MOST_ROWS)


def _key(run: str) -> str:
    """What tells the model apart."""
    from naeum.cli.job import key_of
    from naeum.cli.predict import opened

    return key_of(opened(run), None)


def _counts() -> list[int]:
    """One thread, all cores, and powers of two between."""
    import os

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return sorted({1, cores, *(2**n for n in range(cores.bit_length()) if 2**n < cores)})


def _document(run: str, table: pa.Table, found: tuple[Speed, ...], memory: Cost) -> dict[str, Any]:
    import os
    import time

    from naeum.compress.export.folder import versions
    from naeum.compress.quantize.eight_bits import instructions
    from naeum.measure.speed import best

    return {
        "model": run,
        "rows": table.num_rows,
        "machine": {
            "processor": _processor(),
            "cores": max(_counts()),
            "instructions": instructions(),
            "load": os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0,
        },
        "versions": versions(),
        "day": time.strftime("%Y-%m-%d"),
        "speeds": [asdict(one) for one in found],
        "best": asdict(best(found)),
        "latency_ms": memory.latency_ms,
        "median_ms": memory.median_ms,
        "size_mb": memory.size_mb,
        "memory_mb": memory.memory_mb,
        "memory_by": memory.memory_by,
    }


def _processor() -> str:
    """The processor's name, as the kernel tells it."""
    import platform

    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
