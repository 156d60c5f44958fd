"""Does a text say the sentence of a template, and what stands in its holes?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from naeum.tongue.particles import FORMS
from naeum.tongue.sentences import HOLE

# What a value may be: anything; a part of a clause; what a colon opens; what a bracket opens.
ANYTHING, CLAUSE = "(.*?)", "((?:(?![;:.] ).)*?)"
OPENED, BRACKETED = r"((?:(?!\. ).)*?)", r"((?:[^()]|\([^()]*\))*?)"
OPENINGS = (": ", "; ", ". ", "  ")
# {0}: the first value; {0*}: a word of the glossary; {0:을}: with the particle that fits it; {0*:을}: both.
SLOT = re.compile(r"\{(\d)(\*?)(?::([^}]+))?\}")
BRACED = re.compile(r"\{[^}]*\}?|\}")  # a value that was meant, or braces that the sentence itself shows


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
    def letters(self) -> int:
        return sum(sign.isalpha() for sign in self.source.replace(HOLE, ""))

    @cached_property
    def ends_in_a_value(self) -> bool:
        """Whether a full stop at the end of a text is none of its own: the last value is no sentence."""
        written = self.source.split(HOLE)
        return not written[-1] and not written[-2].endswith(OPENINGS)

    @cached_property
    def patterns(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        """One whose values hold no end of a clause but where one opens; one with values of any kind.

        What is written with a small first letter may be shown with a capital.
        """
        written = self.source.split(HOLE)
        pieces = [re.escape(piece) for piece in written]
        if written[0][:1].islower():
            pieces[0] = f"[{written[0][0]}{written[0][0].upper()}]{re.escape(written[0][1:])}"
        strict = pieces[0]
        for at, piece in enumerate(pieces[1:], 1):
            opens, bracket = written[at - 1].endswith(OPENINGS), written[at - 1].endswith("(")
            ends = at == len(pieces) - 1 and not piece
            strict += (ANYTHING if opens and ends else OPENED if opens else BRACKETED if bracket else CLAUSE) + piece
        return re.compile(strict, re.DOTALL), re.compile(ANYTHING.join(pieces), re.DOTALL)

    @cached_property
    def marks(self) -> tuple[str, ...]:
        """What every text of this template holds, the longest first."""
        pieces = self.source.split(HOLE)
        return tuple(sorted({pieces[0][1:], *pieces[1:]} - {""}, key=len, reverse=True))

    def values(self, text: str, *, loose: bool) -> tuple[str, ...] | None:
        """What stands in the holes; none where the text is another sentence."""
        if not all(piece in text for piece in self.marks):
            return None
        found = self.patterns[loose].fullmatch(text)
        return None if found is None else found.groups()


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
    left = [one for one in BRACED.findall(SLOT.sub("", target)) if one not in source]
    return [*found, "a brace is left over"] if left else found
