"""Which of several labels does the champion find?"""

from __future__ import annotations

from naeum.measure.judged import judged
from naeum.measure.sets import ScoredSets
from naeum.report import words
from naeum.report.markup import Content, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

MOST = 40  # labels that are listed, the weakest first


def sets(view: View) -> Section | None:
    """Precision, recall and F1 of each label on tune, with its threshold where one was tuned."""
    if view.tune is None or view.outputs is None or view.ladder.task.output != "labels":
        return None
    scored = judged(view.outputs, view.tune)
    if not isinstance(scored, ScoredSets):
        return None
    true, answered = scored.truth.sum(axis=0), scored.predicted.sum(axis=0)
    both = (scored.truth & scored.predicted).sum(axis=0)
    lines: list[tuple[float, tuple[Content, ...]]] = []
    for at, name in enumerate(scored.task.classes):
        f1 = 2 * both[at] / (true[at] + answered[at]) if true[at] + answered[at] else None
        precision = both[at] / answered[at] if answered[at] else None
        recall = both[at] / true[at] if true[at] else None
        cut = 0.5 if view.outputs.cut is None else float(view.outputs.cut[at])
        line = (name, words.number(f1, 2), words.number(precision, 2), words.number(recall, 2), words.number(cut, 2))
        lines.append((1.0 if f1 is None else float(f1), (*line, f"{int(true[at]):,}")))
    lines.sort(key=lambda one: one[0])
    head = ("label", "F1", "precision", "recall", "answered from", "rows")
    body = join(
        tag("p", f"{words.percent(float(scored.right.mean()))} of the rows get exactly their labels."),
        table(head, [line for _, line in lines[:MOST]], (1, 2, 3, 4, 5)),
    )
    return Section("sets", "Which labels it finds", "Labels found", body)
