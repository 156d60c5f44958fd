"""How does one get a figure of the report as a matplotlib Figure, to show inline, change and save?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from naeum.errors import InputError
from naeum.report import drawing
from naeum.report.figures import FIGURES
from naeum.report.view import View

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def figure(ladder: Any, name: str = "ladder") -> Figure:
    """A figure of a ladder: a matplotlib `Figure` that a notebook shows, and that `savefig` writes.

    Args:
        ladder: what `naeum.improve` or `naeum.open_run` gave.
        name: ladder, gains, pareto, anytime, biasvariance, curve, reliability, coverage, confusion, numbers, overview,
            layers, resamples.

    Raises:
        InputError: there is no such figure, or this ladder has nothing to draw it from.
    """
    known = dict(FIGURES)
    if name not in known:
        raise InputError(f"a figure must be one of {', '.join(known)}; got {name!r}; name one of these")
    with drawing.style(name):
        made = known[name](View(ladder))
    if made is None:
        raise InputError(
            f"a ladder must hold what a figure shows; this one has nothing for {name!r}; others are "
            f"{', '.join(one for one in known if one != name)}"
        )
    made.set_facecolor(drawing.CARD)
    return made
