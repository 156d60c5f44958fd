"""What is a law, and how is it tried?

A law takes what it judges and raises `Broken` where it does not hold. An exemption names a law and gives its reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from naeum.contract import OutputKind
from naeum.errors import InputError

Law = Callable[[Any], None]


def about(output: OutputKind) -> Callable[[Law], Law]:
    """Mark a law that speaks of one kind of answers only; `holds_for` knows it by its mark."""

    def marked(law: Law) -> Law:
        law.output = output  # type: ignore[attr-defined]
        return law

    return marked


def holds_for(law: Law, output: OutputKind) -> bool:
    """Whether a law speaks of tasks with this kind of answers.

    Example:
        >>> @about("label")
        ... def names_a_class(bench): pass
        >>> holds_for(names_a_class, "label"), holds_for(names_a_class, "number"), holds_for(must, "number")
        (True, False, True)
    """
    return getattr(law, "output", output) == output


class Broken(AssertionError):
    """A law does not hold; the message says what was seen."""


def must(holds: Any, seen: str) -> None:
    """Raise `Broken` with what was seen unless it holds.

    Example:
        >>> must(1 + 1 == 2, "sums are wrong")
    """
    if not holds:
        raise Broken(seen)


def near(one: Any, other: Any, tolerance: float, seen: str) -> None:
    """The two arrays differ by at most `tolerance` anywhere; the message gets the largest difference."""
    must(np.shape(one) == np.shape(other), f"{seen}: shapes {np.shape(one)} and {np.shape(other)}")
    most = float(np.abs(np.asarray(one, np.float64) - np.asarray(other, np.float64)).max(initial=0.0))
    must(most <= tolerance, f"{seen}: a difference of {most:.2g}, at most {tolerance:g} is allowed")


def keep(laws: Sequence[Law], subject: Any, exempt: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Try every law that is not exempt; gives the names of those that hold.

    Args:
        exempt: names of laws that need not hold, each with the reason.

    Raises:
        Broken: a law does not hold.
        InputError: an exemption has no reason or names no law.

    Example:
        >>> def is_even(number): must(number % 2 == 0, f"{number} is odd")
        >>> keep((is_even,), 4)
        ('is_even',)
    """
    exempt = exempt or {}
    names = {law.__name__ for law in laws}
    for name, reason in exempt.items():
        if name not in names or not reason.strip():
            raise InputError(f"an exemption must name a law and give a reason; got {name!r}: {reason!r}; correct it")
    output: OutputKind = subject.task.output if hasattr(subject, "task") else "label"
    tried = [law for law in laws if law.__name__ not in exempt and holds_for(law, output)]
    for law in tried:
        law(subject)
    return tuple(law.__name__ for law in tried)
