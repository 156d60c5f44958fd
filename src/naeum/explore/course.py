"""How does an analysis go: which parts, in which order, and what comes out?

open → facts → single variables → (first summary) → relations, texts, labels, leaks → checks → summary in words.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from naeum.contract import Policy
from naeum.data import read
from naeum.data.parts import Data
from naeum.data.read import Options as ReadOptions
from naeum.diagnose import look_all
from naeum.errors import InputError, NaeumError, NotApplicable
from naeum.explore import columns, leaks, preview, relations, summary
from naeum.explore.checks import CHECKS
from naeum.explore.columns import duplicates, missing
from naeum.explore.columns import target as target_part
from naeum.explore.images import copies, pictures, sheet
from naeum.explore.images.beside import lay_beside
from naeum.explore.labels import annotators, conflicts, suspects
from naeum.explore.loading import opened
from naeum.explore.plain.features import applies
from naeum.explore.profile import Profile
from naeum.explore.relations import groups, times
from naeum.explore.shift import drift
from naeum.explore.shift import parts as shift
from naeum.explore.subject import Subject, Watch, subject_of
from naeum.explore.table import Table
from naeum.explore.text import boilerplate, languages, lengths, scripts, telling, tokens, topics, vocabulary

READING = ("delimiter", "quoting", "header", "encoding", "name")  # options that say how a file is written
OWN = ("seed", "offline", "base", "cache", "parts", "policy")  # options of the analysis itself


@dataclass(frozen=True)
class Part:
    """One part of the course: looks at a subject, gives JSON-able numbers, or none where it does not apply."""

    name: str  # under which later parts, checks and the report find what it saw
    title: str  # said while it works
    look: Callable[[Subject], dict[str, Any] | None]
    rows: bool = False  # whether it looks at the rows as a learner is given them; else they are not read so


# The parts before the first summary must be quick: they count, and draw no rows.
FIRST: tuple[Part, ...] = (
    Part("missing", "counting missing values", missing.look),
    Part("duplicates", "looking for equal rows", duplicates.look),
    Part("target", "counting classes", target_part.look),
)
# What takes longer. A part may use what those before it found: `subject.part(name)`.
PARTS: tuple[Part, ...] = (
    *FIRST,
    Part("columns", "looking at each column", columns.look),
    Part("pictures", "measuring images", pictures.look),
    Part("copies", "looking for copies of images", copies.look),
    Part("sheet", "drawing images of each class", sheet.look),
    Part("relations", "comparing columns", relations.look),
    Part("groups", "summing up groups", groups.look),
    Part("times", "going through the dates", times.look),
    Part("languages", "telling languages", languages.look),
    Part("lengths", "measuring texts", lengths.look),
    Part("signs", "counting scripts, addresses and markup", scripts.look),
    Part("tokens", "tokenising", tokens.look),
    Part("boilerplate", "looking for repeated words", boilerplate.look),
    Part("vocabulary", "counting words", vocabulary.look),
    Part("conflicts", "looking for conflicting labels", conflicts.look, rows=True),
    Part("annotators", "comparing annotators", annotators.look, rows=True),
    Part("suspects", "looking for wrong labels", suspects.look, rows=True),
    Part("telling", "finding telling words", telling.look, rows=True),
    Part("topics", "finding topics, drawing the map", topics.look, rows=True),
    Part("leaks", "looking for rows on two sides of a split", leaks.look, rows=True),
    Part("shift", "telling the parts apart", shift.look, rows=True),
    Part("drift", "looking for drift over time", drift.look, rows=True),
    Part("augmentations", "trying augmentations", preview.look, rows=True),
)


def explore(
    data: Any,
    *,
    target: str | None = None,
    text: str | Sequence[str] | None = None,
    valid: Any = None,
    test: Any = None,
    watch: Watch | None = None,
    **options: Any,
) -> Profile:
    """See what data are, and what is wrong with them.

    Args:
        data: a file, several files, a pattern, a folder or zip of images, a DataFrame, an Arrow table, a list of dicts,
            or what `naeum.read` gave.
        target: the column that a model is to tell; by default one with a name such as label.
        text: the text column or columns; by default the one with the longest texts.
        valid: data beside it, for what stands in both.
        test: data beside it; only its inputs are looked at.
        watch: is called with each progress event (a dictionary); {"event": "summary", …} comes first of all.
        options: seed, offline, base (a base model), cache (a folder), parts (names of the parts to look at), policy,
            and how a file is written: delimiter, quoting, header, encoding, name.

    Raises:
        InputError: data or options do not hold what must hold.

    Example:
        >>> rows = [{"age": str(20 + n % 50), "city": "서울"} for n in range(100)]
        >>> explore(rows).rows
        100
    """
    started = time.monotonic()
    unknown = set(options) - {*READING, *OWN}
    if unknown:
        known = ", ".join((*OWN, *READING))
        raise InputError(f"options of explore must be among {known}; got {sorted(unknown)[0]!r}; leave it out")
    told = watch or _quiet
    table = opened(data, watch=told, **{key: options[key] for key in READING if key in options})
    texts = (text,) if isinstance(text, str) else tuple(text or ())
    settings = {"seed": int(options.get("seed", 0)), "base": options.get("base"), "watch": told}
    settings["policy"] = options.get("policy") or Policy(offline=bool(options.get("offline")))
    settings["cache"] = Path(options.get("cache") or "cache")
    subject = subject_of(table, target=target, text=texts, **settings)
    how = {key: options[key] for key in READING if key in options}
    parts = chosen(options.get("parts"))
    given = {name: part for name, part in (("valid", valid), ("test", test)) if part is not None}
    needed = bool(given) or isinstance(data, Data) or any(part.rows for part in parts)
    return course(subject, parts, started, ready=(lambda one: _with_rows(one, data, given, how)) if needed else None)


def chosen(names: Sequence[str] | None) -> tuple[Part, ...]:
    """The parts of these names, in the order of the course; all where none are named.

    Raises:
        InputError: a name is no part's.
    """
    if names is None:
        return PARTS
    known = [part.name for part in PARTS]
    for name in names:
        if name not in known:
            raise InputError(f"parts must be among {', '.join(known)}; got {name!r}; leave it out")
    return tuple(part for part in PARTS if part.name in names)


def course(
    subject: Subject,
    parts: Sequence[Part] = PARTS,
    started: float | None = None,
    ready: Callable[[Subject], Subject] | None = None,
) -> Profile:
    """Look at a subject part by part, then ask every check.

    Args:
        subject: what is looked at.
        parts: which parts, in their order.
        started: monotonic seconds at which the analysis began, if before now.
        ready: prepares the subject for the parts after the first summary, such as reading the rows as data.
    """
    began = time.monotonic() if started is None else started
    gaps: dict[str, str] = {}
    quick = [part for part in parts if part in FIRST] or list(parts[:1])
    seconds: dict[str, float] = {"opening": round(time.monotonic() - began, 3)}
    for place, part in enumerate(parts):
        subject.say("progress", step=place, steps=len(parts), note=part.title)
        before = time.monotonic()
        try:
            subject = subject.with_seen(part.name, part.look(subject))
        except NotApplicable:
            subject = subject.with_seen(part.name, None)
        except NaeumError as reason:
            gaps[part.name] = str(reason)
            subject = subject.with_seen(part.name, None)
            subject.say("note", text=f"{part.title}: {reason}")
        seconds[part.name] = round(time.monotonic() - before, 3)
        if part is quick[-1]:
            subject.say("summary", sentences=summary.first(subject), seconds=round(time.monotonic() - began, 3))
            subject = subject if ready is None else ready(subject)
    answers = look_all(subject, CHECKS)  # type: ignore[arg-type]
    findings = tuple(each.finding for each in answers if each.finding is not None)
    return Profile(
        name=subject.name,
        rows=subject.table.rows,
        columns=dict(subject.roles),
        target=subject.target,
        text=subject.text,
        parts={name: found for name, found in subject.seen.items() if found is not None},
        findings=findings,
        answers=tuple(each.to_json() for each in answers),
        summary=summary.whole(subject, findings),
        notes=subject.table.notes,
        broken=tuple(subject.table.broken),
        gaps=gaps,
        seconds={**seconds, "whole": round(time.monotonic() - began, 3)},
    )


def _with_rows(subject: Subject, data: Any, given: Mapping[str, Any], how: Mapping[str, Any]) -> Subject:
    """The subject with its rows as data where there are a text and a target to learn, and with its other parts."""
    rows = data if isinstance(data, Data) else None
    if subject.having("image"):
        lay_beside(subject, given, how)
        return replace(subject, data=rows)
    if applies(subject):
        return replace(subject, data=rows, beside={name: opened(part, **how) for name, part in given.items()})
    if rows is None and subject.target is not None:
        rows = _as_data(subject, data, how)
    if rows is None:
        if given:
            subject.say("note", text="valid and test are compared where there are a text and a target, or no text")
        return subject
    beside = {name: _beside(part, name, rows, how) for name, part in given.items()}
    return replace(subject, data=rows, **beside)  # type: ignore[arg-type]


def _as_data(subject: Subject, data: Any, how: Mapping[str, Any]) -> Data | None:
    options = ReadOptions(target=subject.target, text=list(subject.text), **how)  # type: ignore[typeddict-item]
    try:
        return read(data, **options)
    except InputError as reason:
        subject.say("note", text=f"rows could not be read as a task: {reason}")
        return None


def _beside(given: Any, part: str, rows: Data, how: Mapping[str, Any]) -> Data:
    if isinstance(given, Data):
        return given
    task = rows.dataset.task  # it says of each column how it is read, whatever the part alone would look like
    options = ReadOptions(task=task, part=part, **how)  # type: ignore[typeddict-item]
    return read(given, **options)


def _quiet(event: dict[str, Any]) -> None:
    return None


def table_of(data: Any) -> Table:
    """The typed table of whatever holds rows; see `naeum.explore.loading.opened`."""
    return data if isinstance(data, Table) else opened(data)
