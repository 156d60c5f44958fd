"""Where does what is taken away go, so that nothing of the user's is overwritten and nothing half-written is left?"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from naeum.errors import InputError
from naeum.store.files import flush
from naeum.takeaway.sheet import MARK

HEAD = 1_000  # characters of a file in which the mark of naeum stands
NAME = "model"  # of the file inside a folder
NOTE = ".naeum"  # stands in a folder that naeum wrote
WEIGHTS = "weights"


@dataclass(frozen=True)
class Places:
    """Where things are written at first, and where they go.

    Args:
        part: the folder that is written into.
        script: the file in it, and
        weights: the folder of the weights beside it.
        final, final_weights: where both go.
        requirements: a file with the packages, where a folder is made.
    """

    part: Path
    script: Path
    weights: Path
    final: Path
    final_weights: Path
    requirements: Path | None


@contextmanager
def placing(target: Path, suffix: str) -> Iterator[Places]:
    """Places to write a file and its weights into; they are moved to `target` when all is written.

    Raises:
        InputError: something that naeum did not write stands there.
    """
    whole = not suffix or target.suffix.lower() != suffix
    final = target / f"{NAME}{suffix}" if whole else target
    final_weights = target / WEIGHTS if whole else target.with_name(f"{target.stem}_{WEIGHTS}")
    check(target, final, final_weights, suffix)
    around = target.absolute().parent
    around.mkdir(parents=True, exist_ok=True)
    part = around / f".{target.stem}.{secrets.token_hex(4)}"
    (part / final_weights.name).mkdir(parents=True)
    requirements = part / "requirements.txt" if whole and suffix else None
    try:
        yield Places(part, part / final.name, part / final_weights.name, final, final_weights, requirements)
        if not whole:
            (part / final_weights.name / NOTE).touch()
        for file in part.rglob("*"):
            if file.is_file():
                flush(file)
        if whole:
            (part / NOTE).touch()
            replace(part, target)
        else:
            replace(part / final_weights.name, final_weights)
            (part / final.name).replace(final)
        flush(around)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def replace(new: Path, old: Path) -> None:
    """Put a folder in the place of another one, or of none."""
    aside = old.absolute().parent / f".{old.name}.{secrets.token_hex(4)}"
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def check(target: Path, final: Path, weights: Path, suffix: str) -> None:
    """Refuse a place that holds what naeum did not write.

    Raises:
        InputError: it does.
    """
    if target == final:
        free = (not final.exists() or ours(final)) and (not weights.exists() or (weights / NOTE).exists())
    else:
        free = not target.exists() or (target / NOTE).exists() or (target.is_dir() and not any(target.iterdir()))
    if not free:
        raise InputError(
            f"a model must be written to a new place, or over one that naeum wrote; {target} holds something else; "
            f"name another folder, or a file that ends in {suffix}"
        )


def ours(file: Path) -> bool:
    """Whether naeum wrote a file."""
    return file.is_file() and MARK.search(file.read_text(encoding="utf-8", errors="replace")[:HEAD]) is not None
