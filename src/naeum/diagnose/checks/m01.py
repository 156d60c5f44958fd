"""M01: does error stay however many rows there are?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.diagnose.bias_variance import weigh
from naeum.diagnose.mistakes import surest_mistakes
from naeum.diagnose.rates import Rate, percent
from naeum.diagnose.subject import Subject
from naeum.diagnose.wording import seen
from naeum.errors import NotApplicable


@dataclass(frozen=True)
class Bias:
    """Fires where the asymptote of the learning curve is materially and surely above the reference."""

    code: ClassVar[str] = "M01"
    title: ClassVar[str] = "bias"
    severity: ClassVar[Severity] = "issue"
    answers: ClassVar[tuple[str, ...]] = (
        *("base", "top_layers", "full", "epochs", "learning_rate", "schedule"),
        *("layer_pooling", "regularization", "ngrams", "dropout"),
    )

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None where there is no bias worth work.

        Raises:
            NotApplicable: answers to fit or tune rows are missing, or the interval is too wide to tell.
        """
        read = weigh(subject)
        bias = Rate(read.bias, read.bias_low, read.bias_high)
        if read.has_bias == "undecided":
            raise NotApplicable(f"it cannot be told yet: bias is {bias} of {percent(read.tune_error)} error")
        if read.has_bias == "no":
            return None
        said = seen(subject.task.output, percent(read.fit_error), percent(read.tune_error))
        text = (
            f"{said}, and {bias} of error would stay however many rows there were"
            f" (reference {percent(read.reference)}: {read.reference_source})."
        )
        numbers = {
            "bias": bias.value,
            "low": bias.low,
            "high": bias.high,
            "fit_error": read.fit_error,
            "tune_error": read.tune_error,
            "reference": read.reference,
        }
        rows = surest_mistakes(*subject.seen_in_fit(any_output=True))
        return Finding(self.code, self.title, self.severity, text, numbers, rows, self.answers)
