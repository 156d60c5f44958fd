"""Does each law of checks see the check that breaks it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from naeum.contract import Finding
from naeum.errors import NotApplicable
from naeum.testing import checks as laws
from naeum.testing.checks import CHECK_LAWS, Trial
from naeum.testing.laws import Broken, keep

FOUND = Finding("X01", "too large", "tip", "the number is 12", {"number": 12.0}, (1,), ("mine",))


@dataclass(frozen=True)
class Large:
    """Fires on numbers above 10; says `finding`."""

    code: str = "X01"
    title: str = "too large"
    finding: Any = FOUND

    def look(self, subject: Any) -> Finding | None:
        if subject is None:
            raise NotApplicable("it is for numbers")
        return self.finding if subject > 10 else None


def test_a_sound_check_keeps_all_laws() -> None:
    assert len(keep(CHECK_LAWS, Trial(Large(), 12, 3, None))) == len(CHECK_LAWS)


@pytest.mark.parametrize(
    "law, trial, says",
    [
        (laws.is_named, Trial(Large(code="large"), 12, 3, None), "its code is 'large'"),
        (laws.is_named, Trial(Large(title=" "), 12, 3, None), "it has no title"),
        (laws.fires_where_it_should, Trial(Large(), 3, 3, None), "it gave None where it should fire"),
        (laws.fires_where_it_should, Trial(Large(code="X02"), 12, 3, None), "the finding is called X01"),
        (
            laws.fires_where_it_should,
            Trial(Large(finding=Finding("X01", "t", "tip", "no number")), 12, 3, None),
            "no number in 'no number'",
        ),
        (
            laws.fires_where_it_should,
            Trial(Large(finding=Finding("X01", "t", "bad", "12")), 12, 3, None),
            "severity 'bad'",
        ),  # type: ignore[arg-type]
        (laws.keeps_quiet_where_it_should, Trial(Large(), 12, 12, None), "it fired: the number is 12"),
        (laws.says_where_it_does_not_apply, Trial(Large(), 12, 3, 3), "it gave None where it does not apply"),
    ],
)
def test_a_fault_is_seen(law: Any, trial: Trial, says: str) -> None:
    with pytest.raises(Broken, match=says):
        law(trial)
