"""How do files of tagged words become a table of sentences?

A word and its tag a line, blank lines between sentences (CoNLL); or JSON objects with the words and tags of a sentence,
or with a text and the entities in it. The table has the columns `words` and `tags`, lists of strings; tags are in BIO.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pyarrow as pa

from naeum.data import marked
from naeum.data.schemes import OUTSIDE, bio, is_mark
from naeum.data.streams import open_text
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.data.delimited import Broken
    from naeum.data.sniff import Dialect

Form = Literal["conll", "tokens"]

WORDS, TAGS = "words", "tags"
SUFFIXES = (".conll", ".bio", ".iob", ".iob2", ".bioes")
NEVER = (".csv", ".json", ".jsonl", ".ndjson")
LINES = 2_000  # that are looked at
ALIKE = 0.95  # share of them that must end in a tag, where the name of the file does not say what it is
BREAK = "-DOCSTART-"  # begins a document; no word
NOTES = b"naeum.notes"  # key of the table's metadata: what was done to the tags


@dataclass
class _Sentence:
    words: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def form_of(text: str, suffixes: Sequence[str]) -> Form | None:
    """Whether the text of a file is tagged words, from a sample of whole lines; None where it is not.

    Example:
        >>> form_of("Empire\\tB-place\\nState\\tI-place\\n\\t\\nnow\\tO\\n", [".txt"])
        'conll'
    """
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in ("{", "["):
        first = marked.first_object(text)
        return "tokens" if first is not None and marked.is_tagged(first) else None
    if any(suffix in NEVER for suffix in suffixes):
        return None
    lines = text.splitlines()[:LINES]
    columns = _Columns.of(lines)
    rows = [columns.split(line) for line in lines if columns.is_word(line)]
    if columns.width < 2 or not rows:
        return None
    if any(suffix in SUFFIXES for suffix in suffixes):
        return "conll"
    ends = [row[-1].strip() for row in rows if len(row) == columns.width]
    tagged = sum(end == OUTSIDE or is_mark(end) for end in ends)
    return "conll" if tagged >= ALIKE * len(rows) and any(map(is_mark, ends)) else None


def read_conll(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """A word and its tag a line, the first and the last column; blank lines between sentences.

    Raises:
        InputError: a line has another number of columns, or a tag that is none.
    """
    with open_text(path, dialect.compression, dialect.encoding, "\n") as text:
        lines = [line.rstrip("\r\n") for line in text]
    columns = _Columns.of(lines[:LINES])
    found = list(_sentences(path, lines, columns))
    if not found:
        raise InputError(f"a file of tagged words must hold words; {path} has none; write a word and its tag a line")
    if columns.width < 2:
        return table([one.words for one in found], None, ()), []
    made = bio([one.tags for one in found])
    if made.unknown is not None:
        row, place = made.unknown
        sentence = found[row]
        raise _no_tag(f"line {sentence.lines[place]} of {path}", sentence.tags[place])
    return table([one.words for one in found], made.tags, made.notes), []


def read_tokens(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """JSON objects, one a line or in one list, each with words and tags, or with a text and the entities in it.

    Raises:
        InputError: an object lacks them, has another number of tags than words, or an entity outside its text.
    """
    places, objects = [], []
    for place, one in _objects(path, dialect):
        places.append(f"{place} of {path}")
        objects.append(one)
    if not objects:
        raise InputError(f"a file of tagged words must hold sentences; {path} has none; write one object a line")
    if "text" in objects[0] and not isinstance(objects[0].get("tokens", objects[0].get(WORDS)), list):
        words, tags, notes = marked.cut(objects, places, dialect.units)
    else:
        (words, tags), notes = marked.given(objects, places), ()
    made = bio([row or () for row in tags])
    if made.unknown is not None:
        row, word = made.unknown
        raise _no_tag(places[row], (tags[row] or [])[word])
    known = [None if row is None else now for row, now in zip(tags, made.tags, strict=True)]
    return table(words, known, (*notes, *made.notes)), []


def table(
    words: Sequence[Sequence[str]], tags: Sequence[Sequence[str] | None] | None, notes: Sequence[str]
) -> pa.Table:
    """Sentences as a table; `notes` say what was done to the tags."""
    lists = pa.list_(pa.string())
    columns = {WORDS: pa.array(words, lists)} | ({} if tags is None else {TAGS: pa.array(tags, lists)})
    return pa.table(columns).replace_schema_metadata({NOTES: json.dumps(list(notes)).encode()} if notes else None)


def said(table: pa.Table) -> str:
    """What was done to the tags of a table, in words; empty where nothing was."""
    return "; ".join(json.loads((table.schema.metadata or {}).get(NOTES, b"[]")))


@dataclass(frozen=True)
class _Columns:
    """How the lines of a file are cut."""

    tabs: bool
    width: int

    @classmethod
    def of(cls, lines: Sequence[str]) -> _Columns:
        """As most lines are."""
        words = [line for line in lines if line.strip() and not line.startswith(("#", BREAK))]
        tabs = 2 * sum("\t" in line for line in words) > len(words)
        widths = Counter(len(cls(tabs, 0).split(line)) for line in words)
        return cls(tabs, widths.most_common(1)[0][0] if widths else 0)

    def split(self, line: str) -> list[str]:
        """The columns of a line."""
        return line.rstrip("\r\n").split("\t") if self.tabs else line.split()

    def is_word(self, line: str) -> bool:
        """Whether a line holds a word: it is no blank, no comment, no mark between documents."""
        if not line.strip() or line.startswith(BREAK):
            return False
        if not line.startswith("#"):
            return True
        row = self.split(line)  # "#tag O" is a word, "# sentence 5" a comment
        tag = row[-1].strip()
        return len(row) == self.width and (tag == OUTSIDE or is_mark(tag) or not line.startswith(("# ", "##")))


def _sentences(path: Path, lines: Sequence[str], columns: _Columns) -> Iterator[_Sentence]:
    held = _Sentence()
    for number, line in enumerate(lines, start=1):
        if columns.is_word(line):
            row = columns.split(line)
            if len(row) != columns.width or not row[-1].strip():
                raise InputError(
                    f"every line of a file of tagged words must have {columns.width} columns, the tag last; line "
                    f"{number} of {path} has {len([cell for cell in row if cell.strip()])}: {line.strip()[:60]!r}; "
                    "mend or remove it"
                )
            held.words.append(row[0])
            held.tags.append(row[-1].strip())
            held.lines.append(number)
        elif held.words and (not line.strip() or line.startswith(BREAK)):
            yield held
            held = _Sentence()
    if held.words:
        yield held


def _objects(path: Path, dialect: Dialect) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each object with where it stands."""
    with open_text(path, dialect.compression, dialect.encoding, "\n") as text:
        content = text.read().lstrip("\ufeff")
    if content.lstrip().startswith("["):
        try:
            every = json.loads(content)
        except ValueError as error:
            raise InputError(f"a JSON file must be whole; {path} is damaged ({error}); write it again") from error
        given = [(f"row {at}", one) for at, one in enumerate(every, start=1)]
    else:
        given = []
        for number, line in enumerate(content.split("\n"), start=1):
            if line.strip():
                try:
                    given.append((f"line {number}", json.loads(line)))
                except ValueError as error:
                    raise InputError(
                        f"every line must be a JSON object; line {number} of {path} is not ({error}); mend or remove it"
                    ) from error
    for place, one in given:
        if not isinstance(one, dict):
            raise InputError(
                f"every sentence must be a JSON object; {place} of {path} is a {type(one).__name__}; mend or remove it"
            )
        yield place, one


def _no_tag(place: str, tag: str) -> InputError:
    return InputError(
        f"a tag must be O or begin with B-, I-, E-, S-, L- or U-, as other tags of the file do; {place} has {tag!r}; "
        "correct it"
    )
