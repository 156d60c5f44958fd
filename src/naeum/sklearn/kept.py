"""How does a fitted model stay with its estimator: copied, sent to other processes, without a folder of its own?"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path
from typing import Any

from naeum import registry
from naeum.contract import Predictor
from naeum.store import Store


class Kept:
    """The files of one artifact with all that it refers to, in memory; the model is read from them when it is asked.

    It holds bytes of safetensors and JSON and no code, so whatever copies it copies nothing that runs.

    Args:
        store: where the artifact lies.
        key: of it.
    """

    def __init__(self, store: Store, key: str) -> None:
        self.key = key
        self.files = {
            str(file.relative_to(store.folder)): file.read_bytes()
            for one in _closure(store, key)
            for file in sorted(store.path(one).rglob("*"))
            if file.is_file()
        }
        self._predictor: Predictor | None = None

    @property
    def predictor(self) -> Predictor:
        """The model; its files lie in a folder of this process as long as it lives."""
        if self._predictor is None:
            folder = Path(tempfile.mkdtemp(prefix="naeum-"))
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            for name, content in self.files.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            self._predictor = Store(folder, registry.predictors()).load(self.key)
        return self._predictor

    def __getstate__(self) -> dict[str, Any]:
        return {"key": self.key, "files": self.files, "_predictor": None}


def _closure(store: Store, key: str) -> list[str]:
    """The artifact and every one that it refers to, each once."""
    seen: list[str] = []
    waiting = [key]
    while waiting:
        one = waiting.pop()
        if one not in seen:
            seen.append(one)
            waiting += store.manifest(one)["children"].values()
    return seen
