"""naeum (나음): labelled data in; a better, explained, tested model out, one measured step at a time."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = [
    "compress",
    "explore",
    "export",
    "figure",
    "from_sklearn",
    "improve",
    "open_run",
    "predict",
    "read",
    "report",
    "similarity",
]

if TYPE_CHECKING:
    from naeum.cycle import compress as compress
    from naeum.cycle import export as export
    from naeum.cycle import improve as improve
    from naeum.cycle import open_run as open_run
    from naeum.data.read import read as read
    from naeum.explore import explore as explore
    from naeum.measure.similarity import similarity as similarity
    from naeum.model.own.pipeline import from_sklearn as from_sklearn
    from naeum.notebook.figures import figure as figure
    from naeum.predicting import predict as predict
    from naeum.report import write as report

# Loaded when first used, so that `import naeum` stays quick.
_WHERE = {
    "compress": ("naeum.cycle", "compress"),
    "explore": ("naeum.explore.course", "explore"),
    "export": ("naeum.cycle", "export"),
    "figure": ("naeum.notebook.figures", "figure"),
    "from_sklearn": ("naeum.model.own.pipeline", "from_sklearn"),
    "improve": ("naeum.cycle", "improve"),
    "open_run": ("naeum.cycle", "open_run"),
    "predict": ("naeum.predicting", "predict"),
    "read": ("naeum.data", "read"),
    "report": ("naeum.report", "write"),
    "similarity": ("naeum.measure.similarity", "similarity"),
}
_ROOMS = frozenset({"compress", "explore", "improve", "report"})  # verbs that a room is named after, too


class _Verb(ModuleType):
    """A room called like the verb it is named after: `naeum.improve(data)` beside `from naeum.improve import …`.

    Importing a room binds its name in the package, over any function of that name; so the room itself answers.
    """

    def __call__(self, *given: Any, **options: Any) -> Any:
        return _find(self.__name__.rpartition(".")[2])(*given, **options)


def verb(room: str) -> None:
    """Make a room callable; each room named after a verb says `verb(__name__)` in its `__init__`."""
    sys.modules[room].__class__ = _Verb


def _find(name: str) -> Any:
    module, attribute = _WHERE[name]
    return getattr(importlib.import_module(module), attribute)


def __getattr__(name: str) -> Any:
    if name in _ROOMS:
        return importlib.import_module(f"naeum.{name}")
    if name in _WHERE:
        return _find(name)
    raise AttributeError(f"module 'naeum' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
