"""naeum cache: what do runs take on the disk, and what of it can go?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from naeum.cli.aloud import padded, tell, width
from naeum.cli.errors import said
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.improve.keeping import Kept

UNITS = {"": 1, "B": 1, "KB": 10**3, "MB": 10**6, "GB": 10**9, "TB": 10**12}


def cache(
    folder: str = typer.Argument("runs", metavar="[FOLDER]", help="A run, or a folder of runs. Default: runs."),
    clear: bool = typer.Option(
        False, "--clear", metavar=" ", help="Take away what is made again when it is asked for."
    ),
    cap: str = typer.Option(
        None, "--cap", metavar="SIZE", help="Clear runs, the longest unused first, down to this: 5GB."
    ),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say it as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """List what runs take on the disk; clear caches, answers and spare models. Models of rungs always stay."""
    with said(verbose):
        from naeum.improve import keeping

        place = Path(folder)
        if not place.is_dir():
            raise InputError(f"a folder of runs must be there; got {folder}; name the folder, as in: naeum cache runs")
        most = None if cap is None else bytes_of(cap)
        runs, freed = keeping.runs_in(place), 0
        if clear:
            freed = sum(keeping.clear(run) for run in runs)
        elif most is not None:
            freed = sum(keeping.capped(runs, most).values())
        found = [keeping.kept(run) for run in runs]
        _say(found, freed, json)
        if most is not None and sum(one.whole for one in found) > most:
            raise InputError(
                f"runs must take at most {cap}; data and models of rungs alone take "
                f"{sized(sum(one.whole for one in found))}; delete a run, or allow more"
            )


def bytes_of(text: str) -> int:
    """A size in bytes.

    Raises:
        InputError: it is no size.

    Example:
        >>> bytes_of("1.5 GB"), bytes_of("200mb")
        (1500000000, 200000000)
    """
    found = re.fullmatch(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?B?)\s*", text.upper())
    unit = found[2] if found and found[2] in UNITS else f"{found[2]}B" if found else ""
    if not found or unit not in UNITS:
        raise InputError(f"--cap must be a size; got {text!r}; write 500MB or 5GB")
    return round(float(found[1]) * UNITS[unit])


def sized(count: int) -> str:
    """Bytes in words.

    Example:
        >>> sized(0), sized(1_234), sized(5_600_000)
        ('0 B', '1.2 KB', '5.6 MB')
    """
    for unit in ("TB", "GB", "MB", "KB"):
        if count >= UNITS[unit]:
            return f"{count / UNITS[unit]:.1f} {unit}"
    return f"{count} B"


def _say(found: Sequence[Kept], freed: int, json: bool) -> None:
    if json:
        import json as writer

        runs = [
            {"run": str(one.folder), "models": one.models, "spare": one.spare, "again": one.again, "data": one.data}
            for one in found
        ]
        tell(writer.dumps({"runs": runs, "bytes": sum(one.whole for one in found), "freed": freed}, ensure_ascii=False))
        return
    if not found:
        tell("There are no runs here.")
        return
    rows = [("run", "models", "data", "can go", "all")]
    rows += [
        (str(one.folder), sized(one.models), sized(one.data), sized(one.again + one.spare), sized(one.whole))
        for one in found
    ]
    widths = [max(width(row[at]) for row in rows) for at in range(5)]
    for row in rows:
        cells = [
            padded(row[0], widths[0]),
            *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
        ]
        tell("  ".join(cells))
    if freed:
        tell(f"{sized(freed)} are free now.")
    elif any(one.again + one.spare for one in found):
        tell("Free what can go with: naeum cache --clear")
