"""Which texts hold addresses, numbers of people, or markup? Counts and row ids only; what was found is not kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import sets
from naeum.contract import Ints

if TYPE_CHECKING:
    import pyarrow as pa

_EDGE, _END = r"(?:^|[^\w+])", r"(?:$|[^\w-]|[가-힣])"  # RE2 has no look-around; a particle may follow in Korean


@dataclass(frozen=True)
class Pattern:
    """What is looked for; `must` is a cheap piece of text that every hit holds, looked for first."""

    title: str
    regex: str
    kind: str  # personal | address | markup
    must: str = ""


PATTERNS: Mapping[str, Pattern] = {
    "email": Pattern("e-mail addresses", r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}",
                     "personal", "@"),
    # 010-1234-5678, 02)123-4567, +82 10 1234 5678; numbers of other countries need their + or the American grouping.
    "phone_kr": Pattern("Korean phone numbers",
                        _EDGE + r"(?:\+82[-. )]*\(?0?\)?|\(?0)(?:1[016789]|2|[3-6][1-5]|70|50\d)[-. )]{1,2}\d{3,4}[-. ]"
                        r"\d{4}" + _END + "|" + _EDGE + r"010\d{8}" + _END, "personal"),
    "phone": Pattern("international phone numbers",
                     _EDGE + r"(?:\+(?:[1-79]|8[013-9])\d{0,2}[-. (]*\d{1,4}(?:[-. )]+\d{2,4}){2,4}"
                     r"|\(?[2-9]\d{2}\)?[-. ]{1,2}[2-9]\d{2}[-. ]\d{4})" + _END, "personal"),
    "resident_number": Pattern("Korean resident registration numbers",
                               _EDGE + r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-[1-8]\d{6}" + _END, "personal"),
    "card_number": Pattern("payment card numbers", _EDGE + r"[3-6]\d{3}[- ]\d{4}[- ]\d{4}[- ]\d{4}" + _END, "personal"),
    "url": Pattern("web addresses", r"(?i)\b(?:https?://|www\.)[^\s<>\"']+", "address"),
    "mention": Pattern("@names", r"(?:^|\s)@[\w가-힣]{2,}", "address", "@"),
    "hashtag": Pattern("#tags", r"(?:^|\s)#[\w가-힣]{2,}", "address", "#"),
    "html_tag": Pattern("HTML tags", r"(?i)</?(?:a|abbr|b|big|blockquote|body|br|center|code|div|em|font|h[1-6]|head|hr"
                        r"|html|i|iframe|img|input|li|link|meta|ol|p|pre|q|s|script|small|span|strike|strong|style|sub"
                        r"|sup|svg|table|tbody|td|th|thead|title|tr|tt|u|ul)(?:\s[^<>]*)?/?>", "markup", "<"),
    "html_entity": Pattern("HTML entities", r"&(?:[a-zA-Z]{2,8}|#\d{2,5}|#x[0-9a-fA-F]{2,5});", "markup", "&"),
    "markdown": Pattern("Markdown", r"\[[^\]\n]+\]\([^)\s]+\)|(?m:^#{1,6} \S)|\*\*[^*\n]+\*\*", "markup"),
    "escape": Pattern("written-out escapes", r"\\[nrt]|\\u[0-9a-fA-F]{4}", "markup", "\\"),
}  # fmt: skip


def rows_with(column: pa.ChunkedArray[Any], name: str) -> Ints:
    """Positions of the texts in which a pattern is found.

    Example:
        >>> import pyarrow as pa
        >>> rows_with(pa.chunked_array([["문의는 010-1234-5678로", "kim@example.com", None]]), "phone_kr").tolist()
        [0]
    """
    import pyarrow.compute as pc

    arrow: Any = pc
    pattern = PATTERNS[name]
    at = np.arange(len(column))
    if pattern.must:
        at = np.flatnonzero(_flags(arrow.match_substring(column, pattern=pattern.must)))
        column = column.take(at)
    if not len(at):
        return at
    return at[np.flatnonzero(_flags(arrow.match_substring_regex(column, pattern=pattern.regex)))]


def all_rows_with(column: pa.ChunkedArray[Any]) -> dict[str, Ints]:
    """Pattern -> positions of the texts that hold it; a number that is Korean is not counted as international too."""
    found = {name: rows_with(column, name) for name in PATTERNS}
    found["phone"] = found["phone"][~sets.isin(found["phone"], found["phone_kr"])]
    return found


def _flags(matched: Any) -> Any:
    import pyarrow.compute as pc

    arrow: Any = pc
    return arrow.fill_null(matched, False).to_numpy()
