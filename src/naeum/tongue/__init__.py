"""In which language does naeum speak? English, or Korean where the user or the machine says so.

What is said is translated where it leaves: on the screen, in the report, in figures. Machines (JSON, files of answers,
the ledger) are spoken to in English always, and so is whoever calls naeum from Python and asks for nothing else.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

from naeum.errors import InputError
from naeum.tongue.catalogue import Catalogue, read

TONGUES = ("en", "ko")
ASKED = "NAEUM_LANG"
# Who speaks Korean says so in one of these; the first that is set counts, as in the C library.
LOCALE = ("LC_ALL", "LC_MESSAGES", "LANG")
GLOSSARY = "glossary.json"

_spoken: ContextVar[str] = ContextVar("tongue", default="en")


def chosen(asked: str | None, environment: Mapping[str, str] | None = None) -> str:
    """The language: what was asked for, else what the environment says, else English.

    Args:
        asked: "en", "ko", or none.
        environment: variables; those of the process by default.

    Raises:
        InputError: another language was asked for.

    Example:
        >>> chosen(None, {"LANG": "ko_KR.UTF-8"}), chosen("en", {"LANG": "ko_KR.UTF-8"}), chosen(None, {})
        ('ko', 'en', 'en')
    """
    there = os.environ if environment is None else environment
    wanted = asked or there.get(ASKED)
    if wanted:
        if wanted not in TONGUES:
            raise InputError(f"the language must be {' or '.join(TONGUES)}; got {wanted!r}; leave --lang out for yours")
        return wanted
    place = next((there[name] for name in LOCALE if there.get(name)), "")
    return "ko" if place.lower().startswith("ko") else "en"


@contextmanager
def speaking(tongue: str) -> Iterator[None]:
    """Inside, `said` answers in this language.

    Example:
        >>> with speaking("ko"):
        ...     now()
        'ko'
    """
    token = _spoken.set(tongue)
    try:
        yield
    finally:
        _spoken.reset(token)


def now() -> str:
    """The language that is spoken."""
    return _spoken.get()


def said(text: str) -> str:
    """A text of naeum's in the language that is spoken; what has no translation stays in English."""
    tongue = _spoken.get()
    return text if tongue == "en" else catalogue(tongue).said(text)


@cache
def catalogue(tongue: str) -> Catalogue:
    """All that is known in a language: the JSON files of its folder."""
    folder = Path(__file__).parent / tongue
    files = sorted(path for path in folder.glob("*.json") if path.name != GLOSSARY)
    return Catalogue(read(files), read([folder / GLOSSARY]))
