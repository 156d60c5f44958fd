"""What did engines do with a model here, by threads and batches: tried now, or remembered?"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.compress.export.quickest import Job
    from naeum.engine.trial import Chosen


def job_of(ladder: Any, rows: pa.Table, rung: int | None, threads: int | None = None) -> Job:
    """A job of a run or of an exported model; its choices and exports are kept where `naeum predict` looks for them."""
    from naeum.cli.job import key_of
    from naeum.cli.predict import Export
    from naeum.compress.export.quickest import Job, home_of_exports

    home = home_of_exports() if isinstance(ladder, Export) else Path(ladder.folder) / "cache" / "engine"
    return Job(rows, home, key_of(ladder, rung), threads)


def tried(ladder: Any, job: Job, rung: int | None, *, now: bool) -> Chosen | None:
    """What a trial finds now, or found before; None where there was none.

    Args:
        ladder: a run, or an exported model.
        job: as `job_of` gives it.
        rung: None: the champion.
        now: try anew; a model of a run is exported for that.

    Raises:
        InputError: the model cannot be exported, or nothing in its export is for an engine.
        ParityError: its export does not answer as it does.
    """
    from naeum.cli.predict import Export
    from naeum.compress.export import quickest

    found = ladder.champion if isinstance(ladder, Export) else ladder.model(rung).predictor
    if not now:
        return quickest.known(found, job, quickest.Wish())
    plain = None if isinstance(ladder, Export) else found
    return quickest.tried(quickest.made(found, job), job, quickest.Wish(), plain, anew=True)


def told(found: Chosen) -> str:
    """A table of what was tried, the quickest first, those that are not to be chosen last."""
    lines = ["engine       exactness  threads  at a time  tokens  rows a second"]
    for one in sorted(found.tried, key=lambda one: (bool(one.refused), -one.rows_per_second)):
        way = one.way
        budget = f"{way.budget:,}" if way.engine != "torch" else "-"
        place = "" if way.device == "cpu" else f"on {way.device} "
        end = place + (f"refused: {one.refused}" if one.refused else "")
        lines.append(
            f"{way.engine:11}  {way.precision:9}  {way.threads:7}  {way.streams:9}  {budget:>6}  "
            f"{one.rows_per_second:13,.0f}  {end}".rstrip()
        )
    return "\n".join([*lines, found.said])


def document(found: Chosen) -> dict[str, Any]:
    """The same as JSON-able data."""
    return {
        "way": found.way.to_json(),
        "remembered": found.remembered,
        "tried": [asdict(one) for one in found.tried],
    }
