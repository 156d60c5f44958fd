"""What may a user set for a climb, and what must hold of it?

`Options` is the one list of all options: the shell makes its flags from it, `naeum.improve(...)` takes the same
keywords, and `run.yaml` holds every resolved one.
"""

from __future__ import annotations

import dataclasses
import difflib
import math
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naeum.errors import InputError

SEEDS = 2**32  # numpy and torch both take seeds below this
FILES = ("valid", "test", "unlabelled")
NAMES = ("only", "without", "with_")
TRACKERS = ("mlflow", "wandb")


def option(default: Any, panel: str, help: str) -> Any:
    """A field of `Options` with its default, the panel of the help it stands in, and what it says there."""
    return dataclasses.field(default=default, metadata={"panel": panel, "help": help})


@dataclass(frozen=True)
class Options:
    """Every option of a climb with its default; wrong values are refused when it is made.

    Raises:
        InputError: an option is out of its range, or two contradict each other.

    Example:
        >>> Options(minutes=5, without="lora").without
        ('lora',)
    """

    target: str | None = option(None, "Data", "Column to predict. Inferred where it is clear.")
    text: str | None = option(None, "Data", "Column with the text, or several: a,b. Inferred where it is clear.")
    columns: str | None = option(
        None, "Data", "Further columns to learn from beside the text: names, as a,b, or all. Of a table: its inputs."
    )
    also: str | None = option(
        None, "Data", "Columns with further answers, as a,b, that help to learn: no input, and not needed to predict."
    )
    output: str | None = option(
        None, "Data", "What is answered: label, labels, number, tags or span. Inferred from the target."
    )
    positive: str | None = option(None, "Data", "The class that AUROC, AUPRC and binary F1 are about.")
    ordered: str | None = option(
        None, "Data", "The order of the classes: low<medium<high; yes where they say it themselves, no for none."
    )
    metric: str | None = option(
        None, "Data", "What is improved: accuracy, macro_f1, log_loss, … or FILE.py:FUNCTION. Default: by the classes."
    )
    decide: str | None = option(
        None, "Data", "Your own rule for which answer the scores give: FILE.py:FUNCTION. Default: by task and metric."
    )
    run: str | None = option(
        None, "Run", "Folder of the run. Default: runs/NAME, or runs/NAME-2 for other data or metric."
    )
    valid: Any = option(None, "Data", "File of validation rows, to decide on.")  # noqa: RUF009  (or a table)
    test: Any = option(  # noqa: RUF009  (or a table)
        None, "Data", "File with test rows; opened once, at the end. Without labels: rows to predict."
    )
    unlabelled: Any = option(  # noqa: RUF009  (or a table)
        None, "Data", "File of rows without a label, to learn from as well: only the input columns are read."
    )
    folds: str | None = option(None, "Data", "Column that says in which fold a row is.")
    weight: str | None = option(None, "Data", "Column with the weight of a row.")
    group: str | None = option(None, "Data", "Column of groups that must not stand on two sides of a split.")
    time: str | None = option(None, "Data", "Column with the time of a row: later rows test earlier ones.")
    id: str | None = option(None, "Data", "Column with the id of a row.")
    no_test: bool = option(
        False, "Data", "Keep no test part: every row is learned from; the estimate is cross-validated."
    )
    bag: bool = option(
        False, "Run", "Ship the mean of a model a fold instead of one model refitted on all rows: slower, varies less."
    )
    oof: str | None = option(
        None, "Run", "File for the champion's answers to rows that it did not learn from (out-of-fold), to stack with."
    )
    base: str | None = option(None, "Search", "Base model: a name or a folder. Default: chosen by language and limits.")
    only: tuple[str, ...] = option((), "Search", "Try only this technique. May be given several times.")
    without: tuple[str, ...] = option((), "Search", "Never try this technique. May be given several times.")
    with_: tuple[str, ...] = option(
        (), "Search", "File of yours with learners, techniques or checks. May be given several times."
    )
    start: Any = option(  # noqa: RUF009  (or a learner)
        (), "Search", "File with a learner as JSON, tried right after the floor. May be given several times."
    )
    seed: int = option(0, "Run", "Seed of all that is random: the same seed, data and machine give the same run.")
    threads: int | None = option(None, "Run", "Processor threads to use. Default: all that this process may use.")
    minutes: float = option(10.0, "Time", "Time for the whole climb, in minutes.")
    rungs: int | None = option(None, "Time", "Stop after this many rungs, without a clock (fully reproducible).")
    stop_at: float | None = option(
        None, "Time", "Stop as soon as the champion reaches this score, in the metric's units."
    )
    reference_score: float | None = option(
        None, "Search", "Best score thought possible, e.g. human agreement; bias is measured against it."
    )
    max_latency_ms: float | None = option(
        None, "Limits", "The champion may need at most this many ms a row (95th percentile, one row at a time)."
    )
    machine: str | None = option(
        None, "Limits", "File that bench --save wrote on another machine: the ms a row are meant there, by an estimate."
    )
    max_size_mb: float | None = option(None, "Limits", "The champion may take at most this many MB on disk.")
    max_memory_mb: float | None = option(None, "Limits", "The champion may need at most this many MB of memory.")
    offline: bool = option(False, "Run", "Never download anything.")
    track: str | None = option(
        None, "Run", "Send the ladder to mlflow or wandb, where that is installed: rungs, learners, report."
    )
    no_rows: bool = option(False, "Run", "Put no text of yours into the report.")

    def __post_init__(self) -> None:
        from naeum.improve import starting  # it stands on NumPy, which flags and their help must not wait for

        for name in NAMES:
            object.__setattr__(self, name, _names(name, getattr(self, name)))
        object.__setattr__(self, "start", tuple(starting.document(one) for one in starting.given(self.start)))
        for name in ("run", "base", "oof", *FILES):
            if isinstance(getattr(self, name), os.PathLike):
                object.__setattr__(self, name, os.fspath(getattr(self, name)))
        _check_types(self)
        _check_ranges(self)
        _check_pairs(self)

    @property
    def limits(self) -> dict[str, float]:
        """The limits that are set: latency_ms, size_mb, memory_mb."""
        found = {name: getattr(self, f"max_{name}") for name in ("latency_ms", "size_mb", "memory_mb")}
        return {name: float(limit) for name, limit in found.items() if limit is not None}

    @property
    def seconds(self) -> float:
        """Seconds the climb may take; infinite where `rungs` counts instead."""
        return math.inf if self.rungs is not None else 60.0 * self.minutes

    def to_dict(self) -> dict[str, Any]:
        """Every option as JSON-able data, in the order above; a table given in Python stands as its type."""
        document: dict[str, Any] = {}
        for name in known():
            value = getattr(self, name)
            if name in FILES and value is not None and not isinstance(value, str):
                value = f"<{type(value).__name__} in memory>"
            document[name] = list(value) if isinstance(value, tuple) else value
        return document


def known() -> tuple[str, ...]:
    """The names of all options."""
    return tuple(field.name for field in dataclasses.fields(Options))


def from_dict(document: Mapping[str, Any], where: str = "options") -> Options:
    """The options of a mapping; what is not named keeps its default.

    Raises:
        InputError: a key is not known (the nearest known one is named), or a value is refused.

    Example:
        >>> from_dict({"minuts": 5})
        Traceback (most recent call last):
        naeum.errors.InputError: options: every key must be a known option; got 'minuts'; did you mean 'minutes'?
    """
    names = known()
    for key in document:
        if key not in names:
            raise InputError(f"{where}: every key must be a known option; got {key!r}; {_nearest(str(key), names)}")
    for name in FILES:
        if str(document.get(name) or "").endswith(" in memory>"):
            raise InputError(
                f"{where}: {name} must be a file to replay a run; it was a table in memory; save it and name the file"
            )
    return Options(**document)


def write(options: Options, path: str | Path, data: Sequence[str] = ()) -> Path:
    """Write every option, and the data files, as YAML; atomic."""
    import yaml

    from naeum.store.files import write_atomic

    path = Path(path)
    document = {"data": list(data), **options.to_dict()}
    head = "# Every resolved option of this run. Replay it with: naeum improve --config run.yaml\n"
    text = head + yaml.safe_dump(document, sort_keys=False, allow_unicode=True)
    write_atomic(path, text)
    return path


def read(path: str | Path) -> tuple[tuple[str, ...], Options]:
    """The data files and the options of a YAML file.

    Raises:
        InputError: it is no YAML mapping, or a key or value is refused.
    """
    names, document = mapping(path)
    return names, from_dict(document, str(path))


def mapping(path: str | Path) -> tuple[tuple[str, ...], dict[str, Any]]:
    """The data files and the options that a YAML file names, not yet filled with defaults.

    Raises:
        InputError: there is no such file, or it is no YAML mapping.
    """
    import yaml

    try:
        document = yaml.safe_load(Path(path).read_text(encoding="utf-8-sig"))
    except FileNotFoundError as error:
        raise InputError(f"{path} must be a file of options; there is none; check the path") from error
    except (yaml.YAMLError, UnicodeDecodeError, IsADirectoryError) as error:
        raise InputError(f"{path} must be YAML; it cannot be read ({_one_line(error)}); correct it") from error
    document = {} if document is None else document
    if not isinstance(document, dict):
        raise InputError(f"{path} must hold `option: value` lines; got {type(document).__name__}; see a run.yaml")
    data = document.pop("data", None) or ()
    return ((data,) if isinstance(data, str) else tuple(str(name) for name in data)), document


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120]


def _nearest(name: str, names: Sequence[str]) -> str:
    close = difflib.get_close_matches(name.replace("-", "_"), names, n=1, cutoff=0.5)
    return f"did you mean {close[0]!r}?" if close else f"known are {', '.join(names)}"


def _names(name: str, value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    found = (value,) if isinstance(value, str) else value
    if not isinstance(found, (list, tuple, set, frozenset)) or not all(isinstance(one, str) for one in found):
        raise InputError(f"{name} must be names of techniques; got {value!r}; give a name or a list of names")
    found = sorted(found) if isinstance(found, (set, frozenset)) else found
    return tuple(part.strip() for one in found for part in one.split(",") if part.strip())


def _check_types(options: Options) -> None:
    """Text is text, numbers are finite numbers, switches are true or false."""
    for field in dataclasses.fields(options):
        name, value, kind = field.name, getattr(options, field.name), str(field.type)
        if (value is None and "None" in kind) or name in (*FILES, *NAMES, "start"):
            continue
        number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if kind.startswith("str") and not (isinstance(value, str) and value.strip()):
            raise InputError(f"{name} must be a text that is not empty; got {value!r}; give a name or leave it out")
        if kind.startswith("bool") and not isinstance(value, bool):
            raise InputError(f"{name} must be true or false; got {value!r}; give one of them")
        if kind.startswith("float") and not (number and math.isfinite(value)):
            raise InputError(f"{name} must be a finite number; got {value!r}; give a number or leave it out")
        if kind.startswith("int") and not (number and isinstance(value, int)):
            raise InputError(f"{name} must be a whole number; got {value!r}; give one or leave it out")


def _check_ranges(options: Options) -> None:
    for name in ("minutes", "max_latency_ms", "max_size_mb", "max_memory_mb"):
        value = getattr(options, name)
        if value is not None and value <= 0:
            raise InputError(f"{name} must be above 0; got {value:g}; give a larger number")
    for name in ("rungs", "threads"):
        value = getattr(options, name)
        if value is not None and value < 1:
            raise InputError(f"{name} must be at least 1; got {value}; give a larger number")
    if options.track is not None and options.track not in TRACKERS:
        raise InputError(f"track must be one of {', '.join(TRACKERS)}; got {options.track!r}; correct its name")
    if not 0 <= options.seed < SEEDS:
        raise InputError(f"seed must lie in 0 … {SEEDS - 1}; got {options.seed}; give another number")


def _check_pairs(options: Options) -> None:
    both = sorted(set(options.only) & set(options.without))
    if both:
        raise InputError(f"a technique must not stand in both only and without; {both[0]!r} does; take it out of one")
    if options.machine is not None and options.max_latency_ms is None:
        raise InputError("machine says where a latency is meant; got no max_latency_ms; add it, or leave machine out")
    if options.no_test and options.test is not None:
        raise InputError("no_test must not be set together with test; got both; leave one out")
