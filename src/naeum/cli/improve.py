"""naeum improve: how does labelled data become a better model?"""

from __future__ import annotations

from typing import Any

import typer

from naeum.cli.errors import said
from naeum.cli.flags import with_options
from naeum.cli.report import reported
from naeum.errors import InputError

NAME = "run.yaml"


@with_options
def improve(
    data: list[str] = typer.Argument(
        None, metavar="DATA", help="Labelled data: one or several files, or the folder of a run to go on with."
    ),
    config: str = typer.Option(None, "--config", metavar="FILE", help="A run.yaml to replay; flags win over it."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say everything as one JSON object a line."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
    **given: Any,
) -> None:
    """Make a model for labelled data better, one measured step at a time.

    Ctrl-C once closes with the champion and a report; the same command goes on after a kill.
    """
    with said(verbose):
        source, options = resolved(tuple(data or ()), config, given)
        _climb(source, options, json)


def resolved(data: tuple[str, ...], config: str | None, given: dict[str, Any]) -> tuple[Any, dict[str, Any]]:
    """The data and the options, from what was typed and from a file of options.

    Raises:
        InputError: there is no data, or an option is refused.
    """
    from naeum.improve import options

    named: tuple[str, ...] = ()
    before: dict[str, Any] = {}
    if config is not None:
        named, before = options.mapping(config)
        options.from_dict(before, config)  # so that a refused key is said to be the file's
    chosen = {**before, **given}
    options.from_dict(chosen, "improve")
    files = data or named
    if not files:
        raise InputError("improve must be given data; got none; name a file, as in: naeum improve intents.csv")
    return (files[0] if len(files) == 1 else list(files)), chosen


def _climb(source: Any, options: dict[str, Any], json: bool) -> None:
    from naeum.cli.watching import watching
    from naeum.cycle import improve as climbed

    with watching(json, _minutes(options)) as watch:
        ladder = climbed(source, watch=watch, **options)
        report = reported(ladder)
        watch.done(ladder, report)


def _minutes(options: dict[str, Any]) -> float | None:
    """Minutes of the climb; none where rungs are counted."""
    from naeum.improve.options import Options

    return None if options.get("rungs") else float(options.get("minutes") or Options().minutes)
