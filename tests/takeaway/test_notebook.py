"""Does a notebook of a model hold its story, and run from top to bottom in a kernel?"""

import json

import nbformat
import pytest

from naeum.model.text.linear import TfidfLogistic
from naeum.takeaway import gate, notebook
from naeum.takeaway.script import Model
from naeum.testing.worlds import korean
from tests.takeaway.conftest import STORY, answered


@pytest.fixture
def written(tmp_path, run, monkeypatch):
    """The place of a notebook, and the model that it was made of."""
    monkeypatch.setattr(gate, "answered", answered)
    parts = korean.parts(36)
    predictor = run.fit(TfidfLogistic(), parts)
    notebook.write(Model(predictor, TfidfLogistic(), STORY), tmp_path / "모델.ipynb", parts.tune.rows)
    return tmp_path / "모델.ipynb", predictor, parts


def test_it_is_a_sound_notebook_with_the_story_between_the_code(written):
    file, *_ = written
    document = nbformat.read(file, as_version=4)
    nbformat.validate(document)
    told = [cell["source"] for cell in document["cells"] if cell["cell_type"] == "markdown"]
    assert told[0].startswith("# Linear model") and "2. Linear model (linear): 0.900" in told[1]
    assert sorted(path.name for path in file.parent.iterdir()) == ["모델.ipynb", "모델_weights"]


def test_it_runs_from_top_to_bottom_and_answers_as_the_model(written):
    """In a real kernel, in the folder of the notebook."""
    from nbclient import NotebookClient

    file, predictor, parts = written
    document = nbformat.read(file, as_version=4)
    NotebookClient(document, timeout=120, resources={"metadata": {"path": str(file.parent)}}).execute()
    shown = next(cell for cell in document["cells"] if "rows.join(answers(scores))" in cell["source"])
    text = shown["outputs"][0]["data"]["text/plain"]
    for label in predictor.predict(parts.tune.rows.slice(0, 3)).labels:
        assert label in text
    ladder = next(cell for cell in document["cells"] if "errorbar" in cell["source"])
    assert "image/png" in ladder["outputs"][0]["data"]


def test_no_row_stands_in_it_where_none_may(tmp_path, run, monkeypatch):
    monkeypatch.setattr(gate, "answered", answered)
    parts = korean.parts(24)
    model = Model(run.fit(TfidfLogistic(), parts), TfidfLogistic(), STORY)
    notebook.write(model, tmp_path / "a", parts.tune.rows, show=False)
    text = (tmp_path / "a" / "model.ipynb").read_text(encoding="utf-8")
    assert not any(json.dumps(row, ensure_ascii=False)[1:-1] in text for row in parts.tune.rows["text"].to_pylist())
    assert {path.name for path in (tmp_path / "a").iterdir()} == {
        "model.ipynb",
        "weights",
        "requirements.txt",
        ".naeum",
    }
