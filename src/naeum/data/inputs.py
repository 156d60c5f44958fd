"""How does a column become an input of its kind: text, words, number, category, date or image?

The same cleaning at training and at prediction, with nothing learned: a category stays a string whether it was seen
before or not, and what is no number or date is missing. The kind alone says how a column is read, so that a row gets
the same answer from a file, a DataFrame or a dict.
"""

from __future__ import annotations

import ast
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from naeum.contract import Ids, InputKind
from naeum.data import times
from naeum.data.ids import MISSING, hash_strings, mix
from naeum.data.kinds import ABSENT
from naeum.data.rows import as_strings, clean_texts
from naeum.data.schema import no_such_column
from naeum.data.spool import BATCH_ROWS, Chunk, Column
from naeum.data.units import factor, most_common, refused
from naeum.errors import InputError

TYPES: Mapping[InputKind, pa.DataType] = {
    "text": pa.string(), "words": pa.list_(pa.string()), "number": pa.float64(), "category": pa.string(),
    "date": pa.float64(), "image": pa.binary(),
}  # fmt: skip
PLAIN = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
# "12 kg", "1,234원", "$5.20", "-3 %": a currency before or a unit behind, and commas between thousands
MEASURE = re.compile(
    r"^(?P<before>[$€£¥₩]?) ?(?P<number>[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?) ?"
    r"(?P<unit>[^\W\d_]{0,12}[23²³]?|[%°℃℉$€£¥₩])$"
)
Doubles = npt.NDArray[np.float64]


def clean(column: Column, kind: InputKind, name: str = "", unit: str | None = None) -> Column:
    """A column of any type as an input of its kind; what cannot be read is missing.

    Args:
        column: as it was read.
        kind: what it becomes; see TYPES.
        name: of the column, for messages.
        unit: that numbers must have, "" for none; None: the one that most of them have.

    Raises:
        InputError: a number has another unit than it must, an image is neither bytes nor the path of a file, words are
            no lists.

    Example:
        >>> clean(pa.chunked_array([["12 kg", "1,200 kg", "NA", "?"]]), "number").to_pylist()
        [12.0, 1200.0, None, None]
        >>> clean(pa.chunked_array([["서울 ", "", "True"]]), "category").to_pylist()
        ['서울', None, 'true']
    """
    if kind == "number":
        return _doubles(numbers(column, name, unit))
    if kind == "date":
        return _doubles(_seconds(column))
    if kind == "words":
        return lists(column, name)
    if kind == "image":
        return _images(column, name)
    make = _categories if kind == "category" else clean_texts
    return pa.chunked_array([make(chunk) for chunk in column.chunks], pa.string())


def clean_inputs(table: pa.Table, kinds: Mapping[str, InputKind], units: Mapping[str, str] | None = None) -> pa.Table:
    """The inputs among the columns of a table, each of its kind.

    Args:
        table: as it was read.
        kinds: of the inputs.
        units: that numbers were learned with, by column; None: these are the rows to learn from.

    Raises:
        InputError: a column is missing, or holds what cannot be of its kind.
    """
    for name in kinds:
        if name not in table.column_names:
            raise no_such_column("input", name, table.column_names, "the rows")
    wanted = {name: None if units is None else units.get(name, "") for name in kinds}
    columns = [clean(table.column(name), kind, name, wanted[name]) for name, kind in kinds.items()]
    schema = pa.schema([(name, TYPES[kind]) for name, kind in kinds.items()])
    return pa.table(columns, schema=schema)


def numbers(column: Column, name: str = "", unit: str | None = None) -> Doubles:
    """(rows,) the numbers of a column; NaN where there is none. Infinity is none: no model can weigh it.

    Raises:
        InputError: a number has a unit that cannot be turned into `unit`.
    """
    found = np.concatenate([_numbers(chunk) for chunk in column.chunks] or [np.empty(0)])
    found[~np.isfinite(found)] = np.nan
    strange = np.flatnonzero(np.isnan(found))
    if not len(strange) or not _wordy(column.type):
        return found
    left = as_one(column.take(pa.array(strange)))
    words, codes = _distinct(left)
    told = measures(words) if unit is None else np.empty(len(words))
    for at, word in enumerate(words if unit is not None else ()):
        match = MEASURE.match(word.strip())
        times_ = None if match is None else 1.0 if unit_of(match) == "" else factor(unit_of(match), unit or "")
        if match is not None and times_ is None:
            raise refused(word, int(strange[np.flatnonzero(codes == at)[0]]) + 1, name, unit or "")
        told[at] = np.nan if match is None else float(match["number"].replace(",", "")) * (times_ or 1.0)
    found[strange] = np.append(told, np.nan)[codes]
    return found


def units(table: pa.Table, kinds: Mapping[str, InputKind]) -> dict[str, str]:
    """The unit that most numbers of each column have; "" where they have none.

    Example:
        >>> units(pa.table({"무게": ["3 kg", "4", "5kg"], "age": [1, 2, 3]}), {"무게": "number", "age": "number"})
        {'무게': 'kg', 'age': ''}
    """
    return {name: _unit(table.column(name)) for name, kind in kinds.items() if kind == "number"}


def _unit(column: Column) -> str:
    if not _wordy(column.type):
        return ""
    words, codes = _distinct(as_one(column))
    counts = np.bincount(codes[codes >= 0], minlength=len(words))
    matches = [(MEASURE.match(word.strip()), count) for word, count in zip(words, counts.tolist(), strict=True)]
    return most_common(unit_of(match) for match, count in matches if match for _ in range(count))


def measures(words: Sequence[str]) -> Doubles:
    """(words,) the numbers in words with a unit; NaN where one is none, or has another unit than most.

    Example:
        >>> measures(["12 kg", "1,250.5 kg", "3 lb", "soon"])
        array([  12. , 1250.5,    nan,    nan])
    """
    found = [MEASURE.match(word.strip()) for word in words]
    units = Counter(unit for match in found if match and (unit := unit_of(match)))
    most = units.most_common(1)[0][0] if units else ""
    return np.array(
        [
            float(match["number"].replace(",", "")) if match and unit_of(match) in ("", most) else np.nan
            for match in found
        ],
        np.float64,
    )


def unit_of(match: re.Match[str]) -> str:
    """The unit of a MEASURE; empty where it has none."""
    return f"{match['before']}{match['unit']}".lower()


def lists(column: Column, name: str) -> Column:
    """(rows,) lists of strings, null where missing: of a list column, or of strings that hold JSON lists.

    Raises:
        InputError: a value is no list.
    """
    if pa.types.is_list(column.type) or pa.types.is_large_list(column.type):
        return column.cast(TYPES["words"])
    found: list[list[str] | None] = []
    for at, value in enumerate(as_one(column).to_pylist()):
        found.append(None if value is None or not value.strip() else _list(value, name, at))
    return pa.chunked_array([pa.array(found, TYPES["words"])])


def hash_input(column: Column) -> Ids:
    """(rows,) a hash of each value of an input: equal for equal values, whatever the chunks."""
    kind = column.type
    if pa.types.is_floating(kind):
        values = column.to_numpy().astype(np.float64) + 0.0  # -0.0 becomes 0.0
        return np.where(np.isnan(values), MISSING, mix(values.view(np.uint64)))
    if pa.types.is_list(kind):
        joined = [as_strings(chunk) for chunk in column.chunks]
        return hash_strings(pa.chunked_array(joined, pa.string()))
    if pa.types.is_binary(kind):
        found = [MISSING if one is None else _digest(one) for one in column.to_pylist()]
        return np.array(found, np.uint64)
    return hash_strings(column)


def unread(table: pa.Table, rows: pa.Table, kinds: Mapping[str, InputKind]) -> list[str]:
    """Sentences on the values that were there and could not be read as what their column holds."""
    notes = []
    for name, kind in kinds.items():
        if kind not in ("number", "date") or not _wordy(table.column(name).type):
            continue
        missing = rows.column(name).is_null().to_numpy() if len(rows) else np.empty(0, np.bool_)
        words = as_one(table.column(name)).filter(pa.array(missing)).drop_null().to_pylist()
        odd = [word for word in words if word.strip().lower() not in ("", *ABSENT)]
        if odd:
            notes.append(f"values of {name} that are no {kind}, taken as missing: {len(odd)} (such as {odd[0]!r})")
    return notes


def as_one(column: Column) -> Chunk:
    """A column as one chunk of strings."""
    whole = pa.chunked_array([as_strings(chunk) for chunk in column.chunks], pa.string()).combine_chunks()
    return whole if isinstance(whole, pa.Array) else pa.concat_arrays(whole.chunks)


def _digest(content: bytes) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(content, digest_size=8).digest(), "little"))


def _wordy(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    return pa.types.is_string(kind) or pa.types.is_large_string(kind)


def _numbers(chunk: Chunk) -> Doubles:
    """(rows,) numbers of one chunk, of strings only those that are written plainly."""
    kind = chunk.type
    if pa.types.is_dictionary(kind):
        return _numbers(chunk.dictionary_decode())
    if pa.types.is_null(kind):
        return np.full(len(chunk), np.nan)
    if pa.types.is_duration(kind):
        chunk = pc.divide(chunk.cast(pa.duration("ns")).cast(pa.int64()).cast(pa.float64()), 1e9)  # seconds
    elif pa.types.is_boolean(kind):
        chunk = chunk.cast(pa.int8())
    elif not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        trimmed = pc.utf8_trim_whitespace(as_strings(chunk))
        chunk = pc.if_else(pc.match_substring_regex(trimmed, PLAIN), trimmed, None)
    return np.array(chunk.cast(pa.float64(), safe=False).to_numpy(zero_copy_only=False), np.float64)


def _seconds(column: Column) -> Doubles:
    """(rows,) seconds since 1970 UTC; NaN where there is no date."""
    kind = column.type
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        whole = column.cast(pa.timestamp("us", getattr(kind, "tz", None))).cast(pa.int64())
        return np.array(whole.cast(pa.float64(), safe=False).to_numpy(), np.float64) / 1e6
    if not _wordy(kind):
        return numbers(column)
    words, codes = _distinct(as_one(column))
    return np.append(times.dates(pa.chunked_array([words], pa.string())), np.nan)[codes]


def _distinct(words: Chunk) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The distinct words, and each row's place among them; -1 where missing."""
    encoded = pc.dictionary_encode(words)
    codes = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    return encoded.dictionary.to_pylist(), np.asarray(codes, np.int64)


def _doubles(found: Doubles) -> Column:
    pieces = [found[start : start + BATCH_ROWS] for start in range(0, len(found), BATCH_ROWS)]
    return pa.chunked_array([pa.array(piece, pa.float64(), from_pandas=True) for piece in pieces], pa.float64())


def _categories(chunk: Chunk) -> Chunk:
    """Strings without blanks around them; null where one says that nothing is there; truth values in lower case."""
    arrow: Any = pc
    words = arrow.utf8_trim_whitespace(arrow.replace_substring(as_strings(chunk), "\x00", ""))
    lower = arrow.utf8_lower(words)
    words = arrow.if_else(arrow.is_in(lower, value_set=pa.array(["true", "false"])), lower, words)
    absent = arrow.is_in(lower, value_set=pa.array(["", *ABSENT]))
    return arrow.if_else(absent, pa.scalar(None, pa.string()), words)


def _images(column: Column, name: str) -> Column:
    if pa.types.is_struct(column.type):  # as Hugging Face writes them
        column = pc.struct_field(column, "bytes")
    if pa.types.is_null(column.type) or pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
        return column.cast(pa.binary())
    if not _wordy(column.type):
        raise InputError(
            f"images must be bytes or paths of files; column {name!r} holds {column.type}; give one of them"
        )
    return pa.chunked_array([[_file(path, name) for path in as_one(column).to_pylist()]], pa.binary())


def _file(path: str | None, name: str) -> bytes | None:
    if not path:
        return None
    try:
        return Path(path).expanduser().read_bytes()
    except (OSError, ValueError) as error:
        raise InputError(
            f"images must be bytes or paths of files; column {name!r} has {path!r}, which cannot be read; "
            f"check the path"
        ) from error


def parsed(value: str) -> Any:
    """A list as JSON or as Python writes it.

    Raises:
        ValueError, SyntaxError: it is neither.

    Example:
        >>> parsed('["서울"]'), parsed("['서울', 'a']")
        (['서울'], ['서울', 'a'])
    """
    try:
        return json.loads(value)
    except ValueError:
        return ast.literal_eval(value.strip())


def _list(value: str, name: str, at: int) -> list[str]:
    try:
        found = parsed(value)
    except (ValueError, SyntaxError):
        found = None
    if not isinstance(found, list):
        raise InputError(
            f"every value must be a list; column {name!r} has {value[:60]!r} in row {at + 1}; "
            f'write ["a", "b"] in each row'
        )
    return [word if isinstance(word, str) else json.dumps(word, ensure_ascii=False) for word in found]
