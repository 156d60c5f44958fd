"""What does a console show whose code page lacks a character: bars, dashes, minus signs?"""

from __future__ import annotations

import codecs
import sys

NEAREST = {
    **dict.fromkeys("\u2212\u2013\u2014\u2011\u00b7", "-"), **dict.fromkeys("\u2007\u2009\u202f\u00a0", " "),
    **dict.fromkeys("\u2018\u2019", "'"), **dict.fromkeys("\u201c\u201d", '"'), "\u2026": "...", "\u2192": "->",
    "\u2190": "<-", "\u2248": "~", "\u2713": "v", "\u2714": "v", "\u2717": "x", "\u00d7": "x", "\u2022": "*",
    "\u00b1": "+-", "\u2265": ">=", "\u2264": "<=", "\u2588": "#", "\u2593": "#", "\u2592": ":", "\u2591": ".",
}  # fmt: skip
RULES = range(0x2500, 0x2580)  # lines of boxes and bars
UPRIGHT = frozenset("\u2502\u2503\u2551\u2575\u2577\u2579\u257b")
SPINNERS = range(0x2800, 0x2900)  # dots of Braille
UNKNOWN = "?"
NAME = "naeum.nearest"  # of the way to treat what an encoding lacks


def plain(sign: str) -> str:
    """A sign of the code page of every console in place of one that it may lack.

    Example:
        >>> "".join(plain(one) for one in "\u2212\u2501\u2502\u2713\u2192")
        '--|v->'
    """
    if sign in NEAREST:
        return NEAREST[sign]
    if ord(sign) in RULES:
        return "|" if sign in UPRIGHT else "-"
    return "*" if ord(sign) in SPINNERS else UNKNOWN


def nearest(error: UnicodeError) -> tuple[str, int]:
    """What is written instead, and where to go on; for `codecs.register_error`."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(plain(sign) for sign in error.object[error.start : error.end]), error.end


def gentle() -> None:
    """Let no character that a console lacks break what is said to it."""
    codecs.register_error(NAME, nearest)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=NAME)
