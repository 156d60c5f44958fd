"""Which words may stand for a word? A lexicon of synonyms from a file of the user."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from naeum.errors import InputError

Lexicon = Mapping[str, tuple[str, ...]]


def read_lexicon(path: str | Path) -> dict[str, tuple[str, ...]]:
    """Synonyms from a UTF-8 file with lines of `word<TAB>synonym[,synonym]`; words that come twice add up.

    Raises:
        InputError: there is no such file, it is no UTF-8, a line has another form, or no line has a word.
    """
    try:
        lines = Path(path).read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise InputError(
            f"a lexicon must be a file that can be read; got {path} ({error.strerror}); correct the path"
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(f"a lexicon must be UTF-8; {path} is not, from byte {error.start} on; convert it") from None
    found: dict[str, tuple[str, ...]] = {}
    for number, line in enumerate(lines, 1):
        word, tab, rest = (piece.strip() if at != 1 else piece for at, piece in enumerate(line.partition("\t")))
        others = tuple(filter(None, (other.strip() for other in rest.split(","))))
        if line.strip() and not (word and tab and others):
            raise InputError(
                f"a line of a lexicon must be word<TAB>synonym[,synonym]; line {number} of {path} is {line[:40]!r}; "
                "correct or remove it"
            )
        if word:
            found[word] = tuple(dict.fromkeys((*found.get(word, ()), *others)))
    if not found:
        raise InputError(f"a lexicon must have a word; {path} has none; write lines of word<TAB>synonym[,synonym]")
    return found
