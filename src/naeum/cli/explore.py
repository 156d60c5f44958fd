"""naeum explore: what are the data, what is wrong with them, and what will that do to a model?"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from naeum import tongue
from naeum.cli.aloud import tell
from naeum.cli.errors import said
from naeum.cli.events import line
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.explore import Profile

REPORT, DOCUMENT = "explore.html", "explore.json"
MARKS = {"issue": "!!", "warning": "! ", "tip": "  "}


def explore(
    data: list[str] = typer.Argument(None, metavar="DATA", help="One or several files of rows."),
    target: str = typer.Option(None, "--target", metavar="COLUMN", help="What a model is to tell. Default: by name."),
    text: list[str] = typer.Option(None, "--text", metavar="COLUMN", help="Text column, or several with commas."),
    valid: str = typer.Option(None, "--valid", metavar="FILE", help="Validation rows: do they stand in DATA too?"),
    test: str = typer.Option(None, "--test", metavar="FILE", help="Test rows; only their inputs are looked at."),
    run: str = typer.Option(None, "--run", metavar="DIR", help="Where report and caches go. Default: runs/NAME."),
    out: str = typer.Option(None, "--out", metavar="FILE", help="Where the report goes. Default: RUN/explore.html."),
    base: str = typer.Option(None, "--base", metavar="NAME|PATH", help="Base model for tokens and features."),
    seed: int = typer.Option(0, "--seed", metavar="N", help="Of the rows that are drawn."),
    offline: bool = typer.Option(False, "--offline", metavar=" ", help="Fetch nothing from a network."),
    no_rows: bool = typer.Option(False, "--no-rows", metavar=" ", help="Put no value of a row into the report."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say every finding, with its rows, as JSON."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """See the data before any model does: a summary here, the whole in one HTML file."""
    with said(verbose):
        files = list(data or ())
        if not files:
            raise InputError("explore must be given data; got none; name a file, as in: naeum explore reviews.csv")
        folder = Path(run) if run else Path("runs") / (Path(files[0]).name.split(".")[0] or "data")
        options: dict[str, Any] = {
            "target": target,
            "text": [name for one in text or () for name in one.split(",")] or None,
            "valid": valid,
            "test": test,
            "base": base,
            "seed": seed,
        }
        options |= {"offline": offline, "cache": folder / "cache"}
        with Watcher(json) as watch:
            profile = _explored(files, watch, options)
            report = _reported(profile, Path(out) if out else folder / REPORT, rows=not no_rows)
        if not no_rows:
            profile.save(folder / DOCUMENT)
        watch.done(profile, report)


def _explored(files: list[str], watch: Callable[[dict[str, Any]], None], options: dict[str, Any]) -> Profile:
    from naeum.explore.course import explore as explored

    return explored(files[0] if len(files) == 1 else files, watch=watch, **options)


def _reported(profile: Profile, path: Path, *, rows: bool) -> Path:
    from naeum.report.explored import write

    return write(profile, path, rows=rows)


class Watcher:
    """Says the first summary as soon as it comes, and shows on a terminal what is being done."""

    def __init__(self, json: bool) -> None:
        self.json = json
        self.told = 0  # sentences of the summary that were said
        self.status: Any = None

    def __enter__(self) -> Watcher:
        if not self.json and sys.stderr.isatty():
            from rich.console import Console

            self.status = Console(stderr=True, highlight=False).status(tongue.said("reading"))
            self.status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self.status is not None:
            self.status.stop()

    def __call__(self, event: dict[str, Any]) -> None:
        if event["event"] == "progress" and self.status is not None:
            self.status.update(tongue.said(str(event.get("note", ""))))
        elif event["event"] == "summary" and not self.json:
            self.told = len(event["sentences"])
            tell("\n".join(event["sentences"]))
        elif event["event"] == "note" and not self.json:
            tell(f"note: {event['text']}")

    def done(self, profile: Profile, report: Path) -> None:
        """The rest of the summary, the findings, and where the report lies; or all of it as JSON."""
        if self.json:
            print(line(document(profile, report)))
            return
        tell("\n".join(profile.summary[self.told :]))
        for one in profile.worst_first:
            print(f"{MARKS[one.severity]} {one.code} {tongue.said(one.title)}: {tongue.said(one.seen)}")
        print(f"\n{report}  ({profile.seconds['whole']:.1f} s)")


def document(profile: Profile, report: Path) -> dict[str, Any]:
    """What machines are told: every finding with code, severity, numbers and rows."""
    whole = profile.to_json()
    names = ("name", "rows", "columns", "target", "text", "summary", "findings", "answers", "gaps", "seconds")
    return {**{name: whole[name] for name in names}, "report": str(report)}
