"""Is this a table without a text, and from which of its columns can a model learn?"""

from __future__ import annotations

from naeum.errors import NotApplicable
from naeum.explore.relations.telling import gives_away
from naeum.explore.subject import Subject

LEARNED = ("number", "category", "boolean", "date")  # roles of columns that say something of new rows
CLASSES = ("category", "boolean")  # roles of a target of classes
REPEATED = 0.5  # share of different rows below which equal rows are the nature of a table, and no copies


def applies(subject: Subject) -> bool:
    """Whether rows are compared cell by cell: there is no text, and there are no images."""
    return not subject.text and not subject.having("image")


def features(subject: Subject) -> tuple[str, ...]:
    """The columns to learn from: without the target, ids, constants, and what gives the target away.

    Raises:
        NotApplicable: there is none.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> rows = [{"id": f"a{n}", "age": str(n % 40), "same": "x", "label": "ab"[n % 2]} for n in range(80)]
        >>> features(subject_of(opened(rows)))
        ('age',)
    """
    told = set(giveaways(subject))
    found = tuple(name for name in subject.having(*LEARNED) if name != subject.target and name not in told)
    if not found:
        raise NotApplicable("it needs a column to learn from beside the target; there is none")
    return found


def giveaways(subject: Subject) -> tuple[str, ...]:
    """The columns that give the target away, by what the part `relations` found."""
    told = (subject.seen.get("relations") or {}).get("telling") or []
    return tuple(str(one["column"]) for one in told if gives_away(one))


def target_of(subject: Subject) -> str:
    """The target, where it is one of classes.

    Raises:
        NotApplicable: there is none.
    """
    if subject.target is None or subject.roles[subject.target] not in CLASSES:
        raise NotApplicable("it needs a text and one label a row, or a table and a target of classes; name --target")
    return subject.target
