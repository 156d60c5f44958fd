"""naeum (나음): labelled data in; a better, explained, tested model out, one measured step at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["improve", "open_run", "read", "report"]

if TYPE_CHECKING:
    from naeum.cycle import improve, open_run
    from naeum.data import read
    from naeum.report import write as report

# Loaded when first used, so that `import naeum` stays quick.
_WHERE = {
    "improve": ("naeum.cycle", "improve"),
    "open_run": ("naeum.cycle", "open_run"),
    "read": ("naeum.data", "read"),
    "report": ("naeum.report", "write"),
}


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'naeum' has no attribute {name!r}")
    import importlib

    module, attribute = _WHERE[name]
    return getattr(importlib.import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
