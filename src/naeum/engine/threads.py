"""How is a model asked to compute with so many threads?"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from naeum.contract import Policy


def with_threads(predictor: Any, threads: int) -> Any:
    """The predictor with every policy inside it at so many threads; torch, where it is loaded, is set to them.

    Args:
        predictor: a frozen dataclass, perhaps around others as `inner` or `members`.
        threads: at least one.

    Example:
        >>> from naeum.contract import Task
        >>> from naeum.model.floor import Prior
        >>> floor = Prior(Task(), [0.0])
        >>> with_threads(floor, 2) is floor
        True
    """
    torch = sys.modules.get("torch")
    if torch is not None and torch.get_num_threads() != threads:
        torch.set_num_threads(threads)
    return _changed(predictor, threads)


def policy_of(predictor: Any) -> Policy:
    """The first policy inside a predictor: where and how exactly it computes; the default where there is none.

    Example:
        >>> from naeum.contract import Task
        >>> from naeum.model.floor import Prior
        >>> policy_of(Prior(Task(), [0.0])).device
        'cpu'
    """
    return next(_policies(predictor), Policy())


def _policies(thing: Any) -> Iterator[Policy]:
    if isinstance(thing, Policy):
        yield thing
    elif dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        for name in ("policy", "inner", "members"):
            value = getattr(thing, name, None)
            for one in value if isinstance(value, tuple) else (value,):
                yield from _policies(one)


def _changed(thing: Any, threads: int) -> Any:
    if isinstance(thing, Policy):
        return thing if thing.threads == threads else replace(thing, threads=threads)
    if not dataclasses.is_dataclass(thing) or isinstance(thing, type):
        return thing
    found = {}
    for one in dataclasses.fields(thing):
        value = getattr(thing, one.name)
        if one.name == "members":
            new: Any = tuple(_changed(member, threads) for member in value)
            same = all(before is after for before, after in zip(value, new, strict=True))
        elif one.name in ("inner", "policy"):
            new = _changed(value, threads)
            same = new is value
        else:
            continue
        if not same:
            found[one.name] = new
    return replace(thing, **found) if found else thing
