"""Should cells be filled, clipped or brought into one form, and equal rows be learned from once?

The steps are those that the checks of the data name for what they found. They are settled on the fit rows and done
again on every row that is ever predicted (`model.around.prepared`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from naeum import values
from naeum.contract import Evidence, Finding, Rung, Task
from naeum.data.clean import Clip, DropDuplicates, Fill, Normalise
from naeum.improve.techniques.editing import Change, bare, of_kind, technique
from naeum.model.around.prepared import Prepared

MOST = 20  # columns of one change: beyond, a learner that bears such cells by itself is the better answer


def _fill(name: str, kind: str) -> Any:
    return {"number": Fill(name, "median"), "category": Fill(name, "most frequent")}.get(kind)


def _clip(name: str, kind: str) -> Any:
    return Clip(name, "percentiles") if kind == "number" else None


def _normalise(name: str, kind: str) -> Any:
    return Normalise(name) if kind in ("category", "text") else None


# Code of a finding about columns -> the step for one of them, and what it does in words.
STEPS: Mapping[str, tuple[Callable[[str, str], Any], str]] = {
    "D04": (_fill, "missing cells filled"),
    "D05": (_fill, "missing cells filled"),
    "D07": (_clip, "numbers clipped to the 1st and 99th percentile"),
    "D10": (_clip, "numbers clipped to the 1st and 99th percentile"),
    "D13": (_clip, "numbers clipped to the 1st and 99th percentile"),
    "D18": (_normalise, "words brought into one form"),
}
COPIES = "D01"


def _prepare(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    at, learner = bare(rung.learner)
    if learner.kind == "majority":
        return
    there = next(iter(of_kind(rung.learner, "prepared")), None)
    done = {(step.kind, getattr(step, "column", "")) for step in there[1].steps} if there else set()
    every: list[Any] = []
    for finding in evidence.findings:
        steps = [
            step for step in _steps(finding, evidence.task) if (step.kind, getattr(step, "column", "")) not in done
        ]
        if not steps:
            continue
        done |= {(step.kind, getattr(step, "column", "")) for step in steps}
        every += steps
        yield Change(_put(rung.learner, (at, learner), there, steps), _said(finding.code, steps), finding.seen)
    if len({step.kind for step in every}) > 1:
        yield Change(_put(rung.learner, (at, learner), there, every), "all of these steps together", "they go together")


def _steps(finding: Finding, task: Task) -> list[Any]:
    """The steps that a finding calls for, those on columns that the learner reads."""
    if finding.code == COPIES:
        return [DropDuplicates((*task.inputs, task.target))]
    if finding.code not in STEPS:
        return []
    made = STEPS[finding.code][0]
    named = [name for name in task.columns if any(_is_about(*said, name) for said in finding.numbers.items())]
    steps = [made(name, task.columns[name]) for name in named[:MOST]]
    return [step for step in steps if step is not None]


def _is_about(number: str, value: float, column: str) -> bool:
    """Whether a number of a finding is about a column: `share of age`, `infinite in age`, `age`; a column of which
    everything is missing (a share of 1) has nothing to fill it with."""
    about = number == column or number.endswith((f" of {column}", f" in {column}"))
    return about and not (number.startswith("share of ") and value >= 1.0)


def _said(code: str, steps: list[Any]) -> str:
    if code == COPIES:
        return "equal rows learned from once"
    return f"{STEPS[code][1]} ({', '.join(step.column for step in steps)})"


def _put(learner: Any, bare_one: tuple[str, Any], there: tuple[str, Any] | None, steps: list[Any]) -> Any:
    """The learner with the steps after those that it has, cells before rows."""
    if there is not None:
        return values.put(learner, f"{there[0]}.steps".lstrip("."), (*there[1].steps, *steps))
    at, inner = bare_one
    return values.put(learner, at, Prepared(inner=inner, steps=tuple(steps)))


PREPARE = technique("prepare", "fill, clip or normalise cells, drop equal rows", (COPIES, *STEPS), _prepare)
