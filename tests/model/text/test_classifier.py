"""Which weights of a classifier move, at which rate, and is LoRA merged to the very same answers?"""

from __future__ import annotations

import numpy as np
import pytest
import torch

from naeum.contract import Policy
from naeum.engine import bases, sessions
from naeum.model.text import classifier
from naeum.model.text.tuning import Full, Lora, TopLayers

IDS = torch.tensor([[2, 5, 6, 3], [2, 7, 3, 0]])
MASK = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])


@pytest.fixture
def base(tiny_base: str) -> bases.Base:
    return bases.find(tiny_base, Policy(threads=1, offline=True))


def made(base, pooling: str = "mean", dropout: float = 0.1):
    module = classifier.classifier(sessions.load(base), 3, pooling=pooling, dropout=dropout)
    with torch.no_grad():
        module.head.weight.copy_(torch.randn(3, 16, generator=torch.Generator().manual_seed(0)))
    return module.eval()


def moving(module) -> set[str]:
    return {name for name, parameter in module.named_parameters() if parameter.requires_grad}


@pytest.mark.parametrize("pooling", ["mean", "cls"])
def test_a_row_is_answered_alike_alone_and_beside_a_longer_one(base, pooling: str) -> None:
    module = made(base, pooling)
    together = module(input_ids=IDS, attention_mask=MASK)
    torch.testing.assert_close(together[:1], module(input_ids=IDS[:1], attention_mask=None), atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(together[1:], module(input_ids=IDS[1:, :3]), atol=1e-5, rtol=1e-4)


def test_the_mean_is_over_real_tokens(base) -> None:
    module = made(base)
    states = sessions.load(base).eval()(input_ids=IDS, attention_mask=MASK).last_hidden_state
    expected = torch.stack([states[0].mean(dim=0), states[1, :3].mean(dim=0)])
    torch.testing.assert_close(module.pooled(IDS, MASK), expected, atol=1e-5, rtol=1e-4)


def test_dropout_is_between_maps_and_not_on_attention(base) -> None:
    module = made(base, dropout=0.25)
    attention = module.encoder.encoder.layer[0].attention
    assert attention.self.dropout.p == 0.0
    assert attention.output.dropout.p == 0.25 == module.encoder.embeddings.dropout.p == module.dropout.p


def test_full_tuning_moves_all_but_the_words(base) -> None:
    module = made(base)
    classifier.prepare(module, Full(), seed=0)
    still = {name for name, _ in module.named_parameters()} - moving(module)
    assert still == {"encoder.embeddings.word_embeddings.weight"}


def test_words_move_with_row_sparse_gradients(base) -> None:
    module = made(base)
    classifier.prepare(module, Full(embeddings=True), seed=0)
    module(input_ids=IDS, attention_mask=MASK).sum().backward()
    assert module.encoder.embeddings.word_embeddings.weight.grad.is_sparse


def test_top_layers_move_and_the_head(base) -> None:
    module = made(base)
    classifier.prepare(module, TopLayers(layers=1), seed=0)
    assert {name.split(".")[0] for name in moving(module)} == {"encoder", "head"}
    assert all(".layer.1." in name for name in moving(module) if name.startswith("encoder"))
    classifier.prepare(module, TopLayers(layers=2), seed=0)
    assert any(".layer.0." in name for name in moving(module))
    assert not any("embeddings" in name for name in moving(module))


def test_rates_fall_with_depth_and_heads_have_their_own() -> None:
    rates = [classifier.scale(f"encoder.encoder.layer.{at}.x", 3, 0.5, 10.0) for at in range(3)]
    assert rates == [0.25, 0.5, 1.0]
    assert classifier.scale("encoder.embeddings.word_embeddings.weight", 3, 0.5, 10.0) == 0.125
    assert classifier.scale("head.bias", 3, 0.5, 10.0) == 10.0


def test_lora_is_merged_to_the_same_answers_and_the_same_parts(base) -> None:
    module = made(base)
    names, before = set(module.state_dict()), module(input_ids=IDS, attention_mask=MASK)
    classifier.prepare(module, Lora(rank=4), seed=1)
    assert all("lora_" in name or name.startswith("head") for name in moving(module))
    assert sum(name.endswith("lora_A.default.weight") for name in moving(module)) == 12  # six maps in each layer
    generator = torch.Generator().manual_seed(2)
    with torch.no_grad():
        for name, parameter in module.named_parameters():
            if "lora_B" in name:
                parameter.copy_(0.1 * torch.randn(parameter.shape, generator=generator))
    trained = module.eval()(input_ids=IDS, attention_mask=MASK)
    assert not torch.allclose(before, trained, atol=1e-3)
    classifier.merge(module)
    assert set(module.state_dict()) == names
    torch.testing.assert_close(module(input_ids=IDS, attention_mask=MASK), trained, atol=1e-4, rtol=1e-4)


def test_lora_starts_from_its_seed(base) -> None:
    found = []
    for seed in (0, 0, 1):
        module = made(base)
        classifier.prepare(module, Lora(rank=2), seed=seed)
        found.append(next(p.detach() for name, p in module.named_parameters() if "lora_A" in name))
    assert torch.equal(found[0], found[1])
    assert not torch.equal(found[0], found[2])


def test_only_what_differs_from_the_base_is_kept(base) -> None:
    module = made(base)
    with torch.no_grad():
        module.encoder.encoder.layer[1].output.dense.weight += 1.0
    found = classifier.difference(module, sessions.load(base))
    assert set(found) == {
        "encoder.encoder.layer.1.output.dense.weight", "head.weight", "head.bias", "center", "spread",
    }  # fmt: skip
    again = classifier.filled(made(base), found)
    assert np.array_equal(
        again(input_ids=IDS, attention_mask=MASK).detach(), module(input_ids=IDS, attention_mask=MASK).detach()
    )
