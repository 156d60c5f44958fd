"""How does the recommended model come to its place, made of the champion that ships?

What was measured learned from fit rows alone. The recipe, with all that was decided, is done once more to the champion
that was refitted on all rows, where there is one; if its answers stray further from that champion's than the measured
one's from its own, the measured one is put there.
"""

from __future__ import annotations

import math
from pathlib import Path

from naeum.compress.export import exported, folder, parity
from naeum.contract import Outputs, Predictor, Rung
from naeum.errors import NaeumError
from naeum.improve.rung import measured_parts
from naeum.improve.site import Site

STRAYS = 2.0  # times as many other answers than the measured one gives, and
ROWS = 3  # so many rows more, are chance


def ship(site: Site, champion: Rung, rung: Rung, place: Path) -> str:
    """Put the model of a rung into a folder; gives in a sentence which one it is.

    Raises:
        InputError: the folder holds something else than an earlier export.
        StoreError: an artifact is damaged.
    """
    folder.check_place(place)
    measured = site.executor.fitted(rung.artifact).predictor
    again = _again(site, champion, rung)
    model, said = (measured, "as it was measured") if again is None else (again, "made of the champion that ships")
    exported.written(model, place, measured_parts(site).tune.rows)
    return f"It lies in {place.absolute()}, {said}."


def _again(site: Site, champion: Rung, rung: Rung) -> Predictor | None:
    """The recipe done to the refitted champion; None where there is none, or where it answers worse."""
    ship = site.ledger.last("ship")
    refitted = ship.get("artifact", "") if ship.get("number") == champion.number else ""
    if not refitted or refitted == champion.artifact:
        return None
    parts = site.everything
    learner = site.executor.fitted(rung.artifact).predictor.decided(rung.learner)
    site.say("note", text=f"Making it again of the champion that ships, on {len(parts.fit):,} rows.")
    try:
        found = site.executor.fit(learner, parts, site.options.seed, math.inf).predictor
    except (NaeumError, RuntimeError, ValueError, ArithmeticError, MemoryError) as error:
        site.say("note", text=f"It could not be made again ({error}); the measured one is taken.")
        return None
    rows = measured_parts(site).tune.rows
    of = site.executor.fitted
    before = _other(of(rung.artifact).predictor.predict(rows), of(champion.artifact).predictor.predict(rows))
    after = _other(found.predict(rows), of(refitted).predictor.predict(rows))
    if after > STRAYS * before + ROWS:
        site.say("note", text=f"Made again it answers {after} rows otherwise, measured {before}: the latter is taken.")
        return None
    return found


def _other(ours: Outputs, theirs: Outputs) -> int:
    """Rows that are answered otherwise."""
    return parity.flips(ours, theirs)
