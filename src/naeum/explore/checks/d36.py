"""D36: can the inputs of two parts be told apart?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import Finding, Severity
from naeum.explore.checks.saying import ROWS_SHOWN, listed
from naeum.explore.subject import Subject

LEAST_AUROC = 0.6  # of the classifier that tells the parts apart: below it even a sure difference is faint
LEAST_DISTANCE = 0.1  # of the distributions of a column: as many of its rows would have to change
SURE = 0.001  # p of a column's test after Holm's correction: a false alarm costs trust


@dataclass(frozen=True)
class InputShift:
    """Fires where a classifier tells validation or test inputs from training inputs, or a column differs."""

    code: ClassVar[str] = "D36"
    title: ClassVar[str] = "inputs differ between parts"
    answers: ClassVar[tuple[str, ...]] = ("base", "augment")

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the rows most unlike the training rows, or None.

        Raises:
            NotApplicable: no other part was given, or it is small.
        """
        said, numbers, rows = list[str](), dict[str, float](), list[int]()
        for one in subject.part("shift")["parts"]:
            columns = [
                each["column"]
                for each in one["columns"]
                if each["distance"] >= LEAST_DISTANCE and each["p_holm"] < SURE
            ]
            what = one.get("what", "texts")
            apart = one["auroc"] >= LEAST_AUROC and one["low"] > 0.5
            numbers[f"auroc {one['part']}"] = one["auroc"]
            if apart:
                words = [each["word"] for side in one["words"] if side["side"] == "part" for each in side["words"]]
                telling = f", by words such as {listed([repr(word) for word in words[:3]])}" if words else ""
                said.append(
                    f"a classifier tells {one['part']} {what} from training {what} with AUROC {one['auroc']:.2f}"
                    f" ({one['low']:.2f} to {one['high']:.2f}){telling}"
                )
                rows += [each["row"] for each in one["unlike"]]
            if columns:
                said.append(f"{len(columns)} columns differ between train and {one['part']}: {listed(columns)}")
        if not said:
            return None
        severity: Severity = "warning"
        seen = "; ".join(said)
        return Finding(
            self.code,
            self.title,
            severity,
            f"{seen[:1].upper()}{seen[1:]}.",
            numbers,
            tuple(rows[:ROWS_SHOWN]),
            self.answers,
        )
