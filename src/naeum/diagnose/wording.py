"""What is it called when an answer is wrong? By the kind of answer."""

from __future__ import annotations

from collections.abc import Mapping

from naeum.contract import OutputKind

# What the error of fit and of tune rows says.
SEEN: Mapping[OutputKind, str] = {
    "label": "{fit} of the fit rows and {tune} of the tune rows are answered wrongly",
    "labels": "the answered labels are {fit} away from the true ones on fit rows and {tune} on tune rows",
    "number": "{fit} of the variance of the fit rows and {tune} of that of the tune rows stay unexplained",
    "tags": "{fit} of the words of fit rows and {tune} of those of tune rows are tagged wrongly",
    "span": "answers lack {fit} of the F1 of right ones on fit rows and {tune} on tune rows",
    "text": "{fit} of the fit rows and {tune} of the tune rows are answered wrongly",
}
FLOORS: Mapping[OutputKind, str] = {
    "label": "the most frequent class",
    "labels": "the most frequent labels",
    "number": "one number",
    "tags": "the most frequent tag",
    "span": "the same everywhere",
    "text": "the same",
}


def seen(output: OutputKind, fit: str, tune: str) -> str:
    """The errors of fit and tune rows in words.

    Example:
        >>> seen("number", "5.0 %", "12.0 %")
        '5.0 % of the variance of the fit rows and 12.0 % of that of the tune rows stay unexplained'
    """
    return SEEN[output].format(fit=fit, tune=tune)
