"""Tiny base models with random weights, for every test of the engine."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from naeum.contract import Policy
from naeum.engine import bases

WORDS = [
    "the", "a", "movie", "was", "good", "bad", "and", "very", "not", "today", "영화", "정말", "좋다", "나쁘다", "오늘",
    "##s", "##ly", "##가", "##는", "b", "c",
]  # fmt: skip
SINGLE = Policy(threads=1, offline=True)


def write_base(folder: Path, *, seed: int = 0, **settings: Any) -> Path:
    """A folder with a tiny BERT: 3 layers of width 16, random weights, a word-piece tokenizer."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *WORDS])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(strip_accents=False)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=3, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, pad_token_id=0, **settings,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        module = BertModel(config, add_pooling_layer=False)
        for parameter in module.parameters():
            torch.nn.init.normal_(parameter, std=0.3)
    module.save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def base_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One tiny base model, not to be changed."""
    return write_base(tmp_path_factory.mktemp("bases") / "tiny")


@pytest.fixture(scope="session")
def base(base_folder: Path) -> bases.Base:
    return bases.find(base_folder, SINGLE)


@pytest.fixture
def own_folder(base_folder: Path, tmp_path: Path) -> Path:
    """A copy of it to break."""
    return Path(shutil.copytree(base_folder, tmp_path / "own"))
