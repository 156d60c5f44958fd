"""D21: does the tokenizer of the base model know these texts?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.rates import percent
from naeum.explore.subject import Subject

MANY_PIECES = 3.5  # tokens a word: a model made for a language needs 1.2 to 2.5 of it (Rust et al. 2021)
UNKNOWN = 0.01  # of the tokens: each hides a word


@dataclass(frozen=True)
class StrangeTokens:
    """Fires where words fall into many pieces or into the token for the unknown."""

    code: ClassVar[str] = "D21"
    title: ClassVar[str] = "tokenizer does not fit"
    answers: ClassVar[tuple[str, ...]] = ("base",)

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where the tokenizer fits.

        Raises:
            NotApplicable: no base model is at hand, or there are no words.
        """
        found = subject.part("tokens")
        unknown, pieces = found["unknown"] or 0.0, found["per_word"]
        if found["knows_language"] and pieces < MANY_PIECES and unknown < UNKNOWN:
            return None
        lost = f"; {percent(unknown)} of the tokens are unknown to it" if unknown else ""
        stranger = "" if found["knows_language"] else " does not know the language (none at hand does) and"
        seen = f"The tokenizer of {found['base']}{stranger} cuts a word into {pieces:.1f} tokens{lost}."
        severity: Severity = "warning" if found["knows_language"] else "tip"
        numbers = {"tokens_a_word": pieces, "unknown": unknown, "knows_language": float(found["knows_language"])}
        return Finding(self.code, self.title, severity, seen, numbers, (), self.answers)
