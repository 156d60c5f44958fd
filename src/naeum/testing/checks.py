"""Which laws must every check keep?"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, get_args

from naeum.contract import Check, Finding, Severity
from naeum.errors import NotApplicable
from naeum.testing.laws import Broken, must


@dataclass(frozen=True)
class Trial:
    """A check with a subject on which it fires, one on which it keeps quiet, and one to which it does not apply."""

    check: Check
    fires: Any
    quiet: Any
    not_applicable: Any


def is_named(trial: Trial) -> None:
    """It has a code, a letter and two digits, and a title."""
    must(re.fullmatch(r"[A-Z]\d\d", trial.check.code), f"its code is {trial.check.code!r}")
    must(trial.check.title.strip(), "it has no title")


def fires_where_it_should(trial: Trial) -> None:
    """It says a finding: its code, a severity, a sentence with a number in it, numbers and rows that are JSON."""
    found = trial.check.look(trial.fires)
    if not isinstance(found, Finding):
        raise Broken(f"it gave {found!r} where it should fire")
    must(found.code == trial.check.code, f"the finding is called {found.code}")
    must(found.severity in get_args(Severity), f"severity {found.severity!r}")
    must(re.search(r"\d", found.seen), f"no number in {found.seen!r}")
    must(json.loads(json.dumps(found.to_json(), allow_nan=False)) is not None, "it is not JSON")


def keeps_quiet_where_it_should(trial: Trial) -> None:
    """It says nothing where nothing is wrong."""
    found = trial.check.look(trial.quiet)
    must(found is None, f"it fired: {found.seen if found else ''}")


def says_where_it_does_not_apply(trial: Trial) -> None:
    """It raises NotApplicable with a sentence."""
    try:
        found = trial.check.look(trial.not_applicable)
    except NotApplicable as why:
        must(str(why).strip(), "it does not say why it does not apply")
        return
    raise Broken(f"it gave {found!r} where it does not apply")


def says_the_same_twice(trial: Trial) -> None:
    """Looking changes nothing: the second look says what the first did."""
    must(trial.check.look(trial.fires) == trial.check.look(trial.fires), "two looks say two things")


CHECK_LAWS = (
    is_named,
    fires_where_it_should,
    keeps_quiet_where_it_should,
    says_where_it_does_not_apply,
    says_the_same_twice,
)
