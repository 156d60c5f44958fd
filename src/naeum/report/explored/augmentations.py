"""What does each augmentation do to real rows, side by side?"""

from __future__ import annotations

from naeum.report.explored.view import Seen
from naeum.report.markup import Content, folded, join, table, tag
from naeum.report.sections.section import Section

UNCHANGED = "–"


def augmentations(view: Seen) -> Section | None:
    """Ten real rows beside what each augmentation makes of them; nothing where no rows may be shown."""
    found = view.part("augmentations")
    if not found or not view.rows:
        return None
    lines: list[tuple[Content, ...]] = [
        (tag("strong", one["text"]), *(_marked(one["text"], one["made"][name]) for name in found["methods"]))
        for one in found["rows"]
    ]
    left_out = (
        f" Left out: {', '.join(found['left_out'])} (other languages, or a lexicon is needed)."
        if found["left_out"]
        else ""
    )
    body = join(
        tag(
            "p",
            f"What the augmentations for {found['language']} make of real rows; a changed word is marked.{left_out}",
        ),
        folded("Ten rows", table(("row", *found["methods"]), lines), opened=True),
    )
    return Section("augmentations", "What augmentation would do", "Augmentation", body)


def _marked(text: str, made: str | None) -> Content:
    """The made text with the words that the original has not set off."""
    if made is None:
        return UNCHANGED
    known = set(text.split())
    parts: list[Content] = []
    for word in made.split():
        parts += [word if word in known else tag("mark", word), " "]
    return tag("span", *parts[:-1])
