"""How do an encoder and a linear head become one torch module, and which of its weights move?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import numpy as np

from naeum import extras
from naeum.model.text.dropout import dropout as quick
from naeum.model.text.tuning import Full, Lora, TopLayers, Tuning

_LAYER = re.compile(r"\.(?:layer|layers|h|blocks?)\.(\d+)\.")
# Attributes that tell the module which turns states into queries, whatever the architecture.
_QUERIES = ("query", "q_proj", "q_lin", "q_proj_lin", "Wqkv", "query_key_value")


def classifier(encoder: Any, classes: int, *, pooling: str, dropout: float, sides: int = 1) -> Any:
    """A module: (input_ids, attention_mask | None) -> (rows, classes) logits; also `.pooled(…)` -> (rows, width).

    With two sides it is given all first texts, then all second ones, and its head reads both vectors, how far apart
    they are, |u - v|, and where they agree, u * v (Conneau et al. 2017; Reimers & Gurevych 2019, "Sentence-BERT").

    Args:
        encoder: becomes a part of the module.
        classes: columns of the logits.
        pooling: "mean" over the real tokens, or "cls": the first one.
        dropout: of hidden states and of the vector that the head reads, while training. None inside attention: the
            fused kernel of the CPU has none, and takes half the time of the plain one.
        sides: 2: pairs of texts are read apart.
    """
    set_dropout(encoder, dropout)
    width = int(encoder.config.hidden_size)
    return _class()(encoder, width if sides == 1 else 4 * width, classes, pooling, dropout)


@cache
def _class() -> Any:
    torch = extras.need("torch", "a fine-tuned encoder")

    class Classifier(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, encoder: Any, width: int, classes: int, pooling: str, dropout: float) -> None:
            super().__init__()
            self.encoder = encoder
            self.dropout = quick(dropout)
            self.head = torch.nn.Linear(width, classes)
            self.pooling = pooling
            self.register_buffer("center", torch.zeros(width))
            self.register_buffer("spread", torch.ones(width))
            torch.nn.init.zeros_(self.head.weight)
            torch.nn.init.zeros_(self.head.bias)

        def pooled(self, input_ids: Any, attention_mask: Any = None, token_type_ids: Any = None) -> Any:
            vectors = self.vectors(input_ids, attention_mask, token_type_ids)
            if self.head.in_features == vectors.shape[1]:
                return vectors
            first, second = vectors.chunk(2)
            return torch.cat([first, second, (first - second).abs(), first * second], dim=1)

        def vectors(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            more = {} if token_type_ids is None else {"token_type_ids": token_type_ids}
            found = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **more)
            states = found.last_hidden_state.float()
            if self.pooling == "cls":
                return states[:, 0]
            if attention_mask is None:
                return states.mean(dim=1)
            real = attention_mask.unsqueeze(-1).to(states.dtype)  # (rows, tokens, 1)
            return (states * real).sum(dim=1) / real.sum(dim=1).clamp_min(1.0)

        def forward(self, input_ids: Any, attention_mask: Any = None, token_type_ids: Any = None) -> Any:
            return self.answers(self.pooled(input_ids, attention_mask, token_type_ids))

        def answers(self, pooled: Any) -> Any:
            with torch.autocast(pooled.device.type, enabled=False):  # the head is tiny: exact costs nothing
                return self.head(self.read(pooled))

        def read(self, pooled: Any) -> Any:
            return self.dropout((pooled - self.center) / self.spread)

    return Classifier


def set_dropout(encoder: Any, dropout: float) -> None:
    """Dropout between and after the maps of a layer, none on attention weights."""
    import torch

    for part in encoder.modules():
        attends = any(hasattr(part, name) for name in _QUERIES)
        for name, child in list(part.named_children()):
            if isinstance(child, torch.nn.Dropout):
                setattr(part, name, quick(0.0 if attends else dropout))
        if attends and isinstance(getattr(part, "attention_dropout", None), float):
            part.attention_dropout = 0.0


def layer_count(module: Any) -> int:
    """How many layers an encoder has, read from the names of its weights."""
    found = [int(match[1]) for name, _ in module.named_parameters() if (match := _LAYER.search(f".{name}"))]
    return max(found, default=-1) + 1


def depth(name: str, layers: int) -> int:
    """How many layers lie above a weight: 0 for the head and the top layer, `layers` for embeddings.

    Example:
        >>> depth("head.weight", 6), depth("encoder.encoder.layer.5.output.dense.weight", 6)
        (0, 0)
        >>> depth("encoder.encoder.layer.0.output.dense.weight", 6), depth("encoder.embeddings.norm.weight", 6)
        (5, 6)
    """
    if not name.startswith("encoder."):
        return 0
    match = _LAYER.search(f".{name}")
    if match:
        return layers - 1 - int(match[1])
    return layers if "embed" in name else 0


def scale(name: str, layers: int, decay: float, head: float) -> float:
    """The learning rate of a weight over the peak one: less with every layer above it; `head` for the head.

    Example:
        >>> scale("encoder.encoder.layer.3.output.dense.weight", 6, decay=0.5, head=10.0)
        0.25
    """
    return decay ** depth(name, layers) if name.startswith("encoder.") else head


def rates(module: Any, decay: float, head: float) -> Callable[[str], float]:
    """`scale` of every weight of a module."""
    return partial(scale, layers=layer_count(module), decay=decay, head=head)


def prepare(module: Any, tuning: Tuning, seed: int) -> None:
    """Let those weights move that `tuning` names; LoRA puts its factors, drawn from `seed`, in place."""
    if isinstance(tuning, Lora):
        _add_lora(module, tuning, seed)
        return
    layers = layer_count(module)
    moving = tuning.layers if isinstance(tuning, TopLayers) else layers + 1
    for name, parameter in module.named_parameters():
        parameter.requires_grad_(depth(name, layers) < moving)
    words = module.encoder.get_input_embeddings()
    if isinstance(tuning, Full) and tuning.embeddings:
        words.sparse = True
    else:
        words.weight.requires_grad_(False)


def _add_lora(module: Any, tuning: Lora, seed: int) -> None:
    """Give every linear map inside the layers low-rank factors; everything else but the head stands still."""
    torch = extras.need("torch", "LoRA")
    peft = extras.need("peft", "LoRA")
    targets = [
        name
        for name, part in module.encoder.named_modules()
        if isinstance(part, torch.nn.Linear) and _LAYER.search(f".{name}.")
    ]
    module.encoder.requires_grad_(False)
    config = peft.LoraConfig(
        r=tuning.rank, lora_alpha=tuning.alpha, lora_dropout=tuning.dropout, target_modules=targets
    )
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        peft.inject_adapter_in_model(config, module.encoder)


def merge(module: Any) -> None:
    """Add every low-rank change to its weight: the module is again what it was before `prepare`, but trained."""
    for parent in list(module.modules()):
        for name, child in list(parent.named_children()):
            if hasattr(child, "get_base_layer") and hasattr(child, "merge"):
                child.merge()
                setattr(parent, name, child.get_base_layer())
    for part in module.modules():
        if getattr(part, "sparse", False):
            part.sparse = False


def difference(module: Any, base: Any) -> dict[str, np.ndarray]:
    """The weights of a classifier that are not those of its base encoder, by name; float32."""
    import torch

    before = {f"encoder.{name}": value for name, value in base.state_dict().items()}
    return {
        name: value.detach().cpu().numpy().copy()
        for name, value in module.state_dict().items()
        if name not in before or not torch.equal(before[name].to(value.dtype), value)
    }


def filled(module: Any, arrays: Mapping[str, np.ndarray]) -> Any:
    """The classifier with stored weights put in, in evaluation mode."""
    import torch

    here = module.state_dict()
    for name, array in arrays.items():
        here[name].copy_(torch.as_tensor(np.array(array)).reshape(here[name].shape))  # a single number has no axis
    return module.eval()
