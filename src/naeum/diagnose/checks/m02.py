"""M02: would error go if there were more rows?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.bias_variance import BiasVariance, weigh
from naeum.diagnose.mistakes import surest_mistakes
from naeum.diagnose.rates import Rate, percent
from naeum.diagnose.subject import Subject
from naeum.diagnose.wording import seen
from naeum.errors import NotApplicable


@dataclass(frozen=True)
class Variance:
    """Fires where the error is materially and surely above the asymptote of the learning curve."""

    code: ClassVar[str] = "M02"
    title: ClassVar[str] = "variance"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = (
        *("augment", "blend", "weight_decay", "dropout", "label_smoothing", "epochs"),
        *("lora", "second_seed", "averaging", "regularization", "base"),
    )

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where there is no variance worth work.

        Raises:
            NotApplicable: answers to fit or tune rows are missing, or the interval is too wide to tell.
        """
        read = weigh(subject)
        variance = Rate(read.variance, read.variance_low, read.variance_high)
        if read.has_variance == "undecided":
            raise NotApplicable(f"it cannot be told yet: variance is {variance} of {percent(read.tune_error)} error")
        if read.has_variance == "no":
            return None
        said = seen(subject.task.output, percent(read.fit_error), percent(read.tune_error))
        text = f"{said}, and {variance} of error would go with enough more rows{_with_twice(subject, read)}."
        numbers = {
            "variance": variance.value,
            "low": variance.low,
            "high": variance.high,
            "fit_error": read.fit_error,
            "tune_error": read.tune_error,
            "asymptote": read.asymptote,
        }
        rows = surest_mistakes(*subject.answered(any_output=True))
        return Finding(self.code, self.title, self.severity, text, numbers, rows, self.answers)


def _with_twice(subject: Subject, read: BiasVariance) -> str:
    curve = subject.curve
    if curve is None or curve.law.at(curve.rows) <= 0:
        return ""
    less = read.tune_error * (1 - curve.at_double / curve.law.at(curve.rows))
    return f"; twice the rows should take away about {percent(less)}"
