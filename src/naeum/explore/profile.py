"""What came out of an analysis?"""

from __future__ import annotations

import html
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from naeum.contract import Finding
from naeum.errors import InputError
from naeum.store import write_atomic

FORMAT = 1  # of the JSON; raised when its meaning changes
WORST = ("issue", "warning", "tip")


@dataclass(frozen=True, eq=False, kw_only=True)
class Profile:
    """What the data are and what is wrong with them; all of it is JSON-able."""

    name: str
    rows: int
    columns: Mapping[str, str]  # column -> role
    parts: Mapping[str, Any]  # part -> what it saw
    target: str | None = None
    text: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    answers: tuple[Mapping[str, Any], ...] = ()  # of every check: code, title, state, seen
    summary: tuple[str, ...] = ()  # sentences
    notes: tuple[str, ...] = ()  # how the file was read
    broken: tuple[tuple[int, str], ...] = ()  # line of the file (from 1) and why it was skipped
    gaps: Mapping[str, str] = field(default_factory=dict)  # part that could not be looked at -> why
    seconds: Mapping[str, float] = field(default_factory=dict)  # part -> seconds; "whole": all of it

    @property
    def worst_first(self) -> tuple[Finding, ...]:
        """The findings: issues, then warnings, then tips."""
        return tuple(sorted(self.findings, key=lambda one: WORST.index(one.severity)))

    def to_json(self) -> dict[str, Any]:
        """Everything as JSON-able values; what is no number of JSON becomes null."""
        document = {**self.__dict__, "format": FORMAT, "findings": [one.to_json() for one in self.findings]}
        return plain(document)  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Profile:
        """The profile of a document.

        Raises:
            InputError: it is of a newer naeum, or no profile.
        """
        if document.get("format") != FORMAT:
            raise InputError(f"a profile must be of format {FORMAT}; got {document.get('format')!r}; explore again")
        kept = {name: value for name, value in document.items() if name != "format"}
        kept["findings"] = tuple(
            Finding(**{**one, "rows": tuple(one["rows"]), "answers": tuple(one["answers"])})
            for one in document["findings"]
        )
        kept["broken"] = tuple((int(line), str(why)) for line, why in document["broken"])
        return cls(**{**kept, **{name: tuple(kept[name]) for name in ("text", "answers", "summary", "notes")}})

    def save(self, path: str | Path) -> Path:
        """Write the JSON, atomically."""
        write_atomic(Path(path), json.dumps(self.to_json(), ensure_ascii=False, indent=1))
        return Path(path)

    def _repr_html_(self) -> str:
        """What a notebook shows: the summary and the findings."""
        said = "".join(f"<p>{html.escape(sentence)}</p>" for sentence in self.summary)
        lines = "".join(
            f"<tr><td>{one.code}</td><td>{html.escape(one.title)}</td><td>{one.severity}</td>"
            f"<td style='text-align:left'>{html.escape(one.seen)}</td></tr>"
            for one in self.worst_first
        )
        head = "<tr><th>code</th><th>finding</th><th>severity</th><th>seen</th></tr>"
        table = f"<table>{head}{lines}</table>" if lines else "<p>No check found anything.</p>"
        size = f"{self.rows:,} rows × {len(self.columns):,} columns"
        return f"<h3>{html.escape(self.name)}: {size}</h3>{said}{table}"


def plain(thing: Any) -> Any:
    """A value as JSON can hold it.

    Example:
        >>> plain({"a": float("inf"), 1: (1.5, None)})
        {'a': None, '1': [1.5, None]}
    """
    if isinstance(thing, bool | int | str) or thing is None:
        return thing
    if isinstance(thing, float):
        return thing if math.isfinite(thing) else None
    if isinstance(thing, Mapping):
        return {str(name): plain(item) for name, item in thing.items()}
    if isinstance(thing, list | tuple):
        return [plain(item) for item in thing]
    return plain(thing.item()) if hasattr(thing, "item") and getattr(thing, "ndim", 1) == 0 else str(thing)
