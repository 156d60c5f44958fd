"""naeum expect: what must hold of data, and which rows break it?"""

from __future__ import annotations

import json as writer
from pathlib import Path
from typing import Any

import typer

from naeum import tongue
from naeum.cli.errors import said
from naeum.errors import InputError

ACTIONS = ("init", "check")
BROKEN = 1  # exit code where an expectation does not hold


def expect(
    action: str = typer.Argument(..., metavar="init|check", help="Learn what holds, or check it."),
    data: str = typer.Argument(..., metavar="DATA", help="The file of rows."),
    file: str = typer.Argument(None, metavar="EXPECTATIONS", help="For check: the YAML file of expectations."),
    out: str = typer.Option(
        None, "--out", metavar="FILE", help="init: the YAML file to write. check: a file for every row that breaks one."
    ),
    chance: float = typer.Option(
        None, "--chance", metavar="P", help="Of a false alarm, for each expectation. Default: 0.001, or as in the file."
    ),
    strict: bool = typer.Option(False, "--strict", metavar=" ", help="check: chance excuses no row."),
    delimiter: str = typer.Option(None, "--delimiter", metavar="CHARACTER", help="Between fields, where it errs."),
    no_header: bool = typer.Option(False, "--no-header", metavar=" ", help="The first line is a row."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say the report as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Learn what holds of data as an editable file, and tell what breaks it: exit code 1 and the rows."""
    with said(verbose):
        if action not in ACTIONS:
            raise InputError(f"the action must be one of {', '.join(ACTIONS)}; got {action!r}; see naeum expect --help")
        how: dict[str, Any] = {"delimiter": delimiter} if delimiter else {}
        how |= {"header": False} if no_header else {}
        if action == "init":
            _say(learned(data, out or file, chance, how), json)
            return
        if file is None:
            raise InputError("naeum expect check must be given the expectations; got none; name their YAML file")
        report = checked(data, file, chance, strict, how)
        if out is not None:
            _rows(data, report, out, how)
        if json:
            print(writer.dumps(report.to_json(), ensure_ascii=False))
        else:
            print(tongue.said(str(report)))
        if not report.holds:
            raise typer.Exit(BROKEN)


def learned(data: str, out: str | None, chance: float | None, how: dict[str, Any]) -> dict[str, Any]:
    """Learn and write; gives what was done."""
    from naeum.data.expectations import learn

    if out is None:
        raise InputError("naeum expect init must know where to write; got no --out; name a YAML file")
    found = learn(data, **({} if chance is None else {"chance": chance}), **how)
    found.save(out)
    text = f"{len(found):,} expectations of {found.reference['rows']:,} rows in {out}. Edit them freely."
    return {"expectations": len(found), "rows": found.reference["rows"], "out": out, "said": text}


def checked(data: str, file: str, chance: float | None, strict: bool, how: dict[str, Any]) -> Any:
    """The report on the data."""
    import dataclasses

    from naeum.data.expectations import load

    expected = load(Path(file))
    if chance is not None:
        expected = dataclasses.replace(expected, chance=chance)
    return expected.check(data, strict=strict, **how)


def _rows(data: str, report: Any, out: str, how: dict[str, Any]) -> None:
    from naeum.data.expectations import breaking
    from naeum.data.write import write_table

    write_table(breaking(data, report, **how), out)


def _say(done: dict[str, Any], json: bool) -> None:
    print(writer.dumps(done, ensure_ascii=False) if json else tongue.said(done["said"]))
