"""What does a run take on the disk, and what of it can go?

Models of rungs stay: `predict --rung`, `choose` and going on need them. What can be made again goes when asked:
features and tokens (`cache`), answers, half-trained models (`scratch`), and models that no rung or refit is made of.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naeum.improve.ladder import LEDGER
from naeum.store import Ledger, lock

AGAIN = ("cache", "scratch", "answers")  # folders whose content is made again when it is asked for
IGNORED = "# Runs of naeum: data, models and caches, made again by the same command.\n*\n"


@dataclass(frozen=True)
class Kept:
    """What a run takes, in bytes."""

    folder: Path
    models: int  # artifacts that rungs, refits and bags are made of
    spare: int  # artifacts that nothing of these is made of: fits of a diagnosis or a search
    again: int  # what is made again when it is asked for
    data: int  # the rows, and everything else
    used: float  # when the run was last written to, in seconds since 1970

    @property
    def whole(self) -> int:
        """All of it."""
        return self.models + self.spare + self.again + self.data


def runs_in(folder: Path) -> list[Path]:
    """The run folders in a folder, or the folder itself where it is one; the longest unused first."""
    if (folder / LEDGER).exists():
        return [folder]
    found = [path.parent for path in folder.glob(f"*/{LEDGER}")] if folder.is_dir() else []
    return sorted(found, key=lambda run: ((run / LEDGER).stat().st_mtime, run))


def kept(run: Path) -> Kept:
    """What a run takes."""
    needed, artifacts = needed_in(run), run / "artifacts"
    models = sum(size_of(artifacts / key) for key in needed)
    spare = size_of(artifacts) - models
    again = sum(size_of(run / name) for name in AGAIN)
    return Kept(run, models, spare, again, size_of(run) - models - spare - again, (run / LEDGER).stat().st_mtime)


def clear(run: Path) -> int:
    """Take away what can be made again, and models that nothing is made of; gives the bytes that are free then.

    Raises:
        RunInUse: a process works in the run folder.
    """
    with lock(run):
        needed = needed_in(run)
        spare = [path for path in (run / "artifacts").glob("*") if path.is_dir() and path.name not in needed]
        going = [*(run / name for name in AGAIN), *spare]
        freed = sum(size_of(path) for path in going)
        for path in going:
            shutil.rmtree(path, ignore_errors=True)
    return freed


def capped(runs: Sequence[Path], most: int) -> dict[Path, int]:
    """Clear runs, the longest unused first, until all take at most so many bytes; gives what each of them freed."""
    total = sum(size_of(run) for run in runs)
    freed: dict[Path, int] = {}
    for run in runs:
        if total - sum(freed.values()) <= most:
            break
        freed[run] = clear(run)
    return {run: count for run, count in freed.items() if count}


def needed_in(run: Path) -> set[str]:
    """The artifacts that rungs, refits and bags are made of, with all that they refer to."""
    events = tuple(Ledger(run / LEDGER))
    waiting = [str(event["artifact"]) for event in events if event.get("artifact")]
    seen: set[str] = set()
    while waiting:
        key = waiting.pop()
        manifest = run / "artifacts" / key / "manifest.json"
        if key in seen or not manifest.exists():
            continue
        seen.add(key)
        waiting += _children(manifest)
    return seen


def _children(manifest: Path) -> Iterable[str]:
    found: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
    return [str(key) for key in found["children"].values()]


def size_of(folder: Path) -> int:
    """Bytes of all files in a folder; 0 where there is none."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) if folder.is_dir() else 0
