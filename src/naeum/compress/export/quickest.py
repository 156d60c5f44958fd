"""By which engine is a model answered the quickest on this machine, and is that worth the export it needs?

An exported folder is tried under every engine for ONNX files that is installed. A model of a run is tried as it is;
where many rows are to be answered, it is exported too, once, and kept beside the choice.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any

from naeum.compress.export import exported, folder
from naeum.compress.export.exported import OnnxModel
from naeum.compress.reading import reader
from naeum.contract import Outputs, Predictor
from naeum.engine import machine, onnx_sessions, trial
from naeum.engine.compiling import Compiled
from naeum.engine.threads import policy_of, with_threads
from naeum.engine.trial import Chosen
from naeum.engine.ways import CUDA, EIGHT, ENGINES, EXACT, GPU_USUAL, HALF, ONNXRUNTIME, TORCH, USUAL, Way
from naeum.errors import InputError, NaeumError
from naeum.extras import need, there
from naeum.values import digest

if TYPE_CHECKING:
    import pyarrow as pa

WORTH_TRYING = 5.0  # seconds that a job takes as it is, from which on a trial of some seconds pays
WORTH_EXPORTING = 120.0  # seconds, from which on an export, which takes about twenty, pays
LEAST_ROWS = 1_000  # below which nothing is tried
KEPT = trial.AT_ONCE + 1  # ways in which each graph is open at a time
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
    if not wanted and (_cells_alone(model) or _seconds(model, job.rows) < WORTH_EXPORTING):
        return Quick(model)
    try:
        place = _exported(model, job)
    except NaeumError:
        if wanted:
            raise
        return Quick(model)
    return _of_folder(exported.opened(place), job, wish, plain=model)


def opener(model: OnnxModel) -> Callable[[Way], OnnxModel]:
    """What opens an exported folder in a way; what was opened last stays open for other sizes of batches."""
    graphs = [name for name in folder.files(model.model.card) if name.endswith(".onnx")]

    @lru_cache(KEPT * max(1, len(graphs)))
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
    if not eight and ONNXRUNTIME in names and onnx_sessions.on_cuda():
        found.append(Way(ONNXRUNTIME, EXACT, threads, budget=GPU_USUAL, device=CUDA))
    reference = Way(ONNXRUNTIME, own, threads)
    return [reference, *(way for way in found if way != reference)]


def home_of_exports() -> Path:
    """Where choices for exported folders are kept."""
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "naeum" / "engine"


def _of_folder(model: OnnxModel, job: Job, wish: Wish, plain: Any = None) -> Quick:
    """An exported folder by the quickest engine; `plain` is what it was made from, where that may be quicker."""
    if not _for_engines(model):
        return Quick(plain or model)
    if wish.engine == AUTO and plain is None and _seconds(model, job.rows) < WORTH_TRYING:
        return Quick(model)
    found = tried(model, job, wish, plain)
    if found.way.engine == TORCH:
        return Quick(_by_torch(plain, found.way), found.way, found.said)
    return Quick(opener(model)(found.way), found.way, found.said)


def tried(model: OnnxModel, job: Job, wish: Wish, plain: Any = None, *, anew: bool = False) -> Chosen:
    """The quickest way for an exported folder, from memory or by a trial.

    Args:
        model: the folder, opened; something in it must be for an engine.
        job: what it is to answer.
        wish: what is allowed.
        plain: what it was made from, where that may be quicker.
        anew: whatever was chosen before.

    Raises:
        InputError: nothing in the folder is for an engine.
        MissingExtra: the engine that is wished for is not installed.
    """
    if not _for_engines(model):
        raise InputError(
            "an exported model must have an ONNX file for engines to be tried; this one answers with numpy alone; time "
            "it without --engines"
        )
    if wish.engine in ENGINES:
        need(wish.engine, f"--engine {wish.engine}")
    candidates, reference = _candidates(model, job, wish, plain)
    opened = opener(model)

    def answer(way: Way) -> Answer:
        if way.engine == TORCH:  # threads of torch are those of the whole process, and ways take turns
            return lambda rows: _by_torch(plain, way).predict(rows)
        return opened(way).predict

    key = job.key or digest_of(model)
    return trial.chosen(candidates, answer, job.rows, home=job.home, model=key, reference=reference, anew=anew)


def known(model: Any, job: Job, wish: Wish) -> Chosen | None:
    """What was chosen before for an exported folder, or a model of a run; None where nothing was."""
    plain = None if isinstance(model, OnnxModel) else model
    if plain is not None:
        place = kept(job)
        if not folder.is_export(place):
            return None
        model = exported.opened(place)
    candidates, _ = _candidates(model, job, wish, plain)
    return trial.before(candidates, home=job.home, model=job.key or digest_of(model))


def made(model: Any, job: Job) -> OnnxModel:
    """The exported folder of a model: itself, or its export, made once and kept beside the choices.

    Raises:
        InputError: a part of it cannot be exported.
        ParityError: the export does not answer as the model does.
    """
    return model if isinstance(model, OnnxModel) else exported.opened(_exported(model, job))


def _candidates(model: OnnxModel, job: Job, wish: Wish, plain: Any) -> tuple[list[Way], Way]:
    """The ways to try, each on all threads, and the one whose answers the others must give."""
    threads = job.threads or machine.cores()
    found = ways("eight_bits" in model.model.card, threads, wish)
    reference = found[0]
    if plain is not None and wish.engine == AUTO:
        found += _of_torch(plain, threads)
    if wish.engine in ENGINES and wish.engine != ONNXRUNTIME:
        found = found[1:]
    return found, reference


def _of_torch(plain: Any, threads: int) -> list[Way]:
    """The model as it is, as exactly as it was measured; on a GPU also with its networks compiled."""
    policy = policy_of(plain)
    if policy.device.partition(":")[0] != CUDA:
        return [Way(TORCH, policy.dtype, threads)]
    return [Way(TORCH, policy.dtype, threads, device=CUDA, compiled=compiled) for compiled in (False, True)]


def _by_torch(plain: Any, way: Way) -> Any:
    """The model on so many threads, its networks compiled where the way says so."""
    found = with_threads(plain, way.threads)
    return Compiled(found) if way.compiled else found


def _for_engines(model: OnnxModel) -> bool:
    """Whether something in a folder is for an engine: n-grams are not."""
    return any(name.endswith(".onnx") for name in folder.files(model.model.card))


def again(model: Any, way: Way | None, job: Job) -> Predictor:
    """What answers in a way that was chosen before.

    Raises:
        MissingExtra: its engine is not installed any more.
    """
    if way is None:
        return model  # type: ignore[no-any-return]
    if way.engine == TORCH:
        return _by_torch(model, way)  # type: ignore[no-any-return]
    return opener(made(model, job))(way)


def kept(job: Job) -> Path:
    """Where the export of a model of a run is kept for its jobs."""
    return job.home / f"model-{job.key}"


def _exported(model: Any, job: Job) -> Path:
    """The folder of an export of the model, made once."""
    if not job.key:
        raise InputError("a model must be in a store to be exported for a job; this one is not; export it by itself")
    place = kept(job)
    if not folder.is_export(place):
        shutil.rmtree(place, ignore_errors=True)
        folder.export(model, place, trial.sample(job.rows))
    return place


def _cells_alone(model: Any) -> bool:
    """Whether a model reads no text and no image: what reads cells is answered by numpy here and there."""
    return set(model.task.columns.values()) <= {"number", "category", "date"}


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
