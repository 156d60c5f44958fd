"""Is the user told before a download, and is a failure one sentence? (The hub is played by objects made here.)"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import huggingface_hub
import pytest

from naeum.contract import Policy
from naeum.engine import bases, hub
from naeum.errors import BaseModelError


class Hub:
    """Stands for huggingface_hub: knows the files of one model, and copies a folder as a download."""

    def __init__(self, files: dict[str, int], source: Path | None = None) -> None:
        self.files, self.source, self.said_before = files, source, False
        self.said: list[str] = []
        self.asked: dict[str, object] = {}

    def say(self, text: str) -> None:
        self.said.append(text)

    def HfApi(self):
        siblings = [SimpleNamespace(rfilename=name, size=size) for name, size in self.files.items()]
        about = SimpleNamespace(siblings=siblings, card_data=SimpleNamespace(license="mit"))
        return SimpleNamespace(model_info=lambda *_, **__: about)

    def snapshot_download(self, name, **asked):
        self.asked, self.said_before = {"name": name, **asked}, bool(self.said)
        return str(self.source)


def play(monkeypatch, tmp_path, stage: Hub) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
    monkeypatch.setattr(huggingface_hub, "HfApi", stage.HfApi)
    monkeypatch.setattr(huggingface_hub, "snapshot_download", stage.snapshot_download)


def test_name_size_and_licence_are_said_before_the_download(monkeypatch, tmp_path, base_folder):
    stage = Hub(
        {"model.safetensors": 91_000_000, "pytorch_model.bin": 91_000_000, "onnx/model.safetensors": 5}, base_folder
    )
    play(monkeypatch, tmp_path, stage)
    base = bases.find("org/model", Policy(offline=False), stage.say)
    assert base.folder == base_folder
    assert stage.said == ["downloading the base model org/model from huggingface.co: 91 MB, licence mit"]
    assert stage.said_before
    assert not any("bin" in str(pattern).split(".") for pattern in stage.asked["allow_patterns"])
    assert "*.py" not in stage.asked["allow_patterns"]


def test_a_model_without_safetensors_is_refused_before_the_download(monkeypatch, tmp_path):
    stage = Hub({"pytorch_model.bin": 91_000_000})
    play(monkeypatch, tmp_path, stage)
    with pytest.raises(BaseModelError, match=r"org/model on huggingface.co has none; choose another base"):
        bases.find("org/model", Policy(offline=False), stage.say)
    assert not stage.asked


def test_no_way_to_the_hub_is_one_sentence(monkeypatch, tmp_path):
    stage = Hub({})
    play(monkeypatch, tmp_path, stage)

    def down():
        raise ConnectionError("no route\nto host")

    monkeypatch.setattr(huggingface_hub, "HfApi", down)
    with pytest.raises(
        BaseModelError, match=r"that failed \(ConnectionError: no route to host\); check the name"
    ) as caught:
        bases.find("org/model", Policy(offline=False))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"HF_HUB_CACHE": "/a"}, "/a"),
        ({"HF_HOME": "/b"}, "/b/hub"),
        ({"XDG_CACHE_HOME": "/c"}, "/c/huggingface/hub"),
    ],
)
def test_the_cache_is_where_the_hubs_tools_keep_it(monkeypatch, settings, expected):
    for name in ("HF_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert hub.cache_folder() == Path(expected)
