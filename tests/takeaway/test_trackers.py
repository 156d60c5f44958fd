"""Is a record whole in MLflow and in Weights & Biases? Without these, what they are asked is compared."""

import importlib.util
import json
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from naeum.errors import MissingExtra
from naeum.takeaway.record import record
from naeum.takeaway.trackers import TRACKERS, mlflow, wandb
from tests.takeaway.ladders import ladder_of


class Client:
    """Keeps what MLflow's client is asked."""

    def __init__(self):
        self.runs, self.experiments = {}, {}

    def get_experiment_by_name(self, name):
        return self.experiments.get(name)

    def create_experiment(self, name):
        self.experiments[name] = SimpleNamespace(experiment_id="7")
        return "7"

    def create_run(self, experiment, run_name, tags):
        run = SimpleNamespace(name=run_name, tags=tags, metrics={}, params={}, files={}, curve=[], ended=False)
        key = f"run{len(self.runs)}"
        self.runs[key] = run
        return SimpleNamespace(info=SimpleNamespace(run_id=key))

    def log_batch(self, key, metrics, params):
        self.runs[key].metrics |= {name: value for name, value, _, _ in metrics}
        self.runs[key].params |= dict(params)

    def log_metric(self, key, name, value, step):
        self.runs[key].curve.append((name, value, step))

    def log_dict(self, key, document, name):
        self.runs[key].files[name] = document

    def log_artifact(self, key, path):
        self.runs[key].files[path.rpartition("/")[2]] = path

    def set_terminated(self, key):
        self.runs[key].ended = True


@pytest.fixture
def given(tmp_path):
    """A record with its report, and its folder."""
    ladder = ladder_of(tmp_path / "run")
    report = tmp_path / "run" / "report.html"
    report.write_text("<html></html>")
    return record(ladder), report, tmp_path / "run"


def test_mlflow_gets_a_run_for_the_climb_and_one_a_rung(given, monkeypatch):
    client = Client()
    entities = SimpleNamespace(Metric=lambda *all: all, Param=lambda *both: both)
    fake = SimpleNamespace(MlflowClient=lambda: client, get_tracking_uri=lambda: "file:runs", entities=entities)
    monkeypatch.setitem(sys.modules, "mlflow", fake)
    assert mlflow(*given, True) == "MLflow, run run0 at file:runs"
    climb, floor, linear = client.runs.values()
    assert (climb.name, floor.name, linear.name) == ("run", "0 floor", "1 linear")
    assert linear.tags["mlflow.parentRunId"] == "run0" and all(run.ended for run in client.runs.values())
    assert climb.metrics["test_accuracy"] == 0.85 and climb.params["seed"] == "3"
    assert ("rung_accuracy", 0.9, 1) in climb.curve and climb.files["report.html"]
    assert linear.files["learner.json"]["kind"] == "tfidf_logistic" and linear.metrics["accuracy_low"] == 0.8
    mlflow(*given, False)
    assert list(client.experiments) == ["naeum"]


def test_a_remote_place_is_not_asked_offline(given, monkeypatch):
    fake = SimpleNamespace(get_tracking_uri=lambda: "https://tracking.example")
    monkeypatch.setitem(sys.modules, "mlflow", fake)
    with pytest.raises(ValueError, match="needs a network, and --offline forbids it"):
        mlflow(*given, True)


class Kept(SimpleNamespace):
    """Keeps what a run of Weights & Biases is told."""

    def log(self, what, step=None):
        self.told.append((step, what))

    def log_artifact(self, artifact):
        self.artifact = artifact

    def finish(self):
        self.ended = True


@pytest.mark.parametrize(
    ("key", "offline", "mode"), [(None, False, "offline"), ("k", True, "offline"), ("k", False, "online")]
)
def test_wandb_gets_points_a_table_and_an_artifact(given, monkeypatch, key, offline, mode):
    run = Kept(told=[], summary={}, url="https://wandb.example/run", dir="/x/wandb/offline-run/files")
    files = {}
    artifact = SimpleNamespace(add_file=lambda path, name: files.setdefault(name, Path(path).read_text()))
    asked = {}
    fake = SimpleNamespace(
        init=lambda **all: asked.update(all) or run, Settings=lambda **all: all, api=SimpleNamespace(api_key=key),
        Table=lambda columns, data: (columns, data), Artifact=lambda name, **kind: artifact,
    )  # fmt: skip
    monkeypatch.setitem(sys.modules, "wandb", fake)
    monkeypatch.delenv("WANDB_API_KEY", raising=False)
    monkeypatch.delenv("WANDB_MODE", raising=False)
    said = wandb(*given, offline)
    assert asked["mode"] == mode and asked["project"] == "naeum" and asked["dir"] == str(given[2])
    assert said == f"Weights & Biases, {mode}: " + (run.url if mode == "online" else "wandb sync /x/wandb/offline-run")
    assert run.told[1][0] == 1 and run.told[1][1]["rung_accuracy"] == 0.9
    columns, rows = run.told[2][1]["ladder"]
    assert rows[1][:2] == [1, "1 linear"] and rows[0][columns.index("latency_ms")] is None
    assert json.loads(files["learners/1.json"])["kind"] == "tfidf_logistic" and files["report.html"]
    assert run.summary["test_accuracy"] == 0.85 and run.ended


@pytest.mark.parametrize("name", sorted(TRACKERS))
def test_a_tracker_that_is_not_installed_is_named(given, monkeypatch, name):
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(MissingExtra, match=f"--track {name} needs the package {name}, which is not installed"):
        TRACKERS[name](*given, True)


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.skipif(importlib.util.find_spec("mlflow") is None, reason="MLflow is not installed")
def test_a_real_mlflow_keeps_it(given, tmp_path, monkeypatch):
    import mlflow as package

    package.set_tracking_uri(f"sqlite:///{tmp_path / 'kept.db'}")
    monkeypatch.chdir(tmp_path)
    mlflow(*given, True)
    client = package.MlflowClient()
    experiment = client.get_experiment_by_name("naeum").experiment_id
    runs = {run.info.run_name: run for run in client.search_runs([experiment])}
    assert set(runs) == {"run", "0 floor", "1 linear"}
    assert runs["1 linear"].data.metrics["accuracy_high"] == 0.95
    assert runs["1 linear"].data.tags["mlflow.parentRunId"] == runs["run"].info.run_id
    assert [point.value for point in client.get_metric_history(runs["run"].info.run_id, "rung_accuracy")] == [0.5, 0.9]
    assert [one.path for one in client.list_artifacts(runs["run"].info.run_id)] == ["report.html"]
    assert [one.path for one in client.list_artifacts(runs["1 linear"].info.run_id)] == ["learner.json"]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
@pytest.mark.skipif(importlib.util.find_spec("wandb") is None, reason="Weights & Biases is not installed")
def test_a_real_wandb_keeps_it_offline(given, monkeypatch):
    monkeypatch.delenv("WANDB_API_KEY", raising=False)
    said = wandb(*given, True)
    folder = next((given[2] / "wandb").glob("offline-run-*"))
    assert said == f"Weights & Biases, offline: wandb sync {folder}"
    file, waited = next(folder.glob("run-*.wandb")), 0.0
    while file.stat().st_size < 1_000 and waited < 20:  # its service writes a little later
        time.sleep(0.2)
        waited += 0.2
    kept = file.read_bytes()
    assert b"rung_accuracy" in kept and b"test_accuracy" in kept and b"learners/1.json" in kept
