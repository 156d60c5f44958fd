"""How do the parts differ, and how do rows change over time?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from naeum.report import words
from naeum.report.explored.figures import draw, periods
from naeum.report.explored.view import Seen
from naeum.report.markup import Markup, figure, folded, join, table, tag
from naeum.report.sections.section import Section

COLUMNS = 20  # compared columns that are listed
TELLING = 3  # columns that are named
TELLABLE = 0.6  # AUROC from which a difference matters, as in D36 and D38


def shift(view: Seen) -> Section | None:
    """Each part against the training rows, and the oldest rows against the newest."""
    parts, drift = view.part("shift"), view.part("drift")
    if not parts and not drift:
        return None
    body = join(
        *(_part(one, view.rows) for one in (parts or {}).get("parts", ())),
        *(_drift(at, one) for at, one in enumerate((drift or {}).get("columns", ()))),
    )
    return Section("shift", "Do parts and times differ?", "Shift", body)


def _part(one: Mapping[str, Any], rows: bool) -> Markup:
    what = one.get("what", "texts")
    said = f"A classifier tells {one['part']} {what} from training {what} with {_area(one)}."
    if what != "texts" and one["all_columns"]["weights"]:
        most = ", ".join(name for name, drop in one["all_columns"]["weights"][:TELLING] if drop > 0)
        said += f" Most by {most}." if most else ""
    telling = [
        (
            f"more in {'train' if side['side'] == 'train' else one['part']}",
            ", ".join(each["word"] for each in side["words"]),
        )
        for side in one["words"]
    ]
    columns = [
        (each["column"], each["kind"], words.number(each["distance"]), f"{each['p_holm']:.1g}")
        for each in one["columns"][:COLUMNS]
    ]
    labels = one.get("labels")
    together = one["all_columns"]
    unlike = [(each["text"],) for each in one["unlike"]]
    return join(
        tag("h3", f"{one['part']} against train"),
        tag("p", said),
        tag("p", f"Class mix: Cramér's V {words.number(labels['cramer_v'])}, p {labels['p']:.1g}.") if labels else None,
        table(("", "telling words"), telling) if telling else None,
        tag(
            "p",
            f"All columns beside the text together: {_area(together)}, most by"
            f" {', '.join(name for name, drop in together['weights'][:3])}.",
        )
        if together and what == "texts"
        else None,
        table(("column", "kind", "distance", "p (Holm)"), columns, (2, 3)) if columns else None,
        folded(f"Most unlike the training {what}", table(("text" if what == "texts" else "row",), unlike))
        if rows and unlike
        else None,
    )


def _drift(at: int, one: Mapping[str, Any]) -> Markup:
    labels = one["labels"]
    shown = " and ".join(name for name, there in (("class mix", labels), ("length", one["lengths"])) if there)
    drawn = draw(f"drift{at}", f"{shown} over {one['column']}", periods.figure, one) if shown else None
    mix = f" The class mix over all periods: Cramér's V {words.number(labels['cramer_v'])}." if labels else ""
    return join(
        tag("h3", f"Over {one['column']}"),
        tag("p", f"A classifier tells the newest third from the oldest with {_area(one)}.{mix}"),
        figure(drawn, "Shares of the classes, and the median length of texts, in periods of like size.")
        if drawn
        else None,
        _weights(one),
        tag("p", f"More in old texts: {', '.join(one['words']['old'])}; in new ones: {', '.join(one['words']['new'])}.",
            class_="note") if one["words"]["old"] or one["words"]["new"] else None,
    )  # fmt: skip


def _weights(one: Mapping[str, Any]) -> Markup | None:
    """The columns by which the newest rows of a table are told from the oldest."""
    told = ", ".join(name for name, drop in one.get("weights", ())[:TELLING] if drop > 0)
    return tag("p", f"Told apart most by {told}.", class_="note") if told and one["auroc"] >= TELLABLE else None


def _area(one: Mapping[str, Any]) -> str:
    bounds = words.interval(one["low"], one["high"], 2)
    alike = "" if one["auroc"] >= TELLABLE else ": they look alike (0.5 is guessing)"
    return f"AUROC {words.number(one['auroc'], 2)} {bounds}{alike}"
