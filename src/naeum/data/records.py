"""How do the lines of a delimited file become records, when some of them are broken?"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterable, Iterator

RECORD_LINES = 10_000  # a quoted field over more lines than this is a quote that was never closed
FIELD_CHARACTERS = 1 << 30  # Python's own limit is 131,072; a cell of a million characters is fine


def records(lines: Iterable[str], delimiter: str, quoting: bool) -> Iterator[tuple[int, list[str] | str]]:
    """Line number with either the fields or the reason why the line is broken; blank lines are left out.

    A quote that is never closed, or text after a closing one, breaks its own line only: reading goes on with the next.

    Args:
        lines: of the file, with their ends.
        delimiter: between fields.
        quoting: whether "…" wraps a field, in which "" is a quote.

    Example:
        >>> list(records(['"a\\n', 'b",1\\n', '"c,2\\n', 'd,3\\n'], ",", True))
        [(1, ['a\\nb', '1']), (3, 'a quote is opened and never closed'), (4, ['d', '3'])]
    """
    if not quoting:
        for number, line in enumerate(lines, start=1):
            if bare := line.rstrip("\r\n"):
                yield number, bare.split(delimiter)
        return
    source = _Lines(iter(lines))
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        start = source.number + 1
        before = csv.field_size_limit(FIELD_CHARACTERS)  # it holds for the whole process, so for one record only
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            source.go_back_to(start + 1)
            reader = csv.reader(source, delimiter=delimiter, strict=True)
            broken = _reason(str(error))
        else:
            broken = ""
        finally:
            csv.field_size_limit(before)
        if broken:
            yield start, broken
            continue
        source.forget()
        if row:
            yield start, row


class _Lines:
    """Lines that can be gone back to, as far as the start of the record being read."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines, self.number = lines, 0
        self.taken: deque[str] = deque()
        self.waiting: deque[str] = deque()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if len(self.taken) >= RECORD_LINES:
            raise csv.Error("unexpected end of data")
        line = self.waiting.popleft() if self.waiting else next(self.lines)
        self.number += 1
        self.taken.append(line)
        return line

    def forget(self) -> None:
        self.taken.clear()

    def go_back_to(self, number: int) -> None:
        """The next line is line `number` again."""
        while self.number >= number:
            self.waiting.appendleft(self.taken.pop())
            self.number -= 1
        self.taken.clear()


def _reason(error: str) -> str:
    if "unexpected end" in error:
        return "a quote is opened and never closed"
    if "expected after" in error:
        return "text after a closing quote"
    return error
