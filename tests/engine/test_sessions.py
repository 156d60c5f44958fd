"""Is a base model loaded once, whole and exact?"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file

from naeum.contract import Policy
from naeum.engine import bases, sessions
from naeum.engine.tokens import pad, tokenize
from naeum.errors import BaseModelError

SINGLE = Policy(threads=1, offline=True)
HALF = Policy(threads=1, offline=True, dtype="bfloat16")


def test_loaded_once_exact_and_without_gradients(base):
    module = sessions.encoder(base, SINGLE)
    assert sessions.encoder(base, HALF) is module
    assert not module.training
    assert all(part.dtype == torch.float32 and not part.requires_grad for part in module.parameters())
    stored = load_file(base.folder / "model.safetensors")
    assert torch.equal(
        module.state_dict()["encoder.layer.0.output.dense.weight"], stored["encoder.layer.0.output.dense.weight"]
    )


def test_a_module_of_ones_own_is_not_the_shared_one(base):
    own = sessions.load(base)
    assert own is not sessions.encoder(base, SINGLE) and own is not sessions.load(base)
    assert all(part.requires_grad for part in own.parameters())


def test_states_equal_those_of_transformers(base):
    from transformers import AutoModel

    tokens = tokenize(base, ["the movie was good", "영화가 정말 좋다 very very"], 32)
    ids, mask = pad(tokens, [0, 1])
    states, _ = sessions.hidden_states(base, SINGLE, ids, mask)
    plain = AutoModel.from_pretrained(base.folder, add_pooling_layer=False).eval()
    with torch.inference_mode():
        wanted = plain(
            input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask), output_hidden_states=True
        )
    assert len(states) == base.layers + 1
    for state, want in zip(states, wanted.hidden_states, strict=True):
        torch.testing.assert_close(state[mask > 0], want[mask > 0], atol=1e-5, rtol=1e-5)
    last, _ = sessions.hidden_states(base, SINGLE, ids, mask, every=False)
    torch.testing.assert_close(last[0][mask > 0], wanted.last_hidden_state[mask > 0], atol=1e-5, rtol=1e-5)


@pytest.mark.parametrize("dtype", ["bfloat16", "float16"])
def test_fewer_bits_are_near_and_in_the_linear_layers_alone(base, dtype):
    ids, mask = pad(tokenize(base, ["불 켜 줘", "내일 날씨"], 16), np.arange(2))
    exact, _ = sessions.hidden_states(base, SINGLE, ids, mask, every=False)
    near, _ = sessions.hidden_states(base, replace(SINGLE, dtype=dtype), ids, mask, every=False)
    away = (near[-1].float() - exact[-1]).abs().max()
    assert 0 < away < 0.1
    module = sessions._shared(base, "cpu", dtype)
    held = {type(one).__name__: one.weight.dtype for one in module.modules() if hasattr(one, "weight")}
    assert held["Linear"] == getattr(torch, dtype) and held["Embedding"] == torch.float32


def test_threads_may_ask_at_once(base):
    ids, mask = pad(tokenize(base, ["the movie was good"], 32), [0])
    alone = sessions.hidden_states(base, SINGLE, ids, mask)[0]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: sessions.hidden_states(base, SINGLE, ids, mask)[0], range(12)))
    for states in answers:
        assert len(states) == len(alone)
        assert all(np.array_equal(one.numpy(), two.numpy()) for one, two in zip(states, alone, strict=True))


def test_weights_that_do_not_fit_are_refused(own_folder):
    weights = load_file(own_folder / "model.safetensors")
    del weights["encoder.layer.1.output.dense.weight"]
    save_file(weights, own_folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BaseModelError, match=r"1 arrays are missing, the first is encoder.layer.1.output.dense.weight"):
        sessions.load(bases.find(own_folder, SINGLE))


def test_weights_of_another_size_are_refused(own_folder):
    weights = load_file(own_folder / "model.safetensors")
    weights["encoder.layer.1.output.dense.weight"] = torch.zeros(3, 3)
    save_file(weights, own_folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(BaseModelError, match=r"the weights of a base model must fit its config.json"):
        sessions.load(bases.find(own_folder, SINGLE))


@pytest.mark.parametrize("kind", ["distilbert", "electra", "roberta", "modernbert", "deberta-v2"])
def test_other_architectures_load(kind, own_folder):
    import transformers

    settings = {
        "distilbert": {"dim": 16, "n_layers": 2, "n_heads": 2, "hidden_dim": 32},
        "electra": {"embedding_size": 8},
        "modernbert": {"cls_token_id": 2, "sep_token_id": 3, "bos_token_id": 2, "eos_token_id": 3},
    }.get(kind, {})
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    sizes = {} if kind == "distilbert" else sizes
    config = transformers.AutoConfig.for_model(
        kind, vocab_size=40, max_position_embeddings=64, pad_token_id=0, **sizes, **settings
    )
    transformers.AutoModel.from_config(config).save_pretrained(own_folder)
    base = bases.find(own_folder, SINGLE)
    ids, mask = pad(tokenize(base, ["good movie today", "bad"], 16), [0, 1])
    states, _ = sessions.hidden_states(base, SINGLE, ids, mask)
    assert [tuple(state.shape) for state in states] == [(2, ids.shape[1], 16)] * 3


def test_a_blank_one_is_built_the_same_and_draws_nothing_from_others(base):
    torch.manual_seed(5)
    expected = torch.rand(1)
    torch.manual_seed(5)
    made, loaded = sessions.blank(base).state_dict(), sessions.load(base).state_dict()
    assert torch.equal(torch.rand(1), expected)
    assert {name: value.shape for name, value in made.items()} == {name: v.shape for name, v in loaded.items()}
    assert any(not torch.equal(made[name], loaded[name]) for name in loaded)


def test_a_blank_one_needs_a_configuration(own_folder):
    import dataclasses

    base = bases.find(own_folder, Policy(offline=True))
    empty = dataclasses.replace(base, folder=own_folder / "nowhere")
    with pytest.raises(
        BaseModelError, match=r"the weights of a base model must fit its config.json; .* cannot be loaded"
    ):
        sessions.blank(empty)
