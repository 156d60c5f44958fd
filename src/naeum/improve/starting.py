"""Which learners of the user's own are tried first, right after the floor?

A learner comes as a value, as the JSON document of one, or as a file that holds the document: `naeum why RUN 7 --json`
writes one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from naeum import values
from naeum.contract import Edit, Rung, Task
from naeum.errors import InputError, StoreError
from naeum.model.claims import claims

NAME = "start"  # of the first; the second is start_2


def given(start: Any) -> tuple[Any, ...]:
    """What was given as a tuple: one thing or several.

    Example:
        >>> given("learner.json"), given(None)
        (('learner.json',), ())
    """
    if start is None:
        return ()
    several = isinstance(start, (list, tuple))
    return tuple(start) if several else (start,)


def document(one: Any) -> Any:
    """A learner as its JSON document; the name of a file stays a name."""
    if values.is_value(one):
        return values.to_json(one)
    return os.fspath(one) if isinstance(one, os.PathLike) else one


def documents(start: Sequence[Any]) -> tuple[dict[str, Any], ...]:
    """The JSON documents of learners, those in files read.

    Raises:
        InputError: a file is not there, or holds no learner.
    """
    return tuple(_read(one) if isinstance(one, str) else _learner_in(one, "start") for one in map(document, start))


def learners(start: Sequence[Any], kinds: Mapping[str, Any], task: Task) -> tuple[Any, ...]:
    """The learners of documents.

    Raises:
        InputError: one is not known, has settings that are refused, or does not learn what the task asks.
    """
    found = []
    for one in start:
        try:
            learner = values.from_json(one, kinds)
        except (StoreError, TypeError, AttributeError) as error:
            raise InputError(
                f"a learner to start with must be known; {error}; correct it or leave --start out"
            ) from error
        if not hasattr(learner, "fit") or not claims(learner, task):
            read = ", ".join(sorted(set(task.columns.values())))
            raise InputError(
                f"a learner to start with must answer {task.output} from {read}; {one['kind']} does not; give another "
                "or leave --start out"
            )
        found.append(learner)
    return tuple(found)


def step(learners: Sequence[Any], rungs: Sequence[Rung], seen: set[str]) -> Edit | None:
    """The first learner that was not tried yet, as an edit of the floor."""
    if not rungs:
        return None
    for at, learner in enumerate(learners):
        name = NAME if at == 0 else f"{NAME}_{at + 1}"
        if name not in seen:
            return Edit(learner, ("",), name, "You gave it to start with.", parents=(0,))
    return None


def _read(name: str) -> dict[str, Any]:
    path = Path(name)
    try:
        return _learner_in(json.loads(path.read_text(encoding="utf-8-sig")), name)
    except FileNotFoundError as error:
        raise InputError(f"--start must name a file with a learner; there is no {path}; check the path") from error
    except (ValueError, UnicodeDecodeError, IsADirectoryError) as error:
        raise InputError(
            f"--start must name a JSON file; {path} cannot be read as one ({str(error)[:80]}); write one "
            "with: naeum why RUN 7 --json"
        ) from error


def _learner_in(found: Any, where: str) -> dict[str, Any]:
    """The learner of a document, or of an answer of `naeum why`."""
    inner = found.get("learner", found) if isinstance(found, Mapping) else found
    if not (isinstance(inner, Mapping) and {"kind", "version", "settings"} <= set(inner)):
        raise InputError(
            f"{where} must hold a learner: kind, version and settings; it does not; write one with: naeum why RUN 7 "
            "--json"
        )
    return dict(inner)
