"""Which base model is small enough for a test? A BERT with random weights that knows the words of the tiny data.

Beside it a ViT with random weights, which knows nothing of images.
"""

from __future__ import annotations

from pathlib import Path

from naeum import extras
from naeum.testing.data import FILLER, SIGNAL

WIDTH, LAYERS, HEADS, LENGTH = 16, 2, 2, 64
SIGHT = "sight"  # the folder of the ViT, inside that of the BERT
SPREAD = 0.2  # of the random weights: wide enough that texts get unlike vectors


def tiny_encoder(folder: Path) -> str:
    """Write the model, with a word-piece tokenizer, into `folder`; gives its path, as a learner's `base`.

    Raises:
        MissingExtra: torch or transformers is not installed.
    """
    torch = extras.need("torch", "a tiny encoder")
    transformers = extras.need("transformers", "a tiny encoder")
    folder.mkdir(parents=True, exist_ok=True)
    size = _write_tokenizer(folder)
    config = transformers.BertConfig(
        vocab_size=size,
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=2 * WIDTH,
        max_position_embeddings=LENGTH,
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        module = transformers.BertModel(config, add_pooling_layer=False)
        for parameter in module.parameters():
            torch.nn.init.normal_(parameter, std=SPREAD)
    module.save_pretrained(folder)
    tiny_sight(folder / SIGHT)
    return str(folder)


def tiny_sight(folder: Path) -> str:
    """Write a ViT for images of 16 pixels into `folder`; gives its path, as a learner's `base`.

    Raises:
        MissingExtra: torch or transformers is not installed.
    """
    torch = extras.need("torch", "a tiny encoder of images")
    transformers = extras.need("transformers", "a tiny encoder of images")
    config = transformers.ViTConfig(
        hidden_size=WIDTH,
        num_hidden_layers=LAYERS,
        num_attention_heads=HEADS,
        intermediate_size=2 * WIDTH,
        image_size=16,
        patch_size=4,
    )
    with torch.random.fork_rng():
        torch.manual_seed(0)
        module = transformers.ViTModel(config, add_pooling_layer=False)
        for parameter in module.parameters():
            torch.nn.init.normal_(parameter, std=SPREAD)
    module.save_pretrained(folder)
    return str(folder)


def _write_tokenizer(folder: Path) -> int:
    """A word-piece tokenizer of the words of the tiny data; gives the size of its vocabulary."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    signal = [word for words in (*SIGNAL[True], *SIGNAL[False]) for word in words]
    known = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys([*signal, *FILLER[True], *FILLER[False]])]
    tokenizer = Tokenizer(models.WordPiece({word: at for at, word in enumerate(known)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    return len(known)
