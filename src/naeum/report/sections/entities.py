"""Which entities does the champion find, and which does it miss?"""

from __future__ import annotations

from naeum.measure.entities import ScoredTags, types
from naeum.measure.judged import judged
from naeum.report import words
from naeum.report.markup import Content, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View


def entities(view: View) -> Section | None:
    """Precision, recall and F1 of each type of entity on tune."""
    if view.tune is None or view.outputs is None or view.ladder.task.output != "tags":
        return None
    scored = judged(view.outputs, view.tune)
    if not isinstance(scored, ScoredTags):
        return None
    true, answered, both = (one.sum(axis=0) for one in scored.counts)  # (types,)
    lines: list[tuple[Content, ...]] = []
    for at, name in sorted(enumerate(types(scored.task.classes)), key=lambda one: -true[one[0]]):
        precision = both[at] / answered[at] if answered[at] else None
        recall = both[at] / true[at] if true[at] else None
        f1 = 2 * both[at] / (true[at] + answered[at]) if true[at] + answered[at] else None
        lines.append(
            (name, words.number(f1, 2), words.number(precision, 2), words.number(recall, 2), f"{int(true[at]):,}")
        )
    right = words.percent(float(scored.right_words.sum() / max(scored.words.sum(), 1)))
    body = join(
        tag("p", f"An entity is right where its type, its first and its last word are. {right} of all words have the "
            "right tag; most words are of no entity, so that says little."),
        table(("type", "F1", "precision", "recall", "entities"), lines, (1, 2, 3, 4)),
    )  # fmt: skip
    return Section("entities", "Which entities it finds", "Entities", body)
