"""What is wrong with a model, and what could answer it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from naeum.contract import Check, Finding
from naeum.diagnose.bias_variance import BiasVariance, weigh
from naeum.diagnose.checks import CHECKS
from naeum.diagnose.curve import LearningCurve, learning_curve, nested, sizes_for
from naeum.diagnose.noise import Noise, agree, find, out_of_fold
from naeum.diagnose.subject import SAMPLE_ROWS, Subject
from naeum.errors import NotApplicable

State = Literal["finding", "passed", "not applicable"]
WEIGHED = ("M01", "M02")  # what the sentence about bias and variance says already
ORDER = ("issue", "warning", "tip")  # of findings in a sentence


@dataclass(frozen=True)
class Answer:
    """What one check said: a finding, nothing (passed), or why it cannot say."""

    code: str
    title: str
    finding: Finding | None = None
    why_not: str | None = None

    @property
    def state(self) -> State:
        if self.why_not is not None:
            return "not applicable"
        return "passed" if self.finding is None else "finding"

    def to_json(self) -> dict[str, Any]:
        seen = self.why_not if self.why_not is not None else self.finding.seen if self.finding else ""
        return {"code": self.code, "title": self.title, "state": self.state, "seen": seen}


def look_all(subject: Subject, checks: Sequence[Check] = CHECKS) -> tuple[Answer, ...]:
    """Every check's answer to a subject, in the order of the checks."""
    return tuple(_ask(check, subject) for check in checks)


def summary(answers: Sequence[Answer], bias_variance: BiasVariance | None = None) -> str:
    """The diagnosis in one sentence: bias or variance with its numbers, then the other findings, worst first.

    Example:
        >>> summary([Answer("M05", "truncated texts"), Answer("M01", "bias", why_not="there are no tune rows")])
        'Nothing stands out in 1 check; 1 does not apply.'
    """
    found = sorted((each.finding for each in answers if each.finding), key=lambda each: ORDER.index(each.severity))
    others = [f"{each.title} ({each.code})" for each in found if bias_variance is None or each.code not in WEIGHED]
    if bias_variance is not None:
        first = bias_variance.sentence.rstrip(".")
        return f"{first}; also {_listed(others)}." if others else f"{first}."
    if others:
        return f"Found: {_listed(others)}."
    passed, silent = (sum(each.state == state for each in answers) for state in ("passed", "not applicable"))
    checks, apply = ("check" if passed == 1 else "checks"), ("does" if silent == 1 else "do")
    return f"Nothing stands out in {passed} {checks}; {silent} {apply} not apply."


def _ask(check: Check, subject: Subject) -> Answer:
    try:
        return Answer(check.code, check.title, check.look(subject))
    except NotApplicable as reason:
        return Answer(check.code, check.title, why_not=str(reason))


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


__all__ = [
    "CHECKS",
    "SAMPLE_ROWS",
    "Answer",
    "BiasVariance",
    "LearningCurve",
    "Noise",
    "Subject",
    "agree",
    "find",
    "learning_curve",
    "look_all",
    "nested",
    "out_of_fold",
    "sizes_for",
    "summary",
    "weigh",
]
