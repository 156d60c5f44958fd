"""How does a learner used ten times stand on the disk once? As a graph of hashes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from naeum.errors import StoreError
from naeum.store.files import write_atomic
from naeum.values import digest, from_json, to_json

REFERENCE = "learner"  # {"learner": key} stands where a learner stood inside another


def save(folder: Path, learner: Any) -> str:
    """Write a learner and those inside it, each under its own key; gives the key of the outer one."""
    return _save(folder, to_json(learner))


def _save(folder: Path, document: dict[str, Any]) -> str:
    slim = {**document, "settings": {name: _slim(folder, item) for name, item in document["settings"].items()}}
    text = json.dumps(slim, ensure_ascii=False, sort_keys=True, indent=1)
    key = digest(text)
    path = folder / f"{key}.json"
    if not path.exists():
        write_atomic(path, text)
    return key


def _slim(folder: Path, item: Any) -> Any:
    if isinstance(item, list):
        return [_slim(folder, one) for one in item]
    if isinstance(item, dict) and "kind" in item and "settings" in item:
        return {REFERENCE: _save(folder, item)}
    return item


def load(folder: Path, key: str, kinds: Mapping[str, type]) -> Any:
    """The learner under a key.

    Raises:
        StoreError: it is missing, or a kind in it is unknown.
    """
    return from_json(_load(folder, key), kinds)


def _load(folder: Path, key: str) -> Any:
    path = folder / f"{key}.json"
    if not path.exists():
        raise StoreError(f"the learner {key} must be in {folder}; it is missing; restore the run folder from a backup")
    return _fat(folder, json.loads(path.read_text(encoding="utf-8")))


def _fat(folder: Path, item: Any) -> Any:
    if isinstance(item, list):
        return [_fat(folder, one) for one in item]
    if isinstance(item, dict):
        if set(item) == {REFERENCE}:
            return _load(folder, item[REFERENCE])
        return {name: _fat(folder, one) for name, one in item.items()}
    return item
