"""How is a limit kept that is meant on another machine?

The limit is divided by the upper end of the ratio of both machines, so that it holds there too; what is written out is
measured once more, and its card says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naeum.errors import InputError

SECONDS = 3.0  # of measuring the champion here


@dataclass(frozen=True)
class Elsewhere:
    """The other machine, where there is one."""

    profile: Any = None
    ratio: Any = None
    most: float = 0.0  # milliseconds there
    rows: Any = None  # that are timed

    @property
    def said(self) -> str:
        """How the machines compare, and what the limit becomes here; nothing without one."""
        if self.profile is None:
            return ""
        return (
            f"{self.profile.name} takes {self.ratio.said} times as long as this machine: {self.most:g} ms there are "
            f"{self.most / self.ratio.high:.3g} ms here, at the careful end."
        )

    def limits(self, given: Mapping[str, float]) -> dict[str, float]:
        """The limits as they are here."""
        if self.profile is None:
            return dict(given)
        return {**given, "latency_ms": self.most / self.ratio.high}

    def into(self, out: str | None) -> None:
        """Measure what was written out once more, and say in its card what it will take there."""
        if self.profile is None or out is None or not (Path(out) / "model.json").is_file():
            return
        from naeum.compress.export import exported
        from naeum.measure.cost import cost
        from naeum.store import write_atomic

        here = cost(exported.opened(Path(out)), self.rows, seconds=SECONDS).latency_ms
        card = json.loads((Path(out) / "model.json").read_text(encoding="utf-8"))
        card["machine"] = {
            "processor": self.profile.name,
            "most_ms": self.most,
            "here_ms": here,
            "there_ms": [here * one for one in (self.ratio.low, self.ratio.value, self.ratio.high)],
            "holds": here * self.ratio.high <= self.most,
            "measured_there": False,  # naeum bench FOLDER --rows FILE says it there
        }
        write_atomic(Path(out) / "model.json", json.dumps(card, ensure_ascii=False, indent=1))


def elsewhere(run: str, given: Mapping[str, float], machine: str | None) -> Elsewhere:
    """The machine of a profile beside this one, measured by the champion of a run.

    Raises:
        InputError: no latency is limited, or the file is no profile of this champion.
    """
    if machine is None:
        return Elsewhere()
    if "latency_ms" not in given:
        raise InputError("--machine says where a latency is meant; got no --max-latency-ms; add it, or leave it out")
    from naeum.cycle import open_run
    from naeum.measure import elsewhere as measuring
    from naeum.measure.cost import cost

    profile, ladder = measuring.read(Path(machine)), open_run(run)
    shown = ladder.part("tune")
    rows = (shown if len(shown) else ladder.part("fit")).rows
    if profile.key != ladder.shipped:
        measuring.ratio(profile, ladder.shipped, (1.0, 1.0), {})  # refused before anything is measured
    found = cost(ladder.champion.predictor, rows, seconds=SECONDS)
    ratio = measuring.ratio(profile, ladder.shipped, (found.latency_ms, found.median_ms), measuring.workloads())
    return Elsewhere(profile, ratio, given["latency_ms"], rows)
