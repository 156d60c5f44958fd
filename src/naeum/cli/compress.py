"""naeum compress: how small and quick can the champion be, at which score?"""

from __future__ import annotations

import dataclasses
from typing import Any

import typer

from naeum.cli.aloud import tell, warn
from naeum.cli.errors import said
from naeum.cli.predict import share

MAX_LOSS = "0.5%"
HIDDEN = ("place", "outputs")  # of a point: files that are gone by then, and arrays


def compress(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run."),
    out: str = typer.Option(None, "--out", metavar="FOLDER", help="Write the recommended model there, as export does."),
    max_latency_ms: float = typer.Option(None, "--max-latency-ms", metavar="MS", help="Most for one row (95 %)."),
    max_size_mb: float = typer.Option(None, "--max-size-mb", metavar="MB", help="Most on disk."),
    max_loss: str = typer.Option(MAX_LOSS, "--max-loss", metavar="PERCENT", help="Most of the score, relative."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say all points as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Make the champion smaller and quicker: fewer words, eight bits, both; show every trade, recommend one."""
    with said(verbose):
        from naeum.cycle import compress as compressed

        limits = {"latency_ms": max_latency_ms, "size_mb": max_size_mb}
        given = {name: most for name, most in limits.items() if most is not None}
        found = compressed(run, out, limits=given, max_loss=share(max_loss, "--max-loss"), say=warn)
        if json:
            import json as writer

            print(writer.dumps(_plain(found), ensure_ascii=False))
        else:
            tell(told(found))


def told(found: dict[str, Any]) -> str:
    """The points, those of the front marked, and what is recommended."""
    lines = [f"{'':2}{'':26} {found['metric']:>9}   95 % interval        ms        MB"]
    for point in found["points"]:
        mark = "*" if point in found["front"] else ""
        lines.append(
            f"{mark:2}{point.name:26} {point.score:9.4f}   [{point.low:.4f}, {point.high:.4f}] {point.latency_ms:8.2f} "
            f"{point.size_mb:9.1f}"
        )
    lines += ["* no other is better in score, time and size at once.", found["choice"].why]
    best = found["choice"].point
    if best is not None and best.name in found["losses"]:
        lines.append(f"What {best.name} lost: {found['losses'][best.name].said}")
    if found["out"]:
        lines.append(f"It lies in {found['out']}.")
    return "\n".join(lines)


def _plain(found: dict[str, Any]) -> dict[str, Any]:
    def one(point: Any) -> dict[str, Any]:
        return {one.name: getattr(point, one.name) for one in dataclasses.fields(point) if one.name not in HIDDEN}

    choice = found["choice"]
    return {
        "metric": found["metric"],
        "points": [one(point) for point in found["points"]],
        "front": [point.name for point in found["front"]],
        "recommended": choice.point.name if choice.point else None,
        "why": choice.why,
        "losses": {name: loss.to_json() for name, loss in found["losses"].items()},
        "nearest": [point.name for point in choice.nearest],
        "out": str(found["out"]) if found["out"] else None,
    }
