"""In which scheme do tags mark entities, and how do they become BIO?

BIO: B-x begins an entity of kind x, I-x goes on with it, O is none. In IOB1 a B- stands only between two entities of
one kind; IOBES (BILOU) ends an entity with E- (L-) and marks one of a single word by S- (U-); some write x_B for B-x.
Tags without any mark, such as parts of speech, are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

OUTSIDE = "O"
MARKED = re.compile(r"^([BIESLU])[-_](\S.*)$")
TRAILED = re.compile(r"^(\S.*)[-_]([BIESLU])$")
BARE = frozenset("BIESLUO")  # tags of one kind only, whose name is left out
NO_KIND = "entity"  # what that kind is called then
BEGINS, ENDS = frozenset("BSU"), frozenset("ESLU")
NONE = frozenset({"-", "_", "O"})  # how "no entity" is written beside x_B

Tags = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Bio:
    """Tags in BIO, and what was done to them."""

    tags: list[list[str]]
    notes: tuple[str, ...] = ()
    unknown: tuple[int, int] | None = None  # sentence and word of the first tag that is none


@dataclass
class _Counts:
    orphans: int = 0  # I- that go on with nothing
    begins: int = 0
    between: int = 0  # B- that stand right after an entity of their kind
    marks: set[str] = field(default_factory=set)


def bio(tags: Tags) -> Bio:
    """The tags of sentences in BIO.

    Example:
        >>> bio([["I-x", "I-x", "O", "I-y", "B-y"]])
        Bio(tags=[['B-x', 'I-x', 'O', 'B-y', 'B-y']], notes=('tags in IOB1 were turned into BIO',), unknown=None)
    """
    known = {tag for row in tags for tag in row}
    if not any(is_mark(tag) for tag in known):
        return Bio([list(row) for row in tags])
    parts, written = _parts(known)
    if unknown := known - parts.keys():
        return Bio([], (), next(_places(tags, unknown)))
    counts = _counted(tags, parts)
    old = bool(counts.orphans) and counts.between == counts.begins and not counts.marks & ENDS
    found = [_row(row, parts) for row in tags]
    return Bio(found, (*written, *_said(counts, old)))


def is_mark(tag: str) -> bool:
    """Whether a tag marks a part of an entity.

    Example:
        >>> [is_mark(tag) for tag in ("B-place", "PER_I", "B", "O", "NOUN")]
        [True, True, True, False, False]
    """
    return bool(MARKED.match(tag) or TRAILED.match(tag)) or tag in ("B", "I")


def _parts(known: set[str]) -> tuple[dict[str, tuple[str, str]], list[str]]:
    """Mark and kind of each tag that has one, and what is to be said of how they are written."""
    front = {tag: match.groups() for tag in known if (match := MARKED.match(tag))}
    trail = {tag: (match[2], match[1]) for tag in known if (match := TRAILED.match(tag))}
    if len(front) >= len(trail) and front:
        return {**{tag: (mark, kind) for tag, (mark, kind) in front.items()}, OUTSIDE: ("", "")}, []
    if trail:
        return {**trail, **dict.fromkeys(NONE, ("", ""))}, ["tags such as x_B were turned into B-x"]
    bare = {tag: (tag, NO_KIND) for tag in BARE - {OUTSIDE}}
    return {**bare, OUTSIDE: ("", "")}, [f"tags without a kind got the kind {NO_KIND}"]


def _places(tags: Tags, which: set[str]) -> Iterator[tuple[int, int]]:
    return ((at, place) for at, row in enumerate(tags) for place, tag in enumerate(row) if tag in which)


def _counted(tags: Tags, parts: dict[str, tuple[str, str]]) -> _Counts:
    counts = _Counts()
    for row in tags:
        before, after = "", ""  # the mark and the kind of the word before
        for mark, kind in (parts[tag] for tag in row):
            counts.marks.add(mark)
            counts.begins += mark == "B"
            counts.between += mark == "B" and kind == after
            counts.orphans += mark in ("I", "E", "L") and (kind != after or before in ENDS)
            before, after = mark, kind
    return counts


def _row(row: Sequence[str], parts: dict[str, tuple[str, str]]) -> list[str]:
    found, open_kind = [], ""  # the kind of the entity that may go on
    for mark, kind in (parts[tag] for tag in row):
        if not mark:
            found.append(OUTSIDE)
        else:
            found.append(f"{'I' if mark not in BEGINS and kind == open_kind else 'B'}-{kind}")
        open_kind = "" if mark in ENDS else kind
    return found


def _said(counts: _Counts, old: bool) -> list[str]:
    found = []
    if counts.marks & ENDS:
        found.append("tags in IOBES were turned into BIO")
    if old:
        found.append("tags in IOB1 were turned into BIO")
    elif counts.orphans:
        each = "tag I- that followed no B- of its kind was" if counts.orphans == 1 else "tags I- without B- were"
        found.append(f"{counts.orphans} {each} turned into B-")
    return found
