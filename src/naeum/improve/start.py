"""How does a climb begin, or go on? Its folder, clock, ledger and tools are laid out; nothing is fitted yet."""

from __future__ import annotations

import functools
import math
import os
import platform
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import __version__, decoding, plugged
from naeum.contract import Dataset, Ids, Policy, Task
from naeum.data.also import also_of
from naeum.data.language import languages
from naeum.errors import InputError
from naeum.explore.glance import glance
from naeum.improve import elsewhere, parts, starting
from naeum.improve.basis import basis
from naeum.improve.clock import Clock
from naeum.improve.executor import Executor, Fold, Watch
from naeum.improve.ladder import LEDGER, is_done
from naeum.improve.options import FILES, Options
from naeum.improve.site import Site
from naeum.improve.wishes import Wishes
from naeum.store import Ledger

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.data import Data, Split
    from naeum.measure import Metric

LIBRARIES = ("numpy", "scipy", "scikit-learn", "pyarrow", "duckdb", "torch", "transformers", "peft", "optuna")
LOOKED_AT = 20_000  # texts measured for their length: quantiles are then known to a percent


def begin(
    folder: Path,
    options: Options,
    data: Data,
    split: Split,
    watch: Watch,
    kinds: tuple[Mapping[str, Any], Mapping[str, Any]],
    *,
    checks: tuple[Any, ...] = (),
    going_on: bool = False,
) -> Site:
    """Everything a climb needs; writes a start to the ledger, but not again for a process that was killed.

    Args:
        kinds: classes of learners and their parts, and of predictors, by kind.
        checks: further ones, of the user.
        going_on: a finished run shall go on, for as many minutes more.
    """
    task = split.parts.fit.task
    measure = _measure(task)
    ledger = Ledger(folder / LEDGER)
    before, done = ledger.last("run"), _done(ledger)
    again = going_on and done
    clock = Clock(folder / "clock.json", options.seconds)
    clock.budget += clock.elapsed() if again else float(before.get("elapsed", 0.0))
    texts = _texts(split.parts.fit)  # nothing of select or test steers
    spoken = languages(texts, options.seed) if texts else ()
    with clock.paused():  # a download does not count against the minutes
        policy = _machine(options, before)
        if policy.device != "cpu":
            watch({"event": "note", "text": f"computing on {policy.reason}"})
        found = basis(
            options, task, (texts, spoken), policy, lambda text: watch({"event": "note", "text": text}), before
        )
    wishes = Wishes(folder, clock, lambda text: watch({"event": "note", "text": text}))
    wishes.forget()
    site = Site(
        folder=folder,
        options=options,
        task=task,
        split=split,
        metric=measure,
        policy=policy,
        ledger=ledger,
        executor=_executor(folder, kinds[1], policy, wishes, watch, split, data),
        clock=clock,
        watch=watch,
        learner_kinds=kinds[0],
        predictor_kinds=kinds[1],
        languages=spoken,
        wishes=wishes,
        bases=found.names,
        basis=found,
        words=_words(texts),
        others=_others(data),
        environment=_environment(options, policy, data, split),
        going_on=going_on,
        checks=checks,
        start=starting.learners(options.start, kinds[0], task),
    )
    _keep_parts(site)
    site, machine = _beside(site, before)
    fresh = machine != before.get("machine", {})
    if not before or again or (not done and (fresh or _changed(options, before["options"]))):
        _write_start(site, data, machine)
    return site


def _beside(site: Site, before: Mapping[str, Any]) -> tuple[Site, dict[str, Any]]:
    """The site with a limit that is meant on another machine, and what is to be kept of that machine."""
    with site.clock.paused():
        machine = elsewhere.told(site, before.get("machine", {}))
    return replace(site, meant=elsewhere.meant(machine, site.options.max_latency_ms)), machine


def _measure(task: Task) -> Metric:
    """The metric, after all that cannot be measured or decided was refused."""
    from naeum.measure import metric
    from naeum.measure.judged import must_judge

    _refuse_unmeasured(task)
    _refuse_ruleless(task)
    found = metric(task.metric)
    must_judge(found, task)
    return found


def _refuse_ruleless(task: Task) -> None:
    """Load the user's rule, so that what is wrong with it is said before anything is fitted."""
    if not task.decide:
        return
    if task.output not in decoding.GIVES:
        raise InputError(
            f"a decision rule is for {', '.join(decoding.GIVES)}; this task answers {task.output}; leave --decide out"
        )
    plugged.function(task.decide, decoding.RULE)


def _executor(
    folder: Path, kinds: Mapping[str, Any], policy: Policy, wishes: Wishes, watch: Watch, split: Split, data: Data
) -> Executor:
    made = Executor(
        folder,
        kinds,
        policy,
        wishes.clock,
        digest_of=functools.cache(lambda name: _digest(name, policy)),
        watch=watch,
        folds=tuple(Fold(fitted, scored) for fitted, scored in split.folds),
        bare=split.unlabelled if len(split.unlabelled) else None,
    )
    made.also = also_of(data)
    made.heed = wishes.heed
    return made


def _refuse_unmeasured(task: Task) -> None:
    from naeum.measure.judged import FORMS

    if task.output not in FORMS:
        raise InputError(
            f"a model is made for answers of the kinds {', '.join(FORMS)}; {task.target} asks for {task.output}, which "
            "is not learned yet; name another target"
        )


def finished(site: Site) -> bool:
    """Whether the run came to its end before."""
    return _done(site.ledger)


def _done(ledger: Ledger) -> bool:
    return is_done(tuple(ledger))


def _changed(options: Options, before: Mapping[str, Any]) -> bool:
    """Whether a killed run is taken up with other options; where its files lie is none of them."""
    now = options.to_dict()
    return any(now[name] != before.get(name) for name in now if name not in ("run", *FILES))


def _machine(options: Options, before: Mapping[str, Any]) -> Policy:
    """Where to compute; what was decided before a kill stays decided."""
    from naeum.engine.policy import decide

    known = {name: before["environment"][name] for name in ("device", "dtype")} if before else {}
    return decide(options.threads, options.offline, **known)


def _digest(name: str, policy: Policy) -> str:
    from naeum.engine import bases

    return str(bases.find(name, policy).digest)


def _keep_parts(site: Site) -> None:
    cut = site.split
    parts.save(site.folder / "parts" / "fit", cut.parts.fit)
    parts.save(site.folder / "parts" / "tune", _shown(site))


def _shown(site: Site) -> Dataset:
    """What is diagnosed and shown: tune, or all rows of the folds in their order."""
    from naeum.improve.rung import measured_parts

    return measured_parts(site).tune


def _write_start(site: Site, data: Data, machine: Mapping[str, Any]) -> None:
    cut, task = site.split, site.task
    single = cut.parts.fit.target[cut.parts.fit.target >= 0] if task.output == "label" else np.empty(0, np.int64)
    counts = np.bincount(single, minlength=len(task.classes))
    summary: dict[str, Any] = {
        "name": data.name,
        "rows": len(data.dataset),
        "fit": len(cut.parts.fit),
        "tune": len(cut.parts.tune),
        "select": len(cut.select),
        "test": 0 if cut.test is None else len(cut.test),
        "unlabelled": len(cut.unlabelled),
        "regime": cut.regime,
        "classes": list(task.classes),
        "class_counts": [int(count) for count in counts],
        "languages": list(site.languages),
        "bases": list(site.bases),
        "tokens": dict(site.words),
        "weighed": [dict(one) for one in site.basis.weighed],
        "basis": site.basis.said,
        "notes": [*data.notes, *cut.notes, *([site.basis.said] if site.basis.said else []), *_meant(site)],
    }
    whole, learned = glance(data, seed=site.options.seed), glance(_to_learn(site, data), seed=site.options.seed)
    summary["overview"] = [] if whole is None else list(whole.summary)
    budget = None if math.isinf(site.clock.budget) else site.clock.budget
    keys = {"fit": cut.parts.fit.key, "tune": _shown(site).key}
    site.write(
        "run", options=site.options.to_dict(), task=task.to_json(), summary=summary, budget=budget, keys=keys,
        environment=dict(site.environment), findings=[one.to_json() for one in learned.findings] if learned else [],
        **({"machine": machine} if machine else {}),
    )  # fmt: skip
    for note in (*summary["overview"], *summary["notes"]):
        site.say("note", text=note)


def _meant(site: Site) -> list[str]:
    """What is said of a limit that is meant on another machine."""
    return [] if site.meant is None else [site.meant.said]


def _to_learn(site: Site, data: Data) -> Data:
    """The rows to learn from alone, with their other columns: what is found in them may steer the climb."""
    fit = site.split.parts.fit
    others = data.others.slice(0, 0).select([]) if site.others is None else site.others(fit.ids)
    return replace(data, dataset=fit, others=others, time=None, folds=None)


def _texts(fit: Dataset) -> list[str]:
    """What is to be read of some rows to learn from: their text columns, words of lists side by side."""
    columns = fit.task.columns
    read = [name for name, kind in columns.items() if kind in ("text", "words")]
    if not read:
        return []
    lists = [fit.rows[name].slice(0, LOOKED_AT).to_pylist() for name in read]
    cells = ([cell if isinstance(cell, str) else " ".join(cell or ()) for cell in one] for one in lists)
    return [" ".join(row) for row in zip(*cells, strict=True)]


def _words(texts: list[str]) -> dict[str, float]:
    """Length of a text in words."""
    lengths = np.array([len(text.split()) for text in texts] or [0])
    p50, p95, p99 = (float(value) for value in np.quantile(lengths, [0.5, 0.95, 0.99]))
    return {"mean": float(lengths.mean()), "p50": p50, "p95": p95, "p99": p99, "max": float(lengths.max())}


def _others(data: Data) -> Callable[[Ids], pa.Table] | None:
    """Columns beside the inputs, of given rows."""
    if not data.others.num_columns:
        return None
    order = np.argsort(data.dataset.ids, kind="stable")

    def of(ids: Ids) -> pa.Table:
        return data.others.take(order[np.searchsorted(data.dataset.ids[order], ids)])

    return of


def _environment(options: Options, policy: Policy, data: Data, split: Split) -> dict[str, Any]:
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return {
        "naeum": __version__,
        "python": platform.python_version(),
        "platform": platform.platform(),
        "processors": os.cpu_count() or 1,
        "libraries": found,
        "seed": options.seed,
        "threads": policy.threads,
        "device": policy.device,
        "dtype": policy.dtype,
        "policy": policy.reason,
        "command": " ".join(sys.argv),
        "data": data.dataset.key,
        "fit": split.parts.fit.key,
    }
