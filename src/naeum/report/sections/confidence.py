"""Does a confidence mean what it says, and what does rejecting unsure rows bring?"""

from __future__ import annotations

from naeum.report import figures, words
from naeum.report.markup import Content, Markup, figure, join, table, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

ERRORS = (0.005, 0.01, 0.02, 0.05, 0.1)  # shares of wrong answers that one may want to keep to
SURE = 0.9  # with this probability the promised error holds


def confidence(view: View) -> Section | None:
    """Reliability before and after calibration, coverage against error, and the thresholds to use."""
    if view.ladder.task.output != "label":
        return None
    reliability = figures.draw("reliability", view, "share of right answers against confidence")
    coverage = figures.draw("coverage", view, "error among answered rows against coverage")
    if reliability is None or coverage is None:
        return None
    body = join(
        tag("p", "A confidence of 0.8 should be right in 8 of 10 rows. Where it is, unsure rows can be rejected and "
            "given to a person."),
        tag("div",
            figure(reliability, "On the dashed line confidence is honest; below it the model claims too much."),
            figure(coverage, "How many of the answered rows are wrong as fewer unsure rows are answered."),
            class_="two"),
        _thresholds(view),
    )  # fmt: skip
    return Section("confidence", "How far to trust a confidence", "Confidence", body)


def _thresholds(view: View) -> Markup:
    """For each wanted error the confidence to ask for, and the share of rows that then gets an answer."""
    from naeum.measure.calibration import coverage_curve

    if view.outputs is None or view.tune is None:
        return Markup("")
    curve = coverage_curve(view.outputs, view.tune)
    lines: list[tuple[Content, ...]] = []
    for wanted in ERRORS:
        threshold = curve.threshold_for(wanted, sure=SURE)
        if threshold is None:
            lines.append((words.percent(wanted), "out of reach", words.NO_NUMBER, words.NO_NUMBER))
            continue
        share, error = curve.at(threshold)
        lines.append((words.percent(wanted), words.number(threshold), words.percent(share), words.percent(error)))
    head = ("at most wrong", "reject below", "answered", "wrong as measured")
    how = tag("code", f"naeum predict {view.ladder.folder} FILE --max-error 2%")
    return join(
        tag("h3", "Where to reject"),
        table(head, lines, (0, 1, 2, 3)),
        tag(
            "p", f"The promise holds with {words.percent(SURE, 0)} probability on rows like these: ", how, class_="note"
        ),
    )
