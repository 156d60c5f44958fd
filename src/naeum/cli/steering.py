"""naeum pause, go, skip, finish: how does one steer a climb that runs in another shell?"""

from __future__ import annotations

from pathlib import Path

import typer

from naeum.cli.aloud import tell
from naeum.cli.errors import said

RUN = typer.Argument(..., metavar="RUN", help="The folder of a run that another process climbs in.")
VERBOSE = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error.")


def pause(run: str = RUN, verbose: bool = VERBOSE) -> None:
    """Let a climb in another shell stand still, without using its minutes, until: naeum go RUN."""
    _wished(run, "pause", verbose)


def go(run: str = RUN, verbose: bool = VERBOSE) -> None:
    """Let a paused climb in another shell go on."""
    _wished(run, "go", verbose)


def skip(run: str = RUN, verbose: bool = VERBOSE) -> None:
    """Leave out the rung that a climb in another shell fits now, and let it try the next."""
    _wished(run, "skip", verbose)


def finish(run: str = RUN, verbose: bool = VERBOSE) -> None:
    """Let a climb in another shell close now: refit, open the test part, write the report."""
    _wished(run, "finish", verbose)


DONE = {
    "pause": "{run} pauses at its next step; let it go on with: naeum go {run}",
    "go": "{run} goes on.",
    "skip": "{run} leaves out what it fits now, at its next step.",
    "finish": "{run} closes with its champion, at its next step.",
}


def _wished(run: str, word: str, verbose: bool) -> None:
    with said(verbose):
        from naeum.cycle import is_run, open_run
        from naeum.improve.wishes import wish

        if not is_run(run):
            open_run(run)  # says what is wrong
        wish(Path(run), word)
        tell(DONE[word].format(run=run))
