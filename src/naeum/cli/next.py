"""What should one type next, here? By the data files and the runs that lie in the folder."""

from __future__ import annotations

import shlex
from pathlib import Path

from naeum import tongue
from naeum.cli.aloud import padded, width

DATA = (".csv", ".tsv", ".jsonl", ".parquet", ".xlsx", ".arrow", ".conll")
TRAINING = ("train", "training", "data")  # names that are taken before others
OTHERS = ("test", "valid", "dev", "sample", "submission", "answers", "oof")  # names that are not for learning from
MOST = 3  # runs that are named
TAIL = 4096  # bytes at the end of a ledger: its last event


def suggestions(folder: Path) -> list[tuple[str, str]]:
    """Commands with what each does, the most useful first; empty where nothing lies here.

    Nothing is loaded and nothing large is read: names, and the last line of each run's ledger.
    """
    found: list[tuple[str, str]] = []
    runs = sorted(folder.glob("runs/*/ledger.jsonl"), key=lambda path: -path.stat().st_mtime)
    for ledger in runs[:MOST]:
        run = shlex.quote(str(ledger.parent.relative_to(folder)))
        if _last(ledger) == "done":
            found.append((f"naeum predict {run} FILE --out answers.csv", f"answer new rows with {run}"))
            found.append((f"naeum why {run}", "why each rung was tried, kept or not"))
        else:
            found.append((f"naeum improve {run}", f"go on where {run} stopped"))
    data = _data(folder)
    if data is not None and not runs:
        name = shlex.quote(data.name)
        found.append((f"naeum explore {name}", "see what the data are, and what is wrong with them"))
        found.append((f"naeum improve {name} --target COLUMN --minutes 5", "make a model that answers this column"))
    return found


def told(pairs: list[tuple[str, str]]) -> str:
    """The suggestions as lines, one below the other, in the language that is spoken."""
    wide = max(width(command) for command, _ in pairs)
    lines = (f"  {padded(command, wide)}  {tongue.said(why)}" for command, why in pairs)
    return tongue.said("Here you could type:") + "\n\n" + "\n".join(lines) + "\n\n"


def _data(folder: Path) -> Path | None:
    """The file that looks most like one to learn from."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and _bare(path)[1] in DATA)
    files = [path for path in files if not any(word in _bare(path)[0] for word in OTHERS)]
    first = [path for path in files if any(word in _bare(path)[0] for word in TRAINING)]
    return next(iter(first or files), None)


def _bare(path: Path) -> tuple[str, str]:
    """The name in small letters without its endings, and the ending that says the format."""
    name = path.name.lower().removesuffix(".gz")
    return name.partition(".")[0], f".{name.rpartition('.')[2]}"


def _last(ledger: Path) -> str:
    """The last event that is no afterthought of the user's: "done" of a run that came to its end."""
    with ledger.open("rb") as file:
        file.seek(max(ledger.stat().st_size - TAIL, 0))
        lines = file.read().decode("utf-8", "replace").splitlines()
    names = [line.partition('"event": "')[2].partition('"')[0] for line in lines]
    return next((name for name in reversed(names) if name and name not in ("choose", "pin", "remark")), "")
