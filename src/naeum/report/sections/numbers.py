"""How near are the champion's numbers, and do its intervals hold what they promise?"""

from __future__ import annotations

from naeum.measure.judged import judged
from naeum.measure.metrics import METRICS
from naeum.report import figures, words
from naeum.report.markup import Markup, figure, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

NAMES = ("r2", "rmse", "mae", "spearman", "pearson")


def numbers(view: View) -> Section | None:
    """Answered against true numbers, what is left, the usual measures, and the coverage of the intervals."""
    drawn = figures.draw("numbers", view, "answered against true numbers, and the differences")
    if drawn is None or view.tune is None or view.outputs is None:
        return None
    scored = judged(view.outputs, view.tune)
    lines = [(METRICS[name].title, words.number(METRICS[name].of(scored))) for name in NAMES]
    body = join(
        figure(drawn, "On the dashed line an answer is right. A curve or a fan in the differences is something that "
               "the model does not see yet."),
        table(("on the tune part", ""), lines, (1,)),
        _coverage(view),
    )  # fmt: skip
    return Section("numbers", "How near the numbers are", "Numbers", body)


def _coverage(view: View) -> Markup:
    if view.outputs is None or view.tune is None or view.outputs.quantiles is None:
        return tag("p", "The champion answers without an interval.", class_="note")
    held = METRICS["within"].score(view.outputs, view.tune)
    wide = float((view.outputs.quantiles[:, 1] - view.outputs.quantiles[:, 0]).mean())
    text = f"{words.percent(held)} of the true numbers lie in their 90 % intervals, which are {words.number(wide)} wide"
    return tag("p", f"{text} on average.")
