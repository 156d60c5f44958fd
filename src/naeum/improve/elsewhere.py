"""How is a limit of time judged that is meant on another machine?

A profile that `naeum bench RUN --save` wrote there says how long that machine takes beside this one: by the model that
this run ships, where the profile is of it, else by small workloads. Latencies are measured here, and the limit is
divided by the upper end of the ratio. Megabytes are the same everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.measure import elsewhere as measuring
from naeum.measure.elsewhere import Meant, Profile, Ratio
from naeum.values import digest

if TYPE_CHECKING:
    from naeum.improve.site import Site

SECONDS = 3.0  # of measuring the shipped model here, where the profile is of it


def told(site: Site, before: Mapping[str, Any]) -> dict[str, Any]:
    """What the ledger keeps of the other machine, so that a run that goes on judges as it began; empty without one.

    Args:
        site: with the options.
        before: what it kept so far; it holds as long as no other profile is named or lies in the file.

    Raises:
        InputError: the file is no profile.
    """
    name = site.options.machine
    if name is None:
        return {}
    path = Path(name)
    mark = digest(path.read_bytes()) if path.is_file() else ""
    if before.get("file") == name and mark in ("", before["digest"]):
        return dict(before)
    return {"file": name, "digest": mark, **_measured(site, measuring.read(path))}


def meant(told: Mapping[str, Any], most: float | None) -> Meant | None:
    """The limit of milliseconds a row there; None where none is meant on another machine.

    Example:
        >>> kept = {"name": "a server", "by_model": False, "value": 2.0, "low": 1.0, "high": 2.5}
        >>> meant(kept, 5.0).here
        2.0
    """
    if not told or most is None:
        return None
    return Meant(told["name"], most, Ratio(told["value"], told["low"], told["high"]), told["by_model"])


def _measured(site: Site, profile: Profile) -> dict[str, Any]:
    """The name of the machine, and how many times as long it takes."""
    shipped = site.ledger.last("ship").get("artifact", "")
    by_model = bool(shipped) and profile.key == shipped
    if by_model:
        here = _latencies(site, shipped)
        ratio = measuring.ratio(profile, shipped, here, measuring.workloads())
    else:
        ratio = measuring.of_workloads(profile, measuring.workloads())
    return {"name": profile.name, "by_model": by_model, **asdict(ratio)}


def _latencies(site: Site, artifact: str) -> tuple[float, float]:
    """Milliseconds of single rows of a model here, 95 % and median."""
    from naeum.improve.rung import COST_ROWS, measured_parts
    from naeum.measure import cost

    rows = measured_parts(site).tune.rows.slice(0, COST_ROWS)
    found = cost(site.executor.fitted(artifact).predictor, rows, seconds=SECONDS)
    return found.latency_ms, found.median_ms
