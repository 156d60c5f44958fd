"""How is a learner fitted once, and never again for the same data, seed and machine settings?"""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import values
from naeum.contract import Dataset, Ids, Outputs, Parts, Policy, Predictor, concatenated
from naeum.data import joined
from naeum.data.also import Also
from naeum.improve.clock import Clock
from naeum.store import Store
from naeum.store.files import replacing

if TYPE_CHECKING:
    import pyarrow as pa

# Minor versions of these may change the bits of a fit; they are part of its key.
BESIDE = ("offsets", "quantiles", "cut")  # what answers may hold beside their scores
LIBRARIES = ("numpy", "scipy", "scikit-learn", "torch", "transformers", "peft", "optuna", "lightgbm")
Watch = Callable[[dict[str, Any]], None]


@dataclass(frozen=True)
class Fit:
    """A fitted learner by the key of its artifact; the model is read when it is asked for."""

    load: Callable[[], Predictor]
    key: str
    complete: bool
    seconds: float  # of training, when it was trained

    @property
    def predictor(self) -> Predictor:
        """The fitted model."""
        return self.load()


@dataclass(frozen=True)
class Fold:
    """One fold of small data: what is fitted, and the rows that are scored."""

    parts: Parts
    scored: Dataset


class Executor:
    """Fits learners over a content-addressed store.

    Args:
        folder: of the run; artifacts, answers, caches and scratch lie in it.
        kinds: predictor classes by kind.
        digest_of: the digest of a base model's weights by its name.
        watch: gets progress events.
        folds: of small data.
        bare: rows without a target. Every run folder has its own, so they are no part of a fit's key.
    """

    def __init__(
        self,
        folder: Path,
        kinds: Mapping[str, Any],
        policy: Policy,
        clock: Clock,
        *,
        digest_of: Callable[[str], str],
        watch: Watch,
        folds: tuple[Fold, ...] = (),
        bare: Dataset | None = None,
    ) -> None:
        self.heed: Callable[[], None] = _nothing  # looks for what someone in another shell wants, within a fit
        self.folder = folder
        self.store = Store(folder / "artifacts", kinds)
        self.policy = policy
        self.clock = clock
        self.watch = watch
        self.folds = folds
        self.bare = bare
        self.also: Also | None = None  # further answers of rows, no part of a key either
        self._digest_of = digest_of
        self._recent: dict[str, Predictor] = {}  # keeps the last few predictors in memory
        self._libraries = _libraries()

    def key(self, learner: Any, parts: Parts, seed: int) -> str:
        """The key of a fit: everything that decides its bits."""
        bases = {node.base: self._digest_of(node.base) for _, node in values.nodes(learner) if hasattr(node, "base")}
        policy = {name: getattr(self.policy, name) for name in ("device", "dtype", "threads")}
        folds = [fold.scored.key for fold in self.folds]  # wrappers tune on out-of-fold rows of small data
        what = [values.to_json(learner), parts.fit.key, parts.tune.key, folds, seed, policy, bases, self._libraries]
        return values.digest(values.canonical(what))

    def has(self, learner: Any, parts: Parts, seed: int) -> bool:
        """Whether this very fit is in the store."""
        return self.store.has(self.key(learner, parts, seed))

    def fit(self, learner: Any, parts: Parts, seed: int, until: float = math.inf) -> Fit:
        """Fit, or read back what was fitted before. `until` is the elapsed second at which it must end."""
        key = self.key(learner, parts, seed)
        if self.store.has(key):
            return self.fitted(key)
        context = Context(self, key, seed, until)
        start = self.clock.elapsed()
        predictor = learner.fit(parts, context)
        complete = context.complete and bool(getattr(predictor, "complete", True))
        seconds = self.clock.elapsed() - start
        # What was cut short gets a key that no one looks for, so it is never reused.
        place = key if complete else values.digest(f"{key} cut at {start + seconds}")
        self.store.save(place, predictor, {"seconds": round(seconds, 3), "complete": complete})
        shutil.rmtree(context.scratch, ignore_errors=True)
        self.clock.tick()
        self._keep(place, predictor)
        return Fit(lambda: self._load(place), place, complete, seconds)

    def fitted(self, key: str) -> Fit:
        """What was fitted before, by its artifact."""
        extra = self.store.manifest(key, check=False)["extra"]
        return Fit(lambda: self._load(key), key, bool(extra["complete"]), float(extra["seconds"]))

    def context(self, learner: Any, parts: Parts, seed: int) -> Context:
        """The `Run` that a fit would be given, for measuring how fast it would be."""
        return Context(self, f"{self.key(learner, parts, seed)}-rate", seed, math.inf)

    def answers(self, fit: Fit, data: Dataset) -> Outputs:
        """What a predictor says of a part, computed once; a blend is put together from its members' answers."""
        path = self.place(fit, data)
        if not path.exists():
            save_outputs(path, self._answer(fit.predictor, data))
            self.clock.tick()
        return load_outputs(path, data.task)

    def place(self, fit: Fit, data: Dataset) -> Path:
        """Where the answers of a fit to a part are kept."""
        return self.folder / "answers" / f"{fit.key}-{data.key}.safetensors"

    def _answer(self, predictor: Any, data: Dataset) -> Outputs:
        combine = getattr(predictor, "combine", None)
        if combine is None:
            return predictor.predict(data.rows)  # type: ignore[no-any-return]
        keys = [self.store.key_of(member) for member in predictor.members]
        known = zip(predictor.members, keys, strict=True)
        return combine(  # type: ignore[no-any-return]
            [self.answers(self.fitted(key), data) if key else self._answer(member, data) for member, key in known]
        )

    def held_out(self, learner: Any, parts: Parts, seed: int, until: float) -> tuple[Outputs, Dataset, bool]:
        """Answers of `learner` on rows it did not learn from, those rows, and whether all fits were complete."""
        own = next((i for i, fold in enumerate(self.folds) if fold.parts.fit.key == parts.fit.key), None)
        whole = any(fold.scored.key == parts.tune.key for fold in self.folds)
        if not self.folds or (own is None and not self._covers(parts) and not whole):
            fit = self.fit(learner, parts, seed, until)
            return self.answers(fit, parts.tune), parts.tune, fit.complete
        found = []
        for index, fold in enumerate(self.folds):
            if index != own:
                fit = self.fit(learner, fold.parts, seed, until)
                found.append((self.answers(fit, fold.scored), fold.scored, fit.complete))
        outputs = concatenated([answered for answered, _, _ in found])
        return outputs, joined(tuple(scored for _, scored, _ in found)), all(complete for _, _, complete in found)

    def _covers(self, parts: Parts) -> bool:
        """Whether these parts are all rows of the folds: the fit whose out-of-fold answers are those of every fold."""
        return len(parts.fit) + len(parts.tune) == sum(len(fold.scored) for fold in self.folds)

    def _load(self, key: str) -> Predictor:
        return self._keep(key, self._recent.get(key) or self.store.load(key))

    def _keep(self, key: str, predictor: Predictor, most: int = 4) -> Predictor:
        self._recent[key] = self._recent.pop(key, predictor)
        while len(self._recent) > most:
            del self._recent[next(iter(self._recent))]
        return predictor


class Context:
    """The `Run` of one fit."""

    def __init__(self, executor: Executor, key: str, seed: int, until: float) -> None:
        self.executor = executor
        self.seed = seed
        self.policy = executor.policy
        self.scratch = executor.folder / "scratch" / key
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.cache = executor.folder / "cache"
        self.bare = executor.bare
        self.also: Callable[[Ids], pa.Table] | None = executor.also
        self.complete = True
        self._until = until

    def seconds_left(self) -> float:
        """Seconds until this fit must end."""
        return max(0.0, self._until - self.executor.clock.elapsed())

    def report(self, step: int, steps: int, score: float | None = None, note: str = "") -> None:
        """Say how far the fit is."""
        self.executor.heed()
        self.executor.clock.tick()
        event = {"event": "progress", "step": step, "steps": steps, "score": score, "note": note}
        self.executor.watch({**event, "seconds_left": self.executor.clock.left()})

    def fit(self, inner: Any, parts: Parts, share: float = 1.0) -> Predictor:
        """Fit an inner learner within a share of the time that is left."""
        left = self.seconds_left()
        until = math.inf if math.isinf(left) else self.executor.clock.elapsed() + share * left
        fit = self.executor.fit(inner, parts, self.seed, until)
        self.complete &= fit.complete
        return fit.predictor

    def held_out(self, inner: Any, parts: Parts) -> tuple[Outputs, Dataset]:
        """Answers of an inner learner on rows it did not learn from, with those rows."""
        outputs, data, complete = self.executor.held_out(inner, parts, self.seed, self._until)
        self.complete &= complete
        return outputs, data

    def load(self, artifact: str) -> Predictor:
        """What was fitted before under this key."""
        return self.executor.store.load(artifact)


def save_outputs(path: Path, outputs: Outputs) -> None:
    """Keep answers as a safetensors file, written whole or not at all."""
    from safetensors.numpy import save_file

    arrays: dict[str, Any] = {"scores": np.ascontiguousarray(outputs.scores)}
    arrays |= {name: found for name in BESIDE if (found := getattr(outputs, name)) is not None}
    with replacing(path) as part:
        save_file(arrays, part, metadata={"link": outputs.link})


def load_outputs(path: Path, task: Any) -> Outputs:
    """Read back what `save_outputs` kept."""
    from safetensors import safe_open

    with safe_open(path, framework="numpy") as file:
        link: Any = file.metadata()["link"]
        beside = {name: file.get_tensor(name) for name in BESIDE if name in file.keys()}  # noqa: SIM118  (no mapping)
        return Outputs(task, file.get_tensor("scores"), link, **beside)


def _nothing() -> None:
    return None


def _libraries() -> dict[str, str]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = ".".join(version(name).split(".")[:2])
        except PackageNotFoundError:
            found[name] = ""
    return found
