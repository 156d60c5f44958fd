"""What may an analysis look at?

Of a test part only the inputs may be looked at: no check and no part of an analysis reads its targets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.contract import Policy
from naeum.data.schema import FEW_VALUES, TARGET_NAMES, no_such_column
from naeum.errors import InputError, NotApplicable
from naeum.explore.facts import facts, roles
from naeum.explore.table import Table

if TYPE_CHECKING:
    from naeum.data.parts import Data

Watch = Callable[[dict[str, Any]], None]


@dataclass(frozen=True, eq=False, kw_only=True)
class Subject:
    """A table with what is known of its columns, and, where there is a text to learn from, its rows as data."""

    name: str
    table: Table
    target: str | None = None
    text: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)  # column -> number, category, date, text, id, constant, …
    data: Data | None = None  # rows with targets and ids, as `improve` reads them; none for plain tables
    valid: Data | None = None
    test: Data | None = None  # of it only the inputs may be looked at
    beside: Mapping[str, Table] = field(default_factory=dict)  # other parts of a table without a text: valid, test
    policy: Policy = field(default_factory=Policy)
    cache: Path = Path("cache")
    seed: int = 0
    watch: Watch = lambda event: None
    base: str | None = None  # base model for tokens and features; none: the best at hand
    seen: Mapping[str, Any] = field(default_factory=dict)  # what earlier parts found, by the part's name

    def say(self, event: str, **what: Any) -> None:
        """Tell the watcher."""
        self.watch({"event": event, **what})

    def having(self, *wanted: str) -> tuple[str, ...]:
        """The columns with one of the wanted roles, in the order of the file; the target included."""
        return tuple(name for name, role in self.roles.items() if role in wanted)

    def part(self, name: str) -> Any:
        """What an earlier part found.

        Raises:
            NotApplicable: it was not looked at, or had nothing to say.
        """
        found = self.seen.get(name)
        if found is None:
            raise NotApplicable(f"it needs the part {name!r} of the analysis, which has nothing to say here")
        return found

    def with_seen(self, name: str, found: Any) -> Subject:
        """The same subject, with what a part found."""
        return replace(self, seen={**self.seen, name: found})

    @property
    def known(self) -> Mapping[str, Mapping[str, Any]]:
        """The facts of every column: type, count, distinct, least, most, … (see `naeum.explore.facts`)."""
        found: Mapping[str, Mapping[str, Any]] = self.seen["facts"]
        return found


def subject_of(table: Table, *, target: str | None = None, text: tuple[str, ...] = (), **more: Any) -> Subject:
    """The subject of a table: the target found by its name where none is given, the role of every column.

    Raises:
        InputError: a column that is named is not there.

    Example:
        >>> from naeum.explore.loading import opened
        >>> rows = [{"text": f"이 영화는 정말 재미있어요, {n}번 봤습니다", "label": str(n % 2)} for n in range(30)]
        >>> subject = subject_of(opened(rows))
        >>> subject.target, dict(subject.roles)
        ('label', {'text': 'text', 'label': 'category'})
    """
    names = list(table.columns)
    for role, asked in (("target", target), *(("text", name) for name in text)):
        if asked is not None and asked not in names:
            raise no_such_column(role, asked, names, table.name)
    if target in text:
        raise InputError(f"text and target must be two columns; got {target!r} for both; name another with --text")
    found = facts(table)
    if target is None:
        target = next((name for name, role in table.told.items() if role == "target"), None)
    if target is None:
        target = _named_like_a_target([name for name in names if name not in text], found)
    told = {name: role for name, role in table.told.items() if role != "target" and name not in (target, *text)}
    assigned = {**roles(table, found, target, text), **told}
    texts = text or _longest_text(assigned, found)
    seen = {"facts": found, **dict(more.pop("seen", {}))}
    name = str(more.pop("name", None) or table.name)
    return Subject(name=name, table=table, target=target, text=texts, roles=assigned, seen=seen, **more)


def _named_like_a_target(names: list[str], found: Mapping[str, Mapping[str, Any]]) -> str | None:
    """The column that is called label, target, …, if it has few distinct values."""
    few = [name for name in names if 2 <= found[name]["distinct"] <= max(FEW_VALUES * found[name]["count"], 20)]
    lower = {name.strip().lower(): name for name in reversed(few)}
    return next((lower[known] for known in TARGET_NAMES if known in lower and known != "y"), None)


def _longest_text(assigned: Mapping[str, str], found: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    texts = [name for name, role in assigned.items() if role == "text"]
    return (max(texts, key=lambda name: found[name]["chars"]),) if texts else ()
