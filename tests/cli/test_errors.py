"""Is every error one sentence and the right exit code?"""

import errno

import pytest
import typer

from naeum.cli.errors import said, told
from naeum.errors import InputError, RunInUse, StoreError

SILENT = r"^\d*$"  # an exit carries a code, no words: those went to stderr


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (
            InputError("a file must hold rows;\n it is empty; add some"),
            2,
            "a file must hold rows; it is empty; add some",
        ),
        (RunInUse("one process must work in a run; 17 does"), 2, "17 does"),
        (StoreError("the ledger must be whole; line 3 is not"), 2, "line 3"),
        (OSError(errno.ENOSPC, "No space left on device", "/runs/a"), 2, "room for /runs/a; it is full"),
        (OSError(errno.EDQUOT, "Quota"), 2, "the disk must have room; it is full"),
        (PermissionError(errno.EACCES, "Permission denied", "/x"), 2, "/x must be usable; permission denied"),
        (ValueError("boom\nbang"), 1, "naeum failed (ValueError: boom bang). This is a fault of naeum: add --verbose"),
    ],
)
def test_a_sentence_and_a_code(error, code, words):
    sentence, found = told(error)
    assert found == code
    assert words in sentence and "\n" not in sentence


@pytest.mark.parametrize(
    ("error", "code"), [(InputError("a; b; c"), 2), (KeyboardInterrupt(), 130), (RuntimeError("x"), 1)]
)
def test_the_sentence_goes_to_stderr_without_traceback(error, code, capsys):
    with pytest.raises(typer.Exit, match=SILENT) as end, said(verbose=False):
        raise error
    out, err = capsys.readouterr()
    assert end.value.exit_code == code
    assert out == "" and err.startswith("naeum: ") and err.count("\n") == 1 and "Traceback" not in err


def test_verbose_shows_the_traceback(capsys):
    with pytest.raises(typer.Exit, match=SILENT), said(verbose=True):
        raise InputError("a; b; c")
    assert "Traceback" in capsys.readouterr().err


def test_an_exit_passes_through():
    with pytest.raises(typer.Exit, match=SILENT) as end, said(verbose=False):
        raise typer.Exit(5)
    assert end.value.exit_code == 5
