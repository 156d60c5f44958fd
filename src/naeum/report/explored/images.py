"""What are the images like: some of each class, sizes and light, what cannot be read, which are copies?

The pictures are small copies inside the page; without rows neither they nor names of files are on it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from naeum.report import words
from naeum.report.explored.figures import draw, pictures
from naeum.report.explored.figures.frame import short
from naeum.report.explored.view import Seen
from naeum.report.markup import Content, Markup, escape, figure, folded, join, table, tag
from naeum.report.sections.section import Section

BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")  # all that may stand in the address of a picture
MEGABYTE = 1 << 20
PATH = 60  # characters of a path in a table
TAIL = 28  # characters of a path below a picture
ODD = {
    "darkest": "Darkest", "brightest": "Brightest", "flattest": "Least contrast", "largest": "Most pixels",
    "smallest": "Fewest pixels",
}  # fmt: skip
ALIKE = {
    "conflicts": "Copies with different labels",
    "across": "Copies on two sides of a split",
    "near": "Near copies",
}


def images(view: Seen) -> Section | None:
    """The class sheet, sizes and light, faults, copies."""
    found = view.part("pictures")
    if not found:
        return None
    sheet = view.part("sheet") if view.rows else None
    body = join(
        *(tag("p", sentence) for sentence in found["said"]),
        _classes(sheet) if sheet else None,
        _sizes(found),
        _light(found),
        _odd(sheet["odd"]) if sheet else None,
        _faults(found, view.rows),
        _copies(view.part("copies"), sheet),
        _left_out(found["left_out"], view.rows),
    )
    return Section("images", "The images", "Images", body)


def _classes(sheet: Mapping[str, Any]) -> Markup:
    """A line of drawn images for each class."""
    lines: list[Content] = []
    for one in sheet["classes"]:
        if one["class"] is not None:
            count = tag("span", words.count(one["images"], "image"), class_="badge")
            lines.append(tag("h4", short(one["class"], PATH), " ", count))
        lines.append(_strip(one["shown"]))
    hidden = sheet["known"] - len(sheet["classes"])
    more = tag("p", f"{hidden:,} more classes have fewer images and are not shown.", class_="note") if hidden else None
    title = "Some of each class" if sheet["classes"][0]["class"] is not None else "Some of them"
    return join(tag("h3", title), tag("div", *lines, class_="sheet"), more)


def _strip(shown: Sequence[Mapping[str, Any]], captions: bool = False) -> Markup:
    """Small pictures side by side."""
    return tag("div", *(_picture(one, captions) for one in shown), class_="strip")


def _picture(one: Mapping[str, Any], caption: bool) -> Markup:
    """A picture of a few kilobytes, its file and size said where the pointer rests."""
    if not BASE64.fullmatch(one["image"]):
        return Markup("")
    said = escape(f"{one['path']}, {one['width']} × {one['height']}")
    image = Markup(f'<img src="data:image/jpeg;base64,{one["image"]}" alt="{said}" title="{said}">')
    if not caption:
        return image
    label = tag("strong", str(one["label"]), " ") if one.get("label") else None
    return tag("figure", image, tag("figcaption", label, "…" if len(one["path"]) > TAIL else "", one["path"][-TAIL:]))


def _sizes(found: Mapping[str, Any]) -> Markup:
    """How wide and how high, which sizes, modes and formats, how heavy."""
    sizes = found["sizes"]
    kinds = [
        (title, one["value"], f"{one['images']:,}")
        for title, name in (("format", "formats"), ("mode", "modes"))
        for one in found[name]
    ]
    if sizes is None:
        return table(("kind", "value", "images"), kinds, (2,))
    if sizes["distinct"] > 1:
        panels = [(f"{name.capitalize()} in pixels", sizes[name]["histogram"]) for name in ("width", "height")]
        drawn = draw("imagesizes", "sides of the images", pictures.figure, panels)
    else:
        drawn = None
    kinds += [("size", f"{one['width']:,} × {one['height']:,}", f"{one['images']:,}") for one in sizes["top"][:6]]
    hidden = sizes["distinct"] - min(len(sizes["top"]), 6)
    caption = f"Sides in pixels. {sizes['distinct']:,} different sizes; {hidden:,} are not in the table."
    weight = (
        f"{found['bytes'] / MEGABYTE:,.1f} MiB in all, {found['bytes'] / found['images'] / 1024:,.1f} KiB an image."
    )
    return join(
        tag("h3", "Sizes, modes and formats"),
        tag("div", figure(drawn, caption), tag("div", table(("", "", "images"), kinds, (2,)),
            tag("p", weight, class_="note")), class_="beside") if drawn else
        join(table(("", "", "images"), kinds, (2,)), tag("p", weight, class_="note")),
    )  # fmt: skip


def _light(found: Mapping[str, Any]) -> Markup | None:
    """Brightness and contrast."""
    light = found["light"]
    if light is None:
        return None
    panels = [(name.capitalize(), light[name]["histogram"]) for name in ("brightness", "contrast")]
    drawn = draw("imagelight", "brightness and contrast of the images", pictures.figure, panels)
    caption = (
        "Brightness: mean of the grey values, 0 black, 1 white. Contrast: their standard deviation (RMS contrast)."
        f" Of one colour: {light['blank']['count']:,}; nearly black: {light['dark']['count']:,}; nearly white:"
        f" {light['bright']['count']:,}."
    )
    return join(tag("h3", "Light"), figure(drawn, caption))


def _odd(odd: Mapping[str, Sequence[Mapping[str, Any]]]) -> Markup:
    """The extremes."""
    parts: list[Content] = []
    for name, title in ODD.items():
        if odd.get(name):
            parts.append(tag("div", tag("h4", title), _strip(odd[name])))
    return join(tag("h3", "At the ends"), tag("div", *parts, class_="cards sheet"))


def _faults(found: Mapping[str, Any], rows: bool) -> Markup | None:
    """Files that cannot be read, and those whose name says another format."""
    lines = [(kind, f"{one['count']:,}", _paths(one["shown"], rows)) for kind, one in found["faults"].items()]
    lines += [
        (title, f"{one['count']:,}", _paths(one["shown"], rows))
        for title, one in (
            ("wrong extension", found["wrong"]),
            ("turned (EXIF)", found["turned"]),
            ("several frames", found["animated"]),
        )
        if one["count"]
    ]
    if not lines:
        return None
    return join(tag("h3", "Files to look at"), table(("what", "files", "such as"), lines, (1,)))


def _paths(shown: Sequence[Mapping[str, Any]], rows: bool) -> Content:
    if not rows:
        return words.NO_NUMBER
    named = [f"{one['path']} ({one['format']})" if one.get("format") else str(one["path"]) for one in shown[:3]]
    return tag("span", ", ".join(named), class_="text")


def _copies(found: Mapping[str, Any] | None, sheet: Mapping[str, Any] | None) -> Markup | None:
    """How many are copies, and some side by side."""
    if not found:
        return None
    conflicts = found["conflicts"]
    lines = [
        ("equal files", f"{found['exact']['copies']:,}", f"{found['exact']['groups']:,}"),
        ("look alike, files differ", f"{found['near']['copies']:,}", f"{found['near']['groups']:,}"),
    ]
    if conflicts is not None:
        lines.append(("with different labels", f"{conflicts['images']:,}", f"{conflicts['groups']:,}"))
    lines += [
        (f"{one['second']} images that also stand in {one['first']}", f"{one['near']:,}", "") for one in found["across"]
    ]
    part = (
        "" if found["compared"] == found["images"] else f" {found['compared']:,} of {found['images']:,} were compared."
    )
    said = (
        "Equal files by their content; others look alike by two perceptual hashes (dHash, pHash) and their colours."
        f" Mirrored, turned or cropped copies are not found.{part}"
    )
    alike = [
        folded(title, *(_strip(group, captions=True) for group in sheet["alike"][name]), opened=True)
        for name, title in ALIKE.items()
        if sheet and sheet["alike"].get(name)
    ]
    counts = table(("", "images", "pictures"), lines, (1, 2))
    return join(tag("h3", "Copies"), tag("p", said), counts, tag("div", *alike, class_="sheet"))


def _left_out(left_out: Mapping[str, Any], rows: bool) -> Markup | None:
    """Files that were not opened."""
    if not left_out["count"]:
        return None
    lines = [(short(one["path"], PATH), one["why"]) for one in left_out["shown"]] if rows else []
    return folded(f"{words.count(left_out['count'], 'file')} left out", table(("file", "it"), lines))
