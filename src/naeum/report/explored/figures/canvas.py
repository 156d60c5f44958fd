"""How is a small figure drawn in a millisecond: by matplotlib's renderer, without the machinery of its axes?

An axes of matplotlib costs some twenty milliseconds before anything is drawn: ticks, spines, layout in two passes. A
page with a figure for each of forty columns waits a second for that. Here margins are reckoned, each kind of mark is
one path, and words stay words, drawn by the reader's own font: the page holds Hangul as text elsewhere too.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from naeum import tongue
from naeum.report import drawing

Numbers = float | Sequence[float] | npt.NDArray[Any]  # one number stands for as many as the others are
Align = Literal["left", "center", "right"]
POINTS = 72.0  # of an inch
# Widths in heights of the font, rather too wide: of Hangul, Han and Kana; of m and its like; of other signs.
WIDE_SIGN, BROAD, SIGN = 1.0, 0.98, 0.62
BROADS = frozenset("mwMWOQG@%…—")
MIDDLE = 0.35  # heights of the font from the base line to the middle of a sign
DOT = 0.01  # points: the length of a line that is seen as a dot by its round ends


class Canvas:
    """One figure; places are points from its upper left corner.

    Example:
        >>> canvas = Canvas(0.5)
        >>> canvas.boxes([10], [5], [60], [25], drawing.ACCENT)
        >>> canvas.text(70, 15, "서울")
        >>> svg = canvas.svg("c", "a bar")
        >>> "서울</text>" in svg, svg.count("<path")
        (True, 1)
    """

    def __init__(self, height: float, width: float = drawing.WIDTH) -> None:
        """A blank figure; `height` and `width` in inches."""
        from matplotlib.backends import backend_svg

        self.width, self.height = round(POINTS * width, 1), round(POINTS * height, 1)
        self._held = io.StringIO()
        untyped: Any = backend_svg
        self._pen: Any = untyped.RendererSVG(self.width, self.height, self._held)
        self._texts: list[tuple[float, float, str, float, str, Align, float, bool]] = []

    def boxes(
        self, left: Numbers, top: Numbers, right: Numbers, bottom: Numbers, colour: str, alpha: float = 1.0
    ) -> None:
        """Filled boxes, all of one colour."""
        corners = np.broadcast_arrays(*(np.asarray(side, np.float64) for side in (left, top, right, bottom)))
        x0, y0, x1, y1 = (side.ravel() for side in corners)
        places = np.stack([x0, y0, x1, y0, x1, y1, x0, y1, x0, y0], axis=1).reshape(-1, 2)
        self._path(places, (1, 2, 2, 2, 79), colour, filled=alpha)

    def strokes(self, x0: Numbers, y0: Numbers, x1: Numbers, y1: Numbers, colour: str, width: float = 0.6) -> None:
        """Straight lines from (x0, y0) to (x1, y1)."""
        ends = np.broadcast_arrays(*(np.asarray(end, np.float64) for end in (x0, y0, x1, y1)))
        places = np.stack([end.ravel() for end in ends], axis=1).reshape(-1, 2)
        self._path(places, (1, 2), colour, width=width)

    def line(self, x: Numbers, y: Numbers, colour: str, width: float = 1.6) -> None:
        """One line through all places."""
        places = np.stack([np.asarray(x, np.float64), np.asarray(y, np.float64)], axis=1)
        self._path(places, (1, *(2,) * (len(places) - 1)), colour, width=width)

    def area(self, x: Numbers, y: Numbers, floor: float, colour: str, alpha: float) -> None:
        """What lies between a line and `floor`."""
        ends = np.asarray(x, np.float64), np.asarray(y, np.float64)
        places = np.stack([np.r_[ends[0], ends[0][-1], ends[0][0]], np.r_[ends[1], floor, floor]], axis=1)
        self._path(places, (1, *(2,) * (len(places) - 1)), colour, filled=alpha)

    def dots(self, x: Numbers, y: Numbers, size: float, colour: str, alpha: float = 1.0) -> None:
        """Round dots of `size` points across; those without a place are left out."""
        at = np.stack([np.asarray(x, np.float64), np.asarray(y, np.float64)], axis=1)
        at = at[np.isfinite(at).all(axis=1)]
        places = np.repeat(at, 2, axis=0)
        places[1::2, 0] += DOT
        self._path(places, (1, 2), colour, width=size, alpha=alpha, round_ends=True)

    def text(
        self, x: float, y: float, said: str, colour: str = drawing.MUTED, size: float = 9.0, align: Align = "left",
        **how: Any,
    ) -> None:  # fmt: skip
        """Words whose middle line is at `y`; `turn` (degrees against the clock) and `bold` may be given."""
        down = y + (MIDDLE * size if not how.get("turn") else 0.0)
        turn, bold = float(how.get("turn", 0.0)), bool(how.get("bold", False))
        self._texts.append((x, down, said, size, colour, align, turn, bold))

    def say(self, x: float, y: float, words: str, colour: str = drawing.MUTED, size: float = 9.0, **how: Any) -> None:
        """Words of ours, in the language that is spoken; `text` is for names and numbers."""
        self.text(x, y, tongue.said(words), colour, size, **how)

    def svg(self, name: str, label: str) -> str:
        """The figure as an `<svg>` element for a page; see `drawing.tidied`. It can be asked for once."""
        import matplotlib as mpl

        with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": name}):
            for x, y, said, size, colour, align, turn, bold in self._texts:
                self._write(x, y, said, size, (colour, align, turn, bold))
        self._pen.finalize()
        text = re.sub(r"\s*font-family: [^;\"]*;?", "", self._held.getvalue())
        return drawing.tidied(text, name, label)

    def _write(self, x: float, y: float, said: str, size: float, how: tuple[str, Align, float, bool]) -> None:
        from matplotlib.font_manager import FontProperties

        colour, align, turn, bold = how
        pen = self._gc(colour)
        font = FontProperties(family=["sans-serif"], size=size, weight="bold" if bold else "normal")
        up = self.height - y
        self._pen.draw_text(pen, x, y, said, font, turn, False, _Anchored(x, up, align))
        pen.restore()

    def _gc(self, colour: str) -> Any:
        pen = self._pen.new_gc()
        pen.set_foreground(colour)
        return pen

    def _path(
        self, places: npt.NDArray[np.float64], codes: tuple[int, ...], colour: str, *, filled: float = 0.0,
        width: float = 0.0, alpha: float = 1.0, round_ends: bool = False,
    ) -> None:  # fmt: skip
        """One path out of many alike: `codes` are those of one, repeated."""
        from matplotlib.colors import to_rgba
        from matplotlib.path import Path
        from matplotlib.transforms import IdentityTransform

        if not len(places):
            return
        pen = self._gc(colour)
        pen.set_linewidth(width)
        pen.set_alpha(filled or alpha)
        if round_ends:
            pen.set_capstyle("round")
        up = np.round(np.stack([places[:, 0], self.height - places[:, 1]], axis=1), drawing.DIGITS)
        path = Path(up, np.tile(np.asarray(codes, np.uint8), len(places) // len(codes)))
        path.should_simplify = False
        self._pen.draw_path(pen, path, IdentityTransform(), to_rgba(colour, filled) if filled else None)
        pen.restore()


class _Anchored:
    """What matplotlib's renderer asks of a text to set the anchor of its words."""

    def __init__(self, x: float, y: float, align: Align) -> None:
        self.place, self.align = (x, y), align

    def get_rotation_mode(self) -> str:
        return "anchor"

    def get_transform(self) -> Any:
        from matplotlib.transforms import IdentityTransform

        return IdentityTransform()

    def get_unitless_position(self) -> tuple[float, float]:
        return self.place

    def get_ha(self) -> Align:
        return self.align


def breadth(said: str, size: float = 9.0) -> float:
    """About how many points wide words are: rather too many, as the reader's font is not known.

    Example:
        >>> breadth("서울", 10.0), breadth("ab", 10.0)
        (20.0, 12.4)
    """
    return size * sum(_width(sign) for sign in said)


def _width(sign: str) -> float:
    if sign.isascii() or sign in BROADS:
        return BROAD if sign in BROADS else SIGN
    return WIDE_SIGN if unicodedata.east_asian_width(sign) in "WF" else SIGN
