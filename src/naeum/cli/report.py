"""naeum report: where is the report of a run?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer

from naeum.cli.aloud import tell, warn
from naeum.cli.errors import said
from naeum.cli.flags import WITH


def report(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run."),
    out: str = typer.Option(None, "--out", metavar="FILE", help="Where to write it. Default: RUN/report.html."),
    no_rows: bool = typer.Option(False, "--no-rows", metavar=" ", help="Put no text of yours into it."),
    resamples: int = typer.Option(
        None,
        "--resamples",
        metavar="N",
        help="Fit the champion on N resamples, to show bias and variance of the lecture.",
    ),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say the path as a JSON object."),
    with_: list[str] | None = WITH,
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Make the report of a run: one HTML file that needs no network, and say where it is."""
    with said(verbose):
        from naeum.cycle import open_run
        from naeum.report import write

        if resamples is not None:
            from naeum.cycle import resample

            resample(run, resamples, _say, with_ or ())
        ladder = open_run(run, with_ or ())
        path = write(ladder, out, rows=not (no_rows or ladder.options.get("no_rows")))
        if json:
            import json as writer

            print(writer.dumps({"report": str(path), "champion": ladder.champion_rung.number}, ensure_ascii=False))
        else:
            print(path)


def reported(ladder: Any) -> Path | None:
    """The report of a run, written anew; one that cannot be drawn must not hide a model that was made."""
    from naeum.report import write

    try:
        return write(ladder, rows=not ladder.options.get("no_rows"))
    except (ValueError, KeyError, TypeError, RuntimeError) as error:
        warn(f"the report could not be drawn ({type(error).__name__}: {error})")
        return None


def _say(event: dict[str, Any]) -> None:
    if event["event"] == "close":
        tell(event["text"], to=sys.stderr)
