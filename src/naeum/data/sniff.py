"""How is this text file written: packed, encoded, delimited, quoted, with a header or without?

The first mebibyte is parsed under every delimiter with and without quotes; the reading under which most rows have
equally many fields wins.
"""

from __future__ import annotations

import codecs
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from naeum.data import squad, tagged
from naeum.data.records import records
from naeum.data.streams import Compression, compression_of, open_bytes
from naeum.errors import InputError

Format = Literal["delimited", "jsonl", "json", "parquet", "arrow", "xlsx", "conll", "tokens", "squad"]

SAMPLE_BYTES = 1 << 20  # enough that one stray quote in a thousand rows shows; parsed eight times in about 0.1 s
DELIMITERS = ("\t", ",", ";", "|")  # in the order in which ties are decided: a tab hardly ever stands in prose
ONE_COLUMN = "\x1f"  # the unit separator: a delimiter that no text holds, so that each line is one field
AGREEING = 0.8  # share of rows that must have equally many fields; below, commas are prose and the file has one column
HEADER_ROWS = 201  # rows that tell whether the first of them names the columns
CONTROL_SHARE = 0.02  # text has hardly any control characters; compressed or binary data about 10 %
DAMAGED = 0.1  # bad bytes for each good character beyond ASCII; other encodings give hardly any good ones
KNOWN_NAMES = frozenset({
    "id", "text", "label", "labels", "target", "class", "category", "intent", "sentiment", "y", "document", "sentence",
    "review", "comment", "content", "title", "body", "message", "question", "utterance", "score", "rating", "date",
    "time", "timestamp", "weight", "group", "fold", "folds", "split", "name", "텍스트", "라벨", "레이블", "문장",
})  # fmt: skip
CONTROLS = bytes(code for code in range(1, 32) if chr(code) not in "\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f")  # none of text
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
IDENTIFIER = re.compile(r"^[^\W\d][\w .:/()-]{0,63}$")


@dataclass(frozen=True)
class Dialect:
    """How a file is written."""

    format: Format
    compression: Compression = ""
    encoding: str = "utf-8"
    delimiter: str = ","
    quoting: bool = True  # whether "…" wraps a field; if not, a quote is a character like any other
    header: bool = True
    newline: str = "\n"  # "\r" only where a file has no other
    units: str = ""  # of texts with marked entities: words or characters; "": as the entities ask
    said: str = ""  # what reading did to the tags of words


def sniff(path: Path) -> Dialect:
    """How the file at `path` is written.

    Raises:
        InputError: it is empty, or is neither text nor a format that naeum reads.

    Example:
        >>> import tempfile, pathlib
        >>> path = pathlib.Path(tempfile.mkdtemp()) / "reviews.tsv"
        >>> _ = path.write_text('text\\tlabel\\n"fine" he said\\t1\\n', encoding="utf-8")
        >>> dialect = sniff(path)
        >>> dialect.delimiter, dialect.quoting, dialect.header
        ('\\t', False, True)
    """
    compression = compression_of(path)
    with open_bytes(path, compression) as stream:
        sample = stream.read(SAMPLE_BYTES)
    if not sample.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise InputError(f"a data file must hold rows; {path} is empty; check the path, or how the file was written")
    if (binary := _binary_format(sample, path)) is not None:
        return Dialect(binary, compression)
    encoding = encoding_of(sample, path)
    text = sample.decode(encoding, errors="replace")
    if len(sample) == SAMPLE_BYTES:  # the last line is cut
        text = text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if (form := tagged.form_of(text, suffixes)) is not None:
        return Dialect(form, compression, encoding)
    if squad.is_squad(text):
        return Dialect("squad", compression, encoding)
    if (shape := _json_format(text, suffixes)) is not None:
        return Dialect(shape, compression, encoding)
    return delimited(text, suffixes, compression, encoding)


def delimited(text: str, suffixes: Sequence[str], compression: Compression = "", encoding: str = "utf-8") -> Dialect:
    """The dialect of delimited text, from a sample of whole lines."""
    newline = "\r" if "\n" not in text and "\r" in text else "\n"
    first = "\t" if ".tsv" in suffixes or ".tab" in suffixes else "," if ".csv" in suffixes else ""
    order = sorted(DELIMITERS, key=lambda mark: mark != first)
    best = (0.0, order[0], True)
    for mark, quoting in ((mark, quoting) for mark in order if mark in text for quoting in (True, False)):
        share = agreement(text, mark, quoting)
        if share > best[0]:  # ties: the first, so quotes on and the delimiter of the suffix
            best = (share, mark, quoting)
        if share >= 1.0:
            break  # nothing agrees better
    if best[0] < AGREEING:
        quoting = agreement(text, ONE_COLUMN, True, least=1) >= 1 and text.lstrip().startswith('"')
        best = (1.0, ONE_COLUMN, quoting)
    _, delimiter, quoting = best
    rows = parse(text, delimiter, quoting, HEADER_ROWS)[0]
    return Dialect("delimited", compression, encoding, delimiter, quoting, has_header(rows), newline)


def encoding_of(sample: bytes, path: Path) -> str:
    """The codec of a sample of text: UTF-8, UTF-16, CP949, else Windows-1252 or Latin-1.

    Raises:
        InputError: these are not the bytes of a text.
    """
    for mark, codec in MARKS:
        if sample.startswith(mark):
            return codec
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) > 0.3 * len(sample) / 2 and min(even, odd) < 0.1 * max(even, odd):
        return "utf-16-le" if odd > even else "utf-16-be"
    if _decodes(sample, "utf-8") or _slightly_damaged(sample):
        return "utf-8"
    _refuse_binary(sample, path)
    for codec in ("cp949", "cp1252"):
        if _decodes(sample, codec):
            return codec
    return "latin-1"


def has_header(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first of these rows names the columns."""
    first, rest = [field.strip() for field in rows[0]], rows[1:HEADER_ROWS]
    later = list(zip(*(row for row in rest if len(row) == len(first)), strict=True)) or [()] * len(first)
    named = zip(first, later, strict=True)
    if any(field.lower() in KNOWN_NAMES and column.count(field) < 2 for field, column in named):
        return True
    if not all(IDENTIFIER.match(field) for field in first) or len(set(first)) < len(first):
        return False  # a number, a sentence with commas, an empty or doubled name
    if not rest:
        return False
    if any(name in {value.strip() for value in column} for name, column in zip(first, later, strict=True)):
        return False  # the "name" is one of the values
    return all(len(field.split()) <= 3 for field in first)  # longer is a sentence


def agreement(text: str, delimiter: str, quoting: bool, least: int = 2) -> float:
    """The share of rows that have the most frequent number of fields, if that is at least `least`; else 0."""
    rows, broken = parse(text, delimiter, quoting)
    counts = Counter(len(row) for row in rows)
    width, share = counts.most_common(1)[0] if counts else (0, 0)
    return share / (len(rows) + broken) if width >= least else 0.0


def parse(text: str, delimiter: str, quoting: bool, most: int | None = None) -> tuple[list[list[str]], int]:
    """The rows of a sample, at most so many, and how many lines among them are broken."""
    quoted = quoting and '"' in text  # without a quote both readings are the same, and splitting is quicker
    found = records(io.StringIO(text, newline=""), delimiter, quoted)
    rows: list[list[str]] = []
    broken = 0
    for _, row in found:
        if isinstance(row, list):
            rows.append(row)
        else:
            broken += 1
        if most is not None and len(rows) >= most:
            break
    return rows, broken


def _binary_format(sample: bytes, path: Path) -> Format | None:
    if sample.startswith(b"PAR1"):
        return "parquet"
    if sample.startswith(b"ARROW1") or sample.startswith(b"\xff\xff\xff\xff"):  # a file, or a stream of Arrow IPC
        return "arrow"
    if sample.startswith(b"PK\x03\x04"):
        if ".xlsx" in path.name.lower() or b"xl/" in sample or b"[Content_Types]" in sample[:4096]:
            return "xlsx"
        raise InputError(
            f"a data file must be a table; {path} is a zip archive; unzip it and pass the file inside, or pack it "
            f"with gzip"
        )
    return None


def _json_format(text: str, suffixes: Sequence[str]) -> Format | None:
    start = text.lstrip()[:1]
    lines = [line for line in text.splitlines()[:1000] if line.strip()]
    if any(suffix in (".jsonl", ".ndjson") for suffix in suffixes):
        return "jsonl"
    if ".json" in suffixes:
        return "jsonl" if len(lines) > 1 and _one_object(lines[0]) else "json"
    if any(suffix in (".csv", ".tsv", ".tab") for suffix in suffixes):
        return None
    if start == "{" and _one_object(lines[0]):
        return "jsonl"
    return "json" if start == "[" and text.lstrip()[1:].lstrip()[:1] == "{" else None


def _one_object(line: str) -> bool:
    line = line.strip()
    return line.startswith("{") and line.endswith("}") and line.count("{") == line.count("}")


def _refuse_binary(sample: bytes, path: Path) -> None:
    control = sum(sample.count(code) for code in CONTROLS)
    if control > CONTROL_SHARE * len(sample):
        raise InputError(
            f"a data file must be text (UTF-8, UTF-16, CP949, Latin-1) or Parquet, Arrow or xlsx; {path} holds other "
            f"bytes; save it as CSV in UTF-8"
        )


def _slightly_damaged(sample: bytes) -> bool:
    """Whether this is UTF-8 but for a few bytes; they are replaced and counted while reading."""
    text = sample.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    return damaged <= DAMAGED * (sum(not sign.isascii() for sign in text) - damaged)


def _decodes(sample: bytes, codec: str) -> bool:
    decoder = codecs.getincrementaldecoder(codec)()
    try:
        decoder.decode(sample, final=len(sample) < SAMPLE_BYTES)
    except UnicodeDecodeError:
        return False
    return True
