"""How does a learner become JSON, a key, a list of differences, an edited copy, a search space?

A *value* is a frozen dataclass with `kind` and `version` whose fields are JSON-able or values again (or tuples of
them). Learners are values; so are the parts of learners (a tuning method, an objective). Paths are dotted:
`members.0.tuning.rank`.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from naeum.errors import InputError, StoreError


@dataclass(frozen=True)
class Real:
    """A search space of real numbers in [low, high]."""

    low: float
    high: float
    log: bool = False


@dataclass(frozen=True)
class Whole:
    """A search space of whole numbers in [low, high]."""

    low: int
    high: int
    log: bool = False


@dataclass(frozen=True)
class Choice:
    """A search space of a few JSON-able options."""

    options: tuple[Any, ...]


Space = Real | Whole | Choice


def setting(default: Any, space: Space | None = None) -> Any:
    """A dataclass field with a default and, where it may be searched over, its space.

    Example:
        >>> @dataclass(frozen=True)
        ... class Ridge:
        ...     kind, version = "ridge", 1
        ...     alpha: float = setting(1.0, Real(1e-3, 1e3, log=True))
        >>> space(Ridge())
        {'alpha': Real(low=0.001, high=1000.0, log=True)}
    """
    return dataclasses.field(default=default, metadata={} if space is None else {"space": space})


def is_value(thing: Any) -> bool:
    """Whether `thing` is a value: a dataclass instance that names its kind."""
    return dataclasses.is_dataclass(thing) and not isinstance(thing, type) and hasattr(type(thing), "kind")


def to_json(value: Any) -> Any:
    """The JSON document of a value: every setting, also those at their default."""
    if is_value(value):
        settings = {field.name: to_json(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"kind": value.kind, "version": value.version, "settings": settings}
    if isinstance(value, (tuple, list)):
        return [to_json(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): to_json(item) for name, item in value.items()}
    if value is None or isinstance(value, (str, int, float, bool)):
        return value
    raise InputError(
        f"a setting of a learner must be JSON-able or a value; got {type(value).__name__}; use a tuple of numbers"
    )


def from_json(document: Any, kinds: Mapping[str, type]) -> Any:
    """The value of a JSON document.

    Args:
        document: what `to_json` gave, perhaps of an older version.
        kinds: every known class by its kind; a class may have `upgrade(settings, from_version) -> settings`.

    Raises:
        StoreError: the kind is not known, or was written by a newer version.
    """
    if isinstance(document, list):
        return tuple(from_json(item, kinds) for item in document)
    if not (isinstance(document, Mapping) and "kind" in document and "settings" in document):
        return document
    kind, version, settings = document["kind"], document["version"], dict(document["settings"])
    if kind not in kinds:
        raise StoreError(f"every kind must be known; got {kind!r}; install or name (--with) the package that brings it")
    cls: Any = kinds[kind]
    if version > cls.version:
        raise StoreError(
            f"{kind} must have at most version {cls.version}; got {version}, written by a newer naeum; update naeum"
        )
    if version < cls.version:
        settings = cls.upgrade(settings, version)
    return cls(**{name: from_json(item, kinds) for name, item in settings.items()})


def canonical(document: Any) -> str:
    """The one text of a JSON document: sorted, without spaces."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(text: str | bytes) -> str:
    """16 bytes of BLAKE2b as 32 hexadecimal digits."""
    return hashlib.blake2b(text if isinstance(text, bytes) else text.encode(), digest_size=16).hexdigest()


def key(value: Any) -> str:
    """The hash of a value: equal for equal settings, another for any changed one."""
    return digest(canonical(to_json(value)))


def nodes(value: Any, at: str = "") -> Iterator[tuple[str, Any]]:
    """Every value inside `value` with its dotted path, itself first under ''."""
    if is_value(value):
        yield at, value
        for field in dataclasses.fields(value):
            yield from nodes(getattr(value, field.name), f"{at}.{field.name}".lstrip("."))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from nodes(item, f"{at}.{index}".lstrip("."))


def get(value: Any, path: str) -> Any:
    """What stands at a dotted path."""
    for step in path.split(".") if path else ():
        value = value[int(step)] if isinstance(value, tuple) else getattr(value, step)
    return value


def put(value: Any, path: str, new: Any) -> Any:
    """A copy of `value` with `new` at a dotted path.

    Raises:
        InputError: there is no such setting.
    """
    if not path:
        return new
    step, _, rest = path.partition(".")
    if isinstance(value, tuple):
        index = int(step)
        return (*value[:index], put(value[index], rest, new), *value[index + 1 :])
    if not (dataclasses.is_dataclass(value) and not isinstance(value, type) and hasattr(value, step)):
        raise InputError(f"{type(value).__name__} must have the setting {step!r} to change it; look at its fields")
    return dataclasses.replace(value, **{step: put(getattr(value, step), rest, new)})


def changed(before: Any, after: Any, at: str = "") -> tuple[str, ...]:
    """Dotted paths at which two values differ; '' where their kinds do."""
    if is_value(before) and is_value(after) and type(before) is type(after):
        return tuple(
            path
            for field in dataclasses.fields(before)
            for path in changed(
                getattr(before, field.name), getattr(after, field.name), f"{at}.{field.name}".lstrip(".")
            )
        )
    if isinstance(before, tuple) and isinstance(after, tuple) and len(before) == len(after):
        return tuple(
            path
            for index, (one, other) in enumerate(zip(before, after, strict=True))
            for path in changed(one, other, f"{at}.{index}".lstrip("."))
        )
    return () if to_json(before) == to_json(after) else (at,)


def space(value: Any) -> dict[str, Space]:
    """Every searchable setting of a value and of the values inside it, by dotted path."""
    return {
        f"{at}.{field.name}".lstrip("."): field.metadata["space"]
        for at, node in nodes(value)
        for field in dataclasses.fields(node)
        if "space" in field.metadata
    }
