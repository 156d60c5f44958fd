"""Is a pretrained encoder of images found, given its pixels, its features stored? Tiny ones of random weights."""

import json
import shutil

import numpy as np
import pytest

from naeum.contract import Policy
from naeum.engine import bases
from naeum.errors import BaseModelError
from naeum.model.image import encoder
from naeum.testing.worlds import images as world

OFFLINE = Policy(threads=1, offline=True)


def test_width_layers_and_side_are_read(resnet, vit):
    one, other = bases.find(resnet, OFFLINE), bases.find(vit, OFFLINE)
    assert (one.reads, one.width, one.layers, one.max_length) == ("image", 16, 2, 224)
    assert (other.reads, other.width, other.layers, other.max_length) == ("image", 16, 2, 16)


def test_what_it_says_of_its_pixels_is_kept(vit, tmp_path):
    folder = tmp_path / "vit"
    shutil.copytree(vit, folder)
    said = {"size": {"height": 24, "width": 24}, "image_mean": [0.5] * 3, "image_std": [0.25] * 3}
    (folder / "preprocessor_config.json").write_text(json.dumps(said))
    found = encoder.sight(bases.find(folder, OFFLINE))
    assert (found.side, found.center, found.spread) == (24, (127.5,) * 3, (63.75,) * 3)
    assert encoder.sight(bases.find(vit, OFFLINE), 32).side == 32
    assert bases.find(folder, OFFLINE).digest != bases.find(vit, OFFLINE).digest
    (folder / "preprocessor_config.json").write_text("{")
    with pytest.raises(BaseModelError, match=r"preprocessor_config.json must be readable JSON"):
        encoder.sight(bases.find(folder, OFFLINE))


def test_an_encoder_of_texts_is_refused():
    with pytest.raises(BaseModelError, match=r"must have an encoder of images; .* reads text; name a ResNet or a ViT"):
        encoder.found("all-MiniLM-L6-v2", OFFLINE)


@pytest.mark.parametrize("size", [0, 32])
def test_features_are_stored_and_the_same_as_computed(resnet, tmp_path, monkeypatch, size):
    base = encoder.found(resnet, OFFLINE)
    module = encoder.seeing(base, 3, "mean", size or 16)
    rows = world.odd()
    direct, known = encoder.vectors(module, rows, world.TASK, None, OFFLINE)
    stored, _ = encoder.vectors(module, rows, world.TASK, tmp_path, OFFLINE)
    assert np.allclose(direct, stored, atol=2e-3) and not direct[~known].any() and known.sum() == 9
    monkeypatch.setattr(encoder, "_passed", lambda *given: iter(()))
    again, same = encoder.vectors(module, rows, world.TASK, tmp_path, OFFLINE)
    assert np.array_equal(again, stored) and np.array_equal(same, known)


def test_a_transformer_takes_other_sides_and_both_poolings(vit):
    base = encoder.found(vit, OFFLINE)
    found = [
        encoder.vectors(encoder.seeing(base, 3, pooling, size), world.make(2).rows, world.TASK, None, OFFLINE)[0]
        for pooling in encoder.POOLINGS
        for size in (16, 24)
    ]
    assert all(one.shape == (2, 16) and np.isfinite(one).all() for one in found)
    assert not np.allclose(found[0], found[2])


@pytest.mark.parametrize(
    "name, settings",
    [
        ("ResNet", {"embedding_size": 8, "hidden_sizes": [8, 16], "depths": [1, 1], "layer_type": "basic"}),
        ("ViT", {"image_size": 16, "patch_size": 4, "hidden_size": 16, "num_hidden_layers": 2,
                 "num_attention_heads": 2, "intermediate_size": 32}),
    ],
)  # fmt: skip
def test_the_head_that_a_classifier_was_trained_with_is_dropped_and_replaced(name, settings, tmp_path):
    """A classifier of seven classes (random weights here) becomes one of three, its encoder untouched."""
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    config = getattr(transformers, f"{name}Config")(**settings, num_labels=7)
    whole = getattr(transformers, f"{name}ForImageClassification")(config)
    whole.save_pretrained(tmp_path)
    module = encoder.seeing(bases.find(str(tmp_path), OFFLINE), 3, "mean", 0)
    before = {key.partition(".")[2]: value for key, value in whole.state_dict().items() if "classifier" not in key}
    here = module.encoder.state_dict()
    assert before and all(torch.equal(here[key], value) for key, value in before.items())
    assert not [key for key in here if "classifier" in key]
    assert tuple(module.head.weight.shape) == (3, 16) and not module.head.weight.any()
    assert module(torch.zeros(2, 3, 16, 16, dtype=torch.uint8)).shape == (2, 3)
