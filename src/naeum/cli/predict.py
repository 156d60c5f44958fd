"""naeum predict: what does the champion answer to new rows?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from naeum.cli.aloud import tell, warn
from naeum.cli.errors import said
from naeum.cli.flags import WITH
from naeum.errors import InputError

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.compress.export.quickest import Wish
    from naeum.contract import OutputKind, Outputs, Task

SURE = 0.9  # with this probability the promised error holds
ADDED = ("prediction", "confidence", "rejected", "low", "high")
ENDS = ("start", "end")  # added where answers are stretches of a passage
LISTED = 3  # broken lines that are named
WORTH_SAYING = 2.0  # seconds from which on the speed is told


def predict(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run, or of an exported model."),
    file: str | None = typer.Argument(None, metavar="FILE", help="Rows to answer, with the text column of the run."),
    out: str | None = typer.Option(
        None, "--out", metavar="FILE", help="Where to write: .csv, .tsv, .jsonl (each also .gz), .parquet or .xlsx."
    ),
    rung: int = typer.Option(None, "--rung", metavar="N", help="Ask this rung instead of the champion."),
    like: str | None = typer.Option(
        None, "--like", metavar="FILE", help="A contest's sample submission: --out gets its columns, order and types."
    ),
    way: str = typer.Option(
        None, "--as", metavar="KIND", help="With --like: labels or probabilities, where the sample leaves it open."
    ),
    oof: str | None = typer.Option(
        None, "--oof", metavar="FILE", help="Write the champion's out-of-fold answers to the training rows there."
    ),
    reject_below: float = typer.Option(
        None, "--reject-below", metavar="P", help="Add a column rejected: true where the confidence is below P."
    ),
    max_error: str = typer.Option(
        None, "--max-error", metavar="PERCENT", help="Reject so much that at most this share of the rest is wrong."
    ),
    engine: str = typer.Option(
        "auto", "--engine", metavar="NAME", help="auto: measured where the job is long; as is, onnxruntime, openvino."
    ),
    half: bool = typer.Option(False, "--half", metavar=" ", help="Allow bfloat16 where it is quicker."),
    encoding: str = typer.Option(
        None,
        "--encoding",
        metavar="NAME",
        help="Of text files: utf-8-sig, which Excel reads rightly, cp949, …",
    ),
    with_: list[str] | None = WITH,
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say what was done as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Answer new rows: the same rows in the same order, with the columns prediction and confidence added."""
    with said(verbose):
        _refuse_lacking(file, out, oof, rung)
        from naeum.cli.submitting import out_of_fold, submitted

        ladder = opened(run, with_ or ())
        if oof is not None:
            _say(out_of_fold(run, Path(oof), with_ or ()), json)
        if file is None or out is None:
            return
        if like is not None:
            _refuse_beside_like(reject_below, max_error, encoding)
            _say(submitted(ladder.model(rung), ladder.task, (Path(file), Path(like), Path(out)), way), json)
            return
        threshold = chosen(ladder, reject_below, max_error)
        _say(answered(ladder, Path(file), Path(out), threshold, rung, _wish(engine, half), encoding), json)


def _wish(engine: str, half: bool) -> Wish:
    from naeum.compress.export.quickest import Wish

    return Wish(engine, half)


def _refuse_lacking(file: str | None, out: str | None, oof: str | None, rung: int | None) -> None:
    if (file is None) != (out is None) or (file is None and oof is None):
        got = "neither" if file is None and out is None else "--out alone" if file is None else "FILE alone"
        raise InputError(
            f"predict must be given both FILE and --out, or --oof; got {got}; as in: naeum predict RUN new.csv --out "
            "answers.csv"
        )
    if oof is not None and rung is not None:
        raise InputError("--oof answers with the champion's recipe; got --rung, too; leave one out")


def _refuse_beside_like(reject_below: float | None, max_error: str | None, encoding: str | None) -> None:
    if reject_below is not None or max_error is not None:
        raise InputError("a submission has the sample's columns alone; got --reject-below or --max-error; leave it out")
    if encoding is not None:
        raise InputError("a submission is written in utf-8, as contests read it; got --encoding; leave it out")


class Export(NamedTuple):
    """An exported model where a run is expected: it answers, and has neither rungs nor held-out rows."""

    task: Task
    champion: Any

    def model(self, rung: int | None) -> Any:
        """The model itself.

        Raises:
            InputError: a rung is asked for.
        """
        if rung is not None:
            raise InputError(f"--rung needs the rungs of a run; got {rung} of an exported model; leave it out")
        return self.champion


def opened(place: str, with_: Sequence[str] = ()) -> Any:
    """The run in a folder, or the exported model."""
    from naeum.compress.export.folder import is_export
    from naeum.cycle import open_run

    if not is_export(Path(place)):
        return open_run(place, with_)
    from naeum.compress.export.exported import opened as read

    model = read(Path(place))
    return Export(model.task, model)


def chosen(ladder: Any, reject_below: float | None, max_error: str | None) -> float | None:
    """The confidence below which rows are rejected; none where none are.

    Raises:
        InputError: both are given, one is out of range, or the error cannot be promised.
    """
    if reject_below is not None and max_error is not None:
        raise InputError("only one of --reject-below and --max-error must be given; got both; leave one out")
    if ladder.task.output == "number" and (reject_below is not None or max_error is not None):
        raise InputError(
            "--reject-below and --max-error need answers with a probability; this run answers numbers; look at the "
            "columns low and high instead"
        )
    if max_error is not None and ladder.task.output != "label":
        raise InputError(
            f"--max-error needs one label a row; this run answers {ladder.task.output}; use --reject-below 0.8"
        )
    if reject_below is not None:
        if not 0 <= reject_below <= 1:
            raise InputError(f"--reject-below must be a probability from 0 to 1; got {reject_below:g}; 0.8 is usual")
        return reject_below
    return None if max_error is None else promised(ladder, share(max_error))


def share(text: str, flag: str = "--max-error") -> float:
    """A share of rows: "2%" and "0.02" are the same.

    Raises:
        InputError: it is no share from 0 to below 1.

    Example:
        >>> share("2%"), share("0.02")
        (0.02, 0.02)
    """
    bare = text.strip().removesuffix("%").strip()
    try:
        value = float(bare) / (100 if text.strip().endswith("%") else 1)
    except ValueError:
        value = -1.0
    if not 0 <= value < 1:
        raise InputError(f"{flag} must be a share from 0 to below 100 %; got {text!r}; write 2% or 0.02")
    return value


def promised(ladder: Any, most: float) -> float:
    """The lowest confidence to accept so that at most a share `most` is wrong, by the run's held-out rows.

    Raises:
        InputError: there are no such rows, or no threshold keeps the promise.
    """
    from naeum.measure.calibration import coverage_curve
    from naeum.report.view import View

    if isinstance(ladder, Export):
        raise InputError(
            "--max-error needs the held-out rows of a run; got an exported model, which has none; use --reject-below "
            "0.8, or name the run"
        )
    view = View(ladder)
    tune, outputs = view.tune, view.outputs
    if tune is None or outputs is None:
        raise InputError("--max-error needs held-out rows; this run has none to look at; use --reject-below 0.8")
    curve = coverage_curve(outputs, tune)
    threshold = curve.threshold_for(most, sure=SURE)
    if threshold is None:
        shares = (at / 1000 for at in range(1, 1000))
        reach = next((one for one in shares if curve.threshold_for(one, sure=SURE) is not None), 1.0)
        raise InputError(
            f"--max-error must be reachable on the run's {len(tune):,} held-out rows; got {100 * most:g}%; the least "
            f"that can be promised is {100 * reach:.1f}%, so ask for that or more"
        )
    return threshold


def answered(
    ladder: Any,
    file: Path,
    out: Path,
    threshold: float | None,
    rung: int | None = None,
    wish: Wish | None = None,
    encoding: str | None = None,
) -> dict[str, Any]:
    """Answer every row of a file chunk by chunk; the file `out` appears whole or not at all.

    Answers are kept beside `out` until then, so that a killed job goes on where it stood.

    Returns:
        What was done: rows, rejected, broken lines, where the answers lie.

    Raises:
        InputError: the file lacks the text column, has a column of our name, or `out` has no known ending.
        RunInUse: another process writes the same file.
    """
    from pyarrow import types

    from naeum.cli.answers import check, writing
    from naeum.cli.job import answers
    from naeum.engine.journal import place
    from naeum.store import lock

    check(out, encoding)
    table, broken = rows_of(file, ladder.task)
    added = columns_of(ladder.task.output, rejects=threshold is not None, guarded=_guarded(ladder))
    _refuse_taken(file, table.column_names, added)
    shown = [field.name for field in table.schema if not types.is_binary(field.type)]  # images are not copied
    begun, rejected, stood_in = perf_counter(), 0, 0
    with lock(place(out)):
        journal, told = answers(ladder, table, (file, out), (added, threshold), (rung, wish))
        with writing(out, table.select(shown).schema, added, encoding) as write:
            start = 0
            for extra in _kept(journal, ladder.task):
                count = len(extra["prediction"])
                rejected += sum(extra.get("rejected", ()))
                stood_in += extra.get("by", ()).count("fallback")
                write(table.slice(start, count).select(shown), extra)
                start += count
    journal.end()
    return {
        "rows": table.num_rows,
        **told,
        "seconds": perf_counter() - begun,
        "out": str(out),
        "threshold": threshold,
        "rejected": rejected,
        "by_fallback": stood_in,
        "broken": broken,
    }


def _guarded(ladder: Any) -> bool:
    """Whether it is an exported folder with a fallback."""
    from naeum.compress.export.guarded import Guarded

    return isinstance(ladder, Export) and Guarded.of(ladder.champion) is not None


def _kept(journal: Any, task: Task) -> Iterator[dict[str, list[Any]]]:
    """The columns of each chunk of a finished journal; sets of labels are told from words in their order."""
    for batch in journal.batches():
        found = batch.to_pydict()
        if task.output == "labels":
            found["prediction"] = [tuple(one) for one in found["prediction"]]
        yield found


def columns_of(output: OutputKind, *, rejects: bool, guarded: bool = False) -> dict[str, Any]:
    """The columns that answers of a kind are written as, each with its Arrow type."""
    import pyarrow as pa

    one = pa.list_(pa.string()) if output in ("labels", "tags") else pa.string()
    by = {"by": pa.string()} if guarded else {}
    if output == "number":
        return {"prediction": pa.float64(), "low": pa.float64(), "high": pa.float64(), **by}
    ends = dict.fromkeys(ENDS, pa.int64()) if output == "span" else {}
    rejected = {"rejected": pa.bool_()} if rejects else {}
    return {"prediction": one, "confidence": pa.float64(), **ends, **rejected, **by}


def columns(outputs: Outputs) -> dict[str, list[Any]]:
    """The cells of those columns; the ends of a number are missing where no interval was answered."""
    if outputs.task.output != "number":
        found = {"prediction": outputs.labels.tolist(), "confidence": outputs.confidence.astype(float).tolist()}
        if outputs.task.output == "span":
            from naeum import decoding  # it stands on NumPy, which help must not wait for

            found |= dict(zip(ENDS, decoding.places(outputs).T.tolist(), strict=True))
        return found
    found = {"prediction": outputs.labels.tolist()}
    none: list[Any] = [None] * len(outputs)
    ends = outputs.quantiles
    low, high = (none, none) if ends is None else (ends[:, at].astype(float).tolist() for at in (0, 1))
    return {**found, "low": low, "high": high}


def rows_of(file: Path, task: Task, *, added: bool = True) -> tuple[pa.Table, list[tuple[int, str]]]:
    """All columns of a file or a folder, memory-mapped where it is large; a single column is taken for the text."""
    from naeum.data.read import read_table

    inputs = task.inputs
    if not file.exists():
        raise InputError(f"{file} must be a file of rows to answer; there is none; check the path")
    table, broken = _pictures(file) if "image" in task.kinds else (None, [])
    if table is None:
        table, broken, _ = read_table(file, {})
    names = list(table.column_names)
    if len(names) == len(inputs) == 1:
        table = table.rename_columns(list(inputs))
    missing = [name for name in inputs if name not in table.column_names]
    if missing:
        raise InputError(
            f"{file} must have the column {missing[0]!r} of the run; it has {', '.join(names[:8])}; rename one"
        )
    if added:
        _refuse_taken(file, names, (*ADDED, *(ENDS if task.output == "span" else ())))
    return table, list(broken)


def _refuse_taken(file: Path, names: Sequence[str], added: Iterable[str]) -> None:
    taken = [name for name in added if name in names]
    if taken:
        raise InputError(f"{file} must not have a column {taken[0]!r} yet; it has; rename or drop that column")


def _pictures(file: Path) -> tuple[pa.Table | None, list[tuple[int, str]]]:
    """The images of a folder, a zip or a table of paths; none of a file that holds them itself."""
    from naeum.data.images.albums import album
    from naeum.data.images.learning import rows_to_answer

    found = album(file)
    return (None if found is None else rows_to_answer(found)), []


def _say(done: dict[str, Any], json: bool) -> None:
    if json:
        import json as writer

        print(writer.dumps({**done, "broken": [line for line, _ in done["broken"]]}, ensure_ascii=False))
        return
    if done["broken"]:
        listed = "; ".join(f"line {line}: {reason}" for line, reason in done["broken"][:LISTED])
        count = len(done["broken"])
        warn(f"{count} broken rows could not be read and have no answer ({listed})")
    for note in done.get("notes", ()):
        warn(note)
    text = f"{done['rows']:,} rows answered in {done['out']}"
    if done["threshold"] is not None:
        text += f"; {done['rejected']:,} rejected, with a confidence below {done['threshold']:.4g}"
    tell(f"{text}.")
    if done.get("by_fallback"):
        warn(
            f"the fallback answered {done['by_fallback']:,} of {done['rows']:,} rows, as the main model failed or took "
            "too long; the column by says which"
        )
    if done.get("seconds", 0.0) >= WORTH_SAYING:
        rate, again = done["rows"] / done["seconds"], done["rows"] - done["computed"]
        repeated = f"; {again:,} rows stood there before and were not computed again" if again else ""
        tell(f"{rate:,.0f} rows a second{repeated}.")
