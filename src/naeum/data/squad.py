"""How does a file of questions in the form of SQuAD become a table?

Articles hold paragraphs, a paragraph a passage and questions with their answers, as SQuAD, KorQuAD and KLUE-MRC are
published. The table has a row a question: title, id, question, context and answers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from naeum.data.streams import open_text
from naeum.errors import InputError

if TYPE_CHECKING:
    from naeum.data.delimited import Broken
    from naeum.data.sniff import Dialect

FORM = re.compile(r'"(paragraphs|qas)"\s*:\s*\[')
COLUMNS = ("title", "id", "question", "context", "answers")


def is_squad(text: str) -> bool:
    """Whether the beginning of a JSON text is of this form.

    Example:
        >>> is_squad('{"version": "1.1", "data": [{"paragraphs": ['), is_squad('{"question": "who?"}')
        (True, False)
    """
    return text.lstrip("\ufeff \t\r\n").startswith("{") and '"data"' in text and FORM.search(text) is not None


def read_squad(path: Path, dialect: Dialect) -> tuple[pa.Table, list[Broken]]:
    """A row a question; answers as JSON, empty where the question is impossible, missing where none are given.

    Raises:
        InputError: the file is no such JSON, or a paragraph lacks its passage or a question its text.
    """
    with open_text(path, dialect.compression, dialect.encoding, "\n") as text:
        try:
            whole = json.loads(text.read().lstrip("\ufeff"))
        except ValueError as error:
            raise InputError(f"a JSON file must be whole; {path} is damaged ({error}); write it again") from error
    rows = list(_rows(whole, path))
    if not rows:
        raise InputError(f"a file of questions must hold questions; {path} has none; add qas to its paragraphs")
    return pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in COLUMNS}), []


def _rows(whole: Mapping[str, Any], path: Path) -> Iterator[dict[str, str | None]]:
    for number, article in enumerate(whole.get("data") or (), start=1):
        paragraphs = article.get("paragraphs") if isinstance(article, dict) else None
        for at, paragraph in enumerate(paragraphs or (), start=1):
            where = f"paragraph {at} of article {number} of {path}"
            context = _text(paragraph, "context", where)
            for one in paragraph.get("qas") or ():
                yield {
                    "title": _word(article.get("title")),
                    "id": _word(one.get("id", one.get("guid"))),
                    "question": _text(one, "question", where),
                    "context": context,
                    "answers": _answers(one),
                }


def _answers(one: Mapping[str, Any]) -> str | None:
    if one.get("is_impossible") is True:
        return "[]"  # plausible answers are none
    given = one.get("answers", one.get("answer"))
    return None if given is None else json.dumps(given, ensure_ascii=False)


def _text(holder: Any, name: str, where: str) -> str:
    found = holder.get(name) if isinstance(holder, dict) else None
    if not isinstance(found, str):
        raise InputError(f"every paragraph must have a {name}; {where} has none; add it as a string")
    return found


def _word(value: Any) -> str | None:
    return None if value is None else str(value)
