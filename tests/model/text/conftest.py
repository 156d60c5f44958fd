"""What can be fine-tuned in a second? A tiny encoder with random weights that knows the words of the tiny data."""

from __future__ import annotations

from pathlib import Path

import pytest

from naeum.testing import data


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a BERT of two layers of width 16 with a word-piece tokenizer."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    folder: Path = tmp_path_factory.mktemp("encoders") / "tiny"
    folder.mkdir()
    known = [*sum(data.SIGNAL[True] + data.SIGNAL[False], ()), *data.FILLER[True], *data.FILLER[False], "##는", "##s"]
    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(known)])}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=2, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64, initializer_range=0.2,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(0)
        module = BertModel(config, add_pooling_layer=False)
    module.save_pretrained(folder)
    return str(folder)
