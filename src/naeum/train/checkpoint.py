"""How does a half-trained module survive a kill, and go on to the same result?

A checkpoint is one file of tensors (weights, moments of the optimizers, the random state, the best weights so far) with
the position as JSON in its header. One file, replaced as a whole: position and weights can never be of two moments.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.store.files import replacing

if TYPE_CHECKING:
    import torch

FILE = "training.safetensors"
VERSION = "1"


def save(folder: Path, tensors: Mapping[str, torch.Tensor], position: Mapping[str, Any]) -> None:
    """Write a checkpoint, replacing the one before as a whole.

    Args:
        tensors: by name; of any device.
        position: JSON-able; must hold all that is not a tensor.
    """
    from safetensors.torch import save_file

    ready = {name: tensor.detach().to("cpu").contiguous().clone() for name, tensor in tensors.items()}
    with replacing(folder / FILE) as part:
        save_file(ready, part, metadata={"version": VERSION, "position": json.dumps(dict(position))})


def load(folder: Path, same: str) -> tuple[dict[str, torch.Tensor], dict[str, Any]] | None:
    """The checkpoint of a folder, or None where there is none, it is torn, or it is of another training.

    Args:
        same: what `position["same"]` must be: the fingerprint of the job.
    """
    from safetensors import SafetensorError, safe_open

    path = folder / FILE
    if not path.exists():
        return None
    try:
        with safe_open(path, framework="pt") as opened:
            about = opened.metadata() or {}
            position = json.loads(about.get("position", "{}"))
            if about.get("version") != VERSION or position.get("same") != same:
                return None
            return {name: opened.get_tensor(name) for name in opened.keys()}, position  # noqa: SIM118
    except (SafetensorError, OSError, ValueError):
        return None  # a torn file of a full disk: training starts afresh, which gives the same result


def remove(folder: Path) -> None:
    """Forget the checkpoint of a folder."""
    (folder / FILE).unlink(missing_ok=True)


def pack(optimizers: Sequence[torch.optim.Optimizer]) -> dict[str, torch.Tensor]:
    """All state of optimizers as tensors by name: `optimizer.<number>.<parameter>.<what>`."""
    import torch

    return {
        f"optimizer.{number}.{parameter}.{what}": torch.as_tensor(value)
        for number, optimizer in enumerate(optimizers)
        for parameter, state in optimizer.state_dict()["state"].items()
        for what, value in state.items()
        if value is not None
    }


def unpack(optimizers: Sequence[torch.optim.Optimizer], tensors: Mapping[str, torch.Tensor]) -> None:
    """Give optimizers the state that `pack` took; their groups stay as they were built."""
    import torch

    for number, optimizer in enumerate(optimizers):
        state: dict[int, dict[str, Any]] = {}
        front = f"optimizer.{number}."
        for name, tensor in tensors.items():
            if name.startswith(front):
                parameter, what = name.removeprefix(front).split(".", 1)
                counts = what == "step" and isinstance(optimizer, torch.optim.SparseAdam)  # which keeps a plain int
                state.setdefault(int(parameter), {})[what] = int(tensor) if counts else tensor
        optimizer.load_state_dict({"state": state, "param_groups": optimizer.state_dict()["param_groups"]})
