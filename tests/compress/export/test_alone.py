"""Do exported folders answer in an environment that holds onnxruntime, tokenizers and numpy, and nothing else?"""

from __future__ import annotations

import json
import os
import subprocess
import venv
from importlib.metadata import version

import numpy as np
import pytest

from naeum import extras
from naeum.compress.export import folder
from naeum.compress.export.parity import in_float32
from naeum.data.rows import rows_of
from naeum.model.around.blend import Blend
from naeum.model.table.boosting import Boosting
from naeum.model.table.derived import Derived
from naeum.model.table.linear import TableLinear
from naeum.model.tags.probe import WordProbe
from naeum.model.text.pair_linear import PairLinear
from naeum.model.text.probe import PairProbe
from naeum.testing.worlds import pairs, table, tags

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not extras.there("torch"), reason="needs torch")]
NEEDED = ("onnxruntime", "tokenizers", "numpy")
INSTALL = 300  # seconds that the packages may take
CELLS = [
    {"나이": "31", "요금": "1,200.5", "town": "서울", "joined": "2020-03-01", "memo": "안녕"},
    {"나이": None, "요금": 55, "town": "새 도시", "joined": None, "memo": None},
]


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """The Python of an environment of its own, and what it is run with."""
    place = tmp_path_factory.mktemp("alone") / "env"
    venv.create(place, with_pip=True)
    python = place / ("Scripts" if os.name == "nt" else "bin") / "python"
    clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
    wanted = [f"{name}=={version(name)}" for name in NEEDED]
    told = [python, "-m", "pip", "install", "--quiet", "--retries", "0", *wanted]
    done = subprocess.run(told, capture_output=True, text=True, env=clean, timeout=INSTALL, check=False)
    if done.returncode:
        pytest.skip(f"no index of packages is at hand: {done.stderr[-200:]}")
    return python, clean


def asked(alone, place, rows):
    """What the program of a folder answers there, a JSON line a row."""
    python, clean = alone
    told = [python, place / "predict.py", *(json.dumps(row, ensure_ascii=False) for row in rows)]
    done = subprocess.run(told, capture_output=True, text=True, env=clean, check=True, cwd=place.parent)
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_nothing_else_is_there(alone):
    python, clean = alone
    missing = "import importlib.util as u, json; print(json.dumps([u.find_spec(n) is None for n in {names!r}]))"
    names = ("naeum", "torch", "transformers", "pyarrow", "sklearn", "scipy", "pandas", "PIL")
    done = subprocess.run(
        [python, "-c", missing.format(names=names)], capture_output=True, text=True, env=clean, check=True
    )
    assert all(json.loads(done.stdout))


def test_a_tagger(alone, base, run, tmp_path):
    given = tags.parts(12)
    fitted = run.fit(WordProbe(base, layers=2, max_length=32), given)
    folder.export(fitted, tmp_path / "out", given.tune.rows)
    sentences = given.tune.rows["words"].to_pylist()
    python, clean = alone
    read = "rows = json.load(sys.stdin); print(json.dumps(Model('.').predict(rows)))"
    code = f"import json, sys; from predict import Model; {read}"
    done = subprocess.run(
        [python, "-c", code], input=json.dumps(sentences), capture_output=True, text=True, env=clean, check=True,
        cwd=tmp_path / "out",
    )  # fmt: skip
    own = in_float32(fitted).predict(given.tune.rows)
    found = json.loads(done.stdout)
    assert [one["prediction"] for one in found] == [list(one) for one in own.labels]
    np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, atol=1e-4)


def test_a_model_of_pairs(alone, base, run, tmp_path):
    given = pairs.parts(24)
    learner = Blend((PairProbe(base, c=0.01, max_length=32), PairLinear(c=4.0, chars=(1, 2))), how="mean")
    fitted = run.fit(learner, given)
    folder.export(fitted, tmp_path / "out", given.tune.rows)
    rows, own = given.tune.rows.to_pylist(), in_float32(fitted).predict(given.tune.rows)
    found = asked(alone, tmp_path / "out", rows)
    assert [one["prediction"] for one in found] == own.labels.tolist()
    np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, atol=1e-4)


def test_a_table(alone, run, tmp_path):
    given = table.parts(48)
    lines = Derived(TableLinear(c=1.0), ("logs", "ranks", "pairs", "means", "counts", "spans"))
    fitted = run.fit(Blend((lines, Boosting(rounds=10, leaves=8, least_rows=5)), how="mean"), given)
    folder.export(fitted, tmp_path / "out", given.tune.rows)
    own = fitted.predict(rows_of(CELLS, given.fit.task))
    found = asked(alone, tmp_path / "out", CELLS)
    assert [one["prediction"] for one in found] == own.labels.tolist()
    np.testing.assert_allclose([one["confidence"] for one in found], own.confidence, atol=1e-6)
