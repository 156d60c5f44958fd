"""naeum label: how do rows with doubtful labels go to people, and how do their answers come back?"""

from __future__ import annotations

import json as writer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from naeum import tongue
from naeum.cli.errors import said
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.data.parts import Data

ACTIONS = ("export", "import", "config")
READING = (
    "target",
    "text",
    "positive",
    "ordered",
    "weight",
    "group",
    "time",
    "id",
)  # options of a run that say how rows are read


def label(
    action: str = typer.Argument(..., metavar="export|import|config", help="What to do."),
    data: str = typer.Argument(..., metavar="DATA|RUN", help="The file of rows; for export also a run's folder."),
    answers: str = typer.Argument(None, metavar="ANSWERS", help="For import: the JSON that Label Studio exported."),
    target: str = typer.Option(None, "--target", metavar="COLUMN", help="The label. Default: by name."),
    text: list[str] = typer.Option(None, "--text", metavar="COLUMN", help="Text column; may be given again."),
    rows: int = typer.Option(200, "--rows", metavar="N", help="For export: how many rows to look at again."),
    out: str = typer.Option(
        None, "--out", metavar="FILE", help="Where to write: tasks as .json, or the corrected rows."
    ),
    base: str = typer.Option(None, "--base", metavar="NAME|PATH", help="Base model that judges beside the n-grams."),
    seed: int = typer.Option(0, "--seed", metavar="N", help="Of the folds and of the rows that are drawn."),
    offline: bool = typer.Option(False, "--offline", metavar=" ", help="Fetch nothing from a network."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say what was done as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Give rows with doubtful labels to people in Label Studio's JSON form, and take their answers back."""
    with said(verbose):
        if action not in ACTIONS:
            raise InputError(f"the action must be one of {', '.join(ACTIONS)}; got {action!r}; see naeum label --help")
        if action == "export" and Path(data).is_dir():
            done = exported_of(Path(data), _needed(out, action), rows)
            print(writer.dumps(done, ensure_ascii=False) if json else tongue.said(done["said"]))
            return
        found = _read(data, target, text)
        if action == "config":
            from naeum.explore.labels.studio import config

            print(config(found.dataset.task.classes), end="")
            return
        target_file = _needed(out, action)
        if action == "export":
            done = exported(found, target_file, rows, {"base": base, "seed": seed, "offline": offline})
        else:
            done = imported(found, Path(data), answers, target_file)
        print(writer.dumps(done, ensure_ascii=False) if json else tongue.said(done["said"]))


def exported_of(folder: Path, out: Path, most: int) -> dict[str, Any]:
    """Write the suspects of a run as tasks; their rows are those of the file that the run learned from.

    Raises:
        InputError: the folder is no run, its file is gone or has changed, or no label of it looks wrong.
    """
    from naeum.cycle import open_run
    from naeum.data import read
    from naeum.improve.options import mapping

    ladder = open_run(folder)
    files, options = mapping(folder / "run.yaml")
    if not files or files[0].endswith(" in memory>"):
        raise InputError(f"suspects must be of a file to name their rows; {folder} learned from a table in memory")
    told: dict[str, Any] = {key: options[key] for key in READING if options.get(key) is not None}
    data = read(files[0] if len(files) == 1 else list(files), **told)
    place = {int(row): at for at, row in enumerate(data.dataset.ids)}
    suspects = [one for one in ladder.suspects if one["id"] in place]
    if len(suspects) < len(ladder.suspects):
        raise InputError(
            f"the file of the run must be as it was; {len(ladder.suspects) - len(suspects)} suspects of {folder} are"
            f" not in {files[0]}; export them from the file that it learned from"
        )
    return _tasks([{**one, "row": place[one["id"]], "why": "suspect"} for one in suspects[: max(most, 1)]], out)


def exported(data: Data, out: Path, most: int, options: dict[str, Any]) -> dict[str, Any]:
    """Write the rows worth a second look as tasks.

    Raises:
        InputError: there is nothing to look at, or fewer than one row was asked for.
        NotApplicable: there are no labelled texts.
    """
    from naeum.contract import Policy
    from naeum.explore.labels.second_look import second_look
    from naeum.explore.loading import opened
    from naeum.explore.subject import subject_of

    if most < 1:
        raise InputError(f"--rows must be 1 or more; got {most}; 200 is an hour's work")
    task = data.dataset.task
    settings = {"base": options["base"], "seed": options["seed"], "policy": Policy(offline=options["offline"])}
    cache = out.absolute().parent / "cache"
    subject = subject_of(opened(data), target=task.target, text=task.inputs, data=data, cache=cache, **settings)
    return _tasks(second_look(subject, most), out)


def _tasks(chosen: list[dict[str, Any]], out: Path) -> dict[str, Any]:
    from naeum.explore.labels.studio import tasks
    from naeum.store import write_atomic

    if not chosen:
        raise InputError("there must be a row worth a second look; every label looks right; nothing was written")
    write_atomic(out, writer.dumps(tasks(chosen), ensure_ascii=False, indent=1) + "\n")
    why: dict[str, int] = {}
    for one in chosen:
        why[one["why"]] = why.get(one["why"], 0) + 1
    listed = ", ".join(f"{count} {name}" for name, count in why.items())
    text = f"{len(chosen):,} rows to look at in {out} ({listed}). The labelling page: naeum label config"
    return {"rows": len(chosen), "why": why, "out": str(out), "said": text}


def _needed(out: str | None, action: str) -> Path:
    if out is None:
        raise InputError(f"naeum label {action} must know where to write; got no --out; name a file")
    return Path(out)


def imported(data: Data, file: Path, answers: str | None, out: Path) -> dict[str, Any]:
    """Write the rows of `file` with the labels that people gave.

    Raises:
        InputError: there are no answers, they cannot be read, or they are of other rows.
    """
    from naeum.explore.labels import studio

    if answers is None:
        raise InputError("naeum label import must be given the answers; got none; name the JSON that was exported")
    told = studio.answers(_document(Path(answers)), data.dataset.task.classes)
    strange = [row for row in told.labels if not 0 <= row < len(data)]
    if strange:
        raise InputError(
            f"answers must be of rows of {file.name}, which has {len(data):,}; got row {strange[0]:,}; name the file"
            " that was exported from"
        )
    names, codes = data.dataset.task.classes, data.dataset.target
    changed = [row for row, name in told.labels.items() if codes[row] < 0 or names[int(codes[row])] != name]
    _write(data, file, told.labels, out)
    divided = f"; {len(told.divided)} rows with as many answers one way as another stay" if told.divided else ""
    agreed = "" if told.alpha is None else f"; people agree with alpha {told.alpha:.2f}"
    text = f"{len(told.labels):,} answers, {len(changed):,} labels changed in {out}{divided}{agreed}."
    counts = {"answers": len(told.labels), "changed": len(changed), "divided": len(told.divided), "alpha": told.alpha}
    return {**counts, "out": str(out), "said": text}


def _read(file: str, target: str | None, text: list[str] | None) -> Data:
    from naeum.data import read

    found = read(file, target=target, text=list(text) if text else None)
    if found.dataset.task.output != "label":
        raise InputError(
            f"labels must be one class a row; {file} has {found.dataset.task.output}; name another --target"
        )
    return found


def _document(path: Path) -> Any:
    try:
        return writer.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise InputError(f"answers must be a file that can be read; got {path} ({error.strerror}); check it") from None
    except ValueError as error:
        raise InputError(f"answers must be JSON; {path} is not ({str(error)[:80]}); export JSON again") from None


def _write(data: Data, file: Path, labels: dict[int, str] | Any, out: Path) -> None:
    """The whole table with the new labels, in the form that the ending of `out` names."""
    import pyarrow as pa

    from naeum.cli.answers import writing
    from naeum.data.read import read_table

    table, broken, _ = read_table(file, {})
    target = data.dataset.task.target
    if table.num_rows != len(data) or target not in table.column_names:
        raise InputError(
            f"{file} must read as the same {len(data):,} rows; it has {table.num_rows:,} ({len(broken)} broken);"
            " mend or drop the broken lines first"
        )
    cells = table.column(target).to_pylist()
    for row, name in labels.items():
        cells[row] = name
    text = pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
    table = table.set_column(table.column_names.index(target), target, text)
    with writing(out, table.schema, {}) as write:
        write(table, {})
