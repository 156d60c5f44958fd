"""D37: are the classes mixed differently in another part?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.errors import NotApplicable
from naeum.explore.subject import Subject

LEAST_CRAMER = 0.1  # Cramér's V: a "small" effect (Cohen 1988)
SURE = 0.001  # p of the chi-square test: many data sets are looked at, and a false alarm costs trust


@dataclass(frozen=True)
class LabelShift:
    """Fires where the validation part mixes the classes otherwise than the training rows. Of test nothing is read."""

    code: ClassVar[str] = "D37"
    title: ClassVar[str] = "classes mixed differently"
    answers: ClassVar[tuple[str, ...]] = ("logit_adjustment", "calibrate")

    def look(self, subject: Subject) -> Finding | None:
        """The finding, or None.

        Raises:
            NotApplicable: no labelled validation part was given.
        """
        compared = [one for one in subject.part("shift")["parts"] if "labels" in one]
        if not compared:
            raise NotApplicable("it compares the labels of a validation part; name one with --valid")
        labels = compared[0]["labels"]
        if labels["cramer_v"] < LEAST_CRAMER or labels["p"] >= SURE:
            return None
        seen = (
            f"The classes of train and {compared[0]['part']} are mixed differently (Cramér's V"
            f" {labels['cramer_v']:.2f}, p {labels['p']:.1g}); probabilities learned on one are off on the other."
        )
        severity: Severity = "warning"
        numbers = {"cramer_v": labels["cramer_v"], "p": labels["p"]}
        return Finding(self.code, self.title, severity, seen, numbers, (), self.answers)
