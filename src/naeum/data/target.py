"""Which class is each row's target, do the classes stand in an order, and is the column one of classes at all?"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from naeum.contract import Ints
from naeum.data.kinds import ABSENT
from naeum.data.schema import NUMBER
from naeum.data.spool import Column
from naeum.errors import InputError

UNLABELLED = -1
MANY_NUMBERS = 20  # fractions with more distinct values than this are quantities, not classes
ROWS_PER_WHOLE = 5  # whole numbers with fewer rows a value than this (and over 50 values) are quantities too
MANY_WHOLE = 50
MOST_DIGITS = 25  # longer numbers are names; Decimal would round them
ROWS_PER_CLASS = 2  # words with fewer rows a value than this are texts or ids
POSITIVE_NAMES = ("1", "true", "yes", "y", "positive", "pos", "spam", "긍정")


def encode(column: Column, name: str, where: str, whole: bool = True) -> tuple[tuple[str, ...], Ints]:
    """The classes in order, and each row's code among them (-1 where the target is missing).

    Whole numbers become "0", "1" (also from 1.0), true and false are lower case; blanks around a label are dropped.

    Args:
        column: strings.
        name: of the column, for messages.
        where: the source, for messages.
        whole: whether this is all there is to learn from, which needs two classes; a given part may have one or none.

    Raises:
        InputError: no label, one class only, or a column that holds numbers or texts instead of classes.

    Example:
        >>> encode(pa.chunked_array([["1.0", "0", None, " 1"]]), "label", "a.csv")
        (('0', '1'), array([ 1,  0, -1,  1]))
    """
    values, codes = distinct(column)
    labelled = int((codes >= 0).sum())
    if not labelled and whole:
        raise InputError(
            f"some rows must have a target; column {name!r} of {where} is empty in all {len(codes)}; name another "
            f"with --target"
        )
    if whole:
        _refuse_texts(values, labelled, name, where)
    words = canonical(values)
    classes = _ordered(set(words))
    if len(classes) < 2 and whole:
        raise InputError(
            f"the target must have two classes or more; column {name!r} of {where} has only {classes[0]!r} in "
            f"{labelled} "
            f"rows; add rows of another class or name another column with --target"
        )
    return classes, recode(words, codes, {word: at for at, word in enumerate(classes)})


def distinct(column: Column) -> tuple[list[str], Ints]:
    """The distinct labels without blanks around them, and each row's position among them (-1 where missing)."""
    trimmed = pc.utf8_trim_whitespace(pc.replace_substring(column, "\x00", ""))
    filled: Column = pc.if_else(pc.equal(trimmed, pa.scalar("")), None, trimmed)
    encoded = filled.dictionary_encode().unify_dictionaries()
    if not encoded.num_chunks:
        return [], np.empty(0, np.int64)
    codes = np.concatenate(
        [pc.fill_null(chunk.indices, UNLABELLED).to_numpy(zero_copy_only=False) for chunk in encoded.chunks]
    )
    return encoded.chunk(0).dictionary.to_pylist(), codes.astype(np.int64)


def canonical(values: Sequence[str]) -> list[str]:
    """One spelling of each label: 1.0 is "1" where all are whole numbers, True is "true" where all are truth values."""
    if values and all(NUMBER.match(value) for value in values):
        numbers = [Decimal(value) for value in values]
        if max(abs(number.adjusted()) for number in numbers) > MOST_DIGITS:
            return list(values)
        if all(number == number.to_integral_value() for number in numbers):
            return [str(int(number)) for number in numbers]
        return [repr(float(number)) for number in numbers]
    if values and {value.lower() for value in values} <= {"true", "false"}:
        return [value.lower() for value in values]
    return list(values)


def recode(words: Sequence[str], codes: Ints, known: dict[str, int]) -> Ints:
    """Positions among `words` as codes of the classes `known`; -1 stays -1."""
    table = np.array([*(known[word] for word in words), UNLABELLED], np.int64)
    return np.asarray(table[codes], np.int64)


def positive_class(classes: Sequence[str], asked: str | None) -> str | None:
    """The class that binary scores are about: the asked one, else one named like "yes" or "1", else the second of two.

    Raises:
        InputError: the asked class is not one of the classes.
    """
    if asked is not None:
        if str(asked) not in classes:
            listed = ", ".join(classes[:10]) + (", …" if len(classes) > 10 else "")
            raise InputError(f"the positive class must be one of {listed}; got {asked!r}; name one of these")
        return str(asked)
    if len(classes) != 2:
        return None
    return next((name for name in classes if name.lower() in POSITIVE_NAMES), classes[1])


def _ordered(words: set[str]) -> tuple[str, ...]:
    if all(NUMBER.match(word) for word in words):
        return tuple(sorted(words, key=lambda word: (float(word), word)))
    return tuple(sorted(words))


def quantities(values: Sequence[str], labelled: int) -> bool:
    """Whether distinct target values are quantities: numbers, and too many of them for classes.

    Args:
        values: the distinct ones.
        labelled: rows that have one.

    Example:
        >>> quantities([str(n / 7) for n in range(100)], 300), quantities(["1", "2", "3"], 300)
        (True, False)
    """
    there = [value for value in values if value.lower() not in ABSENT]
    if not there or not all(NUMBER.match(value) for value in there):
        return False
    if not all(float(value).is_integer() for value in there):
        return len(there) > MANY_NUMBERS
    return len(there) > MANY_WHOLE and labelled < ROWS_PER_WHOLE * len(there)


def _refuse_texts(values: Sequence[str], labelled: int, name: str, where: str) -> None:
    if all(NUMBER.match(value) for value in values) or len(values) <= MANY_NUMBERS:
        return
    if labelled < ROWS_PER_CLASS * len(values):
        example = ", ".join(values[:3])
        raise InputError(
            f"the target must be a column of classes that repeat; column {name!r} of {where} has {len(values)} "
            f"distinct values in {labelled} rows ({example[:80]}, …); name another with --target"
        )
