"""How is something said in the shell, in the language of whoever types?

Prose goes through `tell`; JSON and files of answers, which machines read, never do. `--lang` may stand anywhere in the
command; without it NAEUM_LANG or the locale of the machine decides.
"""

from __future__ import annotations

import sys
import unicodedata
from typing import Any, TextIO

from typer.core import TyperGroup

from naeum import tongue
from naeum.errors import InputError

FLAG = "--lang"
WIDE = frozenset("WF")  # signs that take two columns of a terminal


def tell(text: object, *, to: TextIO | None = None, end: str = "\n") -> None:
    """Print a text in the language that is spoken.

    Example:
        >>> with tongue.speaking("ko"):
        ...     tell("kept")
        유지
    """
    print(tongue.said(str(text)), file=to, end=end, flush=True)


def warn(text: object) -> None:
    """Say a sentence on stderr, with the name of who says it."""
    print(f"naeum: {tongue.said(str(text))}", file=sys.stderr)


def padded(text: str, columns: int) -> str:
    """A text with blanks up to so many columns of a terminal, in which Hangul takes two a syllable.

    Example:
        >>> padded("단계", 6), padded("rung", 6)
        ('단계  ', 'rung  ')
    """
    return text + " " * max(columns - width(text), 0)


def width(text: str) -> int:
    """Columns of a terminal that a text takes.

    Example:
        >>> width("단계 1")
        6
    """
    return sum(2 if unicodedata.east_asian_width(sign) in WIDE else 1 for sign in text)


class Spoken(TyperGroup):
    """A command whose help is in the language that is spoken, and which finds `--lang` wherever it stands."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest, asked = _taken(args)
        ctx.with_resource(tongue.speaking(_chosen(asked)))
        _helped(self)
        _untyped(self, ctx)
        return super().parse_args(ctx, rest)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        found = super().get_command(ctx, cmd_name)
        if found is not None:
            _helped(found)
            _untyped(found, ctx)
        return found


def _taken(args: list[str]) -> tuple[list[str], str | None]:
    """The arguments without `--lang X` and `--lang=X`, and that X."""
    rest: list[str] = []
    asked, at = None, 0
    while at < len(args):
        one = args[at]
        if one == "--":
            return [*rest, *args[at:]], asked
        if one == FLAG:
            asked = args[at + 1] if at + 1 < len(args) else ""
            at += 1
        elif one.startswith(f"{FLAG}="):
            asked = one.removeprefix(f"{FLAG}=")
        else:
            rest.append(one)
        at += 1
    return rest, asked


def _chosen(asked: str | None) -> str:
    from naeum.cli.errors import said

    with said(verbose=False):
        if asked == "":
            raise InputError(f"{FLAG} must be followed by a language; got none; say {FLAG} ko or {FLAG} en")
        return tongue.chosen(asked)


def _helped(command: Any) -> None:
    """Put the help of a command and of its flags into the language that is spoken."""
    if tongue.now() == "en":
        return
    command.help = paragraphs(command.help or "")
    for one in command.params:
        for name in ("help", "rich_help_panel"):
            if getattr(one, name, None):
                setattr(one, name, tongue.said(getattr(one, name)))


def _untyped(command: Any, ctx: Any) -> None:
    """Leave `<bool>` and `<str>` out of the help: a flag takes nothing, and what an argument is its name says."""
    for one in (*command.params, command.get_help_option(ctx)):
        if one is not None and (one.param_type_name == "argument" or getattr(one, "is_flag", False)):
            one.display_type_rich = _no_type


def _no_type(ctx: Any) -> None:
    return None


def paragraphs(text: str) -> str:
    """A help text, said paragraph by paragraph; lines within one are joined.

    Example:
        >>> paragraphs("one\\nline\\n\\nanother")
        'one line\\n\\nanother'
    """
    return "\n\n".join(tongue.said(" ".join(one.split())) for one in text.split("\n\n"))
