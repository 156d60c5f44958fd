"""Which encoders, one of each architecture that can be cut smaller, are tiny enough for a test?"""

from __future__ import annotations

from typing import Any

from naeum import extras

WIDTH, LAYERS, HEADS, NEURONS, WORDS, LENGTH = 16, 3, 4, 12, 40, 32
SPREAD = 0.3  # of the random weights: wide enough that every part matters

# name of the architecture -> its classes of configuration and model in transformers
ARCHITECTURES = {
    "bert": ("BertConfig", "BertModel"),
    "roberta": ("RobertaConfig", "RobertaModel"),
    "xlm-roberta": ("XLMRobertaConfig", "XLMRobertaModel"),
    "camembert": ("CamembertConfig", "CamembertModel"),
    "electra": ("ElectraConfig", "ElectraModel"),
    "distilbert": ("DistilBertConfig", "DistilBertModel"),
}


def encoder(name: str, seed: int = 0, embedding: int = WIDTH) -> Any:
    """An encoder with random weights, in evaluation mode.

    Args:
        name: of its architecture.
        seed: of its weights.
        embedding: width of the vectors of words; of electra alone it may be another than that of states.

    Raises:
        MissingExtra: torch or transformers is not installed.
    """
    torch = extras.need("torch", "a tiny encoder")
    transformers = extras.need("transformers", "a tiny encoder")
    config, model = (getattr(transformers, one) for one in ARCHITECTURES[name])
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        made = model(config(**_settings(name, embedding)), **({"add_pooling_layer": False} if _pools(name) else {}))
        for parameter in made.parameters():
            torch.nn.init.normal_(parameter, std=SPREAD)
    return made.eval()


def _pools(name: str) -> bool:
    return name not in ("distilbert", "electra")


def _settings(name: str, embedding: int) -> dict[str, int]:
    if name == "distilbert":
        return {
            "vocab_size": WORDS, "dim": WIDTH, "n_layers": LAYERS, "n_heads": HEADS, "hidden_dim": NEURONS,
            "max_position_embeddings": LENGTH,
        }  # fmt: skip
    more = {"embedding_size": embedding} if name == "electra" else {}
    return {
        **more, "vocab_size": WORDS, "hidden_size": WIDTH, "num_hidden_layers": LAYERS, "num_attention_heads": HEADS,
        "intermediate_size": NEURONS, "max_position_embeddings": LENGTH,
    }  # fmt: skip
