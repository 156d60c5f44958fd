"""How does a sample write the classes: 1 or 1.0, True or true, a name or a column named after it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from naeum.data.schema import NUMBER

TRUTHS = {"true": 1.0, "false": 0.0}
BETWEEN = "_-. :/"  # what may stand between the name of a class and a word before or after it: proba_cat, cat.p


def worth(word: str) -> float | None:
    """The number that a word is, truth values as 1 and 0; None where it is none.

    Example:
        >>> worth("1.0"), worth("True"), worth("cat")
        (1.0, 1.0, None)
    """
    bare = word.strip()
    return float(bare) if NUMBER.match(bare) else TRUTHS.get(bare.lower())


def spelled(classes: Sequence[str], seen: Iterable[str]) -> dict[str, str] | None:
    """Each class as a sample writes it; None where the sample's words have nothing to do with the classes.

    Args:
        classes: of the task.
        seen: the distinct words of the sample's column; none of them says nothing, so classes stay as they are.

    Example:
        >>> spelled(("0", "1"), ["0.0"]), spelled(("false", "true"), ["False"]), spelled(("a", "b"), ["0"])
        ({'0': '0.0', '1': '1.0'}, {'false': 'False', 'true': 'True'}, None)
    """
    words = sorted({word.strip() for word in seen if word.strip()})
    if set(words) <= set(classes):
        return {name: name for name in classes}
    folded = {name.casefold(): name for name in classes}
    if len(folded) == len(classes) and {word.casefold() for word in words} <= set(folded):
        return {
            name: name.upper() if all(word.isupper() for word in words) else _cased(name, words) for name in classes
        }
    values, wanted = [worth(name) for name in classes], [worth(word) for word in words]
    known = {value for value in values if value is not None}
    if None in values or None in wanted or len(known) < len(classes) or not set(wanted) <= known:
        return None
    style = _style(words)
    return {name: style(value) for name, value in zip(classes, values, strict=True) if value is not None}


def column_of(name: str, classes: Sequence[str]) -> str | None:
    """The class that a column is named after, alone or with a word before or after it.

    Example:
        >>> column_of("proba_cat", ("cat", "dog")), column_of("Dog", ("cat", "dog")), column_of("id", ("cat", "dog"))
        ('cat', 'dog', None)
    """
    if name in classes:
        return name
    low = name.casefold()
    found = [one for one in classes if one.casefold() == low]
    for one in sorted(classes, key=len, reverse=True) if not found else ():
        part = one.casefold()
        before, after = low.removesuffix(part), low.removeprefix(part)
        if (before != low and before[-1:] in BETWEEN) or (after != low and after[:1] in BETWEEN):
            found = [one]
            break
    return found[0] if len(found) == 1 else None


def _cased(name: str, words: Sequence[str]) -> str:
    """A class as the sample has it, else in the sample's case."""
    own = next((word for word in words if word.casefold() == name.casefold()), None)
    return own or (name.capitalize() if all(word[:1].isupper() for word in words) else name)


def _style(words: Sequence[str]) -> Callable[[float], str]:
    """A function that writes a number as these words are written."""
    if words and all(word.lower() in TRUTHS for word in words):
        case = str.lower if words[0].islower() else str.upper if words[0].isupper() else str.capitalize
        return lambda value: case("true" if value else "false")
    if words and all("." in word for word in words):
        return lambda value: str(float(value))
    return lambda value: str(int(value)) if float(value).is_integer() else repr(float(value))
