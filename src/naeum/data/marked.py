"""How do JSON objects with words and tags, or with a text and the entities in it, become tagged words?

A text is cut into words; where many entities end inside words, as before a Korean particle, into characters.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from naeum.data.schemes import OUTSIDE
from naeum.errors import InputError

TOKENS = ("tokens", "words")
TAGS = ("ner_tags", "tags", "labels")
ENTITIES = ("entities", "spans", "label", "labels")
WORD = re.compile(r"\w+|[^\w\s]")
INSIDE = 0.05  # share of ends of entities inside words from which texts are cut into characters
UNITS = ("", "words", "characters")  # "": as the entities ask

Object = Mapping[str, Any]
Span = tuple[int, int, str]


def first_object(text: str) -> Object | None:
    """The first JSON object of a sample of a file; None where there is none."""
    start = text.find("{")
    try:
        found = json.JSONDecoder().raw_decode(text, start)[0] if start >= 0 else None
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def is_tagged(one: Object) -> bool:
    """Whether an object holds tagged words, or a text and its entities.

    Example:
        >>> is_tagged({"tokens": ["a"], "tags": ["O"]}), is_tagged({"text": "a", "label": "b"})
        (True, False)
    """
    words, tags = _list_of(one, TOKENS), _list_of(one, TAGS)
    if words is not None and tags is not None:
        return all(isinstance(word, str) for word in words) and not any(isinstance(tag, (list, dict)) for tag in tags)
    spans = _list_of(one, ENTITIES)
    if not isinstance(one.get("text"), str) or spans is None:
        return False
    return all(_is_span(span) for span in spans) and (bool(spans) or "entities" in one or "spans" in one)


def given(objects: Sequence[Object], places: Sequence[str]) -> tuple[list[list[str]], list[list[str] | None]]:
    """The words and tags of objects that hold both; tags are None where an object has none.

    Raises:
        InputError: there are no words, or another number of tags.
    """
    words: list[list[str]] = []
    tags: list[list[str] | None] = []
    for one, place in zip(objects, places, strict=True):
        tokens, answers = _list_of(one, TOKENS), _list_of(one, TAGS)
        if tokens is None:
            raise InputError(f"every sentence must have its words as a list; {place} has none; name them tokens")
        if answers is not None and len(answers) != len(tokens):
            raise InputError(
                f"every word must have one tag; {place} has {len(tokens)} words and {len(answers)} tags; mend or "
                "remove it"
            )
        if answers is not None and not all(isinstance(tag, str) for tag in answers):
            raise InputError(
                f"tags must be names, as B-place and O; {place} has {answers[:3]}; replace numbers by their names"
            )
        words.append([str(token) for token in tokens])
        tags.append(answers)
    return words, tags


def cut(
    objects: Sequence[Object], places: Sequence[str], units: str = ""
) -> tuple[list[list[str]], list[list[str] | None], tuple[str, ...]]:
    """Words and tags of texts with entities, and what is to be said of it.

    Args:
        objects: each with `text` and a list of entities, {"start", "end", "label"} or [start, end, label].
        places: where each stands, for messages.
        units: "words", "characters", or "" to decide by where entities end.

    Raises:
        InputError: an entity lies outside its text, or is none.
    """
    texts = [_text(one, place) for one, place in zip(objects, places, strict=True)]
    spans = [_spans(one, text, place) for one, text, place in zip(objects, texts, places, strict=True)]
    kept = [None if row is None else _apart(row) for row in spans]
    dropped = sum(
        len(row) - len(now) for row, now in zip(spans, kept, strict=True) if row is not None and now is not None
    )
    inside, ends = _inside(texts, kept)
    notes = [f"{dropped} entities inside or across others were left out"] if dropped else []
    if units not in UNITS:
        raise InputError(f"units must be words or characters; got {units!r}; leave it out to have it decided")
    if units == "characters" or (not units and inside > INSIDE * ends):
        why = f": {inside:,} of {ends:,} ends of entities lie inside words" if not units else ""
        pieces = [[(at, at + 1) for at in range(len(text))] for text in texts]
        notes.append(f"texts were cut into characters{why}")
    else:
        pieces = [[match.span() for match in WORD.finditer(text)] for text in texts]
        if inside:
            notes.append(f"{inside} entities that end inside words were taken to the ends of these words")
    words = [[text[low:high] for low, high in row] for text, row in zip(texts, pieces, strict=True)]
    tags = [None if row is None else _tags(cuts, row) for cuts, row in zip(pieces, kept, strict=True)]
    return words, tags, tuple(notes)


def _list_of(one: Object, names: Sequence[str]) -> list[Any] | None:
    return next((one[name] for name in names if isinstance(one.get(name), list)), None)


def _is_span(span: Any) -> bool:
    if isinstance(span, dict):
        return {"start", "end", "label"} <= span.keys()
    return isinstance(span, list) and len(span) == 3 and isinstance(span[0], int) and isinstance(span[1], int)


def _text(one: Object, place: str) -> str:
    if not isinstance(one.get("text"), str):
        raise InputError(f"every object must have a text; {place} has none; name it text")
    return str(one["text"])


def _spans(one: Object, text: str, place: str) -> list[Span] | None:
    """The entities of a text; None where it has no list of them."""
    listed = _list_of(one, ENTITIES)
    if listed is None:
        return None
    found = []
    for span in listed:
        if not _is_span(span):
            raise InputError(
                f"an entity must have start, end and label; {place} has {str(span)[:80]}; write it so, in characters"
            )
        low, high, label = (span["start"], span["end"], span["label"]) if isinstance(span, dict) else span
        if not (isinstance(low, int) and isinstance(high, int) and 0 <= low < high <= len(text)):
            raise InputError(
                f"an entity must lie inside its text of {len(text)} characters; {place} has one from {low} to {high}; "
                "correct its ends, the last one excluded"
            )
        found.append((low, high, str(label)))
    return found


def _apart(spans: Sequence[Span]) -> list[Span]:
    """The entities without those that overlap a longer one."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda one: (one[0] - one[1], one)):
        if all(span[1] <= low or high <= span[0] for low, high, _ in kept):
            kept.append(span)
    return sorted(kept)


def _inside(texts: Sequence[str], spans: Sequence[Sequence[Span] | None]) -> tuple[int, int]:
    """How many ends of entities lie inside words, and how many ends there are."""
    inside = ends = 0
    for text, row in zip(texts, spans, strict=True):
        for low, high, _ in row or ():
            for end in (low, high):
                ends += 1
                inside += 0 < end < len(text) and _is_sign(text[end - 1]) and _is_sign(text[end])
    return inside, ends


def _is_sign(character: str) -> bool:
    return character.isalnum() or character == "_"


def _tags(pieces: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[str]:
    """The tag of each piece of a text; a piece belongs to the entity that it overlaps."""
    found, last, at = [], -1, 0
    for low, high in pieces:
        while at < len(spans) and spans[at][1] <= low:
            at += 1
        if at < len(spans) and spans[at][0] < high:
            found.append(f"{'I' if last == at else 'B'}-{spans[at][2]}")
            last = at
        else:
            found.append(OUTSIDE)
    return found
