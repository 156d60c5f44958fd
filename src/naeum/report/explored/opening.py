"""What does a reader of a profile see first? What the data are, in sentences, and the worst that was found."""

from __future__ import annotations

from naeum.report import words
from naeum.report.explored.view import Seen
from naeum.report.markup import Markup, tag

WORST = 4  # findings on the first screen


def opening(view: Seen) -> Markup:
    """The first screen."""
    profile = view.profile
    counts = [words.count(profile.rows, "row"), words.count(len(profile.columns), "column")]
    if profile.target:
        counts.append(f"target {profile.target}")
    said = [tag("p", sentence) for sentence in profile.summary]
    return tag(
        "header",
        tag("p", " · ".join(counts), class_="eyebrow"),
        tag("p", "What the data are", class_="which"),
        tag("h1", profile.name),
        tag("div", tag("div", *said, class_="score said"), _worst(view), class_="first"),
        _tiles(view),
        class_="opening",
    )


def _worst(view: Seen) -> Markup:
    found = view.profile.worst_first[:WORST]
    if not found:
        return tag("div", tag("h2", "Nothing stands out"), class_="story")
    lines = []
    for one in found:
        badge = tag("span", one.severity, class_=f"badge {one.severity}")
        lines += [tag("h3", badge, " ", one.title), tag("p", one.seen)]
    more = len(view.profile.findings) - len(found)
    tail = tag("p", tag("a", f"All {len(view.profile.findings)} findings", href="#findings")) if more > 0 else None
    return tag("div", tag("h2", "What stands out"), *lines, tail, class_="story")


def _tiles(view: Seen) -> Markup:
    profile = view.profile
    missing, equal, target = view.part("missing"), view.part("duplicates"), view.part("target")
    tiles = [("rows", f"{profile.rows:,}"), ("columns", f"{len(profile.columns):,}")]
    if missing:
        tiles.append(("missing cells", words.percent(missing["cells"])))
    if equal:
        tiles.append(("rows that repeat one", f"{equal['whole']['copies']:,}"))
    if target and target.get("classes"):
        tiles.append(("classes", f"{len(target['classes']):,}"))
    counts = [sum(one.severity == kind for one in profile.findings) for kind in ("issue", "warning", "tip")]
    tiles.append(("issues, warnings, tips", " · ".join(map(str, counts))))
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in tiles), class_="tiles")
