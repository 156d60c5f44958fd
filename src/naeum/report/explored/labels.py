"""What is wrong with the labels, and which rows are worth a second look?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from naeum.report import words
from naeum.report.explored.view import Seen
from naeum.report.markup import Content, Markup, folded, join, table, tag
from naeum.report.sections.section import Section

MOST = 30  # rows that are shown of each kind


def labels(view: Seen) -> Section | None:
    """Conflicting labels, suspected errors, hard and ambiguous rows, agreement of annotators."""
    conflicts, suspects, people = view.part("conflicts"), view.part("suspects"), view.part("annotators")
    if not (conflicts or suspects or people):
        return None
    body = join(
        _suspects(suspects, view.rows) if suspects else None,
        _conflicts(conflicts, view.rows) if conflicts else None,
        _people(people) if people else None,
    )
    return Section("labels", "The labels", "Labels", body)


def _suspects(found: Mapping[str, Any], rows: bool) -> Markup:
    by = " and ".join(found["by"])
    share = f"{words.percent(found['rate'])} ({words.percent(found['low'])} to {words.percent(found['high'])})"
    said = (
        f"{found['suspects']:,} of {found['judged']:,} labels look wrong to models that did not see them (by {by};"
        f" confident learning, Northcutt et al. 2021): were all of these wrong, {share} of the labels would be."
        f" Out-of-fold, {words.percent(found['wrong'])} of the rows are answered otherwise than they are labelled."
    )
    confused = [(one, other, f"{count:,}") for one, other, count in found["confused"]]
    return join(
        tag("p", said),
        tag("h3", "Labels that look wrong"),
        tag("p", "Have a person look before changing them: naeum label export writes them for Label Studio.",
            class_="note"),
        _rows(found["listed"], rows, ("label", "suggested"), ("suspicion", _suspicion)),
        folded("Hard rows: answered most surely otherwise than labelled, and no suspects",
               _rows(found["hard"], rows, ("label", "answered"), ("chance of its label", _chance))),
        folded(f"{words.count(found['ambiguous_rows'], 'ambiguous row')}: two classes nearly as likely",
               _rows(found["ambiguous"], rows, ("label",), ("between", lambda one: " or ".join(one["between"])))),
        folded("Classes mistaken for one another", table(("labelled", "answered", "rows"), confused, (2,)))
        if confused
        else None,
    )  # fmt: skip


def _conflicts(found: Mapping[str, Any], rows: bool) -> Markup:
    equal, near, cells = found["equal"], found["near"], found.get("what") == "rows"
    if cells:
        but = f" ({', '.join(found['left_out'])} left out, which gives the target away)" if found["left_out"] else ""
        said = f"{words.count(equal['rows'], 'row')} are equal in all columns but ids{but} and carry different labels."
    else:
        said = (
            f"{words.count(equal['inputs'], 'text')} with {words.count(equal['rows'], 'row')} carry different labels;"
            f" counting near copies {near['inputs']:,} with {near['rows']:,} rows."
        )
    said += f" No model can answer {words.percent(near['share'], 2)} of the labels rightly."
    lines = [(str(one["row"]), one["text"] if rows else "", one["label"]) for one in near["shown"][: 2 * MOST]]
    head = ("row (from 0)", ("cells" if cells else "text") if rows else "", "label")
    shown = folded("Rows with conflicting labels", table(head, lines, (0,))) if lines else None
    return join(tag("h3", f"Equal {'rows' if cells else 'texts'}, different labels"), tag("p", said), shown)


def _people(found: Mapping[str, Any]) -> Markup:
    measures = [
        (title, words.number(found[name], 3))
        for name, title in (
            ("krippendorff", "Krippendorff's alpha"), ("fleiss", "Fleiss' kappa"),
            ("cohen", "Cohen's kappa, mean of pairs"),
        )
    ]  # fmt: skip
    pairs = [(one, other, words.number(kappa, 3), f"{items:,}") for one, other, kappa, items in found["pairs"]]
    what = "items" if "long" in found else "rows"
    said = (
        f"{len(found['annotators'])} annotators ({', '.join(found['annotators'])}) labelled {found['items']:,} {what}"
        f" twice or more, all alike in {words.percent(found['unanimous'])}. Alpha of 0.8 carries conclusions, 0.667"
        " tentative ones (Krippendorff 2004)."
    )
    form = found.get("long")
    return join(
        tag("h3", "Do the annotators agree?"),
        tag("p", said),
        tag("p", f"A row is a label of {form['item']} by {form['person']}.", class_="note") if form else None,
        table(("measure", "value"), measures, (1,)),
        folded("Pairs, those that agree least first", table(("one", "other", "kappa", "rows"), pairs, (2, 3))),
    )


def _rows(found: Sequence[Mapping[str, Any]], rows: bool, names: Sequence[str], last: tuple[str, Any]) -> Markup:
    head = ("text" if rows else "row (from 0)", *names, last[0])
    lines: list[tuple[Content, ...]] = [
        (
            tag("span", one["text"], class_="text") if rows else tag("code", str(one["row"])),
            *(str(one[name]) for name in names),
            last[1](one),
        )
        for one in found[:MOST]
    ]
    return table(head, lines, (len(head) - 1,))


def _suspicion(one: Mapping[str, Any]) -> str:
    return words.number(1 - one["score"], 2)


def _chance(one: Mapping[str, Any]) -> str:
    return words.number(one["chance"], 2)
