"""D36: can the inputs of two parts be told apart?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from naeum.contract import Finding
from naeum.explore.checks.apart import SURE, finding, told_apart
from naeum.explore.checks.saying import listed
from naeum.explore.subject import Subject

LEAST_DISTANCE = 0.1  # of the distributions of a column: as many of its rows would have to change


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
            what = one.get("what", "texts")
            words = [each["word"] for side in one["words"] if side["side"] == "part" for each in side["words"]]
            numbers[f"auroc {one['part']}"] = one["auroc"]
            clause = told_apart(one, f"{one['part']} {what}", f"training {what}", words)
            if clause is not None:
                said.append(clause)
                rows += [each["row"] for each in one["unlike"]]
            columns = [each["column"] for each in one["columns"] if _differs(each)]
            if columns:
                said.append(f"{len(columns)} columns differ between train and {one['part']}: {listed(columns)}")
        return finding(self, said, numbers, rows)


def _differs(column: Mapping[str, Any]) -> bool:
    return bool(column["distance"] >= LEAST_DISTANCE and column["p_holm"] < SURE)  # p after Holm's correction
