"""How is an unfitted scikit-learn pipeline written as JSON, and built again from nothing but trusted types?

A recipe names the class of each step and the settings that differ from its defaults. Only classes of scikit-learn,
NumPy and SciPy are built from it, and those that this machine trusts by the environment variable NAEUM_TRUST, a list of
names with commas between them. So a learner of a stranger runs none of the stranger's code.
"""

from __future__ import annotations

import importlib
import inspect
import json
import math
import os
from collections.abc import Mapping
from typing import Any

import numpy as np

from naeum.errors import InputError

TRUSTED = ("sklearn", "numpy", "scipy")  # packages whose types may be built and read
VARIABLE = "NAEUM_TRUST"
PLAIN = (str, int, bool, type(None))


def named() -> frozenset[str]:
    """The further types that this machine trusts, by their full names."""
    return frozenset(name.strip() for name in os.environ.get(VARIABLE, "").split(",") if name.strip())


def trusted(name: str) -> bool:
    """Whether a type or function of this full name may be used.

    Example:
        >>> trusted("sklearn.svm._classes.LinearSVC"), trusted("os.system")
        (True, False)
    """
    return name.partition(".")[0] in TRUSTED or name in named()


def written(estimator: Any) -> str:
    """The recipe of an unfitted estimator.

    Raises:
        InputError: a step or a setting is of a type that is not trusted, or cannot be written.
    """
    return json.dumps(_document(estimator, "the pipeline"), sort_keys=True, ensure_ascii=False, allow_nan=False)


def built(recipe: str) -> Any:
    """A fresh estimator from its recipe.

    Raises:
        InputError: it names a type that is not trusted, or is no recipe.
    """
    try:
        return _thing(json.loads(recipe))
    except (ValueError, KeyError, TypeError, AttributeError, ImportError) as error:
        raise InputError(
            f"a recipe must build a pipeline; this one does not ({type(error).__name__}: {error}); write it again with "
            "naeum.from_sklearn"
        ) from error


def _document(value: Any, where: str) -> Any:
    if isinstance(value, float) and not isinstance(value, np.generic):
        return value if math.isfinite(value) else {"float": repr(value)}
    if isinstance(value, np.generic):
        return _document(value.item(), where)
    if isinstance(value, PLAIN):
        return value
    if isinstance(value, (list, tuple)):
        return {type(value).__name__: [_document(one, f"{where}, item {at}") for at, one in enumerate(value)]}
    if isinstance(value, Mapping):
        return {"dict": [[_document(key, where), _document(one, f"{where}, {key}")] for key, one in value.items()]}
    if isinstance(value, slice):
        return {"slice": [value.start, value.stop, value.step]}
    if isinstance(value, np.ndarray) and value.dtype.kind in "biufU":
        return {"array": [_document(one, where) for one in value.ravel().tolist()], "shape": list(value.shape),
                "dtype": value.dtype.str}  # fmt: skip
    return _named(value, where)


def _named(value: Any, where: str) -> Any:
    """A class, a function, or a thing with settings, by its full name."""
    plain = isinstance(value, type) or inspect.isroutine(value) or isinstance(value, np.ufunc)
    kind = value if plain else type(value)
    name = f"{getattr(kind, '__module__', None) or 'numpy'}.{getattr(kind, '__qualname__', kind.__name__)}"
    if isinstance(value, np.ufunc):
        name = f"numpy.{value.__name__}"
    if not trusted(name) or "<" in name:
        raise InputError(
            f"every type in a pipeline must be trusted; {where} holds {name}; if it is yours and can be imported, "
            f"trust it: export {VARIABLE}={name}"
        )
    if plain:
        return {"name": name}
    settings = {key: _document(one, f"{where}, {key}") for key, one in _settings(value).items()}
    return {"class": name, "settings": settings}


def _settings(value: Any) -> dict[str, Any]:
    """The settings that differ from their defaults."""
    given = value.get_params(deep=False) if hasattr(value, "get_params") else vars(value)
    known = inspect.signature(type(value).__init__).parameters
    return {key: one for key, one in given.items() if key in known and not _same(one, known[key].default)}


def _same(one: Any, default: Any) -> bool:
    if one is default:
        return True
    return type(one) is type(default) and isinstance(one, (*PLAIN, float, tuple)) and bool(one == default)


def _thing(document: Any) -> Any:
    if not isinstance(document, Mapping):
        return document
    if "class" in document:
        return _import(document["class"])(**{key: _thing(one) for key, one in document["settings"].items()})
    if "name" in document:
        return _import(document["name"])
    ((word, inside), *_) = document.items()
    if "array" in document:
        return np.array([_thing(one) for one in document["array"]], document["dtype"]).reshape(document["shape"])
    makers: dict[str, Any] = {
        "float": float,
        "list": lambda items: [_thing(one) for one in items],
        "tuple": lambda items: tuple(_thing(one) for one in items),
        "dict": lambda pairs: {_thing(key): _thing(one) for key, one in pairs},
        "slice": lambda ends: slice(*ends),
    }
    return makers[word](inside)


def _import(name: str) -> Any:
    """What has this full name, if it is trusted; the longest part of it that is a module is imported."""
    if not trusted(name):
        raise InputError(
            f"every type in a pipeline must be trusted; got {name}; if you trust it: export {VARIABLE}={name}"
        )
    steps = name.split(".")
    for cut in range(len(steps) - 1, 0, -1):
        try:
            found: Any = importlib.import_module(".".join(steps[:cut]))
        except ModuleNotFoundError:
            continue
        for step in steps[cut:]:
            found = getattr(found, step)
        return found
    raise ImportError(f"there is no module {steps[0]}")
