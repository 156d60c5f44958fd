"""naeum clean: what would cleaning change, and how is it done again in the same way?"""

from __future__ import annotations

import json as writer
from collections.abc import Callable
from pathlib import Path
from typing import Any

import typer

from naeum import tongue
from naeum.cli.errors import said
from naeum.errors import InputError

RECIPE = ".recipe.json"  # what the file with the settled steps ends in, beside the cleaned data


def clean(
    data: str = typer.Argument(..., metavar="DATA", help="The file of rows."),
    out: str = typer.Option(None, "--out", metavar="FILE", help="Where to write. Without it changes are only shown."),
    merge: list[str] = typer.Option(None, "--merge", metavar="FILE=KEY", help="Columns of a file with equal keys."),
    drop_columns: list[str] = typer.Option(None, "--drop-columns", metavar="COLUMN", help="Leave columns out."),
    drop_duplicates: bool = typer.Option(False, "--drop-duplicates", metavar=" ", help="Of equal rows keep the first."),
    drop_missing: list[str] = typer.Option(None, "--drop-missing", metavar="COLUMN", help="Drop rows without a value."),
    drop_rows: str = typer.Option(None, "--drop-rows", metavar="N,N", help="Drop rows by their number, from 1."),
    drop_broken: str = typer.Option(None, "--drop-broken", metavar="YAML", help="Drop rows that break expectations."),
    dates: list[str] = typer.Option(None, "--dates", metavar="COLUMN[=FORMAT]", help="Read dates of any format."),
    numbers: list[str] = typer.Option(
        None, "--numbers", metavar="COLUMN[=UNIT]", help="Read 1,234원, 12 kg, (5), 12 % as numbers."
    ),
    normalise: list[str] = typer.Option(None, "--normalise", metavar="COLUMN", help="One Unicode form, single blanks."),
    fill: list[str] = typer.Option(
        None, "--fill", metavar="COLUMN=HOW", help="Missing cells: median, mean, most frequent, or the value itself."
    ),
    clip: list[str] = typer.Option(None, "--clip", metavar="COLUMN=HOW", help="Outliers: iqr, percentiles, LOW:HIGH."),
    encode: list[str] = typer.Option(None, "--encode", metavar="COLUMN=HOW", help="codes, one hot or counts."),
    balance: list[str] = typer.Option(None, "--balance", metavar="COLUMN[=HOW]", help="Values as often: up or down."),
    sample: float = typer.Option(None, "--sample", metavar="N", help="So many rows at random, or a share below 1."),
    group_by: list[str] = typer.Option(
        None, "--group-by", metavar="BY:COLUMN=HOW,…", help="One row a group: city:price=mean,price=count."
    ),
    pivot: str = typer.Option(None, "--pivot", metavar="INDEX,COLUMNS,VALUES[=HOW]", help="A wide table."),
    recipe: str = typer.Option(None, "--recipe", metavar="FILE", help="Steps that were recorded, in place of flags."),
    serve: bool = typer.Option(False, "--serve", metavar=" ", help="With --recipe: value steps only, every row stays."),
    seed: int = typer.Option(0, "--seed", metavar="N", help="Of what is drawn at random."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say the changes as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Show what cleaning changes; with --out do it, and record it beside as a recipe that can be repeated."""
    with said(verbose):
        given = {
            "merge": merge, "drop_columns": drop_columns, "drop_duplicates": drop_duplicates,
            "drop_missing": drop_missing, "drop_rows": drop_rows, "drop_broken": drop_broken, "dates": dates,
            "numbers": numbers, "normalise": normalise, "fill": fill, "clip": clip, "encode": encode,
            "balance": balance, "sample": sample, "group_by": group_by, "pivot": pivot,
        }  # fmt: skip
        chosen = steps_of(given)
        if serve and recipe is None:
            raise InputError("--serve must come with the --recipe that was recorded; got none; name its file")
        if recipe is not None and chosen:
            raise InputError("--recipe must stand alone; got other steps beside it; take them out")
        if not chosen and recipe is None:
            raise InputError("naeum clean needs a step; got none; as in --drop-duplicates or --fill age=median")
        done = served(data, recipe, out) if serve else cleaned(data, recipe or chosen, out, seed)
        print(writer.dumps(done, ensure_ascii=False, default=str) if json else tongue.said(told(done)))


def steps_of(given: dict[str, Any]) -> tuple[Any, ...]:
    """The steps of the flags, in the order in which they are listed: rows first, then cells, then samples and tables.

    Raises:
        InputError: a flag cannot be read.
    """
    made: list[Any] = []
    for name, value in given.items():
        if value is None or value is False or value == []:
            continue
        for one in value if isinstance(value, list) else [value]:
            made.append(_STEPS[name](one))
    return tuple(made)


def cleaned(data: str, steps: str | tuple[Any, ...], out: str | None, seed: int) -> dict[str, Any]:
    """Run the steps, write table and recipe where `out` says, and tell what changed."""
    from naeum.data.clean import Recipe
    from naeum.data.relation import table_of
    from naeum.data.write import write_table
    from naeum.store.files import write_atomic

    recipe = _read(steps) if isinstance(steps, str) else Recipe(steps)
    table, name = table_of(data)
    settled, after, changes = recipe.run(table, seed)
    done: dict[str, Any] = {
        "data": name, "rows": table.num_rows, "after": after.num_rows,
        "changes": [change.to_json() for change in changes],
    }  # fmt: skip
    if out is not None:
        write_table(after, out)
        place = Path(out).with_name(Path(out).name + RECIPE)
        write_atomic(place, writer.dumps(settled.to_json(), ensure_ascii=False, indent=1, default=str) + "\n")
        done |= {"out": out, "recipe": str(place)}
    return done


def served(data: str, recipe: str | None, out: str | None) -> dict[str, Any]:
    """Run the value steps of a recipe on rows to predict: as many come out as went in."""
    from naeum.data.relation import table_of
    from naeum.data.write import write_table

    table, name = table_of(data)
    after = _read(recipe or "").serve(table)
    if out is not None:
        write_table(after, out)
    return {"data": name, "rows": table.num_rows, "after": after.num_rows, "changes": [], "out": out}


def told(done: dict[str, Any]) -> str:
    """The changes as lines: each step, and some of the rows that it touched."""
    steps = len(done["changes"])
    lines = [f"{done['data']}: {done['rows']:,} rows, {done['after']:,} after {steps} step{'' if steps == 1 else 's'}"]
    for change in done["changes"]:
        settings = ", ".join(f"{name}={_short(value)}" for name, value in change["step"]["settings"].items() if value)
        counts = [f"{change['gone']:,} rows dropped"] if change["gone"] else []
        counts += [f"{change['made']:,} rows taken again"] if change["made"] else []
        counts += [f"{change['cells']:,} cells changed"] if change["cells"] else []
        if change["before"] != change["after"] and not counts:
            counts = [f"{change['before']:,} rows become {change['after']:,}"]
        lines.append(f"  {change['step']['kind']}({settings}): {', '.join(counts) or 'nothing changed'}")
        for one in change["examples"]:
            if "gone" in one:
                cells = ", ".join(f"{name}={_short(value)}" for name, value in one["gone"].items())
                lines.append(f"    - row {one['row']:,}: {cells}")
            else:
                lines.append(
                    f"    ~ row {one['row']:,}: {one['column']} {_short(one['before'])} → {_short(one['after'])}"
                )
    where = f"written to {done['out']}" if done.get("out") else "nothing is written; add --out FILE to do it"
    return "\n".join([*lines, where + (f", the recipe to {done['recipe']}" if done.get("recipe") else "") + "."])


def _read(path: str) -> Any:
    from naeum.data.clean import Recipe

    try:
        return Recipe.read(writer.loads(Path(path).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise InputError(f"a recipe must be a file that is there; there is no {path}; check the path") from error
    except ValueError as error:
        raise InputError(f"a recipe must be the JSON that naeum clean writes; {path} is not; write it again") from error


def _short(value: Any) -> str:
    text = "missing" if value is None else str(value)
    return text if len(text) <= 40 else text[:37] + "…"


def _split(text: str, flag: str, example: str) -> tuple[str, str]:
    """The two sides of the last = of a flag."""
    column, mark, how = text.rpartition("=")
    if not mark or not column or not how:
        raise InputError(f"--{flag} must be COLUMN=HOW; got {text!r}; write {example}")
    return column, how


def _merge(text: str) -> Any:
    from naeum.data.clean import Merge

    table, keys = _split(text, "merge", "cities.csv=city")
    return Merge(table, tuple(keys.split(",")))


def _drop_rows(text: str) -> Any:
    from naeum.data.clean import DropRows

    if not all(part.strip().isdigit() for part in text.split(",")):
        raise InputError(f"--drop-rows must be numbers; got {text!r}; write 3,17")
    return DropRows(tuple(int(part) for part in text.split(",")))


def _drop_broken(path: str) -> Any:
    from naeum.data.clean import DropBroken
    from naeum.data.expectations.marked import read_file

    read_file(Path(path))
    return DropBroken(Path(path).read_text(encoding="utf-8"))


def _dates(text: str) -> Any:
    from naeum.data.clean import ParseDates

    column, _, form = text.partition("=")
    return ParseDates(column, (form,) if form else ())


def _numbers(text: str) -> Any:
    from naeum.data.clean import ParseNumbers

    column, mark, unit = text.partition("=")
    return ParseNumbers(column, unit if mark else None)


def _drop_columns(text: str) -> Any:
    from naeum.data.clean import DropColumns

    return DropColumns(tuple(name.strip() for name in text.split(",") if name.strip()))


def _fill(text: str) -> Any:
    from naeum.data.clean import Fill

    return Fill(*_split(text, "fill", "age=median"))


def _clip(text: str) -> Any:
    from naeum.data.clean import Clip

    column, how = _split(text, "clip", "fare=iqr or fare=0:100")
    low, mark, high = how.partition(":")
    if not mark:
        return Clip(column, how)
    try:
        return Clip(column, low=float(low) if low else None, high=float(high) if high else None)
    except ValueError as error:
        raise InputError(f"--clip must have numbers for ends; got {how!r}; write fare=0:100") from error


def _encode(text: str) -> Any:
    from naeum.data.clean import Encode

    return Encode(*_split(text, "encode", "city=codes"))


def _balance(text: str) -> Any:
    from naeum.data.clean import Resample

    column, _, how = text.partition("=")
    return Resample(column, how or "up")


def _group_by(text: str) -> Any:
    from naeum.data.clean import GroupBy

    by, mark, wanted = text.partition(":")
    if not mark or not wanted:
        raise InputError(f"--group-by must be BY:COLUMN=HOW; got {text!r}; write city:price=mean")
    return GroupBy(tuple(by.split(",")), tuple(_split(one, "group-by", "city:price=mean") for one in wanted.split(",")))


def _pivot(text: str) -> Any:
    from naeum.data.clean import Pivot

    names, _, how = text.partition("=")
    parts = names.split(",")
    if len(parts) != 3:
        raise InputError(f"--pivot must be INDEX,COLUMNS,VALUES; got {text!r}; write day,city,price=mean")
    return Pivot(parts[0], parts[1], parts[2], how or "mean")


def _one(name: str) -> Callable[[Any], Any]:
    def made(value: Any) -> Any:
        import naeum.data.clean as steps

        if name == "DropDuplicates":
            return steps.DropDuplicates()
        return getattr(steps, name)((value,) if name == "DropMissing" else value)

    return made


_STEPS: dict[str, Callable[[Any], Any]] = {
    "merge": _merge, "drop_columns": _drop_columns, "drop_duplicates": _one("DropDuplicates"),
    "drop_missing": _one("DropMissing"), "drop_rows": _drop_rows, "drop_broken": _drop_broken, "dates": _dates,
    "numbers": _numbers, "normalise": _one("Normalise"),
    "fill": _fill, "clip": _clip, "encode": _encode, "balance": _balance, "sample": _one("Sample"),
    "group_by": _group_by, "pivot": _pivot,
}  # fmt: skip
