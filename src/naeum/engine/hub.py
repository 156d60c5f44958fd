"""How is a base model taken from the hub, or from what was taken before?

Only config, tokenizer and safetensors files are fetched; no row of the user goes anywhere.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from naeum.engine.catalogue import BaseCard
from naeum.engine.model_folder import PROCESSOR, TOKENIZER_FILES
from naeum.errors import BaseModelError
from naeum.extras import need

WEIGHTS = ("model.safetensors", "model-*.safetensors", "model.safetensors.index.json")
SECONDS_TO_ANSWER = 15.0  # the hub answers within one or two; longer means there is no way to it
ON = frozenset({"1", "ON", "YES", "TRUE"})


def forbidden() -> bool:
    """Whether the user's environment forbids the hub."""
    return any(os.environ.get(name, "").upper() in ON for name in ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE"))


def cache_folder() -> Path:
    """Where the hub's own tools keep what they fetched."""
    if "HF_HUB_CACHE" in os.environ:
        return Path(os.environ["HF_HUB_CACHE"]).expanduser()
    home = os.environ.get("HF_HOME") or os.path.join(os.environ.get("XDG_CACHE_HOME", "~/.cache"), "huggingface")
    return Path(home).expanduser() / "hub"


def cached(name: str) -> Path | None:
    """The folder of a model that was fetched before, if it has a configuration and weights."""
    place = cache_folder() / f"models--{name.replace('/', '--')}"
    reference = place / "refs" / "main"
    revisions = [reference.read_text(encoding="utf-8").strip()] if reference.is_file() else []
    snapshots = place / "snapshots"
    others = sorted(folder.name for folder in snapshots.iterdir()) if snapshots.is_dir() else []
    for revision in (*revisions, *others):
        folder = snapshots / revision
        if (folder / "config.json").is_file() and any(folder.glob("model*.safetensors")):
            return folder
    return None


def download(name: str, card: BaseCard | None, say: Callable[[str], None]) -> Path:
    """Fetch a model into the hub's cache, after saying its name, size and licence.

    Raises:
        BaseModelError: the hub has no such model, it has no safetensors, or there is no way to the hub.
    """
    tools = need("huggingface_hub", f"downloading {name}")
    try:
        about = tools.HfApi().model_info(name, files_metadata=True, timeout=SECONDS_TO_ANSWER)
        size, licence = _size(name, about), _licence(about, card)
        say(f"downloading the base model {name} from huggingface.co: {size / 1e6:.0f} MB, licence {licence}")
        wanted = ["config.json", *TOKENIZER_FILES, PROCESSOR, *WEIGHTS]
        return Path(tools.snapshot_download(name, allow_patterns=wanted, cache_dir=str(cache_folder())))
    except BaseModelError:
        raise
    except Exception as error:  # the hub's client raises a dozen kinds, of three libraries
        reason = " ".join(str(error).split())[:200]
        raise BaseModelError(
            f"the base model {name} must be fetched from huggingface.co; that failed ({type(error).__name__}: "
            f"{reason}); check the name and the network, or give --base a folder that holds it"
        ) from error


def _size(name: str, about: Any) -> int:
    """Bytes of the weights.

    Raises:
        BaseModelError: there are no safetensors.
    """
    files = [file for file in about.siblings or () if Path(file.rfilename).match("model*.safetensors")]
    files = [file for file in files if "/" not in file.rfilename]
    if not files:
        raise BaseModelError(
            f"a base model must have its weights as safetensors; {name} on huggingface.co has none; choose another base"
        )
    return sum(file.size or 0 for file in files)


def _licence(about: Any, card: BaseCard | None) -> str:
    stated = getattr(about.card_data, "license", None) if about.card_data else None
    return str(stated or (card.licence if card else "unknown"))
