"""How is a sentence said in another language, when only the whole sentence is at hand?

A catalogue maps templates of English sentences to templates of another language: `{} must be {}; got {}`. A sentence is
matched against them, the most telling first; what stands in its holes is translated in its turn, since sentences are
made of sentences, and a text that is no sentence is told part by part. So no place that says something has to know of
languages, and what has no translation stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from naeum.tongue.entry import SLOT, Entry
from naeum.tongue.particles import with_particle
from naeum.tongue.sentences import HOLE

DEEPEST = 8  # sentences within sentences that are followed
LONGEST = 4_000  # characters; longer texts are no sentences of ours
LEAST = 2  # letters of a template that are its own: fewer would match anything
# Letters from which a template is meant wherever it fits. With fewer ("{} of {}", "{} rows") all its values must be
# numbers or ours, unless it begins with a word of its own or lists things inside a sentence of ours.
TELLING, COUNTING = 8, 12
MARKED = 5  # characters of a template that, in a value, show that the text is several of its sentences
BEGUN = 7  # letters from which a part without a sign at its start is a part of a sentence: " and {} more"
SURE = 24  # letters from which a template is meant although its values hold ends of clauses
MOST_PARTS = 12  # of a text that are tried together, two and more at a time
# Where a text that is no sentence of the catalogue falls apart into some that are.
JOINTS = ("\n", "  ", ". ", "; ", ": ", " · ", ", ", " → ")
CLAUSES = ("; ", ": ")  # of which either may be the outer one
APART = ("\n", "  ")  # lines and cells, each said for itself
NAMED = (": ", " · ")  # beside these names of the user's stand, too: only a title is a word of ours
LISTS = re.compile(r"\{\}(, \{\})* and \{\}( more)?")
UNITS = re.compile(r"\b(s|ms|min|h|KiB|MiB|GiB|MB|GB)\b")
# Between items that end in a bracket: "a and b (0.9), c (0.8) and d (0.7)".
ITEMS = re.compile(r"(?<=\)),? and |(?<=\)), ")
STARTS = re.compile(r"[ ,;:.(]")  # what a part of a sentence that is told apart begins with
# Blanks inside a number are no ends of a value: 2.5 %, [0.1, 0.2].
INSIDE = re.compile(r"(?<=\d) (?=%)|(?<=[\d%],) (?=[+−±-]?[\d.]+( ?%)?\])")
GLUE = "\u2007"


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
        entries = [Entry(INSIDE.sub(GLUE, source), target) for source, target in sentences.items()]
        self.exact = {one.source: one.target for one in entries if HOLE not in one.source}
        holed = [one for one in entries if HOLE in one.source and one.letters >= LEAST]
        self.entries = [((one.marks or ("",))[0], one) for one in sorted(holed, key=lambda one: -one.own)]
        self.known: dict[str, str] = {}  # texts that came before: pages say the same again and again

    def said(self, text: str) -> str:
        """A text in this language; what is not known stays as it is. Blanks around it stay."""
        core = text.strip()
        if not core or len(core) > LONGEST:
            return text
        found = self.known.get(core)
        if found is None:
            found = self.known[core] = self._told(INSIDE.sub(GLUE, core), 0).replace(GLUE, " ")
        return text.replace(core, found, 1)

    def _word(self, text: str) -> str | None:
        """A word, or a sentence without values; titles are written small and shown with a capital."""
        small = text[:1].lower() + text[1:]
        return self.words.get(text) or self.exact.get(text) or self.words.get(small) or self.exact.get(small)

    def _told(self, text: str, depth: int, *, inside: bool = False) -> str:
        """A text in this language; `inside`: it is a value of a sentence of ours."""
        word = self._word(text)
        if word or depth >= DEEPEST or " " not in text:
            return word or text
        return (
            self._matched(text, depth, inside=inside)
            or self._matched(text, depth, inside=inside, loose=True, least=SURE)
            or self._joined(text, depth, inside)
            or self._matched(text, depth, inside=inside, loose=True)
            or text
        )

    def _matched(
        self, text: str, depth: int, *, inside: bool = False, loose: bool = False, least: int = 0, begun: bool = False
    ) -> str | None:
        """By the most telling template that fits; `begun`: only by those that begin with something of their own."""
        for mark, entry in self.entries:
            if mark not in text or entry.letters < least or (begun and entry.source.startswith(HOLE)):
                continue
            if loose and least and entry.source.endswith(HOLE):
                continue
            if text.endswith(".") and not loose and entry.ends_in_a_value:
                continue
            values = entry.values(text, loose=loose)
            if values is None or any("  " in value.strip() for value in values):
                continue
            values = self._parted(entry, values, depth)
            if not (loose and least and _swallows(entry, values)) and self._fits(entry, values, depth, inside):
                return self._filled(entry, values, depth)
        return None

    def _fits(self, entry: Entry, values: tuple[str, ...], depth: int, inside: bool) -> bool:
        """Whether a template is meant, and not a list of such or words of the user's that look like it."""
        marks = [mark for mark in entry.source.split(HOLE)[1:] if len(mark) >= MARKED]
        listing = LISTS.fullmatch(entry.source)
        if any(mark in value for mark in marks for value in values) and not listing:
            return False
        if listing and any(ITEMS.search(value) for value in values):
            return False
        if any(value.startswith(", ") and not self._is_part(value.strip(), depth + 1) for value in values[1:]):
            return False
        if entry.letters < COUNTING and entry.source.startswith(HOLE) and not listing and ", " in values[0]:
            return False
        least = COUNTING if len(values) == 1 else TELLING
        if entry.letters >= least or not entry.source.startswith(HOLE) or (inside and listing):
            return True
        if len(values) == 1:
            return _is_number(values[0]) or self._word(values[0]) is not None
        if any(value.endswith(".") for value in values):
            return False
        if self._word(values[-1]) is None and any(joint in value for joint in JOINTS for value in values):
            return False
        return all(_is_number(value) or self._value(value, depth + 1) != value for value in values)

    def _parted(self, entry: Entry, values: tuple[str, ...], depth: int) -> tuple[str, ...]:
        """Values of holes that stand side by side, cut where a part of ours begins: `{}{}`."""
        found, between = list(values), entry.source.split(HOLE)
        for at in range(len(found) - 1):
            if between[at + 1] or found[at] or entry.target.startswith("{0}{1}"):
                continue
            whole = found[at + 1]
            cuts = (start.start() for start in STARTS.finditer(whole) if start.start())
            place = next((cut for cut in cuts if self._is_part(whole[cut:].strip(), depth + 1)), len(whole))
            found[at : at + 2] = whole[:place], whole[place:]
        return tuple(found)

    def _is_part(self, text: str, depth: int) -> bool:
        least = BEGUN if text[:1].isalpha() else 0
        return bool(text in self.exact or self._matched(text, depth, least=least, begun=True))

    def _joined(self, text: str, depth: int, inside: bool) -> str | None:
        """Part by part, split where sentences, clauses and lists are joined; or without the full stop."""
        if text.endswith(".") and not any(joint in text for joint in (*APART, ". ")):
            told = self._told(text[:-1], depth + 1, inside=inside)
            if told != text[:-1]:
                return f"{told}."
        if inside and " and " in text and ITEMS.search(text):
            return ", ".join(self._value(item.replace(" and ", "·"), depth + 1) for item in ITEMS.split(text))
        for joint in JOINTS:
            if joint in text:
                ways = [joint] if joint not in CLAUSES else [one for one in CLAUSES if one in text]
                found = min((self._split(text, one, depth + 1, inside) for one in ways), key=_latin)
                if found != text:
                    return found
        return None

    def _split(self, text: str, joint: str, depth: int, inside: bool) -> str:
        """Parts in their order; neighbours that are one sentence of ours are told as one."""
        parts = text.split(joint)
        together = joint not in APART and 2 < len(parts) <= MOST_PARTS
        if joint == ". ":
            parts, joint = [f"{part}." for part in parts[:-1]] + parts[-1:], " "
        spoken, at = "", 0
        while at < len(parts):
            most = len(parts) if together else at + 1
            for end in range(most, at + 1, -1):
                told = self._several(joint.join(parts[at:end]), joint, depth) if end - at < len(parts) else None
                if told:
                    break
            else:
                end, told = at + 1, self._part(parts[at], joint, depth, inside)
            spoken += (joint if at else "") + told
            at = end
        return spoken

    def _several(self, text: str, joint: str, depth: int) -> str | None:
        """Several parts as one sentence; of a list only what is known word by word, for lists are made of names."""
        core = text.strip()
        return self._word(core) or (None if joint == ", " else self._matched(core, depth))

    def _part(self, text: str, joint: str, depth: int, inside: bool) -> str:
        """A part with the blanks around it, for lines may be set in; of some templates the joint is a part: `; {}`."""
        core = text.strip()
        own = joint in NAMED and " " not in core and not core[:1].isupper()
        told, sign = core if own else self._told(core, depth, inside=inside), joint.strip()
        if told == core and sign:
            found = self._several(f"{sign} {core}", sign, depth)
            told = found.removeprefix(sign).strip() if found else core
        return text.replace(core, told, 1) if core else text

    def _value(self, value: str, depth: int) -> str:
        core = value.strip()
        told = self._told(core, depth, inside=True) if core else ""
        return told if told.startswith((",", ";", ":", ".")) else value.replace(core, told, 1)

    def _filled(self, entry: Entry, values: tuple[str, ...], depth: int) -> str:
        def slot(found: re.Match[str]) -> str:
            value = values[int(found.group(1))]
            if found.group(2) or " " in value.strip():
                told = self.words.get(value.strip()) or self._value(value, depth + 1)
            else:
                told = self.exact.get(value, value)  # one word that is not ours is the user's
            return with_particle(told, found.group(3)) if found.group(3) and told else told

        return SLOT.sub(slot, entry.target)


def _swallows(entry: Entry, values: tuple[str, ...]) -> bool:
    """Whether values took in what stands before a sentence, or another sentence."""
    before = entry.source.startswith(HOLE) and any(joint in values[0] for joint in CLAUSES)
    return before or any(". " in value.strip() for value in values)


def _is_number(value: str) -> bool:
    return not any(map(str.isalpha, UNITS.sub("", value)))


def _latin(text: str) -> int:
    """Letters that are still English."""
    return sum(sign.isascii() and sign.isalpha() for sign in text)


def read(files: Iterable[Path]) -> dict[str, str]:
    """The entries of catalogue files: JSON objects."""
    found: dict[str, str] = {}
    for file in files:
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found
