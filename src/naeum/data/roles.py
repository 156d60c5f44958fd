"""Which column is what: inputs, target, id, time; what was inferred, and which flag says otherwise?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from naeum.contract import InputKind
from naeum.data.schema import (
    FEW_VALUES,
    GIVES_AWAY,
    ID_NAMES,
    ROLES,
    TARGET_NAMES,
    TIME_NAMES,
    UNIQUE,
    Columns,
    Profile,
    no_such_column,
    profile,
    purity,
)
from naeum.data.typed import (
    ALMOST,
    BESIDE,
    LONG_WORDS,
    choose,
    gives_away,
    is_date,
    is_measured,
    is_prose,
    named_like_text,
    useless,
)
from naeum.errors import InputError

EVERY = "all"  # as --columns: whatever can be of use
TAG_NAMES = ("tags", "ner_tags")  # of a column of lists that is the target, as in tagged words


def infer(
    sample: Mapping[str, Sequence[str | None]],
    asked: Mapping[str, object],
    where: str,
    needs_target: bool = True,
    native: Mapping[str, InputKind] | None = None,
) -> tuple[Columns, list[str]]:
    """The role of every column, and sentences that say what was inferred.

    Args:
        sample: values by column, of rows spread over the file; none of a column of images.
        asked: what the user named, by role, and as "columns" further inputs; None where nothing was.
        where: the file, for messages.
        needs_target: whether a column must be the target; rows to predict have none.
        native: kinds that the types of columns settle.

    Raises:
        InputError: a named column is not there, or no column can be an input or the target.

    Example:
        >>> columns, notes = infer({"q": ["where is it?", "I lost it"], "intent": ["ask", "lost"]}, {}, "a.csv")
        >>> columns.text, columns.target
        (('q',), 'intent')
    """
    native, names = native or {}, list(sample)
    named = {role: _named(role, asked.get(role), names, where) for role in ROLES}
    further = () if asked.get("columns") == EVERY else _named("input", asked.get("columns"), names, where)
    profiles = {name: profile(name, values) for name, values in sample.items()}
    notes: list[str] = []
    taken = {name for columns in named.values() for name in columns}
    target = next(iter(named["target"]), None)
    if target is None and needs_target:
        target = next((name for name in TAG_NAMES if native.get(name) == "words" and name not in taken), None)
    if target is None and needs_target:
        target = _infer_target({name: one for name, one in profiles.items() if one.values}, taken, where, notes)
    taken |= {target or ""}
    words = [name for name, kind in native.items() if kind == "words" and name not in taken]
    if native.get(target or "") == "words" and words and not named["text"]:
        typed: dict[str, InputKind] = {words[0]: "words"}
        notes.append(f"words = {words[0]}, with a tag each in {target} (--text COLUMN says otherwise)")
        text: tuple[str, ...] = ()
    else:
        kept = {name: kind for name, kind in native.items() if kind != "words"}
        pictured = tuple(name for name in named["text"] if native.get(name) in ("image", "words"))
        text = tuple(name for name in named["text"] if name not in pictured)
        if not named["text"]:
            text = _infer_text(profiles, taken | set(further), kept, target, notes)
        _check_text(text, target, profiles, bool(named["text"]), where)
        typed = {name: native[name] for name in pictured}
        if not (text or pictured) or asked.get("columns") is not None:
            free = [name for name in names if name not in taken and name not in text]
            typed |= _typed(profiles, (free, further), kept, (target, where), notes)
        if not text and not typed:
            raise _nothing_to_read([name for name in names if name not in taken], names, where)
    single = {role: (named[role][0] if named[role] else None) for role in ROLES[2:]}
    columns = Columns(text, target, **single, typed=tuple(typed.items()))
    return columns, notes + _left_over(columns, profiles, native)


def _named(role: str, asked: object, names: Sequence[str], where: str) -> tuple[str, ...]:
    if asked is None:
        return ()
    wanted = tuple(asked) if isinstance(asked, (list, tuple)) else (str(asked),)
    if role in ("text", "input") and len(wanted) == 1 and wanted[0] not in names and "," in wanted[0]:
        wanted = tuple(part.strip() for part in wanted[0].split(",") if part.strip())
    for name in wanted:
        if name not in names:
            raise no_such_column(role, name, names, where)
    return tuple(dict.fromkeys(wanted))


def _infer_target(profiles: Mapping[str, Profile], taken: set[str], where: str, notes: list[str]) -> str:
    free = [name for name in profiles if name not in taken]
    by_name = {name.strip().lower(): name for name in reversed(free)}
    found = next((by_name[known] for known in TARGET_NAMES if known in by_name), None)
    if found is not None:
        notes.append(f"target = {found} (by its name; --target COLUMN says otherwise)")
        return found
    few = [name for name in free if _has_few_values(profiles[name])]
    longest = max(free, key=lambda name: profiles[name].length, default=None)
    few = [name for name in few if name != longest or len(free) == 1]
    if not few:
        raise InputError(
            f"one column must be the target; none of {', '.join(profiles)} in {where} has few distinct values or a "
            f"name like label; name it with --target COLUMN"
        )
    found = min(reversed(few), key=lambda name: profiles[name].distinct)
    notes.append(f"target = {found} ({profiles[found].distinct} distinct values; --target COLUMN says otherwise)")
    return found


def _has_few_values(column: Profile) -> bool:
    rows = sum(value not in (None, "") for value in column.values)
    return 2 <= column.distinct <= max(FEW_VALUES * rows, min(20, rows / 2 + 1))


def _infer_text(
    profiles: Mapping[str, Profile],
    taken: set[str],
    native: Mapping[str, InputKind],
    target: str | None,
    notes: list[str],
) -> tuple[str, ...]:
    """The longest column of words, if it is what the table is about; nothing where it is a table of typed columns."""
    free = [column for name, column in profiles.items() if name not in taken]
    texts = [
        column
        for column in free
        if column.name not in native
        and column.numeric < UNIQUE
        and not column.names_rows
        and column.distinct > 0
        and not is_date(column)
        and not is_measured(column)
    ]
    texts.sort(key=lambda column: -column.length)
    beside = sum(column.name in native or _tells(column, profiles.get(target or "")) for column in free)
    for column in texts:
        others = beside - _tells(column, profiles.get(target or ""))
        first = column is texts[0]
        if (
            (named_like_text(column.name) and is_worded(column))
            or is_prose(column, LONG_WORDS)
            or (first and (others == 0 or (others < BESIDE and "image" not in native.values() and is_prose(column))))
        ):
            notes.append(
                f"text = {column.name} ({column.length:.0f} characters on average; --text COLUMN says otherwise)"
            )
            return (column.name,)
    return ()


def is_worded(column: Profile) -> bool:
    """Whether a column that is called a text may be one: not a handful of values that come back in every row."""
    return column.distinct > 2 or column.words > 1


def _tells(column: Profile, target: Profile | None) -> bool:
    """Whether something could be learned from a column beside a text."""
    kind: InputKind = "number" if column.numeric >= ALMOST else "category"
    if useless(column, kind) or column.names_rows:
        return False
    return target is None or not gives_away(column, target, kind)


def _typed(
    profiles: Mapping[str, Profile],
    columns: tuple[Sequence[str], Sequence[str]],
    native: Mapping[str, InputKind],
    source: tuple[str | None, str],
    notes: list[str],
) -> dict[str, InputKind]:
    """The further inputs among the columns that are free, or those that were named."""
    free, further = columns
    found = choose(profiles, free, source[0], native, further, source[1])
    by_kind = {kind: [name for name, its in found.kinds.items() if its == kind] for kind in found.kinds.values()}
    if by_kind:
        listed = "; ".join(f"{kind}: {', '.join(names)}" for kind, names in by_kind.items())
        notes.append(f"inputs = {listed} (--columns NAMES says otherwise)")
    notes += found.notes
    return dict(found.kinds)


def _nothing_to_read(free: Sequence[str], names: Sequence[str], where: str) -> InputError:
    if not free:
        return InputError(
            f"one column must hold something to learn from beside the target; {where} has only {', '.join(names)}; "
            f"check the delimiter, or add the text"
        )
    return InputError(
        f"one column must hold something to learn from; the columns left in {where} are {', '.join(free)}, which name "
        f"the row, never vary or give the target away; name inputs with --text or --columns"
    )


def _check_text(
    text: Sequence[str], target: str | None, profiles: Mapping[str, Profile], named: bool, where: str
) -> None:
    if target in text:
        raise InputError(
            f"text and target must be two columns; got {target!r} for both in {where}; name another with --text or "
            f"--target"
        )
    for name in text:
        if named and profiles[name].names_rows:
            example = next(value for value in profiles[name].values if value)
            raise InputError(
                f"the text column must hold text; {name!r} in {where} holds an id in each row (such as {example!r}); "
                f"name another column with --text, or leave it out to have it inferred"
            )


def _left_over(columns: Columns, profiles: Mapping[str, Profile], native: Mapping[str, InputKind]) -> list[str]:
    notes, unused = [], []
    for name, column in profiles.items():
        seen = bool(column.values) and columns.target is not None
        pure = seen and purity(column, profiles[columns.target or name]) >= GIVES_AWAY
        if name in columns.text and pure:
            notes.append(f"warning: the text column {name} gives the target away: each of its values has one class")
        if columns.role(name) == "date":
            notes.append(f"{name} is a time (--time {name} tests on the newest rows)")
        if columns.role(name) != "other" or not columns.text:
            continue  # where there is no text, it was said why a column is no input
        if name.lower() in ID_NAMES and column.unique >= UNIQUE:
            notes.append(f"{name} looks like an id and is not an input (--id {name} names the rows by it)")
        elif name.lower() in TIME_NAMES:
            notes.append(f"{name} looks like a time and is not an input (--time {name} tests on the newest rows)")
        elif pure:
            notes.append(f"warning: {name} gives the target away; it is kept out of the inputs")
        else:
            unused.append(name)
    if unused:
        notes.append(f"not used: {', '.join(unused)} (--text COLUMN makes one the input)")
    return notes
