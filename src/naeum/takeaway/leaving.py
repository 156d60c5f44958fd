"""How does the champion of a run leave naeum: as a program, as a notebook, as a folder of Hugging Face?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from naeum.improve.ladder import Ladder
from naeum.measure import metric
from naeum.takeaway import huggingface, notebook, script
from naeum.takeaway.story import Story, story


def leave(ladder: Ladder, target: Path, to: str, number: int | None = None) -> dict[str, Any]:
    """Write a rung of a run in one of FORMATS.

    Args:
        ladder: of the run.
        target: a file or a folder.
        to: the format.
        number: of the rung; None: the champion, refitted on all rows where that was done.

    Returns:
        What was written, where, and how near its answers are.

    Raises:
        InputError: the place holds something else, or a part of the model cannot be written so.
        ParityError: what was written does not answer as the run does.
    """
    chosen = ladder.model(number)
    shown = ladder.part("tune")
    rows = (shown if len(shown) else ladder.part("fit")).rows
    model = script.Model(
        chosen.predictor,
        chosen.rung.learner,
        found(ladder, chosen.rung.number),
        seed(ladder),
        ladder.options.get("weight"),
    )
    return {**FORMATS[to](model, Path(target), rows, ladder), "to": to, "rung": chosen.rung.number}


def found(ladder: Ladder, number: int) -> Story:
    """How the rung of a number was found."""
    name = metric(ladder.task.metric).title
    same = number == ladder.champion_rung.number
    return story(ladder.rungs, number, name, ladder.findings, ladder.why if same else "")


def seed(ladder: Ladder) -> int:
    """The seed of the run."""
    return int(ladder.options.get("seed") or 0)


def _script(model: script.Model, target: Path, rows: Any, ladder: Ladder) -> dict[str, Any]:
    return script.write(model, target, rows)


def _notebook(model: script.Model, target: Path, rows: Any, ladder: Ladder) -> dict[str, Any]:
    return notebook.write(model, target, rows, show=not ladder.options.get("no_rows"))


def _huggingface(model: script.Model, target: Path, rows: Any, ladder: Ladder) -> dict[str, Any]:
    return huggingface.write(model, target, rows)


Format = Callable[[script.Model, Path, Any, Ladder], dict[str, Any]]
FORMATS: Mapping[str, Format] = {"script": _script, "notebook": _notebook, "hf": _huggingface}
