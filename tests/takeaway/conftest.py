"""Programs that naeum wrote, opened in this process: a test of a part need not wait for another one to start."""

import importlib.util
import json
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from naeum.takeaway import gate, script
from naeum.takeaway.story import Step, Story
from naeum.testing.encoders import tiny_encoder
from naeum.testing.runs import TinyRun
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)
STEPS = (
    Step(0, "floor", "Majority class", "0.500 [0.400, 0.600]", "", "The floor.", "", (0.5, 0.4, 0.6)),
    Step(
        2, "linear", "Linear model", "0.900 [0.850, 0.950]", "+0.400 [+0.300, +0.500]", "N-grams know words.",
        "M01: it is too simple", (0.9, 0.85, 0.95),
    ),
)  # fmt: skip
STORY = Story("Linear model", "accuracy", STEPS, "N-grams made the difference.")


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    return tiny_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    return TinyRun(tmp_path_factory.mktemp("run"))


def opened(file):
    """A program as a module."""
    spec = importlib.util.spec_from_file_location(f"taken_{abs(hash(str(file)))}", file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def answered(file, rows):
    """As `gate.answered`, in this process."""
    place = Path(tempfile.mkdtemp(dir=file.parent.parent))
    gate.write_rows(rows, place / "rows.jsonl")
    opened(file).main(["predict", str(place / "rows.jsonl"), "--out", str(place / "answers.csv"), "--scores"])
    found = gate.read_answers(place / "answers.csv")
    shutil.rmtree(place)
    return found


@pytest.fixture
def writing(tmp_path, run, monkeypatch):
    """Fit a learner, write it as a program behind the gate, and open that."""
    monkeypatch.setattr(gate, "answered", answered)

    def wrote(learner, parts, rows=None):
        predictor = run.fit(learner, parts)
        target = tmp_path / "model.py"
        rows = parts.tune.rows if rows is None else rows
        card = script.write(script.Model(predictor, learner, STORY), target, rows)
        return SimpleNamespace(module=opened(target), predictor=predictor, card=card, file=target)

    return wrote


@pytest.fixture
def retrained(tmp_path):
    """How right the answers of a program to rows are, once it was trained anew on others by its own recipe."""

    def share(module, parts, cells):
        for name, data in (("fit", parts.fit), ("tune", parts.tune)):
            with (tmp_path / f"{name}.jsonl").open("w", encoding="utf-8") as stream:
                for row, cell in zip(data.rows.to_pylist(), cells(data), strict=True):
                    stream.write(json.dumps({**row, module.TARGET: cell}) + "\n")
        module.train(str(tmp_path / "fit.jsonl"), str(tmp_path / "again"))
        table = module.read(str(tmp_path / "tune.jsonl"))
        return module.predict(table, str(tmp_path / "again"))

    return share


def classes_of(data):
    """The class of each row, as it is written."""
    return [data.task.classes[code] for code in data.target]


def right(scores, data):
    """The share of right answers."""
    return float((np.asarray(scores).argmax(axis=1) == data.target).mean())
