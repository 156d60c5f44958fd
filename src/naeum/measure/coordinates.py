"""At which point of space does a row of a table, a column, or a text lie?

Numbers are centred and scaled to one standard deviation, categories become one coordinate each; a missing number lies
at the mean. Texts are counts of their character 2- to 4-grams within words, weighted by how rare they are (tf-idf),
which serves Korean, where words change their endings, without a dictionary.

References:
    Weinberger, Dasgupta, Langford, Smola & Attenberg 2009, "Feature hashing for large scale multitask learning".
"""

from __future__ import annotations

from typing import Any

import numpy as np

from naeum.contract import Floats
from naeum.data.kinds import Kind, quoted
from naeum.data.relation import Relation, related, told_of
from naeum.errors import InputError

BUCKETS = 2**18  # of hashed n-grams: hardly two of a text share one
GRAMS = (2, 4)
NARROW = 512  # coordinates of a text for an index: inner products are kept to about 1 / sqrt(512)
MOST_CATEGORIES = 100  # of a column; one with more names rows rather than groups


def coordinates(data: Any, other: Any = None, *, sets: bool = False, columns: bool = False) -> tuple[Any, Any]:
    """Two matrices of points, which may be one and the same: dense for arrays and tables, sparse for texts.

    Args:
        data, other: arrays, lists of texts, or tables; both of one form.
        sets: whether only what is there counts, not how often.
        columns: whether the columns of numbers are the points.

    Raises:
        InputError: they are of no known form, do not fit together, or hold something that is not finite.
    """
    if _are_texts(data):
        if columns:
            raise InputError("texts have no columns; got axis='columns'; pass a table")
        given = [str(text or "") for text in data]
        both = texts_as_points([*given, *(str(text or "") for text in other or [])], sets=sets)
        return both[: len(given)], both[len(given) :] if other is not None else both
    if _is_array(data):
        one = _array(data)
        two = one if other is None else _array(other)
        if one.shape[1] != two.shape[1]:
            raise InputError(
                f"vectors must be equally wide; got {one.shape[1]} and {two.shape[1]}; compare what belongs together"
            )
        return (one.T, two.T) if columns else (one, two)
    if other is not None:
        raise InputError("tables must be compared with themselves; got two; put them together first")
    points = table_as_points(data, columns=columns)
    return points, points


def texts_as_points(texts: list[str], *, sets: bool = False) -> Any:
    """(texts, BUCKETS) sparse tf-idf weights of character n-grams; counts where `sets`."""
    counts = _hashed(texts, BUCKETS, signed=False)
    if sets:
        return counts
    rarity = np.log((1 + len(texts)) / (1 + np.asarray((counts > 0).sum(axis=0)).reshape(-1))) + 1
    return counts.multiply(rarity[None, :]).tocsr().astype(np.float32)


def texts_as_narrow_points(texts: list[str]) -> Floats:
    """(texts, NARROW) dense points whose inner products are about those of the counts, for an index.

    Example:
        >>> texts_as_narrow_points(["가나다", "라마바"]).shape
        (2, 512)
    """
    return np.asarray(_hashed(texts, NARROW, signed=True).toarray(), np.float32)


def table_as_points(source: Any, *, columns: bool = False, use: tuple[str, ...] = ()) -> Floats:
    """(rows, coordinates) of a table, or (columns of numbers, rows).

    Args:
        source: a path, a DataFrame, an Arrow table or a list of dicts.
        columns: whether columns are the points.
        use: names of columns; all that hold numbers or few categories if none is named.

    Raises:
        InputError: there is nothing to compare by.

    Example:
        >>> table_as_points([{"n": "1", "c": "가"}, {"n": "3", "c": "나"}]).astype(float).round(1).tolist()
        [[-1.0, 0.7, 0.0], [1.0, 0.0, 0.7]]
    """
    with related(source) as data:
        missing = [name for name in use if name not in data.kinds]
        if missing:
            raise InputError(
                f"columns must be among {', '.join(list(data.kinds)[:8])}; got {missing[0]!r}; correct its name"
            )
        kinds = {name: kind for name, kind in data.kinds.items() if not use or name in use}
        numbers = [_numbers(data, name) for name, kind in kinds.items() if kind.ordered]
        made: Floats | None = None
        if columns:
            made = np.array(numbers, np.float32)
        else:
            groups = [_groups(data, name) for name, kind in kinds.items() if _is_group(data, name, kind)]
            made = np.concatenate([*(one[:, None] for one in numbers), *groups], axis=1) if numbers or groups else None
    if made is None or not len(made):
        raise InputError(f"rows must have numbers or categories to be compared by; {data.name} has none; name a text")
    return np.asarray(made, np.float32)


def number_columns(source: Any) -> tuple[str, ...]:
    """The names of the columns of numbers, in the order of `table_as_points(columns=True)`."""
    with related(source) as data:
        return tuple(name for name, kind in data.kinds.items() if kind.ordered)


def _numbers(data: Relation, name: str) -> Floats:
    value = quoted(name)
    number = f"epoch({value}::TIMESTAMP)" if data.kinds[name].name in ("date", "time") else f"{value}::DOUBLE"
    found = data.sql(f"SELECT CASE WHEN isfinite({number}) THEN {number} END AS x FROM cells").column("x")
    values = np.asarray(found.to_numpy(), np.float64)
    there = values[~np.isnan(values)]
    spread = float(there.std()) if len(there) else 0.0
    centred = (values - (there.mean() if len(there) else 0.0)) / (spread or 1.0)
    return np.asarray(np.nan_to_num(centred, nan=0.0), np.float32)


def _is_group(data: Relation, name: str, kind: Kind) -> bool:
    if kind.name not in ("text", "truth"):
        return False
    distinct = data.one({"n": f"count(DISTINCT {quoted(told_of(name))})"})["n"]
    return 2 <= int(distinct) <= MOST_CATEGORIES


def _groups(data: Relation, name: str) -> Floats:
    """One coordinate a category, so scaled that two rows of different ones are 1 apart."""
    texts = data.sql(f"SELECT {quoted(told_of(name))} AS x FROM cells").column("x").to_pylist()
    codes = {text: at for at, text in enumerate(sorted({text for text in texts if text is not None}))}
    made = np.zeros((len(texts), len(codes)), np.float32)
    for row, text in enumerate(texts):
        if text is not None:
            made[row, codes[text]] = np.sqrt(0.5)
    return made


def _hashed(texts: list[str], width: int, *, signed: bool) -> Any:
    from sklearn.feature_extraction.text import HashingVectorizer

    made = HashingVectorizer(
        analyzer="char_wb", ngram_range=GRAMS, n_features=width, norm=None, alternate_sign=signed, lowercase=True
    )
    return made.transform(texts).tocsr()


def _are_texts(data: Any) -> bool:
    return isinstance(data, (list, tuple)) and len(data) > 0 and all(isinstance(one, str | None) for one in data)


def _is_array(data: Any) -> bool:
    return isinstance(data, np.ndarray) or (
        isinstance(data, (list, tuple)) and len(data) > 0 and isinstance(data[0], (list, tuple, np.ndarray))
    )


def _array(data: Any) -> Floats:
    try:
        made = np.asarray(data, np.float32)
    except (ValueError, TypeError) as error:
        raise InputError("vectors must be rows of equally many numbers; got something else; check the rows") from error
    if made.ndim != 2 or not np.isfinite(made).all():
        raise InputError(
            f"vectors must be a table of finite numbers; got {made.ndim} dimensions or numbers that are not finite; "
            "clean them first"
        )
    return made
