"""How does a thing look in a notebook: data, a finding, a rung, a ladder, answers?

Each function gives a small piece of HTML from plain values. Everything of the user's is escaped; colours are those of
the notebook, so it reads on a light and on a dark page.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import decoding

if TYPE_CHECKING:
    import pandas as pd

ROWS = 5  # of data that are shown
LONG = 80  # characters of a cell
TINT = {"issue": "#c0392b", "warning": "#b8621b", "tip": "#3b6ea8"}
LEFT = "text-align:left"
FLAG = re.compile(r"--([a-z][a-z-]*)( [A-Z]+(?:\|[A-Z]+)*\b)?")  # with the name of its value


def text(value: Any) -> str:
    """A value as escaped text, a long one cut."""
    if isinstance(value, (bytes, bytearray)):
        return f"<i>{len(value):,} bytes</i>"
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:,.6g}"
    said = "" if value is None else str(value)
    return html.escape(said if len(said) <= LONG else f"{said[: LONG - 1]}…")


def note(said: str) -> str:
    """A note as HTML; a flag of the command is the argument of Python that it is in a notebook.

    Example:
        >>> note("metric = f1 (--max-size-mb MB says <otherwise>)")
        'metric = f1 (<code>max_size_mb=</code> says &lt;otherwise&gt;)'
    """
    return FLAG.sub(lambda found: f"<code>{found[1].replace('-', '_')}=</code>", html.escape(said))


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], marked: int | None = None) -> str:
    """A table; row `marked` is bold. Cells are escaped but those that are `Raw`."""
    top = "".join(f"<th style='{LEFT}'>{html.escape(name)}</th>" for name in head)
    lines = []
    for at, row in enumerate(rows):
        bold = ";font-weight:bold" if at == marked else ""
        cells = (cell.html if isinstance(cell, Raw) else text(cell) for cell in row)
        lines.append("<tr>" + "".join(f"<td style='{LEFT}{bold}'>{cell}</td>" for cell in cells) + "</tr>")
    return f"<table><thead><tr>{top}</tr></thead><tbody>{''.join(lines)}</tbody></table>"


class Raw:
    """A cell that is HTML already."""

    def __init__(self, html: str) -> None:
        self.html = html


def facts(pairs: Mapping[str, Any]) -> str:
    """Names with values in one line; those that say nothing are left out."""
    said = (f"<b>{html.escape(name)}</b> {text(value)}" for name, value in pairs.items() if value not in (None, "", ()))
    return f"<p>{' · '.join(said)}</p>"


def shown(thing: Any) -> str:
    """A thing of the contract by its class."""
    return SHOWN[type(thing).__name__](thing)


def finding(found: Any) -> str:
    """A finding: its code, severity, what was seen, and what answers it."""
    colour = TINT.get(found.severity, "inherit")
    head = f"<b style='color:{colour}'>{text(found.code)} {text(found.title)}</b> ({text(found.severity)})"
    answered = f"<br><i>answered by {text(', '.join(found.answers))}</i>" if found.answers else ""
    rows = f"<br>{len(found.rows):,} rows show it" if found.rows else ""
    return f"<p>{head}<br>{html.escape(found.seen)}{rows}{answered}</p>"


def task(asked: Any) -> dict[str, Any]:
    """What a task says, for `facts`."""
    shown = ", ".join(asked.classes[:6]) + (", …" if len(asked.classes) > 6 else "")
    return {"target": asked.target, "answers": asked.output, "from": ", ".join(asked.inputs), "classes": shown,
            "metric": asked.metric}  # fmt: skip


def dataset(data: Any) -> str:
    """The first rows of a data set with their answers, and what is asked of them."""
    head = [*data.task.inputs, data.task.target]
    first = data.rows.slice(0, ROWS).to_pydict()
    cells = zip(*(first[name] for name in data.task.inputs), _answers(data), strict=True)
    more = f"<p>… and {len(data) - ROWS:,} more</p>" if len(data) > ROWS else ""
    return facts({"rows": f"{len(data):,}", **task(data.task)}) + table(head, cells) + more


def _answers(data: Any) -> list[Any]:
    """The true answers of the first rows; none where a row has none."""
    codes, classes = data.target[:ROWS], data.task.classes
    if data.task.output == "label" or data.truth is None:
        return [classes[code] if code >= 0 else None for code in codes]
    told = data.truth.slice(0, ROWS).to_pylist()
    if data.task.output not in ("labels", "tags"):
        return list(told)
    return [None if one is None else ", ".join(classes[code] for code in one) for one in told]


def rungs(made: Sequence[Any], champion: int | None) -> str:
    """A line a rung: technique, score and gain with their intervals, time, and whether it was kept."""
    marked = next((at for at, one in enumerate(made) if one.number == champion), None)
    head = ("#", "technique", "score", "95 %", "gain", "95 % of the gain", "took", "kept")
    return table(head, (_line(one) for one in made), marked)


def rung(one: Any) -> str:
    """A rung with its reason and its decision."""
    return rungs([one], None) + facts({"tried because": one.reason}) + f"<p>{html.escape(one.decision)}</p>"


def frame(answers: Any) -> pd.DataFrame:
    """Answers as a table of pandas; see `naeum.contract.Outputs.to_pandas`."""
    import pandas as pd

    found: dict[str, Any] = {"prediction": answers.labels}
    if answers.task.output == "span":
        start, end = decoding.places(answers).T
        return pd.DataFrame({**found, "confidence": answers.confidence, "start": start, "end": end})
    if answers.task.output != "number":
        return pd.DataFrame({**found, "confidence": answers.confidence})
    found["prediction"] = answers.labels.astype(np.float32)
    if answers.quantiles is not None:
        found |= {"low": answers.quantiles[:, 0], "high": answers.quantiles[:, 1]}
    return pd.DataFrame(found)


def outputs(answers: Any) -> str:
    """The first and last answers, with how many there are."""
    return str(answers.to_pandas().to_html(max_rows=2 * ROWS, show_dimensions=True))


def bar(share: float) -> str:
    """How far a thing is, from 0 to 1."""
    width = f"{100 * min(max(share, 0.0), 1.0):.0f}%"
    inside = f"<div style='width:{width};height:100%;background:#0f7a6c'></div>"
    return f"<div style='width:20em;height:.5em;border:1px solid currentColor;opacity:.8'>{inside}</div>"


def _line(one: Any) -> tuple[Any, ...]:
    gained = (f"{one.gain:+.4f}", f"[{one.gain_low:+.4f}, {one.gain_high:+.4f}]") if one.parents else ("", "")
    seconds = one.cost.get("seconds")
    took = "" if seconds is None else f"{seconds:.1f} s"
    interval = f"[{one.low:.4f}, {one.high:.4f}]"
    return (one.number, one.technique, f"{one.score:.4f}", interval, *gained, took, "✓" if one.kept else "")


SHOWN: Mapping[str, Callable[[Any], str]] = {"Dataset": dataset, "Finding": finding, "Outputs": outputs, "Rung": rung}
