"""How is this run made again?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from naeum import values
from naeum.report.markup import folded, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def reproducibility(view: View) -> Section:
    """Command, versions, seed, hashes, every option, and the champion's recipe."""
    ladder = view.ladder
    command = _bare(str(ladder.environment.get("command") or f"naeum improve --config {ladder.folder / 'run.yaml'}"))
    facts = [(name, tag("code", _text(value))) for name, value in _flat(ladder.environment) if name != "command"]
    options = [(name, tag("code", _text(value))) for name, value in ladder.options.items()]
    recipe = json.dumps(values.to_json(view.champion.learner), indent=2, ensure_ascii=False)
    body = join(
        tag("p", "The same command on the same machine with the same versions gives the same rungs."),
        tag("pre", tag("code", str(command))),
        table(("what", "value"), facts),
        folded("Every option of the run", table(("option", "value"), options)),
        folded("The champion's recipe", tag("pre", tag("code", recipe))),
    )
    return Section("reproduce", "How to make it again", "Reproduce", body)


def _bare(command: str) -> str:
    """The command without the folder its program lies in: that is of no use elsewhere."""
    program, _, rest = command.partition(" ")
    return f"{Path(program).name} {rest}".strip()


def _flat(document: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in document.items():
        inner = isinstance(value, dict)
        found.extend(_flat(value, f"{before}{name}.") if inner else [(f"{before}{name}", value)])
    return found


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "–"
    return "–" if value is None else {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
