"""How does a figure look, and how does it become a small SVG that fits a light and a dark page?

Figures are drawn in a few fixed colours; in the SVG each becomes a CSS variable that the page sets. Text becomes paths,
so the reader needs no font. Nothing here touches pyplot.
"""

from __future__ import annotations

import html
import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from naeum import tongue
from naeum.report import fonts

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, MUTED, FAINT, CARD = "#16202a", "#5f6b78", "#d5dbe1", "#fefefd"
ACCENT, WARM, COOL, SOFT = "#0f7a6c", "#b8621b", "#3b6ea8", "#bfe0da"
VARIABLES = {
    INK: "--ink", MUTED: "--muted", FAINT: "--line", CARD: "--card",
    ACCENT: "--accent", WARM: "--warm", COOL: "--cool", SOFT: "--soft",
}  # fmt: skip
PIXELS = 120  # an inch, where a notebook shows a figure
WIDTH = 5.6  # inches: with 10 point text readable at 360 pixels as well as at 640
DIGITS = 2  # of coordinates in points: a hundredth of a point is not seen


def settings() -> dict[str, Any]:
    """matplotlib settings of every figure."""
    return {
        "font.family": fonts.families(), "font.size": 10, "axes.titlesize": 10.5, "axes.titleweight": "bold",
        "axes.titlelocation": "left", "axes.labelsize": 9.5, "axes.labelcolor": MUTED, "axes.edgecolor": FAINT,
        "axes.titlecolor": INK, "text.color": INK, "xtick.color": FAINT, "ytick.color": FAINT,
        "xtick.labelcolor": MUTED, "ytick.labelcolor": MUTED, "xtick.labelsize": 9, "ytick.labelsize": 9,
        "axes.grid": True, "grid.color": FAINT, "grid.linewidth": 0.6, "axes.axisbelow": True,
        "axes.spines.top": False, "axes.spines.right": False, "axes.unicode_minus": True,
        "figure.facecolor": "none", "axes.facecolor": "none", "savefig.facecolor": "none",
        "legend.frameon": False, "legend.fontsize": 9, "svg.fonttype": "path", "path.simplify": True,
    }  # fmt: skip


@contextmanager
def style(name: str = "figure") -> Iterator[None]:
    """Inside, figures are made and saved in our style; `name` makes the ids in the SVG its own."""
    import matplotlib as mpl

    chosen: Any = {**settings(), "svg.hashsalt": name}
    log = logging.getLogger("matplotlib.font_manager")
    level = log.level
    log.setLevel(logging.ERROR)  # it warns where a font lacks the bold cut; the regular one is then drawn
    try:
        with mpl.rc_context(chosen):
            yield
    finally:
        log.setLevel(level)


def blank(height: float, columns: int = 1, **options: Any) -> tuple[Figure, Any]:
    """A new figure with one axes, or an array of `columns` of them; `height` in inches."""
    figure = _inline()(figsize=(WIDTH, height), layout="constrained")
    return figure, figure.subplots(1, columns, **options)


@cache
def _inline() -> type[Figure]:
    """matplotlib's Figure, made here without pyplot, that a notebook still shows by itself."""
    from matplotlib.figure import Figure

    class Inline(Figure):
        def _repr_png_(self) -> bytes:
            with style(), io.BytesIO() as file:
                self.savefig(file, format="png", dpi=PIXELS)
                return file.getvalue()

    return Inline


def bare(axes: Axes, *sides: str) -> None:
    """Take away the spines and ticks of sides that carry no numbers."""
    for side in sides:
        axes.spines[side].set_visible(False)
    axes.tick_params(length=0)


def in_tongue(figure: Figure) -> None:
    """Put titles, labels, legends and notes into the language that is spoken; ticks, which name the user's, stay."""
    if tongue.now() == "en":
        return
    for axes in figure.axes:
        parts = [axes.title, axes.xaxis.label, axes.yaxis.label, *axes.texts]
        legend = axes.get_legend()
        parts += legend.get_texts() if legend else []
        for part in parts:
            part.set_text(tongue.said(part.get_text()))
        for side in ("left", "right"):
            if axes.get_title(side):
                axes.set_title(tongue.said(axes.get_title(side)), loc=side)
    for part in figure.texts:
        part.set_text(tongue.said(part.get_text()))


def svg(figure: Figure, name: str, label: str) -> str:
    """The figure as an `<svg>` element for a page: small, deterministic, coloured by CSS variables.

    Args:
        figure: made inside `style(name)`.
        name: letters that no other figure of the page has; ids start with it.
        label: what a screen reader says.
    """
    held = io.StringIO()
    with style(name):
        in_tongue(figure)
        figure.savefig(held, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return tidied(held.getvalue(), name, label)


def tidied(text: str, name: str, label: str) -> str:
    """What matplotlib wrote as an `<svg>` element for a page: no metadata, own ids, short numbers, colours of the page.

    Args:
        text: a whole SVG file.
        name: letters that no other figure of the page has; ids start with it.
        label: what a screen reader says.
    """
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.DOTALL)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = _ids(text, name)
    text = _numbers(text)
    for colour, variable in VARIABLES.items():
        text = text.replace(colour, f"var({variable})")
    view = re.search(r'viewBox="([^"]*)"', text)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.group(1) if view else ""}" role="img"'
    if "xlink:" in text:
        text = text.replace("xlink:href", "href")
    body = re.sub(r">\s+<", "><", text[text.index(">") + 1 :]).strip()
    return f'{head} aria-label="{html.escape(label)}">{body}'


def _ids(text: str, name: str) -> str:
    """Only ids that something points to stay, each with the figure's name before it."""
    used = set(re.findall(r'(?:href="#|url\(#)([^")]+)', text))

    def keep(found: re.Match[str]) -> str:
        return f' id="{name}-{found.group(1)}"' if found.group(1) in used else ""

    text = re.sub(r'\sid="([^"]*)"', keep, text)
    return re.sub(r'(href="#|url\(#)', rf"\g<1>{name}-", text)


def _numbers(text: str) -> str:
    """Shorter coordinates; colours and ids hold no point and stay."""

    def shorter(found: re.Match[str]) -> str:
        value = float(found.group(0))
        text = f"{value:.{DIGITS}f}".rstrip("0").rstrip(".") if abs(value) >= 1 else f"{value:.4g}"
        return found.group(0) if "e" in text else text

    return re.sub(r"(?<![\w#.])-?\d+\.\d{3,}(?![\w])", shorter, text)
