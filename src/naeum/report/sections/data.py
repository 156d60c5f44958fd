"""What were the data, and how were they split?"""

from __future__ import annotations

from naeum.report import figures
from naeum.report.markup import figure, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

PARTS = (
    ("fit", "learned from"),
    ("tune", "what a fit decides by looking, diagnosis, mistakes shown here"),
    ("select", "chooses the champion; seen by nothing else"),
    ("test", "opened once, at the end"),
    ("unlabelled", "rows without a label"),
)
REGIMES = {
    "parts": "The rows were cut into parts.",
    "folds": "There are few rows, so tune and select are five folds: each row is answered by models that did not learn "
    "from it.",
    "nested": "There are very few rows, so the score comes from nested cross-validation instead of a test part.",
}


def _caption(view: View) -> str:
    first = {
        "number": "How the numbers are spread",
        "tags": "How often each tag stands",
        "labels": "Rows with each label",
        "span": "Rows with an answer in their passage and without",
    }
    reads = any(kind in ("text", "words") for kind in view.ladder.task.columns.values())
    text = first.get(view.ladder.task.output, "Rows of each class")
    return f"{text}, and how long the texts are." if reads else f"{text}."


def data(view: View) -> Section:
    """Class counts, text lengths, parts, and what was inferred."""
    summary = view.ladder.summary
    lines = [(name, f"{int(summary[name]):,}", use) for name, use in PARTS if summary.get(name)]
    tokens = summary.get("tokens") or {}
    lengths = ", ".join(f"{name} {tokens[name]:,.0f}" for name in ("p50", "p95", "p99", "max") if name in tokens)
    drawn = figures.draw("overview", view, "what is answered, and words a text")
    notes = [tag("li", str(note)) for note in summary.get("notes", ())]
    overview = " ".join(str(sentence) for sentence in summary.get("overview", ()))
    body = join(
        tag("p", overview) if overview else None,
        tag(
            "div",
            figure(drawn, _caption(view)),
            tag(
                "div",
                tag("p", REGIMES.get(str(summary.get("regime")), "")),
                tag("p", f"Words a text: {lengths}.") if lengths else None,
            ),
            class_="beside",
        ),
        table(("part", "rows", "used for"), lines, (1,)),
        join(tag("h3", "What was inferred and seen"), tag("ul", *notes, class_="notes")) if notes else None,
    )
    return Section("data", "The data", "Data", body)
