"""How do machines follow a climb? One JSON object a line on stdout."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any


class Events:
    """Writes every event as JSON."""

    def __call__(self, event: dict[str, Any]) -> None:
        print(line(event), flush=True)

    def done(self, ladder: Any, report: Path | None) -> None:
        """The last line: where everything is."""
        rung = ladder.champion_rung
        self(
            {
                "event": "done", "run": str(ladder.folder), "report": None if report is None else str(report),
                "champion": rung.number, "technique": rung.technique, "score": rung.score, "low": rung.low,
                "high": rung.high, "test": ladder.test, "seconds": ladder.seconds, "why": ladder.why,
                "forecast": ladder.forecast,
            }
        )  # fmt: skip


def line(event: dict[str, Any]) -> str:
    """An event as one line of JSON; what is no number of JSON becomes null."""
    return json.dumps(_plain(event), ensure_ascii=False)


def _plain(thing: Any) -> Any:
    from naeum import values

    if values.is_value(thing):
        return values.to_json(thing)
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return {field.name: _plain(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
    if isinstance(thing, dict):
        return {str(name): _plain(item) for name, item in thing.items()}
    if isinstance(thing, (list, tuple)):
        return [_plain(item) for item in thing]
    if isinstance(thing, float):
        return thing if abs(thing) < float("inf") else None
    if thing is None or isinstance(thing, (str, int, bool)):
        return thing
    return thing.item() if hasattr(thing, "item") else str(thing)
