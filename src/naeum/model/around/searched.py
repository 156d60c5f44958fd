"""Which settings are best? A search over the searchable settings of a learner, decided on held-out rows.

Each trial is first fitted on a quarter of the rows and pruned if it falls behind the median of those before it; what
survives is fitted on all. Trials are kept in the scratch folder as they end, so a killed search goes on, and the same
seed proposes the same trials.

References:
    Bergstra et al. 2011, "Algorithms for hyper-parameter optimization" (TPE).
    Akiba et al. 2019, "Optuna: a next-generation hyperparameter optimization framework".
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum import extras, sets, values
from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Parts, Predictor, Run, Shape, State, Task, subset
from naeum.errors import InputError
from naeum.model.claims import ALL, EVERY
from naeum.store import Ledger

if TYPE_CHECKING:
    import pyarrow as pa

FIRST_SHARE = 0.25  # of the fit rows, for a trial's first look
LEAST_ROWS = 400  # fewer fit rows than this a quarter says nothing of the whole: no pruning
WARM = 3  # trials that are never pruned: a median of fewer means nothing
STARTS = 4  # random trials before TPE models them; few, as a search here has a dozen
SAMPLERS = ("tpe", "random", "grid")
GRID_STEPS = 3  # points a number gets in a grid


@dataclass(frozen=True)
class Searched:
    """The best of several settings of `inner`.

    Args:
        inner: the learner whose settings are searched; its own settings are the first trial.
        paths: dotted paths of the settings; all that have a search space when empty.
        trials: how many settings are tried.
        sampler: "tpe", "random" or "grid".

    Raises:
        InputError: the sampler is unknown or a path has no search space.
        MissingExtra: optuna is not installed.
    """

    inner: Any
    paths: tuple[str, ...] = ()
    trials: int = 12
    sampler: str = "tpe"

    kind: ClassVar[str] = "searched"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = EVERY
    reads: ClassVar[frozenset[InputKind]] = ALL

    def fit(self, parts: Parts, run: Run) -> SearchedPredictor:
        """Try, prune, choose on held-out rows; the best is fitted on all fit rows."""
        spaces = _spaces(self)
        if not (parts.tune.target >= 0).any():  # nothing to choose by
            return SearchedPredictor(run.fit(self.inner, parts), values.to_json(self.inner), (), self.inner)
        study = _study(self, spaces, run.seed)
        ledger = Ledger(run.scratch / "trials.jsonl")
        for number in range(self.trials):
            if number >= len(ledger) and number and run.seconds_left() < _mean_seconds(ledger):
                break
            trial = study.ask(_distributions(spaces))
            if number >= len(ledger):
                ledger.append(_tried(self.inner, dict(trial.params), parts, run, trial))
            elif list(ledger)[number]["first"] is not None:
                trial.report(list(ledger)[number]["first"], 0)
            _tell(study, trial, list(ledger)[number])
            run.report(number + 1, self.trials, study.best_value if _complete(study) else None, "trial")
        table = [dict(event) for event in ledger]
        best = max((row for row in table if not row["pruned"]), key=lambda row: float(row["score"]))
        learner = _put(self.inner, best["params"])
        return SearchedPredictor(run.fit(learner, parts), values.to_json(learner), tuple(table), learner)


@dataclass(frozen=True, eq=False)
class SearchedPredictor:
    """The best trial's predictor with the table of all trials."""

    inner: Predictor
    document: Any
    trials: tuple[dict[str, Any], ...]
    learner: Any = field(default=None, repr=False)  # the best learner; absent after a restore, the document has it

    kind: ClassVar[str] = "searched"
    version: ClassVar[int] = 1

    @property
    def task(self) -> Task:
        """The task of the best trial's predictor."""
        return self.inner.task

    def predict(self, rows: pa.Table) -> Outputs:
        """The answers of the best trial."""
        return self.inner.predict(rows)

    def state(self) -> State:
        """The table of trials beside the best predictor."""
        return State({"learner": self.document, "trials": list(self.trials)}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> SearchedPredictor:
        """Read back."""
        return cls(state.children["inner"], state.settings["learner"], tuple(state.settings["trials"]))

    def decided(self, learner: Searched) -> Any:
        """The best trial's learner, itself decided."""
        if not self.trials:
            return self.inner.decided(learner.inner)
        best = max((row for row in self.trials if not row["pruned"]), key=lambda row: float(row["score"]))
        return self.inner.decided(_put(learner.inner, best["params"]))


def _spaces(learner: Searched) -> dict[str, values.Space]:
    found = values.space(learner.inner)
    unknown = [path for path in learner.paths if path not in found]
    if unknown:
        raise InputError(
            f"a searched setting must have a search space; got {unknown[0]!r}; choose among {', '.join(found)}"
        )
    if not found:
        raise InputError(
            f"a searched learner must have a searchable setting; {learner.inner.kind} has none; name another"
        )
    return {path: found[path] for path in learner.paths or found}


def _study(learner: Searched, spaces: dict[str, values.Space], seed: int) -> Any:
    optuna = extras.need("optuna", "a search over settings")
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    if learner.sampler not in SAMPLERS:
        raise InputError(f"a sampler must be one of {', '.join(SAMPLERS)}; got {learner.sampler!r}; correct its name")
    samplers = optuna.samplers
    sampler = (
        samplers.TPESampler(seed=seed, n_startup_trials=STARTS)
        if learner.sampler == "tpe"
        else samplers.RandomSampler(seed=seed)
    )
    pruner = optuna.pruners.MedianPruner(n_startup_trials=WARM, n_warmup_steps=0)
    study = optuna.create_study(direction="maximize", sampler=sampler, pruner=pruner)
    own = {path: values.get(learner.inner, path) for path in spaces}
    study.enqueue_trial({path: value for path, value in own.items() if _inside(value, spaces[path])})
    if learner.sampler == "grid":  # in random order, so that a grid too large for the trials is still spread out
        points = list(itertools.product(*(_grid(space) for space in spaces.values())))
        for at in np.random.default_rng(seed).permutation(len(points))[: learner.trials - 1]:
            study.enqueue_trial(dict(zip(spaces, points[int(at)], strict=True)))
    return study


def _inside(value: Any, space: values.Space) -> bool:
    if isinstance(space, values.Choice):
        return value in space.options
    return bool(space.low <= value <= space.high)


def _grid(space: values.Space) -> list[Any]:
    if isinstance(space, values.Choice):
        return list(space.options)
    points = (np.geomspace if space.log else np.linspace)(space.low, space.high, GRID_STEPS)
    return sorted({round(float(point)) if isinstance(space, values.Whole) else float(point) for point in points})


def _distributions(spaces: dict[str, values.Space]) -> dict[str, Any]:
    optuna = extras.need("optuna", "a search over settings")
    kinds = optuna.distributions
    found: dict[str, Any] = {}
    for path, space in spaces.items():
        if isinstance(space, values.Choice):
            found[path] = kinds.CategoricalDistribution(space.options)
        elif isinstance(space, values.Whole):
            found[path] = kinds.IntDistribution(space.low, space.high, log=space.log)
        else:
            found[path] = kinds.FloatDistribution(space.low, space.high, log=space.log)
    return found


def _put(inner: Any, params: dict[str, Any]) -> Any:
    for path, value in params.items():
        inner = values.put(inner, path, value)
    return inner


def _tried(inner: Any, params: dict[str, Any], parts: Parts, run: Run, trial: Any) -> dict[str, Any]:
    """One trial: a first look at a quarter of the rows, then all of them unless it fell behind."""
    learner, before = _put(inner, params), run.seconds_left()
    first = None
    if len(parts.fit) >= LEAST_ROWS:
        first = _score(learner, Parts(_quarter(parts.fit, run.seed), parts.tune), run)
        trial.report(first, 0)
        if trial.should_prune():
            return {"params": params, "score": first, "first": first, "pruned": True, "seconds": _spent(run, before)}
    score = _score(learner, parts, run)
    return {"params": params, "score": score, "first": first, "pruned": False, "seconds": _spent(run, before)}


def _spent(run: Run, before: float) -> float:
    left = run.seconds_left()
    return 0.0 if left == float("inf") else round(before - left, 3)


def _mean_seconds(ledger: Ledger) -> float:
    return float(np.mean([event["seconds"] for event in ledger]))


def _quarter(data: Dataset, seed: int) -> Dataset:
    labelled = np.flatnonzero(data.target >= 0)
    order = np.random.default_rng(seed).permutation(labelled)
    first = {int(data.target[at]): int(at) for at in order[::-1]}  # every class keeps a row
    chosen = sets.unique(
        np.concatenate([order[: int(FIRST_SHARE * len(order))], np.array(list(first.values()), np.int64)])
    )
    return subset(data, chosen, f"{data.key}/quarter.{seed}")


def _score(learner: Any, parts: Parts, run: Run) -> float:
    """The task's metric on held-out rows, signed so that more is better."""
    from naeum.measure import metric

    outputs, data = run.held_out(learner, parts)
    chosen = metric(data.task.metric)
    return chosen.sign * chosen.score(outputs, data)


def _complete(study: Any) -> bool:
    return any(trial.state.name == "COMPLETE" for trial in study.trials)


def _tell(study: Any, trial: Any, row: dict[str, Any]) -> None:
    optuna = extras.need("optuna", "a search over settings")
    if row["pruned"]:
        study.tell(trial, state=optuna.trial.TrialState.PRUNED)
    else:
        study.tell(trial, row["score"])
