"""Which encoders of images are small enough for a test? A ResNet and a ViT with random weights: they know nothing."""

import pytest


@pytest.fixture(scope="session")
def resnet(tmp_path_factory):
    """A folder with a ResNet of two stages."""
    return _saved(tmp_path_factory, "ResNet", embedding_size=8, hidden_sizes=[8, 16], depths=[1, 1], layer_type="basic")


@pytest.fixture(scope="session")
def vit(tmp_path_factory):
    """A folder with a ViT of two layers that was made for 16 pixels."""
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    return _saved(tmp_path_factory, "ViT", image_size=16, patch_size=4, **sizes)


def _saved(factory, name, **settings):
    torch, transformers = pytest.importorskip("torch"), pytest.importorskip("transformers")
    folder = factory.mktemp(name)
    with torch.random.fork_rng():
        torch.manual_seed(0)
        module = getattr(transformers, f"{name}Model")(getattr(transformers, f"{name}Config")(**settings))
    module.save_pretrained(folder)
    return str(folder)
