"""naeum choose, pin, note: what may one decide about rungs that are there, without training?"""

from __future__ import annotations

from typing import Any

import typer

from naeum.cli.aloud import tell
from naeum.cli.errors import said
from naeum.cli.flags import WITH

RUN = typer.Argument(..., metavar="RUN", help="The folder of a run.")
VERBOSE = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error.")


def choose(
    run: str = RUN,
    max_latency_ms: float = typer.Option(None, "--max-latency-ms", metavar="MS", help="At most so many ms a row."),
    max_size_mb: float = typer.Option(None, "--max-size-mb", metavar="MB", help="At most so many MB on disk."),
    max_memory_mb: float = typer.Option(None, "--max-memory-mb", metavar="MB", help="At most so many MB of memory."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say it as a JSON object."),
    with_: list[str] | None = WITH,
    verbose: bool = VERBOSE,
) -> None:
    """Choose the champion again among the rungs that are there, under these limits alone; nothing is fitted."""
    with said(verbose):
        from naeum.cycle import open_run
        from naeum.improve.afterthoughts import choose as chosen

        limits = {"max_latency_ms": max_latency_ms, "max_size_mb": max_size_mb, "max_memory_mb": max_memory_mb}
        chosen(open_run(run, with_ or ()), limits)
        _say(open_run(run, with_ or ()), json)


def pin(
    run: str = RUN,
    rung: int = typer.Argument(None, metavar="[NUMBER]", help="The rung to ship. Default: let the gate say again."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say it as a JSON object."),
    with_: list[str] | None = WITH,
    verbose: bool = VERBOSE,
) -> None:
    """Ship this rung, whatever the gate says; without a number let the gate say again."""
    with said(verbose):
        from naeum.cycle import open_run
        from naeum.improve.afterthoughts import pin as pinned

        pinned(open_run(run, with_ or ()), rung)
        _say(open_run(run, with_ or ()), json)


def note(
    run: str = RUN,
    rung: int = typer.Argument(..., metavar="NUMBER", help="The rung to note something beside."),
    text: str = typer.Argument(..., metavar="TEXT", help="What to note, in quotes."),
    with_: list[str] | None = WITH,
    verbose: bool = VERBOSE,
) -> None:
    """Note a word beside a rung; `naeum why` and the report show it."""
    with said(verbose):
        from naeum.cycle import open_run
        from naeum.improve.afterthoughts import remark

        remark(open_run(run, with_ or ()), rung, text)
        tell(f"Noted beside rung {rung}.")


def _say(ladder: Any, json: bool) -> None:
    """The champion from now on, with its score and what it costs."""
    from naeum.report import words

    rung, cost = ladder.champion_rung, ladder.champion_rung.cost
    if json:
        import json as writer

        found = {"champion": rung.number, "score": rung.score, "low": rung.low, "high": rung.high, "cost": dict(cost)}
        print(writer.dumps({**found, "pinned": ladder.pinned is not None}, ensure_ascii=False))
        return
    price = f"{words.milliseconds(cost.get('latency_ms'))} a row, {words.size(cost.get('size_mb'))}"
    score = f"{words.number(rung.score, 4)} {words.interval(rung.low, rung.high, 4)}"
    tell(f"Champion  rung {rung.number}, {words.learner(rung.learner)}; {price}; estimated {score}.")
    tell(f"Use it    naeum predict {ladder.folder} FILE --out answers.csv")
