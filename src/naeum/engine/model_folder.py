"""Does a folder hold a model that can be used?

Checked without loading weights: config.json names a known encoder, of texts or of images, the weights are whole
safetensors, and an encoder of texts has its tokenizer. Everything that is wrong is one sentence.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naeum.errors import BaseModelError
from naeum.extras import need, there

TOKENIZER_FILES = (
    "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "added_tokens.json", "vocab.txt",
    "vocab.json", "merges.txt", "spiece.model", "spm.model", "sentencepiece.bpe.model",
)  # fmt: skip
VOCABULARIES = ("tokenizer.json", "vocab.txt", "vocab.json", "spiece.model", "spm.model", "sentencepiece.bpe.model")
PROCESSOR = "preprocessor_config.json"  # how an encoder of images wants its pixels
SIDE = 224  # pixels that encoders of images were trained on where they do not say
INDEX = "model.safetensors.index.json"
# Their position embeddings begin after the padding id, so that many positions are lost.
SHIFTED_POSITIONS = frozenset(
    {
        "roberta",
        "xlm-roberta",
        "camembert",
        "mpnet",
        "xlm-roberta-xl",
        "roberta-prelayernorm",
        "longformer",
        "data2vec-text",
    }
)
NO_LIMIT = 512  # tokens, for models that name no limit


@dataclass(frozen=True)
class Config:
    """What of a config.json matters here."""

    architecture: str
    width: int
    layers: int
    max_length: int  # tokens; pixels of a side of an image
    pad: int  # id of the padding token
    reads: str = "text"  # or "image"


def read_config(folder: Path) -> Config:
    """The checked configuration of the model in `folder`.

    Raises:
        BaseModelError: missing or broken config.json, tokenizer, or an architecture that is not an encoder we know.
    """
    document = _json(folder, folder / "config.json")
    kind = str(document.get("model_type", ""))
    _known(folder, kind, document)
    if sees_images(kind):
        return _of_images(folder, kind, document)
    if not any((folder / name).is_file() for name in VOCABULARIES):
        raise BaseModelError(
            f"a base model must come with its tokenizer; {folder} has none of "
            f"{', '.join(VOCABULARIES)}; copy them there"
        )
    width = document.get("hidden_size", document.get("dim"))
    layers = document.get("num_hidden_layers", document.get("n_layers"))
    if not (isinstance(width, int) and isinstance(layers, int) and width > 0 and layers > 0):
        raise BaseModelError(
            f"config.json must give hidden_size and num_hidden_layers; {folder} gives {width} and {layers}; get it anew"
        )
    pad = document.get("pad_token_id")
    pad = pad if isinstance(pad, int) and pad >= 0 else 0
    limit = document.get("max_position_embeddings")
    limit = limit if isinstance(limit, int) and limit > 0 else NO_LIMIT
    return Config(kind, width, layers, limit - (pad + 1 if kind in SHIFTED_POSITIONS else 0), pad)


def sees_images(kind: str) -> bool:
    """Whether an architecture is an encoder of images.

    Example:
        >>> sees_images("resnet"), sees_images("bert")
        (True, False)
    """
    if not there("transformers"):
        return False
    known = need("transformers.models.auto.modeling_auto", "reading a base model")
    return kind in known.MODEL_FOR_IMAGE_CLASSIFICATION_MAPPING_NAMES


def _of_images(folder: Path, kind: str, document: dict[str, Any]) -> Config:
    """Width, layers and side of an encoder of images; a convolution network gives them stage by stage."""
    widths, depths = document.get("hidden_sizes"), document.get("depths")
    width = document.get("hidden_size") or (widths[-1] if isinstance(widths, list) and widths else None)
    layers = document.get("num_hidden_layers") or (sum(depths) if isinstance(depths, list) else None)
    if not (isinstance(width, int) and isinstance(layers, int) and width > 0 and layers > 0):
        raise BaseModelError(
            f"config.json of an encoder of images must give hidden_size and num_hidden_layers, or hidden_sizes and "
            f"depths; {folder} does not; get it anew"
        )
    side = document.get("image_size")
    return Config(kind, width, layers, side if isinstance(side, int) and side > 0 else SIDE, 0, "image")


def weight_files(folder: Path) -> tuple[Path, ...]:
    """The whole safetensors files of the model in `folder`.

    Raises:
        BaseModelError: there are none, or one is truncated or otherwise broken.
    """
    files = _named(folder)
    missing = [file.name for file in files if not file.is_file()]
    if missing:
        pickles = sorted(file.name for file in folder.glob("*.bin"))
        also = f" (it has {', '.join(pickles)}, a pickle, which may run code and is not read)" if pickles else ""
        raise BaseModelError(
            f"a base model must have its weights as safetensors; {folder} lacks {', '.join(missing)}{also}; "
            "save it with save_pretrained(safe_serialization=True)"
        )
    safetensors = need("safetensors", "reading a base model")
    for file in files:
        try:
            with safetensors.safe_open(str(file), framework="numpy"):
                pass
        except (safetensors.SafetensorError, OSError) as error:
            raise BaseModelError(
                f"the weights of a base model must be whole; {file} is broken or truncated ({error}); get it anew"
            ) from error
    return files


def _named(folder: Path) -> tuple[Path, ...]:
    if not (folder / INDEX).is_file() or (folder / "model.safetensors").is_file():
        return (folder / "model.safetensors",)
    parts = _json(folder, folder / INDEX).get("weight_map", {})
    return tuple(folder / Path(name).name for name in sorted(set(parts.values())))


def _known(folder: Path, kind: str, document: dict[str, Any]) -> None:
    if there("transformers"):
        known = need("transformers.models.auto.modeling_auto", "reading a base model").MODEL_MAPPING_NAMES
        if kind not in known:
            own = " (it needs code of its own, which is never run)" if "auto_map" in document else ""
            raise BaseModelError(
                f"the architecture of a base model must be known to transformers; {folder} is of "
                f"{kind or 'none'!r}{own}; choose another base, or update transformers"
            )
    if document.get("is_encoder_decoder"):
        raise BaseModelError(
            f"a base model must be an encoder; {folder} is an encoder-decoder ({kind}); choose another"
        )


def _json(folder: Path, file: Path) -> dict[str, Any]:
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BaseModelError(
            f"a base model is a folder with config.json; {folder} has no {file.name}; give the folder that holds it"
        ) from error
    except (ValueError, OSError) as error:
        raise BaseModelError(f"{file.name} must be readable JSON; {file} is not ({error}); get it anew") from error
    if not isinstance(document, dict):
        raise BaseModelError(f"{file.name} must be a JSON object; {file} is not; get it anew")
    return document
