"""How is a sentence said in another language, when only the whole sentence is at hand?

A catalogue maps templates of English sentences to templates of another language: `{} must be {}; got {}`. A sentence is
matched against them; what stands in its holes is translated in its turn, since sentences are made of sentences. So no
place that says something has to know of languages, and what has no translation stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from naeum.tongue.particles import FORMS, with_particle
from naeum.tongue.sentences import HOLE

DEEPEST = 6  # sentences within sentences that are followed
LONGEST = 4_000  # characters; longer texts are no sentences of ours
LEAST = 3  # letters of a template that are its own: fewer would match anything
# Where a text that is no sentence of the catalogue falls apart into some that are.
ANYTHING, CLAUSE = "(.*?)", "((?:(?![;:.] ).)*?)"  # what a value may be
JOINTS = ("\n", ". ", "; ", " · ", ", ")
# {0}: the first value; {0*}: a word of the glossary; {0:을}: with the particle that fits it; {0*:을}: both.
SLOT = re.compile(r"\{(\d)(\*?)(?::([^}]+))?\}")


@dataclass(frozen=True)
class Entry:
    """A template, its pattern and what it is in the other language."""

    source: str
    target: str

    @cached_property
    def literals(self) -> tuple[str, ...]:
        return tuple(piece for piece in self.source.split(HOLE) if piece)

    @cached_property
    def own(self) -> int:
        """Characters that are the template's own: the most telling template has the most."""
        return sum(map(len, self.literals))

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """One whose values hold no end of a clause but for a value that ends all; one with values of any kind."""
        pieces = [re.escape(piece) for piece in self.source.split(HOLE)]
        last = ANYTHING if not pieces[-1] else CLAUSE + pieces[-1]
        return re.compile(CLAUSE.join(pieces[:-1]) + last, re.DOTALL), re.compile(ANYTHING.join(pieces), re.DOTALL)

    def values(self, text: str, *, loose: bool) -> tuple[str, ...] | None:
        """What stands in the holes; none where the text is another sentence."""
        if not all(piece in text for piece in self.literals):
            return None
        found = self.patterns[loose].fullmatch(text)
        return None if found is None else found.groups()


class Catalogue:
    """The sentences of a language.

    Args:
        sentences: English template -> template with numbered slots.
        words: single words that name parts of the tool; they stand for themselves, and in slots with a star.

    Example:
        >>> korean = Catalogue({"{} must be a number; got {}": "{0:은} 수여야 합니다. 받은 값: {1}"}, {})
        >>> korean.said("비율 must be a number; got 'x'")
        "비율은 수여야 합니다. 받은 값: 'x'"
    """

    def __init__(self, sentences: Mapping[str, str], words: Mapping[str, str]) -> None:
        self.words = dict(words)
        entries = [Entry(source, target) for source, target in sentences.items()]
        self.exact = {one.source: one.target for one in entries if HOLE not in one.source}
        holed = [one for one in entries if HOLE in one.source and _letters(one.source) >= LEAST]
        self.entries = sorted(holed, key=lambda one: -one.own)
        self.known: dict[str, str] = {}  # texts that came before: pages say the same again and again

    def said(self, text: str) -> str:
        """A text in this language; what is not known stays as it is. Blanks around it stay."""
        core = text.strip()
        if not core or len(core) > LONGEST:
            return text
        found = self.known.get(core)
        if found is None:
            found = self.known[core] = self.words.get(core) or self._begun(core)
        return text.replace(core, found, 1)

    def _begun(self, text: str) -> str:
        """A text, or the same with a small first letter: titles are written small and shown with a capital."""
        found = self._whole(text, 0)
        if found != text or not text[0].isupper():
            return found
        small = text[0].lower() + text[1:]
        told = self.words.get(small) or self._whole(small, 0)
        return text if told == small else told

    def _whole(self, text: str, depth: int) -> str:
        if text in self.exact:
            return self.exact[text]
        if depth >= DEEPEST or " " not in text:
            return text
        for loose in (False, True):
            for entry in self.entries:
                values = entry.values(text, loose=loose)
                if values is not None:
                    return self._filled(entry, values, depth)
            whole = self._joined(text, depth)
            if whole != text:
                return whole
        return text

    def _joined(self, text: str, depth: int) -> str:
        """Part by part, split where sentences, clauses and lists are joined; or without the full stop."""
        if text.endswith("."):
            told = self._whole(text[:-1], depth + 1)
            if told != text[:-1]:
                return f"{told}."
        for joint in JOINTS:
            if joint in text:
                parts = text.split(joint)
                if joint == ". ":
                    parts = [f"{part}." if at < len(parts) - 1 else part for at, part in enumerate(parts)]
                spoken = [self._part(part, depth + 1) for part in parts]
                if spoken != parts:
                    return (" " if joint == ". " else joint).join(spoken)
        return text

    def _part(self, text: str, depth: int) -> str:
        """A part, with the blanks around it: lines may be set in."""
        core = text.strip()
        return text.replace(core, self.words.get(core) or self._whole(core, depth), 1) if core else text

    def _filled(self, entry: Entry, values: tuple[str, ...], depth: int) -> str:
        def slot(found: re.Match[str]) -> str:
            value = values[int(found.group(1))]
            word = self.words.get(value.strip()) if found.group(2) else None
            told = word or self._whole(value, depth + 1)
            return with_particle(told, found.group(3)) if found.group(3) else told

        return SLOT.sub(slot, entry.target)


def _letters(template: str) -> int:
    return sum(sign.isalpha() for sign in template.replace(HOLE, ""))


def read(files: Iterable[Path]) -> dict[str, str]:
    """The entries of catalogue files: JSON objects."""
    found: dict[str, str] = {}
    for file in files:
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


def faults(source: str, target: str) -> list[str]:
    """What is wrong with a translation of a template: slots that the template lacks, particles that are unknown.

    Example:
        >>> faults("{} rows", "{1}행")
        ['slot 1 is not among the 1 of the template']
    """
    holes, found = source.count(HOLE), []
    for slot in SLOT.finditer(target):
        if int(slot.group(1)) >= holes:
            found.append(f"slot {slot.group(1)} is not among the {holes} of the template")
        if slot.group(3) and slot.group(3) not in FORMS:
            found.append(f"the particle {slot.group(3)} is not known")
    left = SLOT.sub("", target)
    return [*found, "a brace is left over"] if "{" in left or "}" in left else found
