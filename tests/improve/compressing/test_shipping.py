"""Does the recommended model come to its place, made of the champion that ships, or as measured where that strays?"""

import json

import pytest

from naeum.compress.export import exported, folder
from naeum.cycle import at_work, compress, open_run
from naeum.errors import InputError
from naeum.improve.compressing import Choice, course, ship, shipping


@pytest.fixture
def compressed(compressed_run, own_compressed_run):
    return own_compressed_run, compressed_run[1]


def test_the_recipe_is_done_to_the_champion_that_ships(compressed, tmp_path):
    run, found = compressed
    last, said = found.rungs[found.points[-1].rung], []
    with at_work(run, said.append, {}, look=True) as site:
        told = ship(site, found.champion, last, tmp_path / "small")
    assert told == f"It lies in {tmp_path / 'small'}, made of the champion that ships."
    model, ladder = exported.opened(tmp_path / "small"), open_run(run)
    assert {"eight_bits", "vocabulary"} <= set(model.model.card)
    tune = ladder.part("tune")
    shipped = ladder.store.load(ladder.shipped).predict(tune.rows)
    same = sum(a == b for a, b in zip(model.predict(tune.rows).labels, shipped.labels, strict=True))
    assert same >= 0.9 * len(tune)
    assert folder.is_export(tmp_path / "small") and [one.name for one in tmp_path.glob(".small*")] == []


def test_the_measured_one_is_taken_where_the_other_strays(compressed, tmp_path, monkeypatch):
    run, found = compressed
    monkeypatch.setattr(shipping, "ROWS", -(10**6))
    said = []
    with at_work(run, said.append, {}, look=True) as site:
        told = ship(site, found.champion, found.rungs[found.points[1].rung], tmp_path / "small")
        own = site.executor.fitted(found.rungs[found.points[1].rung].artifact).predictor
    assert told.endswith("small, as it was measured.")
    assert "the latter is taken" in said[-1]["text"]
    weights = exported.opened(tmp_path / "small").model.folder / "part0.onnx"
    assert weights.read_bytes() == (own.model.folder / "part0.onnx").read_bytes()


def test_the_verb_puts_the_recommended_one_there(compressed, few, tmp_path, monkeypatch):
    run, _ = compressed
    monkeypatch.setattr(course, "chosen", lambda points, *asked: Choice(points[-1], "It is the last."))
    found = compress(run, tmp_path / "small", max_loss=1.0)
    assert found.choice.point is found.points[-1]
    assert found.out.startswith(f"It lies in {tmp_path / 'small'}")
    assert json.loads((tmp_path / "small" / "model.json").read_text())["task"]["target"] == "label"


def test_a_folder_with_other_things_is_refused_before_anything_is_tried(own_encoder_run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a").write_text("x")
    with pytest.raises(InputError, match="a new folder, an empty one or an earlier export"):
        compress(own_encoder_run, tmp_path / "mine")
