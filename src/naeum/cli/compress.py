"""naeum compress: how small and quick can the champion be, at which score?"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import typer

from naeum.cli.aloud import tell
from naeum.cli.elsewhere import elsewhere
from naeum.cli.errors import said
from naeum.cli.flags import WITH
from naeum.cli.predict import share
from naeum.cli.report import reported

if TYPE_CHECKING:
    from naeum.improve.compressing import Compressed

MAX_LOSS = "0.5%"


def compress(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run."),
    out: str = typer.Option(None, "--out", metavar="FOLDER", help="Write the recommended model there, as export does."),
    max_latency_ms: float = typer.Option(None, "--max-latency-ms", metavar="MS", help="Most for one row (95 %)."),
    max_size_mb: float = typer.Option(None, "--max-size-mb", metavar="MB", help="Most on disk."),
    max_loss: str = typer.Option(MAX_LOSS, "--max-loss", metavar="PERCENT", help="Most of the score, relative."),
    minutes: float = typer.Option(10.0, "--minutes", metavar="MINUTES", help="Time for trying, in minutes."),
    rung: int = typer.Option(None, "--rung", metavar="NUMBER", help="This rung instead of the champion."),
    machine: str = typer.Option(
        None, "--machine", metavar="FILE", help="The latency is meant there: bench --save wrote the file."
    ),
    with_: list[str] | None = WITH,
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say everything as one JSON object a line."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Make the champion smaller and quicker, step by step; show every trade, recommend one.

    Tried are fewer words, eight bits, fewer heads, neurons and layers, students, and several of these together, until
    one holds the limits. The same command goes on after a kill.
    """
    with said(verbose):
        from naeum.cli.watching import watching
        from naeum.cycle import compress as compressed
        from naeum.cycle import open_run

        limits = {"latency_ms": max_latency_ms, "size_mb": max_size_mb}
        given = {name: most for name, most in limits.items() if most is not None}
        there = elsewhere(run, given, machine)
        given = there.limits(given)
        if there.said and not json:
            tell(there.said)
        lost = share(max_loss, "--max-loss")
        with watching(json, minutes) as watch:
            found = compressed(
                run, out, limits=given, max_loss=lost, minutes=minutes, rung=rung, watch=watch, with_=tuple(with_ or ())
            )
        there.into(out)
        report = reported(open_run(run, with_ or ()))
        if json:
            watch({**_plain(found), "report": None if report is None else str(report)})
        else:
            tell(told(found))


def told(found: Compressed) -> str:
    """The points, those of the front marked, and what is recommended."""
    wide = max(len(point.name) for point in found.points)
    lines = [f"{'':2}rung  {'':{wide}} {found.metric:>9}   95 % interval        ms        MB"]
    for point in found.points:
        mark = "*" if point in found.front else ""
        lines.append(
            f"{mark:2}{point.rung:>4}  {point.name:{wide}} {point.score:9.4f}   [{point.low:.4f}, {point.high:.4f}] "
            f"{point.latency_ms:8.2f} {point.size_mb:9.1f}"
        )
    lines += ["* no other is better in score, time and size at once.", found.choice.why]
    best = found.choice.point
    if best is not None and best.name in found.losses:
        lines.append(f"What {best.name} lost: {found.losses[best.name].said}")
    return "\n".join([*lines, *([found.out] if found.out else [])])


def _plain(found: Compressed) -> dict[str, Any]:
    choice = found.choice
    return {
        "event": "compressed",
        "metric": found.metric,
        "points": [dataclasses.asdict(point) for point in found.points],
        "front": [point.name for point in found.front],
        "recommended": choice.point.name if choice.point else None,
        "why": choice.why,
        "losses": {name: loss.to_json() for name, loss in found.losses.items()},
        "nearest": [point.name for point in choice.nearest],
        "out": found.out or None,
    }
