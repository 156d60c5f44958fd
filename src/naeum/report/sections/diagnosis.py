"""What holds the champion back: bias or variance, and what else did the checks see?"""

from __future__ import annotations

from typing import Any

from naeum.report import figures, words
from naeum.report.markup import Markup, figure, folded, join, tag
from naeum.report.sections.section import Section
from naeum.report.view import View

LESSON = (
    "Bias is the error that stays however many rows there are: the model cannot express the task, or is held back too "
    "much. Variance is the error that more rows would take away: the model has learned what is peculiar to its rows. "
    "Read quickly, a training error far above the reference is bias, and an error on new rows far above the training "
    "error is variance. But a tuned network drives its training error to zero, and then that reading says variance "
    "for ever. So decisions use the learning curve: bias is where it would end minus the reference, variance is what "
    "still separates the model from that end."
)
RESAMPLED = (
    "This is the bias² + variance of the lecture: bias² is how far the mean of the fits is from the truth, with the "
    "noise of the labels in it; variance is how far a fit is from that mean. It compares recipes: a freer one has less "
    "bias and more variance. The learning curve says something else: how much of today's error more rows would take "
    "away. So the two numbers may differ, and decisions use the learning curve."
)
VERDICTS = {
    "bias": "More of the error is bias: a stronger base, freer training or less regularization can help; more rows of "
    "the same kind cannot.",
    "variance": "More of the error is variance: more rows, augmentation, regularization or a blend can help.",
    "both": "Bias and variance both stand out.",
    "neither": "Neither stands out: the error is close to what the reference allows.",
    "undecided": "The intervals are too wide to tell bias from variance.",
}
STATES = {"finding": "found", "passed": "passed", "not applicable": "not applicable"}
SEVERITY = {"issue": "issue", "warning": "warning", "tip": "tip"}


def diagnosis(view: View) -> Section | None:
    """Bias and variance from the user's own numbers, a short lesson, and the answer of every check."""
    ladder = view.ladder
    if not ladder.answers and not ladder.bias_variance:
        return None
    every = tag("ul", *map(_answer, ladder.answers), class_="checks")
    body = join(
        _bias_variance(view),
        _resamples(view),
        tag("h3", "What the checks saw"),
        tag("ul", *(_finding(view, one) for one in ladder.findings), class_="findings") if ladder.findings
        else tag("p", "No check found anything."),
        folded(f"All {words.count(len(ladder.answers), 'check')}", every),
    )  # fmt: skip
    return Section("diagnosis", "What holds it back", "Diagnosis", body)


def _bias_variance(view: View) -> Markup:
    found = view.ladder.bias_variance
    if not found:
        return Markup("")
    drawn = figures.draw("biasvariance", view, "the error cut into reference, bias and variance")
    return tag(
        "div",
        figure(drawn, "The champion's error in pieces, read in both ways."),
        tag(
            "div",
            tag("p", _verdict(found), class_="verdict"),
            tag("p", found["sentence"]) if found.get("sentence") else None,
            tag("p", _numbers(found)),
            folded("Bias and variance in one paragraph", tag("p", LESSON)),
        ),
        class_="two",
    )


def _resamples(view: View) -> Markup:
    """The other meaning of the two words, where it was asked for: over resamples."""
    found = view.ladder.resamples
    if not found:
        return Markup("")
    drawn = figures.draw("resamples", view, "bias squared and variance over resamples, beside the learning curve")
    said = (
        f"The champion's recipe was fitted on {found['count']} resamples of its rows, and every fit answered the same "
        f"{found['rows']:,} rows. Its mean squared error {words.number(found['error'])} is bias² "
        f"{words.number(found['bias'])} plus variance {words.number(found['variance'])}."
    )
    return tag(
        "div",
        figure(drawn, "Two meanings of the same words: by the learning curve, and over resamples."),
        tag("div", tag("p", said), tag("p", RESAMPLED)),
        class_="two",
    )


def _verdict(found: dict[str, Any]) -> str:
    verdict = str(found.get("verdict") or "undecided")
    return VERDICTS.get(verdict, verdict)


def _numbers(found: dict[str, Any]) -> str:
    said = []
    for name, title in (("fit", "training error"), ("tune", "error on rows not learned from")):
        if found.get(f"{name}_error") is not None:
            bounds = words.interval(found.get(f"{name}_low"), found.get(f"{name}_high"))
            said.append(f"{title} {words.number(found[f'{name}_error'])} {bounds}".strip())
    source = found.get("reference_source")
    said.append(f"reference {words.number(found.get('reference') or 0.0)}" + (f" ({source})" if source else ""))
    for name in ("bias", "variance"):
        if found.get(name) is not None:
            bounds = words.interval(found.get(f"{name}_low"), found.get(f"{name}_high"))
            said.append(f"{name} {words.number(found[name])} {bounds}".strip())
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}."


def _finding(view: View, one: Any) -> Markup:
    tries = ", ".join(words.title(name, view.titles).lower() for name in one.answers)
    return tag(
        "li",
        tag("p", tag("span", one.code, class_="code"), " ", tag("strong", one.title), " ",
            tag("span", SEVERITY.get(one.severity, one.severity), class_=f"badge {one.severity}")),
        tag("p", one.seen),
        tag("p", f"May answer it: {tries}.", class_="facts") if tries else None,
    )  # fmt: skip


def _answer(one: dict[str, Any]) -> Markup:
    state = str(one["state"])
    return tag(
        "li",
        tag("span", one["code"], class_="code"),
        " ",
        tag("strong", one["title"]),
        " ",
        tag("span", STATES.get(state, state), class_=f"badge {state.replace(' ', '-')}"),
        tag("span", str(one.get("seen") or ""), class_="seen"),
    )
