"""How does a record reach MLflow or Weights & Biases, where a team keeps its experiments?

One run of the tracker is a climb; the score of each rung is a point of its curve. In MLflow each rung is a run inside
it, in Weights & Biases a row of a table. The report and every learner are files beside them.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from naeum.extras import need
from naeum.takeaway.record import Entry, Record

PROJECT = "naeum"  # experiment of MLflow, project of Weights & Biases, where the environment names none
LEARNERS, REPORT = "learners", "report.html"
REMOTE = ("http", "databricks")  # beginnings of places of MLflow that need a network


def mlflow(given: Record, report: Path | None, folder: Path, offline: bool) -> str:
    """Send a record to MLflow, wherever MLFLOW_TRACKING_URI says; gives where it is.

    Raises:
        MissingExtra: MLflow is not installed.
        ValueError: the place needs a network, and none may be used.
    """
    package = need("mlflow", "--track mlflow")
    place = str(package.get_tracking_uri())
    if offline and place.startswith(REMOTE):
        raise ValueError(f"{place} needs a network, and --offline forbids it")
    client = package.MlflowClient()
    experiment = _experiment(client, os.environ.get("MLFLOW_EXPERIMENT_NAME", PROJECT))
    run = client.create_run(experiment, run_name=given.name, tags={**given.tags, "mlflow.note.content": given.note})
    _log(package, client, run.info.run_id, given.summary, given.settings)
    for entry in given.entries:
        _curve(package, client, run.info.run_id, given.metric, entry)
        inner = client.create_run(
            experiment, run_name=entry.name, tags={**entry.tags, "mlflow.parentRunId": run.info.run_id}
        )
        _log(package, client, inner.info.run_id, entry.metrics, entry.settings)
        client.log_dict(inner.info.run_id, dict(entry.learner), "learner.json")
        client.set_terminated(inner.info.run_id)
    if report is not None:
        client.log_artifact(run.info.run_id, str(report))
    client.set_terminated(run.info.run_id)
    return f"MLflow, run {run.info.run_id} at {place}"


def _experiment(client: Any, name: str) -> str:
    found = client.get_experiment_by_name(name)
    return str(client.create_experiment(name) if found is None else found.experiment_id)


def _log(package: Any, client: Any, run: str, metrics: Mapping[str, float], settings: Mapping[str, str]) -> None:
    """Numbers and settings in one call."""
    from time import time

    now = int(1000 * time())
    client.log_batch(
        run,
        metrics=[package.entities.Metric(name, value, now, 0) for name, value in metrics.items()],
        params=[package.entities.Param(name, text) for name, text in settings.items()],
    )


def _curve(package: Any, client: Any, run: str, name: str, entry: Entry) -> None:
    """The score of a rung as a point of the climb's curve."""
    for metric in (name, f"{name}_low", f"{name}_high", "gain"):
        if metric in entry.metrics:
            client.log_metric(run, f"rung_{metric}", entry.metrics[metric], step=entry.number)


def wandb(given: Record, report: Path | None, folder: Path, offline: bool) -> str:
    """Send a record to Weights & Biases; without a key, or offline, it is kept in a folder to be sent later.

    Raises:
        MissingExtra: Weights & Biases is not installed.
    """
    package = need("wandb", "--track wandb")
    mode = os.environ.get("WANDB_MODE") or ("online" if not offline and _known(package) else "offline")
    run = package.init(
        project=os.environ.get("WANDB_PROJECT", PROJECT), name=given.name, dir=str(folder), mode=mode, notes=given.note,
        config={**given.settings, **given.tags}, reinit="create_new",
        settings=package.Settings(silent=True, console="off"),
    )  # fmt: skip
    for entry in given.entries:
        run.log({f"rung_{name}": value for name, value in entry.metrics.items()}, step=entry.number)
    columns = sorted({name for entry in given.entries for name in entry.metrics})
    rows = [
        [e.number, e.name, *(e.metrics.get(name) for name in columns), json.dumps(e.learner)] for e in given.entries
    ]
    run.log({"ladder": package.Table(columns=["rung", "name", *columns, "learner"], data=rows)})
    run.summary.update(dict(given.summary))
    with tempfile.TemporaryDirectory() as place:
        run.log_artifact(_files(package, given, report, Path(place)))
        run.finish()
    return f"Weights & Biases, {mode}: " + (str(run.url) if mode == "online" else f"wandb sync {Path(run.dir).parent}")


def _known(package: Any) -> bool:
    """Whether there is a key to log in with: else a question would be asked on the screen."""
    return bool(os.environ.get("WANDB_API_KEY") or getattr(package.api, "api_key", None))


def _files(package: Any, given: Record, report: Path | None, place: Path) -> Any:
    """The report and the learners as one artifact."""
    artifact = package.Artifact("ladder", type="ladder")
    for entry in given.entries:
        file = place / f"{entry.number}.json"
        file.write_text(json.dumps(entry.learner, ensure_ascii=False, indent=1), encoding="utf-8")
        artifact.add_file(str(file), name=f"{LEARNERS}/{entry.number}.json")
    if report is not None:
        artifact.add_file(str(report), name=REPORT)
    return artifact


TRACKERS: Mapping[str, Callable[[Record, Path | None, Path, bool], str]] = {"mlflow": mlflow, "wandb": wandb}
