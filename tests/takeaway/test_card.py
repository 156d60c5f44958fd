"""Does the card of a model say what people and the hub want to know?"""

from types import SimpleNamespace

import yaml

from naeum.contract import Task
from naeum.takeaway.card import card
from naeum.takeaway.script import Model
from tests.takeaway.conftest import STORY

BASE = SimpleNamespace(name="org/model", licence="unknown")


def test_the_head_is_what_the_hub_reads():
    predictor = SimpleNamespace(task=Task(classes=("a", "b"), output="labels"), cut=(0.25, 0.5))
    text = card(Model(predictor, None, STORY, 3), BASE, "AutoModelForSequenceClassification")
    head = yaml.safe_load(text.split("---")[1])
    assert head["license"] == "other" and head["base_model"] == "org/model" and head["tags"] == ["naeum"]
    assert head["pipeline_tag"] == "text-classification"
    assert "from these probabilities on: 0.25, 0.5." in text and "| 2 | Linear model (linear) | 0.900" in text
    assert "[org/model](https://huggingface.co/org/model) (unknown)" in text


def test_taggers_need_no_code_of_naeum():
    predictor = SimpleNamespace(task=Task(inputs=("words",), classes=("O", "B-x"), output="tags"))
    text = card(Model(predictor, None, STORY), BASE, "AutoModelForTokenClassification")
    assert "trust" not in text and "is_split_into_words=True" in text
