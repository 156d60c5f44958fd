"""Is the error bias or variance, and how sure is that?

The lecture's reading compares the error on fit rows with a reference (bias) and the error on tune rows with that on fit
rows (variance). Tuned networks drive the fit error to zero, and then it says "variance" for ever; so the decision uses
the learning curve: bias = asymptote - reference, variance = error now - asymptote.

The curve is that of a cheap learner; the share of its error that more data would remove is taken to hold for the
learner looked at. The asymptote also lies between the fit error and the tune error, for with more rows the first rises
and the second falls towards it (Cortes et al. 1994); without a curve that is all that is known.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np

from naeum.contract import OutputKind
from naeum.diagnose.noise import LEARNERS
from naeum.diagnose.rates import Rate, error, exactly, minus, percent, times
from naeum.diagnose.subject import Subject
from naeum.diagnose.wording import seen
from naeum.measure import metric

Verdict = Literal["bias", "variance", "both", "neither", "undecided"]
Part = Literal["yes", "no", "undecided"]

MATERIAL_SHARE = 0.25  # of the error: a smaller part is not what to work on first
MATERIAL_POINTS = 0.005  # half a point: a smaller part is not seen on tune parts of some 1,000 rows
MAIN_SHARE = 0.5  # of the error: a part that may still be half of it is not ruled out
WIDE_SHARE = 0.75  # of the error: an interval that spans more of it says nothing, wherever it lies
NEAR_BEST = 1.5  # times the best error: worse rungs have mistakes of their own and do not witness label noise
SHARES = frozenset({"accuracy", "balanced_accuracy", "macro_f1", "micro_f1", "weighted_f1", "f1"})  # 1 - score = error


@dataclass(frozen=True)
class BiasVariance:
    """Both readings with their intervals. Errors are shares: of rows answered wrongly, of variance unexplained, …"""

    fit_error: float
    fit_low: float
    fit_high: float
    tune_error: float
    tune_low: float
    tune_high: float
    reference: float
    reference_source: str
    asymptote: float
    asymptote_low: float
    asymptote_high: float
    bias: float
    bias_low: float
    bias_high: float
    variance: float
    variance_low: float
    variance_high: float
    has_bias: Part
    has_variance: Part
    verdict: Verdict
    sentence: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


def weigh(subject: Subject) -> BiasVariance:
    """Bias and variance of a subject.

    Raises:
        NotApplicable: there are no answers to clean fit rows or to tune rows.
    """
    fit = error(*subject.seen_in_fit(any_output=True), seed=subject.seed)
    tune = error(*subject.answered(any_output=True), seed=subject.seed)
    reference, source = reference_error(subject)
    stays = _stays(subject, fit, tune)
    asymptote = times(stays, tune)
    goes = Rate(1 - stays.value, 1 - stays.high, 1 - stays.low)
    bias, variance = minus(asymptote, reference), times(goes, tune)
    has_bias, has_variance = part(bias, tune.value), part(variance, tune.value)
    verdict = decide(has_bias, has_variance)
    return BiasVariance(
        *(fit.value, fit.low, fit.high, tune.value, tune.low, tune.high),
        *(reference.value, source, asymptote.value, asymptote.low, asymptote.high),
        *(bias.value, bias.low, bias.high, variance.value, variance.low, variance.high),
        *(has_bias, has_variance, verdict),
        sentence=_sentence(subject.task.output, verdict, (fit, tune), (bias, variance)),
    )


def reference_error(subject: Subject) -> tuple[Rate, str]:
    """The error nobody can go below, and where that is known from: given, else the label noise, else 0."""
    name, given = subject.metric_name, subject.reference
    if given is not None and name in SHARES:
        return exactly(1 - given), f"the given reference score, {name} {given:g}"
    unused = "" if given is None else f" (the given reference score is not used: {name} is no share of right answers)"
    if subject.noise is None or subject.noise.learners < LEARNERS:
        return exactly(0.0), f"0: no reference score was given and label noise was not estimated{unused}"
    noise, most = Rate(subject.noise.rate, subject.noise.low, subject.noise.high), shared_error(subject)
    if noise.value <= most:
        return Rate(noise.value, noise.low, min(noise.high, most)), f"estimated label noise{unused}"
    source = "rows that all good rungs answer wrongly alike, fewer than the estimated label noise"
    return Rate(most, min(noise.low, most), most), f"{source}{unused}"


def shared_error(subject: Subject) -> float:
    """The share of tune rows that every rung near the best answers wrongly, and alike: never above the best's error.

    A label that is wrong is answered "wrongly" by every good model; what one of them answers as labelled is no noise.
    """
    outputs, tune = subject.answered()
    rungs = (outputs, *subject.rung_outputs.values())
    accuracy = metric("accuracy")
    errors = [1 - accuracy.score(each, tune) for each in rungs]
    good = [each.codes for each, error in zip(rungs, errors, strict=True) if error <= NEAR_BEST * min(errors)]
    known = tune.target >= 0
    alike = np.all([codes == good[0] for codes in good], axis=0) & (good[0] != tune.target)
    return min(float(np.average(alike[known], weights=tune.weight[known])), *errors)


def part(amount: Rate, total: float) -> Part:
    """Whether a part of the error is there (material, surely above 0, known closely) or not (surely not the main part).

    Example:
        >>> part(Rate(0.06, 0.03, 0.08), 0.1), part(Rate(0.01, -0.01, 0.02), 0.1), part(Rate(0.05, -0.01, 0.09), 0.1)
        ('yes', 'no', 'undecided')
    """
    material = max(MATERIAL_POINTS, MATERIAL_SHARE * total)
    if amount.high < material:
        return "no"
    if amount.high - amount.low > WIDE_SHARE * total:
        return "undecided"
    if amount.value >= material and amount.low > 0:
        return "yes"
    if amount.value < material and amount.high < max(MATERIAL_POINTS, MAIN_SHARE * total):
        return "no"
    return "undecided"


def decide(bias: Part, variance: Part) -> Verdict:
    """One word for two answers; a sure one is named even where the other is open."""
    if bias == "yes" and variance == "yes":
        return "both"
    if bias == "yes":
        return "bias"
    if variance == "yes":
        return "variance"
    return "neither" if bias == variance == "no" else "undecided"


def _stays(subject: Subject, fit: Rate, tune: Rate) -> Rate:
    """The share of the tune error that more data would not remove."""
    if tune.value == 0:
        return exactly(1.0)
    floor = min(fit.low / tune.value, 1.0)  # the asymptote is not below the fit error
    curve = subject.curve
    if curve is None:
        return Rate((min(fit.value / tune.value, 1.0) + 1) / 2, floor, 1.0)
    low, value, high = (
        min(max(end, floor), 1.0) for end in (curve.remaining_low, curve.remaining, curve.remaining_high)
    )
    return Rate(value, low, high)


def _sentence(output: OutputKind, verdict: Verdict, errors: tuple[Rate, Rate], sizes: tuple[Rate, Rate]) -> str:
    (fit, tune), (bias, variance) = errors, sizes
    said = seen(output, percent(fit.value), percent(tune.value))
    why = {
        "bias": f"the model is too simple or not trained well: {bias} of error would stay however many rows there were",
        "variance": f"the model has too few rows for its size: {variance} of error would go with enough more rows",
        "both": f"{bias} of error comes from the model itself (bias) and {variance} from too few rows (variance)",
        "neither": "neither bias nor variance is left that is worth work",
        "undecided": f"which part is bias ({_span(bias)}) and which variance ({_span(variance)}) cannot be told yet",
    }
    return f"{said}; {why[verdict]}."


def _span(part: Rate) -> str:
    return f"{percent(max(part.low, 0.0))} to {percent(max(part.high, 0.0))}"
