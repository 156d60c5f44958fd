"""Is the likeliest base model first, with reasons that are true?"""

from pathlib import Path

import pytest

from naeum.contract import Policy, Task
from naeum.engine.bases import named
from naeum.engine.choice import WEIGHTS, sentence, weigh
from naeum.testing.encoders import tiny_encoder

OFFLINE = Policy(offline=True, threads=1)
KOREAN = ["최고 영화 정말 재밌다", "배우가 최악 지루하다 보고"] * 10


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return tiny_encoder(tmp_path_factory.mktemp("tiny"))


def by_name(found):
    return {one.name: one for one in found}


def test_weights_add_up_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1.0)


def test_a_vocabulary_that_lacks_the_words_comes_after_one_that_has_them(base_folder, tiny):
    found = weigh((str(base_folder), tiny), KOREAN, ("ko",), Task(), OFFLINE, {})
    here = [one for one in found if one.at_hand]
    assert [one.name for one in here] == [tiny, str(base_folder)]
    assert here[0].suit["unknown"] == 0.0 and here[1].suit["unknown"] > 0.2
    assert any("% unknown" in reason for reason in here[1].reasons)
    assert any("it does not say its languages" in reason for reason in here[0].reasons)


def test_models_of_the_language_come_before_multilingual_ones_and_others_are_left_out():
    found = by_name(weigh((), KOREAN, ("ko",), Task(), OFFLINE, {}))
    assert "google-bert/bert-base-uncased" not in found
    assert found["klue/bert-base"].points > found["FacebookAI/xlm-roberta-base"].points
    assert "trained on a hundred languages, ko among them" in found["FacebookAI/xlm-roberta-base"].reasons
    unsure = found["BM-K/KoSimCSE-roberta-multitask"]
    assert "its licence is not known" in unsure.reasons


def test_a_limit_on_size_puts_larger_ones_last():
    found = weigh((), KOREAN, ("ko",), Task(), OFFLINE, {"size_mb": 100})
    assert found[0].name == "monologg/koelectra-small-v3-discriminator" and not found[0].breaks
    assert "MB break the limit of 100 MB" in found[-1].breaks


def test_tags_want_capitals_and_likeness_vectors_of_sentences(tiny, base_folder):
    tags = by_name(weigh((tiny, str(base_folder)), ["영화"], (), Task(output="tags"), OFFLINE, {}))
    assert "it reads no capitals, which names are told by" in tags[str(base_folder)].reasons
    pair = Task(inputs=("a", "b"), output="number")
    alike = by_name(weigh((), KOREAN, ("ko",), pair, OFFLINE, {}))
    assert "made for vectors of whole texts" in alike["jhgan/ko-sroberta-multitask"].reasons


def test_the_choice_is_said_with_what_would_be_better(tiny):
    found = weigh((tiny,), KOREAN, ("ko",), Task(), OFFLINE, {})
    said = sentence(found)
    assert said.startswith(f"base model = {tiny}, the only one at hand: it does not say its languages; ")
    assert "On paper beomi/KcELECTRA-base (475 MB, mit)" in said or "is likelier to be good: --base" in said
    assert sentence([one for one in found if not one.at_hand]) == ""


def test_a_folder_of_folders_names_all_of_them(tmp_path, tiny):
    one = tiny_encoder(tmp_path / "one")
    two = tiny_encoder(tmp_path / "two")
    assert named(str(tmp_path), OFFLINE) == (str(Path(one)), str(Path(two)))
    assert named(f"{one}, {two},{one}", OFFLINE) == (one, two)
    assert named(tiny, OFFLINE) == (tiny,), "a model with another inside is one model"
