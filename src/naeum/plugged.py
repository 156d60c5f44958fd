"""How does a function of the user's own join in: loaded from a file they name, held to its content, and called?

A name is file.py:function; read data write it down as /where/it/lies/file.py:function#hash. Whatever then asks for it
(the gate, the report, predict, a run that goes on) gets that very content or one sentence, never another. Only a file
that the user named is run: nothing that was fetched, and no copy that a run folder holds.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from naeum.errors import InputError
from naeum.values import digest

NAME = re.compile(r"^(?P<file>.+\.pyx?):(?P<function>[^\W\d]\w*)(?:#(?P<hash>[0-9a-f]{16}))?$")
HASHED = 16  # hexadecimal digits of the content that a name holds


def is_own(name: str) -> bool:
    """Whether a name is meant as one of a user's function.

    Example:
        >>> is_own("my.py:score"), is_own("accuracy")
        (True, False)
    """
    return ".py" in name


def pinned(name: str, what: str = "metric") -> str:
    """The name with the absolute path of its file and the hash of its content; other names as they are.

    Args:
        what: it is, for messages.

    Raises:
        InputError: the file is missing, or the name is none of file.py:function.

    Example:
        >>> pinned("macro_f1")
        'macro_f1'
    """
    if not is_own(name):
        return name
    found = _parts(name, what)
    path = Path(found["file"]).expanduser().resolve()
    return f"{path}:{found['function']}#{_hash(_read(path, what))}"


def short(name: str) -> str:
    """The name as it is shown: file.py:function, without where it lies and its hash.

    Example:
        >>> short("/home/me/my.py:score#0123456789abcdef"), short("accuracy")
        ('my.py:score', 'accuracy')
    """
    found = NAME.match(name)
    return name if found is None else f"{Path(found['file']).name}:{found['function']}"


def function(name: str, what: str = "metric") -> Callable[..., Any]:
    """The function of a name.

    A file that is not where it was is looked for under the same file name in the current folder; its content must be
    the same.

    Raises:
        InputError: the file is missing, changed or fails, or has no such function.
    """
    found = _parts(name, what)
    path = Path(found["file"]).expanduser()
    if found["hash"] and not path.is_file() and Path(path.name).is_file():
        path = Path(path.name)
    content = _read(path, what)
    if found["hash"] and _hash(content) != found["hash"]:
        raise InputError(
            f"the file of a {what} must be as it was when its run began ({found['hash'][:8]}); {path} has changed "
            f"({_hash(content)[:8]}); bring the old one back, or begin another run with the new one"
        )
    wanted = getattr(_module(str(path.resolve()), _hash(content), what), found["function"], None)
    if not callable(wanted):
        raise InputError(f"{path} must have a function {found['function']}; got none; define it or name another")
    called: Callable[..., Any] = wanted
    return called


def call(name: str, what: str, gives: str, given: tuple[Any, ...], named: dict[str, Any] | None = None) -> Any:
    """What the function answers; whatever it raises becomes one sentence that names it.

    Args:
        gives: what it must give, for the message.

    Raises:
        InputError: the function raised.
    """
    wanted = function(name, what)
    try:
        return wanted(*given, **(named or {}))
    except Exception as error:  # the user's code may raise anything; the sentence says whose it is
        raise InputError(
            f"the {what} {short(name)} must give {gives}; it raised {type(error).__name__}: {error}; mend the function"
        ) from error


def _parts(name: str, what: str) -> re.Match[str]:
    found = NAME.match(name)
    if found is None:
        raise InputError(
            f"a {what} of your own must be named as file.py:function; got {name!r}; add the function's name"
        )
    return found


def _read(path: Path, what: str) -> bytes:
    if not path.is_file():
        raise InputError(f"a {what}'s file must exist; got {path}; check the path")
    return path.read_bytes()


def _hash(content: bytes) -> str:
    return digest(content)[:HASHED]


@lru_cache(maxsize=64)
def _module(path: str, content: str, what: str) -> Any:
    """The module of a file with this content, run once."""
    # Registered, since dataclasses in the user's file look their module up; named by place, so that two may differ.
    name = f"naeum_own_{digest(path)}_{content}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"a {what}'s file must be Python; got {path}; name a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        sys.modules.pop(name, None)
        raise InputError(
            f"a {what}'s file must run; {path} raised {type(error).__name__}: {error}; mend the file"
        ) from error
    return module
