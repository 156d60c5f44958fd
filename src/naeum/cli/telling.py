"""How is a rung, and the end of a climb, told in words? The same for the live screen and for plain lines."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

from naeum.contract import Rung
from naeum.report import words

UNANSWERED = "the test file has no targets"  # how the note of such a run begins


def title(technique: str) -> str:
    """What a technique is called."""
    return words.title(technique, words.titles())


def what(rung: Rung, rungs: list[Rung]) -> str:
    """Technique and what it changed."""
    said = words.changes(rung, rungs)
    return f"{title(rung.technique)}: {said[0]}" + (f" (+{len(said) - 1})" if len(said) > 1 else "")


def score(rung: Rung) -> str:
    """The score with half its interval."""
    return f"{words.number(rung.score, 4)} ±{words.number((rung.high - rung.low) / 2)}"


def gain(rung: Rung) -> str:
    """The gain with its interval; nothing for the floor."""
    if not rung.parents:
        return ""
    return f"{words.signed(rung.gain, 4)} {words.signed_interval(rung.gain_low, rung.gain_high)}"


def cells(rung: Rung, rungs: list[Rung]) -> tuple[str, ...]:
    """What changed, score, gain, time, milliseconds, size: the cells of a wide table."""
    cost = rung.cost
    price = words.milliseconds(cost.get("latency_ms")), words.size(cost.get("size_mb"))
    return (what(rung, rungs), score(rung), gain(rung), words.seconds(cost.get("seconds")), *price)


def short_cells(rung: Rung) -> tuple[str, ...]:
    """The same cells for a narrow table: half intervals, three digits, seconds."""
    cost, half = rung.cost, words.number((rung.high - rung.low) / 2)
    reach = words.number((rung.gain_high - rung.gain_low) / 2)
    gained = f"{words.signed(rung.gain)} ±{reach}" if rung.parents else ""
    price = words.milliseconds(cost.get("latency_ms")), words.size(cost.get("size_mb"))
    return (
        title(rung.technique),
        f"{words.number(rung.score)} ±{half}",
        gained,
        f"{cost.get('seconds', 0):.0f} s",
        *price,
    )


def rung_line(rung: Rung, rungs: list[Rung]) -> str:
    """A rung in one plain line."""
    facts = [f"rung {rung.number:>2}", what(rung, rungs), score(rung)]
    facts += [f"gain {gain(rung)}"] if rung.parents else []
    cost = rung.cost
    facts += [words.seconds(cost.get("seconds")), f"{words.milliseconds(cost.get('latency_ms'))} a row"]
    facts += [words.size(cost.get("size_mb")), "kept" if rung.kept else "not kept"]
    return "  ".join(facts)


def tested(test: dict[str, Any]) -> str:
    """The opening of the test part in one sentence."""
    seen = int(test.get("seen") or 1)
    times = "seen once" if seen == 1 else f"seen {seen} times"
    text = f"Test {test['metric']} {words.number(test['value'], 4)} {words.interval(test['low'], test['high'], 4)}"
    text += f" on {words.count(int(test['rows']), 'row')} ({times})"
    if test.get("floor") and test.get("gain") is not None:
        bounds = words.signed_interval(test.get("gain_low"), test.get("gain_high"), 4)
        text += f"; {words.signed(test['gain'], 4)} {bounds} against the floor"
    without = test.get("without_leaks")
    if without and without.get("value") is not None:
        text += f"; without rows that also stand in fit {words.number(without['value'], 4)}"
    return text + "."


def ending(ladder: Any, report: Path | None) -> list[tuple[str, str]]:
    """The end of a climb: a name and a sentence each."""
    rung = ladder.champion_rung
    cost = rung.cost
    price = f"{words.milliseconds(cost.get('latency_ms'))} a row, {words.size(cost.get('size_mb'))}"
    said = [("Champion", f"rung {rung.number}, {words.learner(rung.learner)}; {price}")]
    if ladder.test:
        said.append(("Score", tested(ladder.test)))
    elif ladder.estimate:
        found = ladder.estimate
        bounds = words.interval(found["low"], found["high"], 4)
        said.append(("Score", f"cross-validated {words.number(found['value'], 4)} {bounds}; there is no test part."))
    else:
        bounds = words.interval(rung.low, rung.high, 4)
        said.append(("Score", f"estimated {words.number(rung.score, 4)} {bounds}; the test part stays unopened."))
    said += [("Why", ladder.why)] if ladder.why else []
    said += [("Next", ladder.forecast)] if ladder.forecast else []
    if report is not None:
        said.append(("Report", str(report)))
    said.append(("Use it", f"naeum predict {ladder.folder} {asked(ladder)}"))
    return said


def asked(ladder: Any) -> str:
    """What `predict` is likely wanted for: a contest's own test file and its sample, where they are there."""
    named = ladder.options.get("test")
    if not named or not any(note.startswith(UNANSWERED) for note in ladder.summary.get("notes", ())):
        return "FILE --out answers.csv"
    file = Path(named)
    samples = sorted(path for path in file.parent.glob("*.csv") if "sample" in path.name.lower())
    if not samples:
        return f"{shlex.quote(str(file))} --out answers.csv"
    return f"{shlex.quote(str(file))} --like {shlex.quote(str(samples[0]))} --out submission.csv"


def nothing_new(ladder: Any) -> str:
    """What to do with a run that was finished before."""
    return (
        f"{ladder.folder} was finished before; nothing was fitted. Go on with: naeum improve {ladder.folder} "
        "--minutes 20, or start afresh in another folder with --run DIR."
    )
