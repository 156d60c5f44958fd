"""naeum data: which versions of data were there, and what changed between them?"""

from __future__ import annotations

import json as writer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from naeum import tongue
from naeum.cli.errors import said
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.data.versions import Version, Versions

FOLDER = ".naeum/data"


def data(
    action: str = typer.Argument(..., metavar="save|log|diff|get", help="What to do."),
    given: list[str] = typer.Argument(
        None, metavar="FILE|VERSION…", help="save: a file. diff: one or two versions. get: a version or its pointer."
    ),
    store: str = typer.Option(FOLDER, "--store", metavar="DIR", help="Where versions lie."),
    note: str = typer.Option("", "--note", metavar="TEXT", help="save: why, in a sentence."),
    name: str = typer.Option(None, "--name", metavar="NAME", help="Of the data set. Default: the name of the file."),
    recipe: str = typer.Option(None, "--recipe", metavar="FILE", help="save: the recorded steps that made it."),
    parent: str = typer.Option(None, "--parent", metavar="VERSION", help="save: where it came from. Default: newest."),
    key: str = typer.Option(None, "--key", metavar="COLUMN", help="diff: the column that names rows."),
    out: str = typer.Option(None, "--out", metavar="FILE", help="get: where to write."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say it as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Keep versions of data, each piece stored once: save, log, diff, get."""
    with said(verbose):
        from naeum.data.versions import Versions

        actions = {"save": _save, "log": _log, "diff": _diff, "get": _get}
        if action not in actions:
            raise InputError(f"the action must be one of {', '.join(actions)}; got {action!r}; see naeum data --help")
        options = {"note": note, "name": name, "recipe": recipe, "parent": parent, "key": key, "out": out}
        done, text = actions[action](Versions(store), list(given or []), options)
        print(writer.dumps(done, ensure_ascii=False, default=str) if json else tongue.said(text))


def _save(versions: Versions, given: list[str], options: dict[str, Any]) -> tuple[Any, str]:
    (path,) = _exactly(given, 1, "save", "naeum data save reviews.csv")
    steps = None
    if options["recipe"] is not None:
        try:
            steps = writer.loads(Path(options["recipe"]).read_text(encoding="utf-8"))
        except ValueError as error:
            raise InputError(f"a recipe must be JSON; {options['recipe']} is not; write it with naeum clean") from error
    before = {one.name for one in versions.log()}
    said_of = {name: options[name] for name in ("note", "name", "parent")}
    version = versions.save(path, steps=steps, **said_of)
    pointer = versions.point(version, Path(path))
    if version.name in before:
        text = f"nothing changed since {version.name}; it is kept as it is."
    else:
        text = (
            f"{version.name}: {version.rows:,} rows, {version.written / 1e6:.2f} MB new in the store; "
            f"commit {pointer} to say which version this is."
        )
    return {**summary(version), "pointer": str(pointer), "new": version.name not in before}, text


def _log(versions: Versions, given: list[str], options: dict[str, Any]) -> tuple[Any, str]:
    found = versions.log(options["name"] or (given[0] if given else None))
    if not found:
        raise InputError(f"a store must hold versions; {versions.folder} has none here; save some with naeum data save")
    return [summary(one) for one in found], "\n".join(_line(one) for one in reversed(found))


def _diff(versions: Versions, given: list[str], options: dict[str, Any]) -> tuple[Any, str]:
    from naeum.data.versions import diff

    if len(given) not in (1, 2):
        raise InputError(f"naeum data diff must be given one or two versions; got {len(given)}; write v3 v4")
    last = versions.find(given[-1])
    first = versions.find(given[0] if len(given) == 2 else last.parent or last.name)
    found = diff(versions.table(first), versions.table(last), options["key"])
    return {"before": first.name, "after": last.name, **found.to_json()}, told(first.name, last.name, found)


def _get(versions: Versions, given: list[str], options: dict[str, Any]) -> tuple[Any, str]:
    from naeum.data.write import write_table

    (what,) = _exactly(given, 1, "get", "naeum data get v3 --out reviews.csv")
    if options["out"] is None:
        raise InputError("naeum data get must know where to write; got no --out; name a file")
    version = versions.find(what)
    write_table(versions.table(version), options["out"])
    text = f"{version.rows:,} rows of {version.name} written to {options['out']}."
    return {**summary(version), "out": options["out"]}, text


def told(before: str, after: str, found: Any) -> str:
    """What changed, in lines."""
    by = f"rows are told by {found.by}" if found.by else "rows are told by their content and place"
    lines = [
        f"{before} → {after}: {found.rows[0]:,} → {found.rows[1]:,} rows; {found.added:,} added, "
        f"{found.removed:,} removed, {found.changed:,} changed ({by})"
    ]
    lines += [f"  column {name} added" for name in found.columns_added]
    lines += [f"  column {name} removed" for name in found.columns_removed]
    lines += [f"  {name}: {count:,} cells changed" for name, count in found.cells.items()]
    for sign, sort in (("+", "added"), ("-", "removed")):
        for one in found.examples[sort]:
            cells = ", ".join(f"{name}={_short(value)}" for name, value in one["cells"].items())
            lines.append(f"  {sign} row {one['row']:,}: {cells}")
    for one in found.examples["changed"]:
        cells = ", ".join(f"{name} {_short(old)} → {_short(new)}" for name, (old, new) in one["cells"].items())
        lines.append(f"  ~ row {one['row']:,}: {cells}")
    return "\n".join([*lines, *(f"  distribution: {one}" for one in found.distributions)])


def summary(version: Version) -> dict[str, Any]:
    """A version without its pieces."""
    fields = ("name", "key", "data", "parent", "time", "note", "rows", "columns", "steps", "written")
    return {name: getattr(version, name) for name in fields}


def _line(version: Version) -> str:
    steps = version.steps.get("settings", {}).get("steps", []) if isinstance(version.steps, dict) else []
    made = f" · {', '.join(step['kind'] for step in steps)}" if steps else ""
    came = f" ← {version.parent}" if version.parent else ""
    note = f" · {version.note}" if version.note else ""
    return (
        f"{version.name:<5}{version.key[:10]}  {version.time[:16].replace('T', ' ')}  {version.data}  "
        f"{version.rows:,} rows × {len(version.columns)}{came}{made}{note}"
    )


def _exactly(given: list[str], count: int, action: str, example: str) -> list[str]:
    if len(given) != count:
        raise InputError(f"naeum data {action} must be given {count} name; got {len(given)}; write {example}")
    return given


def _short(value: Any) -> str:
    text = "missing" if value is None else str(value)
    return text if len(text) <= 40 else text[:37] + "…"
