"""Is what is wrong with a model's folder said in one sentence?"""

from __future__ import annotations

import json

import pytest

from naeum.engine.model_folder import read_config, weight_files
from naeum.errors import BaseModelError


def change(folder, **settings):
    document = json.loads((folder / "config.json").read_text()) | settings
    (folder / "config.json").write_text(json.dumps(document))


def test_a_whole_folder(base_folder):
    config = read_config(base_folder)
    assert (config.architecture, config.width, config.layers, config.max_length, config.pad) == ("bert", 16, 3, 64, 0)
    assert [file.name for file in weight_files(base_folder)] == ["model.safetensors"]


def test_positions_behind_the_padding_are_not_counted(own_folder):
    change(own_folder, model_type="xlm-roberta", max_position_embeddings=514, pad_token_id=1)
    assert read_config(own_folder).max_length == 512


def test_other_names_for_width_and_layers(own_folder):
    change(own_folder, model_type="distilbert", hidden_size=None, dim=16)
    document = json.loads((own_folder / "config.json").read_text())
    del document["hidden_size"]
    document["n_layers"] = document.pop("num_hidden_layers")
    (own_folder / "config.json").write_text(json.dumps(document))
    assert (read_config(own_folder).width, read_config(own_folder).layers) == (16, 3)


@pytest.mark.parametrize(
    ("name", "content", "match"),
    [
        ("config.json", None, "has no config.json; give the folder that holds it"),
        ("config.json", "{", "config.json must be readable JSON"),
        ("config.json", "[]", "config.json must be a JSON object"),
        ("config.json", '{"model_type": "bert"}', "must give hidden_size and num_hidden_layers"),
        (
            "config.json",
            '{"model_type": "nonesuch"}',
            "must be known to transformers; .* is of 'nonesuch'; choose another",
        ),
        ("config.json", '{"model_type": "x", "auto_map": {}}', "needs code of its own, which is never run"),
        ("config.json", "{}", "is of 'none'"),
        ("tokenizer.json", None, "must come with its tokenizer"),
    ],
)
def test_a_broken_config_or_tokenizer(own_folder, name, content, match):
    if content is None:
        (own_folder / name).unlink()
    else:
        (own_folder / name).write_text(content)
    with pytest.raises(BaseModelError, match=match):
        read_config(own_folder)


def test_an_encoder_decoder_is_refused(own_folder):
    change(own_folder, model_type="t5", is_encoder_decoder=True)
    with pytest.raises(BaseModelError, match="a base model must be an encoder"):
        read_config(own_folder)


def test_truncated_weights(own_folder):
    weights = own_folder / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-100])
    with pytest.raises(BaseModelError, match=r"must be whole; .*model.safetensors is broken or truncated"):
        weight_files(own_folder)


def test_a_pickle_is_never_read(own_folder):
    (own_folder / "model.safetensors").rename(own_folder / "pytorch_model.bin")
    with pytest.raises(BaseModelError, match=r"lacks model.safetensors \(it has pytorch_model.bin, a pickle"):
        weight_files(own_folder)


def test_weights_in_several_files(own_folder):
    (own_folder / "model.safetensors").rename(own_folder / "model-00001-of-00002.safetensors")
    names = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (own_folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": names}))
    with pytest.raises(BaseModelError, match=r"lacks model-00002-of-00002.safetensors"):
        weight_files(own_folder)
    del names["b"]
    (own_folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": names}))
    assert [file.name for file in weight_files(own_folder)] == ["model-00001-of-00002.safetensors"]
