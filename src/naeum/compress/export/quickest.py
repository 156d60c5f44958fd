"""By which engine is a model answered the quickest on this machine, and is that worth the export it needs?

An exported folder is tried under every engine for ONNX files that is installed. A model of a run is tried as it is;
where many rows are to be answered, it is exported too, once, and kept beside the choice.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from naeum.compress.export import exported, folder
from naeum.compress.export.exported import OnnxModel
from naeum.compress.reading import reader
from naeum.contract import Outputs, Predictor
from naeum.engine import machine, onnx_sessions, trial
from naeum.engine.ways import EIGHT, ENGINES, EXACT, HALF, ONNXRUNTIME, TORCH, USUAL, Way
from naeum.errors import InputError, NaeumError
from naeum.extras import need, there
from naeum.values import digest

if TYPE_CHECKING:
    import pyarrow as pa

WORTH_TRYING = 5.0  # seconds that a job takes as it is, from which on a trial of some seconds pays
WORTH_EXPORTING = 120.0  # seconds, from which on an export, which takes about twenty, pays
LEAST_ROWS = 1_000  # below which nothing is tried
TIMED = 64  # rows from which the time of a job is told
AUTO, AS_IS = "auto", "as is"
CHOICES = (AUTO, AS_IS, *ENGINES)

Answer = Callable[["pa.Table"], Outputs]


@dataclass(frozen=True)
class Wish:
    """What the user allows.

    Args:
        engine: "auto" (measured), "as is" (no trial), or the name of one.
        half: whether bfloat16 may be used where the model was not released in it.
    """

    engine: str = AUTO
    half: bool = False

    def __post_init__(self) -> None:
        if self.engine not in CHOICES:
            raise InputError(f"--engine must be one of {', '.join(CHOICES)}; got {self.engine!r}; correct its name")


@dataclass(frozen=True)
class Job:
    """What is to be answered.

    Args:
        rows: all of them, or enough to be typical.
        home: folder for choices and exports.
        key: of the model in its store; empty: it is told by its files.
        threads: None: all cores.
    """

    rows: pa.Table
    home: Path
    key: str = ""
    threads: int | None = None


@dataclass(frozen=True)
class Quick:
    """What answers, the way in which (None: the model as it is), and the line that says so."""

    predictor: Any
    way: Way | None = None
    said: str = ""


def quickest(model: Any, job: Job, wish: Wish) -> Quick:
    """What answers as the model does, by the engine that is the quickest here.

    Args:
        model: a fitted model, or an exported folder that was opened.
        job: what it is to answer.
        wish: what is allowed.

    Raises:
        InputError: an engine is wished for that the model cannot be answered by.
        MissingExtra: that engine is not installed.
    """
    if wish.engine == AS_IS or (wish.engine == AUTO and job.rows.num_rows < LEAST_ROWS):
        return Quick(model)
    if isinstance(model, OnnxModel):
        return _of_folder(model, job, wish)
    wanted = wish.engine in ENGINES
    if not wanted and _seconds(model, job.rows) < WORTH_EXPORTING:
        return Quick(model)
    try:
        place = _exported(model, job)
    except NaeumError:
        if wanted:
            raise
        return Quick(model)
    return _of_folder(exported.opened(place), job, wish, plain=model)


def opener(model: OnnxModel) -> Callable[[Way], OnnxModel]:
    """What opens an exported folder in a way; what was opened stays open for other sizes of batches."""

    @cache
    def session(path: Path, way: Way) -> onnx_sessions.Session:
        return onnx_sessions.opened(path, way)

    def opened(way: Way) -> OnnxModel:
        same = replace(way, budget=USUAL)  # the size of batches is no part of a session
        made = reader.Model(model.model.folder, way.threads, lambda path: session(path, same), budget=way.budget)
        return replace(model, model=made)

    return opened


def ways(eight: bool, threads: int, wish: Wish) -> list[Way]:
    """Of each engine and precision one; the first is what the others are compared with."""
    own = EIGHT if eight else EXACT
    names = ENGINES if wish.engine == AUTO else (wish.engine,)
    found = [Way(name, own, threads) for name in names if wish.engine != AUTO or there(name)]
    if wish.half and "openvino" in names and there("openvino"):
        found.append(Way("openvino", HALF, threads))
    reference = Way(ONNXRUNTIME, own, threads)
    return [reference, *(way for way in found if way != reference)]


def home_of_exports() -> Path:
    """Where choices for exported folders are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "naeum" / "engine"


def _of_folder(model: OnnxModel, job: Job, wish: Wish, plain: Any = None) -> Quick:
    """An exported folder by the quickest engine; `plain` is what it was made from, where that may be quicker."""
    if not any(name.endswith(".onnx") for name in folder.files(model.model.card)):
        return Quick(plain or model)  # nothing in it is for an engine
    if wish.engine == AUTO and plain is None and _seconds(model, job.rows) < WORTH_TRYING:
        return Quick(model)
    if wish.engine in ENGINES:
        need(wish.engine, f"--engine {wish.engine}")
    threads, opened = job.threads or machine.cores(), opener(model)
    candidates = ways("eight_bits" in model.model.card, threads, wish)
    if plain is not None and wish.engine == AUTO:
        candidates.append(Way(TORCH, EXACT, threads))
    reference = candidates[0]
    if wish.engine in ENGINES and wish.engine != ONNXRUNTIME:
        candidates = candidates[1:]

    def answer(way: Way) -> Answer:
        return plain.predict if way.engine == TORCH else opened(way).predict

    found = trial.chosen(
        candidates, answer, job.rows, home=job.home, model=job.key or digest_of(model), reference=reference
    )
    return Quick(plain if found.way.engine == TORCH else opened(found.way), found.way, found.said)


def again(model: Any, way: Way | None, job: Job) -> Predictor:
    """What answers in a way that was chosen before.

    Raises:
        MissingExtra: its engine is not installed any more.
    """
    if way is None or way.engine == TORCH:
        return model  # type: ignore[no-any-return]
    return opener(model if isinstance(model, OnnxModel) else exported.opened(_exported(model, job)))(way)


def _exported(model: Any, job: Job) -> Path:
    """The folder of an export of the model, made once."""
    if not job.key:
        raise InputError("a model must be in a store to be exported for a job; this one is not; export it by itself")
    place = job.home / f"model-{job.key}"
    if not folder.is_export(place):
        shutil.rmtree(place, ignore_errors=True)
        folder.export(model, place, trial.sample(job.rows))
    return place


def _seconds(model: Any, rows: pa.Table) -> float:
    """About how long all rows take as it is."""
    some = trial.sample(rows, TIMED)
    model.predict(some.slice(0, 1))
    start = perf_counter()
    model.predict(some)
    return (perf_counter() - start) * rows.num_rows / some.num_rows


def digest_of(model: OnnxModel) -> str:
    """Of the files that the model is read from."""
    place = model.model.folder
    return digest("".join(digest((place / name).read_bytes()) for name in folder.files(model.model.card)))
