"""Does transformers load the folder of a fine-tuned encoder, and answer as the run does?"""

import json

import numpy as np
import pytest

from naeum.errors import InputError, ParityError
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.thresholded import Thresholded
from naeum.model.floor import Majority
from naeum.model.tags.finetuned import Reading, TunedTagger
from naeum.model.text.finetuned import CrossEncoder, FineTuned
from naeum.model.text.tuning import TopLayers
from naeum.takeaway import huggingface
from naeum.takeaway.script import Model
from naeum.testing.worlds import korean, labels, numbers, pairs, tags
from tests.takeaway.conftest import BRISK, STORY


def inside(folder, cells):
    """As `huggingface.answered`, in this process."""
    import transformers

    settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
    auto = getattr(transformers, settings["naeum"]["auto"])
    model = auto.from_pretrained(folder, trust_remote_code="auto_map" in settings).eval()
    found = []
    for row in cells:
        words = isinstance(row[0], list)
        given = tokenizer(*row, is_split_into_words=words, truncation=True, return_tensors="pt")
        logits = model(**given).logits.detach()[0]
        places = given.word_ids()
        found.append(logits[[places.index(at) for at in range(len(row[0]))]].tolist() if words else logits.tolist())
    return found


@pytest.fixture
def here(monkeypatch, tmp_path):
    """Compare in this process; code that lies in a folder is copied to a place of the test."""
    from transformers import dynamic_module_utils

    monkeypatch.setattr(dynamic_module_utils, "HF_MODULES_CACHE", str(tmp_path / "modules"))
    monkeypatch.setattr(huggingface, "answered", inside)


def test_a_process_of_its_own_loads_a_calibrated_encoder(tmp_path, run, base):
    learner = Calibrated(
        FineTuned(base=base, tuning=TopLayers(1, head="probe"), optimization=BRISK, max_length=32), 1.7
    )
    parts = korean.parts(24)
    model = Model(run.fit(learner, parts), learner, STORY, seed=5)
    card = huggingface.write(model, tmp_path / "폴더", parts.tune.rows)
    assert card["auto"] == "AutoModelForSequenceClassification" and card["parity"]["rows"] == len(parts.tune)
    names = {path.name for path in (tmp_path / "폴더").iterdir()}
    assert {"config.json", "model.safetensors", "modeling_naeum.py", "tokenizer.json", "README.md"} <= names
    said = (tmp_path / "폴더" / "README.md").read_text(encoding="utf-8")
    assert "accuracy **0.900 [0.850, 0.950]**" in said and "seed 5" in said and "trust_remote_code=True" in said
    settings = json.loads((tmp_path / "폴더" / "config.json").read_text(encoding="utf-8"))
    assert settings["id2label"] == {"0": "a", "1": "b", "2": "c"}
    assert settings["problem_type"] == "single_label_classification"


@pytest.mark.parametrize("world", [labels, numbers])
def test_labels_and_numbers(tmp_path, run, base, here, world):
    parts = world.parts(16)
    learner = FineTuned(base=base, optimization=BRISK, max_length=32, pooling="cls")
    learner = Thresholded(learner, cut=(0.3,) * len(parts.fit.task.classes)) if world is labels else learner
    huggingface.write(Model(run.fit(learner, parts), learner, STORY), tmp_path / "a", parts.tune.rows)
    settings = json.loads((tmp_path / "a" / "config.json").read_text(encoding="utf-8"))
    assert settings["naeum"]["cut"] == ([0.3] * len(parts.fit.task.classes) if world is labels else None)


def test_words_are_tagged_by_the_class_of_transformers(tmp_path, run, base, here):
    import transformers

    parts = tags.parts(24)
    learner = TunedTagger(base=base, optimization=BRISK, reading=Reading(cased=False, max_length=32))
    fitted = run.fit(learner, parts)
    card = huggingface.write(Model(fitted, learner, STORY), tmp_path / "a", parts.tune.rows)
    assert card["auto"] == "AutoModelForTokenClassification" and not (tmp_path / "a" / "modeling_naeum.py").exists()
    model = transformers.AutoModelForTokenClassification.from_pretrained(tmp_path / "a")
    assert type(model).__name__ == "BertForTokenClassification"
    assert list(model.config.id2label.values()) == list(parts.fit.task.classes)


def test_a_model_of_another_kind_is_refused(run, base):
    parts = korean.parts(12)
    with pytest.raises(InputError, match="this model has a part of kind 'blend'; name a rung of one with --rung"):
        huggingface.fitting(run.fit(Blend((Majority(),)), parts))


def test_a_folder_that_answers_otherwise_is_refused(tmp_path, run, base, monkeypatch):
    parts = numbers.parts(12)
    learner = FineTuned(base=base, optimization=BRISK, max_length=32)
    monkeypatch.setattr(huggingface, "answered", lambda folder, cells: np.zeros((len(cells), 1)).tolist())
    with pytest.raises(ParityError, match=r"a folder of Hugging Face must answer as the run does, within 0\.0001"):
        huggingface.write(Model(run.fit(learner, parts), learner, STORY), tmp_path / "a", parts.tune.rows)
    assert not (tmp_path / "a").exists()


def test_a_folder_that_does_not_load_is_refused(tmp_path):
    with pytest.raises(ParityError, match="transformers must load the folder; it ended with"):
        huggingface.answered(tmp_path, [["a"]])


def test_rows_without_a_text_are_not_compared():
    parts = pairs.parts(12)
    rows = pairs.odd()
    assert len(huggingface.comparable(rows, parts.fit.task)) < len(rows)
    assert CrossEncoder.reading == "crossed"
