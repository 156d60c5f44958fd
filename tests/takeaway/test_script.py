"""Does a program run where there is no naeum, is it well made, and does it say how it was found?"""

import ast
import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

from naeum.model.around.blend import Blend
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.takeaway import gate, script
from naeum.testing.worlds import korean, labels, numbers, ordered, tags
from naeum.train.recipe import Optimization
from tests.takeaway.conftest import STORY, answered, classes_of

RUFF = Path(sys.executable).with_name("ruff")
ONE_STEP = Optimization(epochs=1.0, batch_size=64)
NOBODY = "raise ImportError('a script must need no naeum')"


@pytest.fixture(scope="module")
def made(tmp_path_factory, run):
    """A program that was written behind the real gate, and the model that it was made of."""
    parts, place = korean.parts(36), tmp_path_factory.mktemp("script")
    learner = Blend((TfidfLogistic(), Majority()), how="mean")
    predictor = run.fit(learner, parts)
    card = script.write(script.Model(predictor, learner, STORY, seed=3), place / "모델.py", parts.tune.rows)
    return place, predictor, parts, card


def alone(place, *given):
    """Run a program in a process in which `import naeum` fails."""
    (place / "without" / "naeum").mkdir(parents=True, exist_ok=True)
    (place / "without" / "naeum" / "__init__.py").write_text(NOBODY)
    env = {**os.environ, "PYTHONPATH": str(place / "without"), "PYTHONIOENCODING": "utf-8"}
    return subprocess.run(
        [sys.executable, str(place / "모델.py"), *map(str, given)], capture_output=True, text=True, encoding="utf-8",
        env=env, cwd=place, check=False,
    )  # fmt: skip


def test_it_answers_as_the_model_where_there_is_no_naeum(made):
    place, predictor, parts, card = made
    rows = [["text", "label"], *zip(parts.tune.rows["text"].to_pylist(), classes_of(parts.tune), strict=True)]
    with (place / "새 글.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    done = alone(place, "predict", "새 글.csv", "--out", "out.csv", "--scores")
    assert done.returncode == 0, done.stderr
    scores, told = gate.read_answers(place / "out.csv")
    own = predictor.predict(parts.tune.rows)
    assert told == own.labels.tolist() and abs(scores - own.scores).max() < 1e-4
    share = (own.codes == parts.tune.target).mean()
    assert f"accuracy {share:.4f} on {len(parts.tune)} rows" in done.stdout
    assert card["parity"]["rows"] == len(parts.tune) and card["packages"][:2] == ["numpy", "pandas"]


def test_it_learns_again_in_the_same_process_of_its_own(made):
    place, _, parts, _ = made
    lines = [
        f"{text}\t{name}" for text, name in zip(parts.fit.rows["text"].to_pylist(), classes_of(parts.fit), strict=True)
    ]
    (place / "fit.tsv").write_text("\n".join(["text\tlabel", *lines]), encoding="utf-8")
    done = alone(place, "train", "fit.tsv", "--weights", "new")
    assert done.returncode == 0, done.stderr
    assert {"ngrams.npz", "ngrams.json", "floor.npz"} == {path.name for path in (place / "new").iterdir()}


def test_the_story_stands_at_its_top(made):
    place, *_ = made
    said = ast.get_docstring(ast.parse((place / "모델.py").read_text(encoding="utf-8")))
    assert said.startswith("How is `label` answered from `text`? Written by naeum")
    assert "2. Linear model (linear): 0.900 [0.850, 0.950], +0.400 [+0.300, +0.500] over the best before it." in said
    assert "It answers the finding M01: it is too simple" in said and "python 모델.py train" in said


@pytest.mark.parametrize(
    ("world", "learner"),
    [
        *((world, Majority()) for world in (korean, labels, numbers, ordered, tags)),
        (korean, HashedNgrams(optimization=ONE_STEP, buckets=2**8)),
        (korean, CharConvolution(optimization=ONE_STEP, width=4, filters=4)),
        (tags, Crf()),
    ],
)
def test_it_is_formatted_and_nothing_in_it_is_unused(world, learner, tmp_path, run, monkeypatch):
    monkeypatch.setattr(gate, "answered", answered)
    parts = world.parts(24)
    script.write(script.Model(run.fit(learner, parts), learner, STORY), tmp_path / "a.py", parts.tune.rows)
    rules = ["--isolated", "--line-length", "120"]
    for given in (["check", "--select", "E,F,W,I,B,UP"], ["format", "--diff"]):
        done = subprocess.run([RUFF, *given, *rules, tmp_path / "a.py"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_folder_holds_the_program_its_weights_and_its_packages(tmp_path, run, monkeypatch):
    monkeypatch.setattr(gate, "answered", answered)
    parts = korean.parts(24)
    model = script.Model(run.fit(Majority(), parts), Majority(), STORY)
    card = script.write(model, tmp_path / "taken", parts.tune.rows)
    assert card["script"] == str(tmp_path / "taken" / "model.py")
    assert "numpy==" in (tmp_path / "taken" / "requirements.txt").read_text()
    assert script.write(model, tmp_path / "taken", parts.tune.rows)["weights"] == card["weights"]


def test_a_model_that_cannot_be_trained_says_so_and_stops(tmp_path, run, monkeypatch):
    from naeum.model.around.fitted import Fitted
    from naeum.model.around.through import Through

    monkeypatch.setattr(gate, "answered", answered)
    parts = korean.parts(24)
    model = script.Model(Through(run.fit(Majority(), parts)), Fitted("key"), STORY)
    script.write(model, tmp_path / "a.py", parts.tune.rows)
    from tests.takeaway.conftest import opened

    with pytest.raises(SystemExit, match="cannot train a model that was taken from an earlier run"):
        opened(tmp_path / "a.py").main(["train", "fit.csv"])
