"""What do the strings of a column hold: numbers, dates, truth values, or words; and how does SQL make them so?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from naeum.data.schema import NUMBER
from naeum.explore.table import literal, quoted

MISSING = ("", "NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null", "None", "none")
MOST = 0.9  # share of the sampled values that must be numbers or dates for the column to be read as such
LONG = 16  # mean characters from which "None" is a word of a text, and only blanks are missing
FIRST = 20  # values of which one must be a date for the others to be tried
LONGEST_DATE = 40  # characters
WHOLE_DIGITS = 15  # a whole number of more digits is a code: as a float it would lose digits
INFINITE = re.compile(r"^[+-]?inf(inity)?$", re.IGNORECASE)
ZEROS = re.compile(r"^[+-]?0\d")  # leading zeros: a post code, an account, not a number
TRUTHS = frozenset({"true", "false"})
# pattern of a date, and the format DuckDB reads it by; the first that fits a value is its format
_FORMS: tuple[tuple[str, str], ...] = (
    (r"\d{4}-\d{1,2}-\d{1,2}", "%Y-%m-%d"),
    (r"\d{4}-\d{1,2}-\d{1,2}[T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?", "ISO 8601"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    (r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}", "%Y/%m/%d %H:%M"),
    (r"\d{4}/\d{1,2}/\d{1,2} \d{1,2}:\d{2}:\d{2}", "%Y/%m/%d %H:%M:%S"),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", "%Y.%m.%d"),
    (r"\d{4}\.\d{1,2}\.\d{1,2} \d{1,2}:\d{2}", "%Y.%m.%d %H:%M"),
    (r"\d{4}년 ?\d{1,2}월 ?\d{1,2}일", "%Y년%m월%d일"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    (r"\d{2}\.\d{2}\.\d{2}", "%y.%m.%d"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%m/%d/%Y"),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2}", "%m/%d/%Y %H:%M"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y"),
    (r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}, \d{4}", "%b %d, %Y"),
    (r"\d{1,2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4}", "%d %b %Y"),
    (r"(19|20)\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", "%Y%m%d"),
)
FORMS = tuple((re.compile(f"^{pattern}$"), form) for pattern, form in _FORMS)
DAY_FIRST = {"%m/%d/%Y": "%d/%m/%Y", "%m/%d/%Y %H:%M": "%d/%m/%Y %H:%M"}


@dataclass(frozen=True)
class Kind:
    """How the strings of a column are read."""

    type: str  # DOUBLE, TIMESTAMP, BOOLEAN or VARCHAR
    forms: tuple[str, ...] = ()  # of dates, most frequent first
    long: bool = False  # a text: only blanks are missing


WORDS = Kind("VARCHAR")


def kind_of(values: Sequence[str | None]) -> Kind:
    """What a sample of a column holds.

    Example:
        >>> kind_of(["1", "2.5", "NA"]).type, kind_of(["007", "042"]).type, kind_of(["2024-01-05", "5.1.2024"]).forms
        ('DOUBLE', 'VARCHAR', ('%Y-%m-%d', '%d.%m.%Y'))
    """
    there = Counter(value.strip() for value in values if value is not None)  # each different value is looked at once
    for missing in MISSING:
        del there[missing]
    if not there:
        return WORDS
    if all(value.lower() in TRUTHS for value in there):
        return Kind("BOOLEAN")
    forms = dates(there)
    if forms:
        return Kind("TIMESTAMP", forms)
    rows = there.total()
    if sum(n for value, n in there.items() if is_number(value)) >= MOST * rows and not any(map(_is_code, there)):
        return Kind("DOUBLE")
    return Kind("VARCHAR", long=sum(len(value) * n for value, n in there.items()) >= LONG * rows)


def is_number(value: str) -> bool:
    """Whether a value is a plain number, infinity included."""
    return NUMBER.match(value) is not None or INFINITE.match(value) is not None


def dates(values: Mapping[str, int]) -> tuple[str, ...]:
    """The formats that nearly all values (and how often each stands) are written in, most frequent first; empty where
    they are no dates."""
    if not any(map(form_of, islice(values, FIRST))):
        return ()
    counts: dict[str, int] = {}
    for value, times in values.items():
        form = form_of(value)
        if form is not None:
            counts[form] = counts.get(form, 0) + times
    enough = MOST if counts.keys() != {"%Y%m%d"} else 1.0  # eight digits may be any number
    if sum(counts.values()) < enough * sum(values.values()):
        return ()
    forms = [DAY_FIRST[form] if form in DAY_FIRST and _day_first(values, form) else form for form in counts]
    return tuple(sorted(forms, key=lambda form: -counts.get(form, counts.get(_month_first(form), 0))))


def form_of(value: str) -> str | None:
    """The format of a date; none where it is no date."""
    if len(value) > LONGEST_DATE:
        return None
    return next((form for pattern, form in FORMS if pattern.match(value)), None)


def cast(name: str, kind: Kind) -> str:
    """SQL: the values of a string column as what they are; those that do not fit become null."""
    there = present(name, kind)
    if kind.type == "TIMESTAMP":
        tries = ", ".join(_parsed(there, form) for form in kind.forms)
        return f"coalesce({tries})" if len(kind.forms) > 1 else tries
    if kind.type == "VARCHAR":
        return there
    return f"try_cast({there} AS {kind.type})"


def present(name: str, kind: Kind) -> str:
    """SQL: a string column with null for what means missing."""
    column = quoted(name)
    if kind.long:
        return f"CASE WHEN trim({column}) = '' THEN NULL ELSE {column} END"
    # one pattern: of a list of words DuckDB plans a join for each column
    pattern = r"\s*(" + "|".join(word for word in MISSING if word) + r")?\s*"
    return f"CASE WHEN regexp_full_match({column}, {literal(pattern)}) THEN NULL ELSE {column} END"


def unfit(name: str, kind: Kind) -> str:
    """SQL: the values that the cast could not read, else null."""
    there = present(name, kind)
    return f"CASE WHEN ({cast(name, kind)}) IS NULL THEN {there} END"


def which_form(name: str, kind: Kind) -> str:
    """SQL: the place of each date's format in `kind.forms`."""
    there = present(name, kind)
    cases = " ".join(f"WHEN {_parsed(there, form)} IS NOT NULL THEN {at}" for at, form in enumerate(kind.forms))
    return f"CAST(CASE {cases} END AS TINYINT)"


def _parsed(column: str, form: str) -> str:
    if form == "ISO 8601":
        return f"try_cast(CASE WHEN contains({column}, ':') THEN trim({column}) END AS TIMESTAMP)"
    value = f"replace(trim({column}), ' ', '')" if "년" in form else f"trim({column})"
    return f"try_strptime({value}, {literal(form)})"


def _is_code(value: str) -> bool:
    return ZEROS.match(value) is not None or (value.lstrip("+-").isdigit() and len(value) > WHOLE_DIGITS)


def _day_first(values: Iterable[str], form: str) -> bool:
    """Whether dates like 25/12/2024 put the day first: some first number is over 12, and no second one."""
    pairs = [value.split(" ")[0].split("/") for value in values if form_of(value) == form]
    return any(int(pair[0]) > 12 for pair in pairs) and not any(int(pair[1]) > 12 for pair in pairs)


def _month_first(form: str) -> str:
    return next((month for month, day in DAY_FIRST.items() if day == form), form)
