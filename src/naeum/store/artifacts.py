"""Where does a fitted model lie, and how is it read back exactly?

An artifact is a folder: `manifest.json` (kind, version, task, settings, children, checksums), `arrays.safetensors`, and
files. It is written beside its place and renamed into it, so it is whole or absent. Nothing is pickled.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from naeum.contract import Predictor, State, Task
from naeum.errors import StoreError
from naeum.store.files import flush
from naeum.values import digest

FORMAT = 1  # of the manifest; a reader knows all formats up to its own
_READ = 1 << 20  # bytes hashed at a time


class Store:
    """Fitted models by key.

    Args:
        folder: where the artifacts lie.
        kinds: predictor classes by kind (`registry.predictors()`).

    Raises:
        StoreError: an artifact is missing, damaged, of an unknown kind or of a newer version.
    """

    def __init__(self, folder: Path, kinds: Mapping[str, Any]) -> None:
        self.folder = folder
        self._kinds = kinds
        self._keys: dict[int, tuple[weakref.ref[Any], str]] = {}  # of predictors alive that came from or went into it
        self._alive: weakref.WeakValueDictionary[str, Any] = weakref.WeakValueDictionary()

    def path(self, key: str) -> Path:
        """The folder of an artifact."""
        return self.folder / key

    def has(self, key: str) -> bool:
        """Whether the artifact is there, whole."""
        return (self.path(key) / "manifest.json").exists()

    def save(self, key: str, predictor: Predictor, extra: Mapping[str, Any] | None = None) -> None:
        """Write a predictor, and the predictors inside it, under `key`. One that is there already stays."""
        if not self.has(key):
            state = predictor.state()
            children = {name: self._child(key, name, child) for name, child in state.children.items()}
            self._write(key, predictor, state, children, extra or {})
        self._remember(key, predictor)

    def load(self, key: str) -> Predictor:
        """The predictor under `key`; the same object while it is in use."""
        alive = self._alive.get(key)
        if alive is not None:
            return alive  # type: ignore[no-any-return]
        manifest = self.manifest(key)
        cls = self._kinds.get(manifest["kind"])
        if cls is None:
            raise StoreError(
                f"every kind must be known; artifact {key} is a {manifest['kind']!r}; "
                "install or name (--with) the package that brings it"
            )
        if manifest["version"] > cls.version:
            raise StoreError(
                f"{manifest['kind']} must have at most version {cls.version}; artifact {key} has "
                f"{manifest['version']}, written by a newer naeum; update naeum"
            )
        settings = manifest["settings"]
        if manifest["version"] < cls.version:
            settings = cls.upgrade(settings, manifest["version"])
        task = Task.from_json(manifest["task"])
        children = {name: self.load(child) for name, child in manifest["children"].items()}
        files = {name: self.path(key) / name for name in manifest["files"]}
        predictor: Predictor = cls.restore(task, State(settings, self._arrays(key, manifest), children, files))
        self._remember(key, predictor)
        return predictor

    def manifest(self, key: str, *, check: bool = True) -> dict[str, Any]:
        """What the manifest of an artifact says, its files checked against their checksums unless told not to."""
        folder = self.path(key)
        try:
            manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise StoreError(
                f"the artifact {key} must be in {self.folder}; it is missing; run the same command again"
            ) from None
        except ValueError:
            raise StoreError(
                f"{folder / 'manifest.json'} must be JSON; it is damaged; delete {folder} and run again"
            ) from None
        if manifest["format"] > FORMAT:
            raise StoreError(
                f"an artifact must have format {FORMAT} or older; {key} has {manifest['format']}; update naeum"
            )
        for name, known in manifest["files"].items() if check else ():
            if not (folder / name).exists() or _hash(folder / name) != known:
                raise StoreError(
                    f"{folder / name} must match its checksum; it is missing or damaged; delete {folder} and run again"
                )
        return manifest

    def size(self, key: str) -> int:
        """Bytes of an artifact with all that it refers to, each counted once."""
        seen = self.manifests(key)
        return sum(file.stat().st_size for one in seen for file in self.path(one).rglob("*") if file.is_file())

    def manifests(self, key: str) -> dict[str, dict[str, Any]]:
        """The manifests of an artifact and of all that it refers to, by key, their files unchecked."""
        found: dict[str, dict[str, Any]] = {}
        waiting = [key]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found[one] = self.manifest(one, check=False)
                waiting.extend(found[one]["children"].values())
        return found

    def _arrays(self, key: str, manifest: Mapping[str, Any]) -> dict[str, Any]:
        if "arrays.safetensors" not in manifest["files"]:
            return {}
        from safetensors.numpy import load_file

        return dict(load_file(self.path(key) / "arrays.safetensors"))

    def key_of(self, predictor: Predictor) -> str:
        """The key of a predictor that came from here or was saved here; '' for a stranger."""
        known = self._keys.get(id(predictor))
        return known[1] if known is not None and known[0]() is predictor and self.has(known[1]) else ""

    def _child(self, key: str, name: str, child: Predictor) -> str:
        known = self.key_of(child)
        if known:
            return known
        inner = digest(f"{key}/{name}")
        self.save(inner, child)
        return inner

    def _remember(self, key: str, predictor: Predictor) -> None:
        try:
            self._keys[id(predictor)] = (weakref.ref(predictor), key)
            self._alive[key] = predictor
        except TypeError:  # a class with slots and no weak references: it is stored again inside each parent
            return

    def _write(
        self, key: str, predictor: Predictor, state: State, children: Mapping[str, str], extra: Mapping[str, Any]
    ) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f".{key}.{secrets.token_hex(4)}"
        part.mkdir()
        try:
            if state.arrays:
                import numpy as np
                from safetensors.numpy import save_file

                save_file(
                    {name: np.ascontiguousarray(a) for name, a in state.arrays.items()}, part / "arrays.safetensors"
                )
            for name, source in state.files.items():
                shutil.copyfile(source, part / name)
            files = {file.name: _hash(file) for file in sorted(part.iterdir())}
            manifest = {
                "format": FORMAT,
                "kind": predictor.kind,
                "version": predictor.version,
                "task": predictor.task.to_json(),
                "settings": dict(state.settings),
                "children": dict(children),
                "files": files,
                "extra": dict(extra),
            }
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            (part / "manifest.json").write_text(text, encoding="utf-8")
            for file in part.iterdir():
                flush(file)
            os.rename(part, self.path(key))
            flush(self.folder)
        finally:
            shutil.rmtree(part, ignore_errors=True)


def _hash(path: Path) -> str:
    hasher = hashlib.blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(_READ):
            hasher.update(block)
    return hasher.hexdigest()
