"""What must hold of a column as a whole: all different, distributed as before, of the same letters, near a mean?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.data.expectations import chance
from naeum.data.expectations.cells import cell, kind_of
from naeum.data.expectations.rule import Found, Rule, Verdict
from naeum.data.kinds import Kind, literal, quoted
from naeum.data.relation import told_of
from naeum.errors import InputError

# Kinds of characters as RE2 writes them. A text read in the wrong encoding has other kinds than before.
LETTERS = {
    "latin": "A-Za-z",
    "digits": "0-9",
    "space": r"\s",
    "punctuation": r"!-/:-@\[-`{-~",
    "latin with marks": r"\x{AA}\x{B5}\x{BA}\x{C0}-\x{D6}\x{D8}-\x{F6}\x{F8}-\x{24F}",
    "signs": r"\x{A1}-\x{A9}\x{AB}-\x{B4}\x{B6}-\x{B9}\x{BB}-\x{BF}\x{D7}\x{F7}\x{2010}-\x{27BF}\x{3001}-\x{303F}",
    "hangul": r"\x{AC00}-\x{D7A3}",
    "jamo": r"\x{1100}-\x{11FF}\x{3131}-\x{318E}",
    "han": r"\p{Han}",
    "kana": r"\p{Hiragana}\p{Katakana}",
    "cyrillic": r"\p{Cyrillic}",
    "greek": r"\p{Greek}",
    "emoji": r"\x{1F300}-\x{1FAFF}",
    "controls": r"\x{00}-\x{08}\x{0E}-\x{1F}\x{7F}-\x{9F}",
    "replacements": r"\x{FFFD}",
}


@dataclass(frozen=True)
class Unique(Rule):
    """No value, or no row where there is no column, stands twice; as many may as in the reference.

    Args:
        column: its name; '' for whole rows.
        seen: values that stood more than once in the reference.
        of: rows of the reference; None: none may.
        among: the columns of a whole row.
    """

    column: str = ""
    seen: int = 0
    of: int | None = None
    among: tuple[str, ...] = ()
    word: ClassVar[str] = "unique"

    def needs(self) -> tuple[str, ...]:
        return (self.column,) if self.column else self.among

    def measures(self) -> dict[str, str]:
        there = f"{quoted(told_of(self.column))} IS NOT NULL" if self.column else "true"
        return {
            "repeated": f"(SELECT count(*) FROM ({self._repeated()}))",
            "of": f"count(*) FILTER (WHERE {there})",
        }

    def judge(self, found: Found, level: float) -> Verdict:
        k, m = found["repeated"], found["of"]
        likely = None if self.of is None else chance.repeats(k, m, self.seen, self.of)
        what = "values" if self.column else "rows"
        seen = f"{k:,} {what} stand more than once among {m:,}" if k else f"all {m:,} {what} differ"
        if likely is not None and (k or self.seen):
            seen += f"; {self.seen:,} among {self.of:,} in the reference"
        return Verdict(not k if likely is None else likely >= level, seen, k, m, likely)

    def where(self, found: Found) -> str | None:
        listed = ", ".join(quoted(told_of(name)) for name in self.needs())
        return f"hash({listed}) IN (SELECT hash({listed}) FROM ({self._repeated()}))"

    def _repeated(self) -> str:
        listed = ", ".join(quoted(told_of(name)) for name in self.needs())
        there = f"WHERE {listed} IS NOT NULL" if self.column else ""
        return f"SELECT {listed} FROM cells {there} GROUP BY {listed} HAVING count(*) > 1"


@dataclass(frozen=True)
class Shares(Rule):
    """Each value has about the share of the rows that it had in the reference, which is counted here."""

    column: str
    counts: tuple[tuple[Any, int], ...]
    word: ClassVar[str] = "shares"

    def needs(self) -> tuple[str, ...]:
        return (self.column,)

    def kind(self) -> Kind | None:
        return kind_of([value for value, _ in self.counts])

    def measures(self) -> dict[str, str]:
        found = cell(self.column, self.kind())
        each = {
            f"v{at}": f"count(*) FILTER (WHERE {found} = {literal(value)})" for at, (value, _) in enumerate(self.counts)
        }
        return {**each, "of": f"count({found})"}

    def judge(self, found: Found, level: float) -> Verdict:
        now, m = [found[f"v{at}"] for at in range(len(self.counts))], found["of"]
        before = [count for _, count in self.counts]
        likely, place = chance.differ(now, m, before, sum(before))
        if not self.counts or not m:
            return Verdict(True, "there are no values", of=m, chance=1.0)
        shares = f"{now[place] / m:.1%} of {m:,} rows, {before[place] / sum(before):.1%} in the reference"
        return Verdict(likely >= level, f"{self.counts[place][0]!r} has {shares}", of=m, chance=likely)


@dataclass(frozen=True)
class Distribution(Rule):
    """Values, or the lengths of texts, are distributed as in the reference.

    Args:
        column: its name.
        points: some values, rising.
        below: how many reference values lie at or below each.
        of: reference values.
        lengths: whether lengths in characters are meant.
    """

    column: str
    points: tuple[float, ...]
    below: tuple[int, ...]
    of: int
    lengths: bool = False
    word: ClassVar[str] = "distribution"

    def __post_init__(self) -> None:
        if len(self.points) != len(self.below) or not self.points:
            raise InputError(
                f"points and below must be equally many and some; got {len(self.points)} and {len(self.below)}; "
                "learn them again"
            )

    def needs(self) -> tuple[str, ...]:
        return (self.column,)

    def measures(self) -> dict[str, str]:
        value = self._value()
        each = {
            f"p{at}": f"count(*) FILTER (WHERE {value} <= {literal(point)})" for at, point in enumerate(self.points)
        }
        return {**each, "of": f"count({value})", "median": f"approx_quantile({value}, 0.5)"}

    def judge(self, found: Found, level: float) -> Verdict:
        m = found["of"]
        now = [found[f"p{at}"] for at in range(len(self.points))]
        likely, distance = chance.apart(now, m, self.below, self.of)
        middle = self.points[len(self.points) // 2]
        what = "lengths" if self.lengths else "values"
        seen = f"{what} differ by {distance:.3f} of all rows; the median is {found['median']}, {middle:g} before"
        return Verdict(likely >= level, seen, of=m, chance=likely)

    def kind(self) -> Kind | None:
        return None if self.lengths else Kind("number")

    def _value(self) -> str:
        if self.lengths:
            return f"length({quoted(told_of(self.column))})"
        return f"(CASE WHEN isfinite({quoted(self.column)}::DOUBLE) THEN {quoted(self.column)} END)"


@dataclass(frozen=True)
class Lengths(Distribution):
    """Texts are as long as in the reference."""

    lengths: bool = True
    word: ClassVar[str] = "lengths"


@dataclass(frozen=True)
class Characters(Rule):
    """About as many texts as in the reference have a letter of each kind (see LETTERS).

    Args:
        column: its name.
        counts: kind of character and how many reference texts have one.
        of: reference texts; None: no text may have a kind that is not named.
    """

    column: str
    counts: tuple[tuple[str, int], ...]
    of: int | None = None
    word: ClassVar[str] = "characters"

    def __post_init__(self) -> None:
        unknown = [name for name, _ in self.counts if name not in LETTERS]
        if unknown:
            raise InputError(f"characters must be among {', '.join(LETTERS)}; got {unknown[0]!r}; correct its name")

    def needs(self) -> tuple[str, ...]:
        return (self.column,)

    def measures(self) -> dict[str, str]:
        text = quoted(told_of(self.column))
        return {**{name: having(self.column, name) for name in LETTERS}, "of": f"count({text})"}

    def judge(self, found: Found, level: float) -> Verdict:
        before, m = dict(self.counts), found["of"]
        if self.of is None:
            strange = {name: found[name] for name in LETTERS if name not in before and found[name]}
            k = sum(strange.values())
            return Verdict(not k, f"{', '.join(strange) or 'no other characters'} in {k:,} of {m:,} texts", k, m)
        names = list(LETTERS)
        likely, place = chance.differ([found[n] for n in names], m, [before.get(n, 0) for n in names], self.of)
        now, then = found[names[place]] / max(m, 1), before.get(names[place], 0) / max(self.of, 1)
        seen = f"{names[place]} in {now:.2%} of {m:,} texts, {then:.2%} in the reference"
        return Verdict(likely >= level, seen, found[names[place]] if likely < level else 0, m, likely)

    def where(self, found: Found) -> str | None:
        before, m = dict(self.counts), max(found["of"], 1)
        odd = [n for n in LETTERS if found[n] / m > (before.get(n, 0) / self.of if self.of else n in before)]
        text = quoted(told_of(self.column))
        worst = max(odd, key=lambda n: found[n] / m - before.get(n, 0) / max(self.of or 1, 1), default=None)
        return None if worst is None else f"regexp_matches({text}, '[{LETTERS[worst]}]')"


@dataclass(frozen=True)
class Mean(Rule):
    """The mean of a column of numbers lies between two ends, both included."""

    column: str
    at_least: float | None = None
    at_most: float | None = None
    word: ClassVar[str] = "mean"

    def needs(self) -> tuple[str, ...]:
        return (self.column,)

    def kind(self) -> Kind | None:
        return Kind("number")

    def measures(self) -> dict[str, str]:
        value = f"{quoted(self.column)}::DOUBLE"
        finite = f"CASE WHEN isfinite({value}) THEN {value} END"
        return {"mean": f"avg({finite})", "of": f"count({finite})"}

    def judge(self, found: Found, level: float) -> Verdict:
        mean = found["mean"]
        low = self.at_least is None or (mean is not None and mean >= self.at_least)
        high = self.at_most is None or (mean is not None and mean <= self.at_most)
        seen = "there are no numbers" if mean is None else f"the mean of {found['of']:,} values is {mean:.6g}"
        return Verdict(low and high, seen, of=found["of"])


def having(column: str, name: str) -> str:
    """SQL that counts the texts with a character of a kind."""
    return f"count(*) FILTER (WHERE regexp_matches({quoted(told_of(column))}, '[{LETTERS[name]}]'))"
