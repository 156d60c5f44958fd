"""How are expectations written as YAML that a person edits, and read back?"""

from __future__ import annotations

import dataclasses
import difflib
import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from naeum.data.expectations.between import Key, Order, Readable, Rows
from naeum.data.expectations.cells import Length, Missing, Pattern, Range, Type, Values
from naeum.data.expectations.columns import Characters, Distribution, Lengths, Mean, Shares, Unique
from naeum.data.expectations.marked import Marked, Place
from naeum.data.expectations.rule import Rule
from naeum.errors import InputError

COLUMN_RULES: tuple[type[Rule], ...] = (
    Type, Missing, Unique, Range, Values, Shares, Pattern, Length, Lengths, Characters, Distribution, Mean,
)  # fmt: skip
TABLE_RULES: Mapping[str, type[Rule]] = {"rows": Rows, "broken_lines": Readable, "unique_rows": Unique}
LIST_RULES: Mapping[str, type[Rule]] = {"order": Order, "keys": Key}
TOP = ("version", "reference", "chance", *TABLE_RULES, "columns", *LIST_RULES)
HIDDEN = {"known", "broken", "lengths"}  # fields that are filled in when expectations are checked
COUNTS = {"seen", "of"}
VERSION = 1
WIDTH = 110
HEADING = """# What must hold of the data. Edit freely; naeum expect check DATA {name} tells what breaks it.
# `of` counts the rows of the reference that a line was learned on: new rows may break it as far as chance explains.
# Take `of` out, or write a short form such as `range: [0, 120]` or `missing: never`, and no row may break it.
"""


def document(rules: Sequence[Rule], reference: Mapping[str, Any], chance: float) -> dict[str, Any]:
    """Expectations as plain values, in the form that `parsed` reads."""
    made: dict[str, Any] = {"version": VERSION, "reference": dict(reference), "chance": chance}
    columns: dict[str, dict[str, Any]] = {}
    lists: dict[str, list[Any]] = {}
    for rule in rules:
        column = getattr(rule, "column", "")
        if rule.word in LIST_RULES:
            lists.setdefault(rule.word, []).append(_settings(rule, keep_column=isinstance(rule, Key)))
        elif column:
            columns.setdefault(column, {})[rule.word] = _settings(rule)
        else:
            made["unique_rows" if isinstance(rule, Unique) else rule.word] = _settings(rule)
    return {**made, "columns": columns, **lists}


def text_of(made: Mapping[str, Any], name: str = "expectations.yaml") -> str:
    """The YAML of a document: one expectation a line."""
    lines = [HEADING.format(name=name).rstrip("\n")]
    for key, value in made.items():
        if key == "columns":
            lines += ["", "columns:" + ("" if value else " {}")]
            for column, wanted in value.items():
                lines.append(f"  {_key(column)}:")
                lines += [f"    {word}: {_inline(given, 6)}" for word, given in wanted.items()]
        elif key in LIST_RULES:
            lines += ["", f"{key}:", *(f"  - {_inline(one, 6)}" for one in value)]
        else:
            lines.append(f"{key}: {_inline(value, 2)}")
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    """A name as a YAML key, which stands in one line."""
    plain = _inline(name)
    return json.dumps(name, ensure_ascii=False) if "\n" in plain or len(plain) > WIDTH else plain


def _inline(value: Any, indent: int = 0) -> str:
    """A value as YAML in braces; where it must go on in the next line, that is indented."""
    import yaml

    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=WIDTH, default_flow_style=True).strip()
    return text.removesuffix("\n...").replace("\n", "\n" + " " * indent)


def parsed(marked: Marked) -> tuple[tuple[Rule, ...], dict[str, Any], float | None]:
    """Rules, what is said of the reference, and the chance of an alarm, of a document.

    Raises:
        InputError: a key is not known or a value cannot be; with file and line.
    """
    top = marked.content
    if not isinstance(top, Mapping):
        raise marked.refusal((), "expectations must be keys with values; start with columns:")
    _known((), top, TOP, marked)
    if top.get("version", VERSION) != VERSION:
        raise marked.refusal(("version",), f"version must be {VERSION}; got {top['version']!r}; update naeum")
    level = top.get("chance")
    if level is not None and not (isinstance(level, float) and 0 < level < 1):
        raise marked.refusal(("chance",), f"chance must be between 0 and 1; got {level!r}; 0.001 is usual")
    columns = top.get("columns") or {}
    if not isinstance(columns, Mapping) or not all(isinstance(one, Mapping) for one in columns.values()):
        raise marked.refusal(("columns",), "columns must be names with expectations below each; indent them")
    rules = [_made(cls, (name,), top[name], marked, {}) for name, cls in TABLE_RULES.items() if name in top]
    rules = [_of_all(rule, columns) for rule in rules]
    by_word: dict[Any, type[Rule]] = {cls.word: cls for cls in COLUMN_RULES}
    for column, wanted in columns.items():
        _known(("columns", column), wanted, tuple(by_word), marked)
        for word, given in wanted.items():
            rules.append(_made(by_word[word], ("columns", column, word), given, marked, {"column": str(column)}))
    for name, cls in LIST_RULES.items():
        for at, given in enumerate(top.get(name) or []):
            rules.append(_made(cls, (name, at), given, marked, {}))
    return tuple(rules), dict(top.get("reference") or {}), level


def _settings(rule: Rule, keep_column: bool = False) -> Any:
    """The fields of a rule that say something, as plain values; those of the reference last."""
    if isinstance(rule, Shares):
        return dict(rule.counts)
    hidden = HIDDEN | (set() if keep_column else {"column"}) | ({"among"} if isinstance(rule, Unique) else set())
    fields = sorted(
        dataclasses.fields(rule), key=lambda field: ("seen", "of").index(field.name) + 1 if field.name in COUNTS else 0
    )
    made: dict[str, Any] = {}
    for field in fields:
        value = getattr(rule, field.name)
        if field.name in hidden or value is None or value == "" or (field.name == "seen" and not value):
            continue
        made[field.name] = dict(value) if field.name == "counts" else list(value) if isinstance(value, tuple) else value
    return made or True


def _made(cls: type[Rule], place: Place, given: Any, marked: Marked, more: dict[str, Any]) -> Rule:
    """A rule of what stands at a place."""
    long = _long(cls, given)
    if not isinstance(long, Mapping):
        raise marked.refusal(place, f"{place[-1]} must be keys with values; got {given!r}; see docs/expectations.md")
    names = [field.name for field in dataclasses.fields(cls) if field.name not in HIDDEN | set(more)]
    if cls is not Shares:
        _known(place, long, names, marked)
    settings = {**more, **{name: _value(cls, name, value, (*place, name), marked) for name, value in long.items()}}
    try:
        return cls(**settings)
    except InputError as error:
        raise marked.refusal(place, str(error)) from error
    except TypeError as error:
        lacking = str(error).rpartition(": ")[2].replace("'", "")
        raise marked.refusal(place, f"{place[-1]} must name {lacking}; it does not; add it") from error


def _long(cls: type[Rule], given: Any) -> Any:
    """The long form of a short one."""
    if cls is Shares and isinstance(given, Mapping) and set(given) != {"counts"}:
        return {"counts": given}
    if isinstance(given, Mapping):
        return given
    if cls in (Missing, Unique, Readable) and (given is True or given in (0, "never")):
        return {}
    if cls in (Range, Length, Mean, Rows) and isinstance(given, list) and len(given) == 2:
        return {name: end for name, end in zip(("at_least", "at_most"), given, strict=True) if end is not None}
    field = {Type: "name", Values: "values", Pattern: "matches"}.get(cls)
    if field is not None and not isinstance(given, bool) and given is not None:
        return {field: given}
    return given


def _value(cls: type[Rule], name: str, value: Any, place: Place, marked: Marked) -> Any:
    """A setting in the type that its rule has."""
    if name == "counts":
        if not isinstance(value, Mapping) or not all(_count(one) for one in value.values()):
            raise marked.refusal(place, "counts must be values with whole numbers; write {yes: 3, no: 4}")
        return tuple(value.items())
    if name in COUNTS and not (_count(value) or (name == "of" and value is None)):
        raise marked.refusal(place, f"{name} must be a whole number of rows; got {value!r}; correct it")
    if name in ("values", "points", "below", "among"):
        wanted: Callable[[Any], bool] = _count if name == "below" else _number if name == "points" else _scalar
        if not isinstance(value, list) or not all(wanted(one) for one in value):
            raise marked.refusal(place, f"{name} must be a list of plain values; got {value!r}; write [a, b]")
        return tuple(value)
    ends = {Length: _count, Rows: _count, Mean: _number}
    if name in ("at_least", "at_most") and cls in ends and not (value is None or ends[cls](value)):
        raise marked.refusal(place, f"{name} must be a number; got {value!r}; correct it")
    if name in ("name", "format", "matches", "first", "then", "table", "key", "column") and not isinstance(value, str):
        raise marked.refusal(place, f"{name} must be text; got {value!r}; write it in quotes")
    return value


def _known(place: Place, given: Mapping[Any, Any], names: Sequence[Any], marked: Marked) -> None:
    for key in given:
        if key not in names:
            near = difflib.get_close_matches(str(key), [str(name) for name in names], n=1, cutoff=0.5)
            advice = f"did you mean {near[0]!r}?" if near else "take it out"
            listed = ", ".join(str(name) for name in names)
            raise marked.refusal((*place, key), f"a key here must be one of {listed}; got {key!r}; {advice}")


def _of_all(rule: Rule, columns: Mapping[Any, Any]) -> Rule:
    """Whole rows are made of all columns that are named, unless it says which."""
    if isinstance(rule, Unique) and not rule.among:
        return dataclasses.replace(rule, among=tuple(str(name) for name in columns))
    return rule


def _count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _scalar(value: Any) -> bool:
    return value is not None and not isinstance(value, (list, dict))
