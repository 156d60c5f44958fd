"""How does labelled data become a better model? The whole road, and the file to read first.

read → snapshot → split → climb → close.
"""

from __future__ import annotations

import dataclasses
import difflib
import os
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from naeum import own, registry, values
from naeum.data import Data, opened, read, read_unlabelled, snapshot, split
from naeum.data.also import also_of
from naeum.data.images.learning import given_parts
from naeum.data.snapshot import MANIFEST
from naeum.data.write import write_table
from naeum.errors import InputError
from naeum.improve import starting
from naeum.improve.climb import climb
from naeum.improve.compressing import Compressed
from naeum.improve.executor import Watch
from naeum.improve.folded import out_of_fold
from naeum.improve.keeping import IGNORED
from naeum.improve.ladder import LEDGER, Ladder
from naeum.improve.opening import NAMES as STEPS
from naeum.improve.options import Options
from naeum.improve.options import write as write_options
from naeum.improve.resampled import resampled
from naeum.improve.site import Site
from naeum.improve.start import begin, finished
from naeum.notebook.live import Live, in_place, kernel
from naeum.store import lock, write_atomic

# Options that say what a column is.
COLUMNS = (
    "target", "text", "columns", "also", "output", "positive", "ordered", "metric", "decide", "weight", "group", "time",
    "id",
)  # fmt: skip
FORMATS = ("onnx", "web", "script", "notebook", "hf")  # that a champion is exported to
PARTS = ("valid", "test")  # files beside the training file
MORE = "unlabelled"  # a file of rows without a target


def improve(data: Any, *, watch: Watch | None = None, **options: Any) -> Ladder:
    """Make a model for labelled data better, one measured step at a time.

    Args:
        data: a file, several files, a DataFrame, an Arrow table, a Hugging Face data set, what `read` gave, or the
            folder of a run to go on with.
        watch: is called with each progress event (a dictionary). Without one, a notebook shows a live table; to
            interrupt its kernel closes the climb and gives the ladder so far.
        options: the fields of `naeum.improve.options.Options`: minutes, metric, limits, …

    Returns:
        The ladder: every rung with its gain and interval, the champion, the test opening.

    Raises:
        InputError: data or options do not hold what must hold.
        RunInUse: another process works in the run folder.

    Example:
        >>> import naeum
        >>> ladder = naeum.improve("reviews.tsv", target="label", minutes=5)  # doctest: +SKIP
        >>> ladder.champion.predict(["정말 재미있어요"]).to_pandas()  # doctest: +SKIP
    """
    live = Live(in_place()) if watch is None and kernel() else None
    with at_work(data, watch or live or _quiet, options) as site:
        if site.going_on or not finished(site):
            climb(site, (*registry.techniques(), *own.own(site.options.with_).techniques))
        if live is not None:
            live.ended()
        if site.options.oof and (site.executor.folds or not site.ledger.last("interrupted")):
            write_table(out_of_fold(site), site.options.oof)
    ladder = open_run(site.folder, site.options.with_)
    if site.options.track:
        from naeum.takeaway.tracking import track

        sent = track(ladder, site.options.track, lambda text: site.say("note", text=text))
        if not sent and watch is None:
            warnings.warn(
                f"the ladder was not sent to {site.options.track}; is it installed, and reached?", stacklevel=2
            )
    return ladder


def oof(run: str | Path, watch: Watch | None = None, with_: Sequence[str] = ()) -> Any:
    """The champion's out-of-fold answers of a run as an Arrow table, in the order of the training file.

    Small data have a model a fold already; other data are fitted once a fold now, which takes about four times what one
    fit took. Rows of the test part are not answered: they were never learned from.

    Raises:
        InputError: the folder is no run, or has no rung.
        RunInUse: another process works in the run folder.
    """
    if not is_run(run):
        open_run(run)  # says what is wrong
    with at_work(run, watch or _quiet, {"with_": tuple(with_)}, look=True) as site:
        return out_of_fold(site)


def resample(run: str | Path, count: int, watch: Watch | None = None, with_: Sequence[str] = ()) -> dict[str, Any]:
    """Bias² and variance of the champion's recipe over `count` resamples of its rows; the report shows them then.

    Raises:
        InputError: the folder is no run, or has no rung; the count is out of range; answers have no squared error.
        RunInUse: another process works in the run folder.
    """
    if not is_run(run):
        open_run(run)  # says what is wrong
    with at_work(run, watch or _quiet, {"with_": tuple(with_)}, look=True) as site:
        return resampled(site, count)


@contextmanager
def at_work(data: Any, watch: Watch, options: dict[str, Any], *, look: bool = False) -> Iterator[Site]:
    """The site of a climb, its run folder locked: data read, kept and split, tools laid out, nothing fitted.

    `look`: a run is opened without going on with it.
    """
    going_on = is_run(data)
    chosen = Options(**{**_before(Path(data), options), **options}) if going_on else Options(**options)
    _known_techniques(chosen)
    chosen = dataclasses.replace(chosen, start=starting.documents(chosen.start))
    loaded = {} if going_on else _read(data, chosen)
    folder = Path(data) if going_on else _place(chosen, loaded)
    with lock(folder):
        if not going_on:
            write_options(chosen, folder / "run.yaml", _named(data))
        names = ("train", *PARTS, MORE)
        # A snapshot without its manifest was cut short by a kill.
        kept = {name: opened(folder / "data" / name) for name in names if (folder / "data" / name / MANIFEST).exists()}
        missing = {name: one for name, one in loaded.items() if name not in kept}  # all, or those a kill left out
        stored = kept | {name: snapshot(one, folder / "data" / name) for name, one in missing.items()}
        beside = {name: stored.get(name) for name in (*PARTS, MORE)}
        cut = split(stored["train"], **beside, no_test=chosen.no_test, seed=chosen.seed)
        parts = own.own(chosen.with_)
        site = begin(
            folder, chosen, stored["train"], cut, watch, _kinds(parts), checks=parts.checks,
            going_on=going_on and not look,
        )  # fmt: skip
        yield site


def open_run(folder: str | Path, with_: Sequence[str] = ()) -> Ladder:
    """The ladder of a run folder; `with_` are the files of yours that it was made with.

    Raises:
        InputError: the folder is no run.
    """
    return Ladder(Path(folder), *_kinds(own.own(with_)))


def _kinds(parts: own.Own) -> tuple[dict[str, Any], dict[str, Any]]:
    """Classes of learners and of predictors by kind: naeum's, and those of the user."""
    return own.joined(registry.values(), parts.values), own.joined(registry.predictors(), parts.predictors)


def export(
    run: str | Path,
    folder: str | Path,
    *,
    to: str = "onnx",
    int8: str = "",
    words: str = "all",
    max_loss: float | None = None,
    rung: int | None = None,
    with_: Sequence[str] = (),
    fallback: float | None = None,
) -> dict[str, Any]:
    """Write the champion of a run so that it answers without naeum; gives what was written, as onnx its model.json.

    Args:
        run: the folder of the run.
        folder: where to; of a script or a notebook also a file.
        to: the format: onnx, web (the same with a page), script (a program to read, run and train), notebook, hf (a
            folder for transformers).
        int8: how its encoders are brought to fewer bits (`naeum.compress.quantize.quantized.named`); empty: they stay.
        words: all, or used: the tables of words keep those of fit rows, and all single signs.
        max_loss: how much of the metric that may cost on tune, relative; a default of half a percent.
        rung: this rung instead of the champion.
        with_: files of yours that the run was made with.
        fallback: milliseconds a row after which the best rung of n-grams answers instead; None: it always waits.

    Raises:
        InputError: the folder is no run, the format is not known, or a part of the champion cannot be exported.
        ParityError: the export does not answer as the run does.
    """
    from naeum.compress.export import page, standin, vocabulary
    from naeum.compress.export.folder import export as write
    from naeum.compress.quantize.quantized import named
    from naeum.measure import metric

    if to not in FORMATS:
        raise InputError(f"--to must be one of {', '.join(FORMATS)}; got {to!r}; correct its name")
    ladder = open_run(run, with_)
    if to not in ("onnx", "web"):
        if int8 or words != "all":
            raise InputError(
                f"--int8 and --words must be given with --to onnx; got them with --to {to}; leave one of both out"
            )
        from naeum.takeaway.leaving import leave

        return leave(ladder, Path(folder), to, rung)
    shown = ladder.part("tune")
    rows = (shown if len(shown) else ladder.part("fit")).rows
    model = ladder.model(rung)
    told = {name: getattr(model.rung, name) for name in ("score", "low", "high")}
    most, fit, change = vocabulary.MAX_LOSS if max_loss is None else max_loss, ladder.part("fit"), None
    if int8:
        change = dataclasses.replace(named(int8), max_loss=most, words=words).change(fit, shown)
    elif words != vocabulary.ALL:
        vocabulary.check(words)
        change = vocabulary.cutting(fit, shown, most)
    if fallback is not None:
        order = sorted(ladder.rungs, key=lambda one: -metric(ladder.task.metric).sign * one.score)
        other = standin.best((one.number, ladder.model(one.number).predictor) for one in order if one.complete)
        change = standin.after(change, other[1], rows, fallback)
    if to == "web":
        change = page.after(change)
    return write(model.predictor, Path(folder), rows, about={"run": {"rung": model.rung.number, **told}}, change=change)


def compress(
    run: str | Path,
    out: str | Path | None = None,
    *,
    limits: Mapping[str, float] | None = None,
    max_loss: float = 0.005,
    minutes: float = 10.0,
    rung: int | None = None,
    watch: Watch | None = None,
    with_: Sequence[str] = (),
) -> Compressed:
    """Make the champion of a run smaller and quicker, step by step, and recommend a trade.

    Every smaller model is a rung of the run: `predict`, `export` and `why` know it by its number. What was measured by
    a process that was killed is not measured again.

    Args:
        run: the folder of the run.
        out: where the recommended model is put; None: nowhere.
        limits: most "latency_ms" (95th percentile of single rows) and "size_mb"; trying ends where one holds them.
        max_loss: of the champion's score, relative.
        minutes: for trying; what is put into `out` may take some more.
        rung: this rung instead of the champion.
        watch: is called with each progress event (a dictionary).
        with_: files of yours that the run was made with.

    Returns:
        The points that were measured, the front among them, and the choice.

    Raises:
        InputError: the folder is no run, or has no rung, or an option is not what it must be.
        RunInUse: another process works in the run folder.
    """
    from naeum.compress.export import folder
    from naeum.improve import compressing

    if not is_run(run):
        open_run(run)  # says what is wrong
    if not minutes > 0 or not max_loss >= 0:
        raise InputError(f"minutes must be above 0 and a loss 0 or more; got {minutes:g} and {max_loss:g}; correct it")
    if out is not None:
        folder.check_place(Path(out))
    with at_work(run, watch or _quiet, {"with_": tuple(with_)}, look=True) as site:
        wish = compressing.Wish(limits or {}, max_loss, 60 * minutes, rung)
        found = compressing.compress(site, wish)
        best = found.choice.point
        if out is None or best is None or best.rung is None or best is found.points[0]:
            return found
        return dataclasses.replace(found, out=compressing.ship(site, found.champion, found.rungs[best.rung], Path(out)))


def is_run(data: Any) -> bool:
    """Whether `data` names the folder of a run."""
    return isinstance(data, (str, Path)) and (Path(data) / LEDGER).exists()


def _quiet(event: dict[str, Any]) -> None:
    return None


def _before(folder: Path, options: dict[str, Any]) -> dict[str, Any]:
    """The options a run was started with, but what says where its files lie: they are in its own folder by now."""
    other = {*PARTS, MORE, "run", "with_"} | ({"rungs"} if options.get("minutes") else set())  # minutes for rungs
    return {name: value for name, value in open_run(folder).options.items() if name not in other}


def _known_techniques(options: Options) -> None:
    """Refuse a name in --only or --without that no technique and no step of the opening book has."""
    techniques = (*registry.techniques(), *own.own(options.with_).techniques)
    known = sorted({one.name for one in techniques} | set(STEPS))
    for name in (*options.only, *options.without):
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            guess = f"did you mean {near[0]}?" if near else f"choose among {', '.join(known)}"
            raise InputError(f"--only and --without must name techniques; got {name!r}; {guess}")


def _named(data: Any) -> list[str]:
    """The files that were given, as absolute paths; data in memory has none."""
    files = [data] if isinstance(data, (str, Path)) else data if isinstance(data, (list, tuple)) else []
    return [str(Path(name).absolute()) for name in files if isinstance(name, (str, Path))]


def _read(data: Any, options: Options) -> dict[str, Data]:
    roles = {name: getattr(options, name) for name in COLUMNS}
    train = data if isinstance(data, Data) else read(data, folds=options.folds, **roles)
    task = train.dataset.task
    loaded = {"train": train}
    inside = given_parts(data) - ({"test"} if options.no_test else set())  # folders of images named valid and test
    for name in PARTS:
        given = getattr(options, name)
        given = data if given is None and name in inside else given
        if given is not None:
            loaded[name] = given if isinstance(given, Data) else read(given, **roles, task=task, part=name)
    if options.unlabelled is not None:
        loaded[MORE] = read_unlabelled(options.unlabelled, task)
    return loaded


def _place(options: Options, loaded: dict[str, Data]) -> Path:
    """The run folder: the one named, else runs/NAME for new work and the same work, runs/NAME-2, … for other work."""
    what = [values.to_json(list(_identity(options, loaded)))]
    mark = values.digest(values.canonical(what))
    if options.run is not None:
        folder = Path(options.run)
        if (folder / "work").exists() and (folder / "work").read_text() != mark:
            raise InputError(
                f"a run folder must hold one piece of work; {folder} is of other data, metric or seed; "
                "name another folder with --run"
            )
        return _marked(folder, mark)
    name, number = loaded["train"].name, 1
    while True:
        folder = _runs() / (name if number == 1 else f"{name}-{number}")
        if not (folder / "work").exists() or (folder / "work").read_text() == mark:
            return _marked(folder, mark)
        number += 1


def _runs() -> Path:
    """Where runs lie by default; a repository around it is told to leave them out."""
    place = Path("runs")
    here, home = Path.cwd(), Path.home()
    if not any(os.access(one, os.W_OK) for one in (place, here)):  # data are often given in a folder that is sealed
        place = home / "naeum-runs"
        if not any(os.access(one, os.W_OK) for one in (place, home)):
            raise InputError(
                f"a run must be written somewhere; {here} and {home} are read-only; name a folder with --run"
            )
    if not (place / ".gitignore").exists():
        write_atomic(place / ".gitignore", IGNORED)
    return place


def _identity(options: Options, loaded: dict[str, Data]) -> list[Any]:
    task = loaded["train"].dataset.task
    parts = [[name, one.dataset.key, dict(one.columns)] for name, one in loaded.items()]
    also = also_of(loaded["train"])
    further = [] if also is None else [also.key]  # they are no part of the key of the rows
    what = [parts, task.metric, task.target, list(task.inputs), options.seed, options.no_test, options.base or ""]
    return [*what, *further]


def _marked(folder: Path, mark: str) -> Path:
    write_atomic(folder / "work", mark)
    return folder
