"""Which optional packages are there, and how does one ask for one?"""

from __future__ import annotations

import importlib
import importlib.util
from typing import Any

from naeum.errors import MissingExtra

PIP_NAME = {"PIL": "pillow", "lingua": "lingua-language-detector"}  # import name -> what pip calls it, where it differs
# import name -> the extra of naeum that brings it
EXTRA_OF = {
    "torch": "deep", "transformers": "deep", "tokenizers": "deep", "peft": "deep", "accelerate": "deep",
    "onnxruntime": "deep", "optuna": "search", "openpyxl": "xlsx", "lingua": "language", "datasets": "hub",
    "PIL": "images", "lightgbm": "boost", "onnx": "onnx", "onnxscript": "onnx", "skops": "sklearn",
    "openvino": "openvino", "mlflow": "track", "wandb": "track",
}  # fmt: skip


def there(name: str) -> bool:
    """Whether package `name` can be imported (it is not imported)."""
    return importlib.util.find_spec(name) is not None


def installed() -> frozenset[str]:
    """The optional packages that are there."""
    return frozenset(name for name in EXTRA_OF if there(name))


def need(name: str, caller: str) -> Any:
    """Import an optional module at the point of use.

    Raises:
        MissingExtra: it is not installed; the message names the caller, and the package as pip calls it: naeum may lie
            in a checkout, where an extra by its name would ask the index for a stranger's package.

    Example:
        >>> need("json", "the example").dumps([1])
        '[1]'
    """
    root = name.partition(".")[0]
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != root:
            raise
        raise MissingExtra(
            f"{caller} needs the package {root}, which is not installed; install it with: "
            f"pip install {PIP_NAME.get(root, root)}"
        ) from error
