"""What may one type? `naeum VERB …`: one file a verb here; nothing heavy is loaded before a verb works."""

from __future__ import annotations

import typer

from naeum.cli.aloud import FLAG, Spoken, tell
from naeum.cli.bench import bench
from naeum.cli.cache import cache
from naeum.cli.choose import choose, note, pin
from naeum.cli.clean import clean
from naeum.cli.compress import compress
from naeum.cli.console import gentle
from naeum.cli.data import data
from naeum.cli.doctor import doctor
from naeum.cli.errors import said
from naeum.cli.expect import expect
from naeum.cli.explore import explore
from naeum.cli.export import export
from naeum.cli.improve import improve
from naeum.cli.label import label
from naeum.cli.new import new
from naeum.cli.predict import predict
from naeum.cli.report import report
from naeum.cli.similar import similar
from naeum.cli.steering import finish, go, pause, skip
from naeum.cli.why import why

MAKING = (explore, label, expect, clean, data, similar, improve, report, why, predict, compress, export, bench)
STEERING = (pause, go, skip, finish, choose, pin, note)
VERBS = (*MAKING, *STEERING, new, cache, doctor)
GUIDE = """naeum makes a model for labelled data better, one measured step at a time.

  naeum explore intents.csv --target intent                see what the data are, and what is wrong with them
  naeum expect init intents.csv --out expectations.yaml    learn what must hold of them; expect check tells what breaks
  naeum clean intents.csv --drop-duplicates                show what cleaning changes; with --out do it
  naeum improve intents.csv --target intent --minutes 5    make a model, and a report
  naeum report runs/intents                                make the report again
  naeum why runs/intents 7                                 why rung 7 was tried, kept or not
  naeum predict runs/intents new.csv --out answers.csv     answer new rows
  naeum export runs/intents intents-onnx                   a folder that answers without naeum
  naeum compress runs/intents --out small                  smaller and quicker, each trade measured
  naeum bench runs/intents                                 how quick it is here, by batch and threads
  naeum improve runs/intents --minutes 20                  go on where a finished run stopped
  naeum pause runs/intents                                 let a climb in another shell wait; go, skip, finish steer it
  naeum choose runs/intents --max-latency-ms 5             another champion for other limits, without training

Type naeum VERB --help for all that a verb can do, naeum doctor install if something seems to be missing, and once
naeum --install-completion to have the tab key complete verbs and flags.
"""


def app() -> typer.Typer:
    """The command with its verbs."""
    made = typer.Typer(
        name="naeum",
        cls=Spoken,
        help="Labelled data in; a better, explained, tested model out, one measured step at a time.",
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    made.callback(invoke_without_command=True)(_start)
    for verb in VERBS:
        made.command()(verb)
    return made


def main() -> int:
    """Run the command line; gives the exit code: 0 well, 1 a fault of naeum, 2 something to put right."""
    gentle()
    try:
        app()()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0 if end.code is None else 1
    return 0


def _start(
    context: typer.Context,
    version: bool = typer.Option(False, "--version", metavar=" ", help="Say the version."),
    lang: str = typer.Option(None, FLAG, metavar="en|ko", help="Language; may stand anywhere. Default: your locale's."),
) -> None:
    if version:
        from naeum import __version__

        with said(verbose=False):
            print(f"naeum {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        with said(verbose=False):
            from pathlib import Path

            from naeum.cli.next import suggestions, told

            pairs = suggestions(Path.cwd())
            if pairs:
                print(told(pairs), end="")
            tell(GUIDE, end="")
