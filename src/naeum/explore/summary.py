"""What do the data say, in a few sentences?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from naeum.contract import Finding
from naeum.diagnose.rates import percent
from naeum.explore.checks.saying import listed, plural
from naeum.explore.subject import Subject

ROLES = {
    "number": ("number", "numbers"), "category": ("category", "categories"), "boolean": ("truth value", "truth values"),
    "date": ("date", "dates"), "text": ("text", "texts"), "id": ("id", "ids"), "constant": ("constant", "constants"),
    "list": ("list", "lists"), "image": ("image", "images"),
}  # fmt: skip
NAMED = 3  # columns that a sentence names
HARDLY = 0.001  # share of missing cells below which their number says more
LEAST_TOLD = 0.05  # share of the target's entropy from which a column is named as telling
NOT_CAUSE = "Going together is not causing: a third column may move both."
SEVERITIES = (("issue", "issues"), ("warning", "warnings"), ("tip", "tips"))


def first(subject: Subject) -> tuple[str, ...]:
    """What can be said before the slow parts: size, kinds of columns, missing values, copies, classes.

    Example:
        >>> from naeum.explore.columns import missing
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> subject = subject_of(opened([{"age": "31"}, {"age": "28"}, {"age": ""}] * 9))
        >>> first(subject.with_seen("missing", missing.look(subject)))
        ('27 rows, 1 column: 1 category.', '33.3 % of all cells are missing, most of them in age (33.3 %).')
    """
    return (_size(subject), *_missing(subject.seen.get("missing")), *_copies(subject), *_target(subject))


def whole(subject: Subject, findings: Sequence[Finding]) -> tuple[str, ...]:
    """Everything worth a sentence, with what the parts themselves have to say (`said`), and the findings last."""
    relations = subject.seen.get("relations")
    own = [
        sentence for found in subject.seen.values() if isinstance(found, dict) for sentence in found.get("said") or ()
    ]
    return (*first(subject), *_telling(subject, relations), *_together(subject, relations), *own, _found(findings))


def _size(subject: Subject) -> str:
    counts = Counter(subject.roles.values())
    kinds = [f"{n:,} {ROLES[role][n > 1]}" for role, n in counts.most_common()]
    columns = len(subject.roles)
    return f"{plural(subject.table.rows, 'row')}, {plural(columns, 'column')}: {listed(kinds, 9)}."


def _missing(found: Mapping[str, Any] | None) -> tuple[str, ...]:
    if found is None:
        return ()
    if not found["columns"]:
        return ("Nothing is missing.",)
    ranked = sorted(found["columns"].items(), key=lambda item: -item[1]["share"])[:NAMED]
    most = listed([f"{name} ({percent(one['share'])})" for name, one in ranked])
    if found["cells"] < HARDLY:
        count = sum(one["missing"] for one in found["columns"].values())
        verb = "is" if count == 1 else "are"
        return (f"{plural(count, 'cell')} in {plural(len(found['columns']), 'column')} {verb} missing.",)
    return (f"{percent(found['cells'])} of all cells are missing, most of them in {most}.",)


def _copies(subject: Subject) -> tuple[str, ...]:
    found = subject.seen.get("duplicates")
    if found is None:
        return ()
    whole, without = found["whole"]["copies"], found.get("without_ids")
    if whole:
        return (f"{plural(whole, 'row')} repeat{'s' if whole == 1 else ''} an earlier one.",)
    if without and without["copies"]:
        ids = listed(without["ids"])
        return (f"No row stands there twice, but {without['copies']:,} repeat an earlier one in all but {ids}.",)
    return ("No row stands there twice.",)


def _target(subject: Subject) -> tuple[str, ...]:
    found = subject.seen.get("target")
    if found is None:
        return ()
    name, classes = found["column"], found.get("classes")
    lacking = f"; {plural(found['unlabelled'], 'row')} without one" if found["unlabelled"] else ""
    if not classes:
        return (f"The target {name} is a number{lacking}.",) if found["kind"] == "number" else ()
    rows = sum(one["rows"] for one in classes)
    shown = [f"{one['class']} ({percent(one['rows'] / rows)})" for one in classes]
    if len(classes) <= NAMED:
        return (f"The target {name} has {plural(len(classes), 'class', 'classes')}: {listed(shown)}{lacking}.",)
    most, least = classes[0], classes[-1]
    return (f"The target {name} has {len(classes):,} classes, of {least['rows']:,} to {most['rows']:,} rows{lacking}.",)


def _telling(subject: Subject, relations: Mapping[str, Any] | None) -> tuple[str, ...]:
    told = [one for one in (relations or {}).get("telling") or [] if one["explained"] >= LEAST_TOLD][:NAMED]
    if not told:
        return ()
    said = listed([f"{one['column']} ({percent(one['explained'])} of its entropy)" for one in told])
    verb = "tells" if len(told) == 1 else "tell"
    return (f"Of the target {subject.target}, {said} {verb} most.",)


def _together(subject: Subject, relations: Mapping[str, Any] | None) -> tuple[str, ...]:
    strong = [one for one in (relations or {}).get("strong", []) if subject.target not in one["columns"]][:NAMED]
    if not strong:
        return ()
    said = listed([f"{' and '.join(one['columns'])} ({one['value']:.2f})" for one in strong])
    return (f"Columns that go together most: {said}. {NOT_CAUSE}",)


def _found(findings: Sequence[Finding]) -> str:
    counts = Counter(str(one.severity) for one in findings)
    said = [f"{counts[one]:,} {one if counts[one] == 1 else many}" for one, many in SEVERITIES if counts[one]]
    return f"The checks found {listed(said)}." if said else "No check found anything."
