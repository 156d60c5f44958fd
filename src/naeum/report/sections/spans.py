"""How good are the answers from passages: exact, in part, and where there is none? And which were the worst?"""

from __future__ import annotations

import numpy as np

from naeum.measure.judged import judged
from naeum.measure.spans import ScoredSpans
from naeum.report import words
from naeum.report.markup import Content, Markup, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

MOST = 20  # mistakes that are shown
BESIDE = 70  # characters of the passage that are shown on either side of an answer


def spans(view: View) -> Section | None:
    """Exact answers and F1 with and without an answer in the passage, on tune; the worst answers in their passages."""
    if view.tune is None or view.outputs is None or view.ladder.task.output != "span":
        return None
    scored = judged(view.outputs, view.tune)
    if not isinstance(scored, ScoredSpans):
        return None
    lines: list[tuple[Content, ...]] = []
    for name, which in (
        ("all", np.ones(len(scored), np.bool_)),
        ("the passage answers", scored.answerable > 0),
        ("it does not", scored.answerable == 0),
    ):
        if which.any():
            told = [float(values[which].mean()) for values in (scored.overlap, scored.right, scored.given)]
            lines.append((name, *(words.number(value, 3) for value in told), f"{int(which.sum()):,}"))
    how = "characters" if 2 * scored.single.sum() > len(scored) else "words"
    body = join(
        tag("p", f"F1 is over the {how} that an answer shares with the nearest right one; exact means that nothing but "
            "case, signs and articles differs. No answer is right where the passage gives none."),
        table(("questions", "F1", "exact", "answered", "rows"), lines, (1, 2, 3, 4)),
        _worst(view, scored),
    )  # fmt: skip
    return Section("spans", "How good the answers are", "Answers", body)


def _worst(view: View, scored: ScoredSpans) -> Markup | None:
    """The answers with the least F1, those that were surest first."""
    if view.tune is None or view.outputs is None or not view.rows:
        return None
    sure = view.outputs.confidence[view.judged]
    order = np.lexsort((-sure, scored.overlap))[:MOST]
    order = order[scored.overlap[order] < 1]
    if not len(order):
        return None
    rows = view.tune.rows.take(view.judged[order]).to_pylist()
    inputs = view.ladder.task.inputs
    lines: list[tuple[Content, ...]] = [
        (
            " ".join(str(row[name] or "") for name in inputs[:-1]),
            _shown(row[inputs[-1]] or "", scored.golds[at], scored.answered[at]),
            scored.golds[at][0] if scored.golds[at] else "no answer",
            scored.answered[at] or "no answer",
            words.number(float(sure[at]), 2),
        )
        for at, row in zip(order.tolist(), rows, strict=True)
    ]
    said = f"The {words.count(len(order), 'answer')} of the tune part with the least F1, the surest first. The right"
    return join(
        tag("p", f"{said} answer is underlined, the given one marked."),
        table(("question", "passage", "right", "answered", "confidence"), lines, (4,)),
    )


def _shown(passage: str, golds: tuple[str, ...], answered: str) -> Markup:
    """The passage around the right answer and around the given one, both marked."""
    gold = golds[0] if golds else ""
    places = [(passage.find(text), text, name) for text, name in ((gold, "u"), (answered, "mark")) if text]
    kept: list[Content] = []
    for start, text, name in sorted(one for one in places if one[0] >= 0):
        low, high = max(start - BESIDE, 0), start + len(text)
        kept += ["…" if low else "", passage[low:start], tag(name, text), passage[high : high + BESIDE], "… "]
    return tag("span", *(kept or [passage[: 2 * BESIDE], "…"]), class_="text")
