"""Which base models are known, and what is published about them?

The facts stand in catalogue.json, best first within a language. Sizes are of the weights, rounded; a licence that is
not sure is "unknown"; a result that is not sure is left out.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

EVERY_LANGUAGE = "*"  # of a model trained on about a hundred languages


@dataclass(frozen=True)
class Result:
    """One published result of a base model, with its source."""

    benchmark: str
    metric: str
    value: float
    source: str


@dataclass(frozen=True)
class Package:
    """An installable package that carries the files of a base model, and the hash its weights must have."""

    module: str
    folder: str  # inside the module
    pip: str  # what to install
    sha256: str  # of model.safetensors


@dataclass(frozen=True)
class BaseCard:
    """What is known of a base model without having it."""

    name: str  # its id on the hub
    languages: tuple[str, ...]  # ISO 639-1; "*" = about a hundred
    size_mb: int  # of the weights
    parameters: int
    licence: str
    width: int  # numbers in a vector
    layers: int
    max_length: int  # tokens
    results: tuple[Result, ...] = ()
    package: Package | None = None
    sentences: bool = False  # whether it was trained to give vectors of whole texts

    def serves(self, language: str) -> bool:
        """Whether the model was trained on `language` (ISO 639-1)."""
        return language in self.languages or EVERY_LANGUAGE in self.languages


@lru_cache(maxsize=1)
def catalogue() -> tuple[BaseCard, ...]:
    """Every base model that is known, best first within a language.

    Example:
        >>> [card.name for card in catalogue() if card.width == 256]
        ['monologg/koelectra-small-v3-discriminator']
    """
    text = resources.files("naeum.engine").joinpath("catalogue.json").read_text(encoding="utf-8")
    return tuple(_card(entry) for entry in json.loads(text))


def card_of(name: str) -> BaseCard | None:
    """The card of a hub id, or of its last part where only one card ends so; None for an unknown name.

    Example:
        >>> card_of("all-MiniLM-L6-v2").name
        'sentence-transformers/all-MiniLM-L6-v2'
    """
    exact = [card for card in catalogue() if card.name == name]
    last = [card for card in catalogue() if card.name.rpartition("/")[2] == name]
    found = exact or last
    return found[0] if len(found) == 1 else None


def _card(entry: dict[str, Any]) -> BaseCard:
    fields = dict(entry)
    fields["languages"] = tuple(entry["languages"])
    fields["results"] = tuple(Result(**result) for result in entry["results"])
    fields["package"] = Package(**entry["package"]) if "package" in entry else None
    return BaseCard(**fields)
