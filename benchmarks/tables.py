"""How good are the learners of tables beside the floor and beside AutoGluon with the same time?

python -m benchmarks.tables titanic diamonds_price --seconds 60 --peer PYTHON

Four tables of seaborn's data. A fifth of the rows is the test, by a cut that keeps equal rows on one side and is opened
once by each tool; what the reader leaves out as giving the target away (`alive` of titanic) no tool gets. PYTHON is the
interpreter of an environment with AutoGluon (see peers/requirements.txt); without it the peer is left out.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import record
from benchmarks.corpora import folder
from naeum.contract import Dataset, Outputs, Parts, Policy, subset
from naeum.data import Split, read, split
from naeum.measure import bootstrap, metric
from naeum.model.floor import Majority
from naeum.model.table.adaboost import AdaBoost
from naeum.model.table.boosting import Boosting
from naeum.model.table.forest import Forest
from naeum.model.table.linear import TableLinear
from naeum.testing.runs import TinyRun

SURE = 30.0  # log-probability of a class that was answered bare, over the others


@dataclass(frozen=True)
class Table:
    """A file and what is learned from it."""

    path: str
    target: str


TABLES = {
    "titanic": Table("tables/titanic.csv", "survived"),
    "diamonds_price": Table("tables/diamonds.csv.gz", "price"),
    "diamonds_cut": Table("tables/diamonds.csv.gz", "cut"),
    "tips": Table("tables/tips.csv", "tip"),
    "penguins": Table("tables/penguins.csv", "species"),
}
FLOOR = (("floor", Majority()),)
LEARNERS: tuple[tuple[str, Any], ...] = (
    ("linear", TableLinear()),
    ("linear, products", TableLinear(degree=2)),
    ("boosting", Boosting()),
    ("small boosting", Boosting(leaves=8, least_rows=5)),
    ("forest", Forest()),
    ("extra trees", Forest(how="extra")),
    ("bagging", Forest(how="bagging", trees=100)),
    ("adaboost", AdaBoost()),
)


@dataclass(frozen=True)
class Asked:
    """What every tool gets: rows to learn from, with some of them to tune on, and test rows."""

    parts: Parts
    test: Dataset
    seconds: float
    threads: int


def cut(table: Table, seed: int) -> Split:
    """The rows of a table in parts; a small table gets a test part too, so that all tools are judged alike."""
    data = read(folder() / table.path, target=table.target)
    whole = split(data, no_test=True, seed=seed)
    if len(whole.parts.fit) + len(whole.parts.tune) < len(data.dataset) * 0.95:  # parts: select is its own part
        return replace(whole, test=whole.select)
    learned, tested = whole.folds[0]  # folds: the first is the test
    return replace(whole, parts=learned, test=tested)


def with_learner(learner: Any) -> Callable[[Asked], tuple[Outputs, dict[str, Any]]]:
    """A tool that fits one learner of naeum, without a climb around it."""

    def tool(asked: Asked) -> tuple[Outputs, dict[str, Any]]:
        policy = Policy(threads=asked.threads, reason="a benchmark", offline=True)
        with tempfile.TemporaryDirectory() as place:
            fitted = learner.fit(asked.parts, TinyRun(Path(place), policy=policy, seconds=asked.seconds))
            return fitted.predict(asked.test.rows), {}

    return tool


def with_improve(asked: Asked) -> tuple[Outputs, dict[str, Any]]:
    """`naeum improve` with as many seconds; it keeps no test part, and cuts its own rows to choose by."""
    import pandas as pd

    import naeum

    task = asked.test.task
    rows = pd.concat([frame(one) for one in (asked.parts.fit, asked.parts.tune)])
    with tempfile.TemporaryDirectory() as place:
        ladder = naeum.improve(
            rows, target=task.target, output=task.output, metric=task.metric, no_test=True, offline=True,
            minutes=asked.seconds / 60, threads=asked.threads, run=f"{place}/run",
        )  # fmt: skip
        outputs = ladder.champion.predict(asked.test.rows)
        if task.output == "label":
            order = [outputs.task.classes.index(name) for name in task.classes]
            outputs = Outputs(task, outputs.scores[:, order])
        else:
            outputs = replace(outputs, task=task)
        return outputs, {"rungs": len(ladder.rungs), "champion": ladder.champion.rung.technique}


def with_autogluon(python: str) -> Callable[[Asked], tuple[Outputs, dict[str, Any]]]:
    """A tool that asks AutoGluon in its own environment; it learns from fit and tune together."""

    def tool(asked: Asked) -> tuple[Outputs, dict[str, Any]]:
        import json

        import pandas as pd

        task = asked.test.task
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            learned = [frame(one) for one in (asked.parts.fit, asked.parts.tune)]
            pd.concat(learned).to_csv(place / "train.csv", index=False)
            frame(asked.test).to_csv(place / "test.csv", index=False)
            command = [python, "-m", "benchmarks.peers.with_autogluon_tables", name, "--target", task.target]
            command += ["--kind", task.output, "--classes", str(len(task.classes))]
            command += ["--seconds", str(asked.seconds), "--threads", str(asked.threads)]
            subprocess.run(command, check=True, cwd=record.ROOT, env={**os.environ, "PYTHONPATH": str(record.ROOT)})
            said = pd.read_csv(place / "autogluon.csv", dtype=None if task.output == "number" else str)
            return outputs_of(said.iloc[:, 0], asked.test), json.loads((place / "autogluon.json").read_text("utf-8"))

    return tool


def frame(data: Dataset) -> Any:
    """The input columns of naeum and the target, as a DataFrame."""
    found = data.rows.to_pandas()
    known = data.truth.to_numpy() if data.task.output == "number" else np.asarray(data.task.classes)[data.target]
    return found.assign(**{data.task.target: known})


def outputs_of(said: Any, test: Dataset) -> Outputs:
    """Bare answers as outputs."""
    if test.task.output == "number":
        return Outputs(test.task, np.asarray(said, np.float32)[:, None], "identity")
    scores = np.zeros((len(test), len(test.task.classes)), np.float32)
    scores[np.arange(len(test)), [test.task.classes.index(str(one)) for one in said]] = SURE
    return Outputs(test.task, scores)


def measured(name: str, tools: dict[str, Any], given: argparse.Namespace) -> list[dict[str, Any]]:
    """Every tool on one table: its score with a 95 % interval over the test rows, and its seconds."""
    parts = cut(TABLES[name], given.seed)
    if parts.test is None:
        raise SystemExit(f"{name} has no test part")
    test = subset(parts.test, np.flatnonzero(parts.test.target >= 0), parts.test.key)
    asked = Asked(parts.parts, test, given.seconds, given.threads)
    found = []
    for tool, fit in tools.items():
        start = time.perf_counter()
        outputs, more = fit(asked)
        seconds = time.perf_counter() - start
        score = bootstrap(metric(test.task.metric), outputs, test, seed=given.seed)
        line = {
            "tool": tool, "metric": test.task.metric, "value": score.value, "low": score.low, "high": score.high,
            "seconds": round(seconds, 2), "rows": len(parts.parts.fit) + len(parts.parts.tune), "test": len(test),
        }  # fmt: skip
        print(
            f"  {name:15} {tool:18} {test.task.metric} {score.value:.4f} [{score.low:.4f}, {score.high:.4f}] "
            f"in {seconds:.1f} s",
            flush=True,
        )
        found.append({**line, **more})
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(TABLES))
    parser.add_argument("--seconds", type=float, default=60.0, help="limit of each tool")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--peer", default="", help="interpreter of an environment with AutoGluon")
    parser.add_argument("--tool", action="append", help="only this tool; may be given several times")
    given = parser.parse_args()
    tools: dict[str, Any] = {tool: with_learner(learner) for tool, learner in (*FLOOR, *LEARNERS)}
    tools["naeum improve"] = with_improve
    if given.peer:
        tools["autogluon"] = with_autogluon(given.peer)
    tools = {tool: fit for tool, fit in tools.items() if not given.tool or tool in given.tool}
    for name in given.names:
        path = record.save(
            f"tables-{name}", {"data": name, "limit": given.seconds, "tools": measured(name, tools, given)}
        )
        print(f"{name} -> {path}")


if __name__ == "__main__":
    main()
