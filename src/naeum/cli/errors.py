"""How does an error look in the shell? One sentence on stderr and an exit code; a traceback only when asked for."""

from __future__ import annotations

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from naeum.errors import NaeumError

WELL, FAULT, REFUSED, INTERRUPTED, BROKEN_PIPE = 0, 1, 2, 130, 141  # the last two are 128 + the signal's number


@contextmanager
def said(verbose: bool) -> Iterator[None]:
    """Inside, every error becomes its sentence and its exit code.

    NaeumError and a full disk 2; Ctrl-C 130; a reader who left 141; anything else 1, with how to report it.
    """
    try:
        yield
        sys.stdout.flush()  # here, so that a reader who left is noticed inside
    except (typer.Exit, typer.Abort):
        raise
    except KeyboardInterrupt:
        _say("Interrupted. The same command goes on where this run stopped.", False)
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(BROKEN_PIPE) from None
    except Exception as error:
        sentence, code = told(error)
        _say(sentence, verbose)
        raise typer.Exit(code) from None


def told(error: Exception) -> tuple[str, int]:
    """The sentence and the exit code of an error.

    Example:
        >>> from naeum.errors import InputError
        >>> told(InputError("a file must hold rows; it is empty; add some"))
        ('a file must hold rows; it is empty; add some', 2)
    """
    if isinstance(error, NaeumError):
        return " ".join(str(error).split()), REFUSED
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        where = f" for {error.filename}" if error.filename else ""
        return f"the disk must have room{where}; it is full; free some space, and the same command goes on", REFUSED
    if isinstance(error, OSError) and error.filename is not None:
        return f"{error.filename} must be usable; {_lower(error.strerror)}; check the path and its rights", REFUSED
    kind = type(error).__name__
    detail = " ".join(str(error).split())[:300]
    return f"naeum failed ({kind}: {detail}). This is a fault of naeum: add --verbose and report what it shows", FAULT


def _lower(text: str | None) -> str:
    return (text or "it is not").lower()


def _say(sentence: str, verbose: bool) -> None:
    if verbose:
        traceback.print_exc(file=sys.stderr)
    from naeum.cli.aloud import warn

    warn(sentence)
