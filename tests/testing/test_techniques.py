"""Does each law of techniques see the technique that breaks it, and do naeum's own keep them?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from naeum import registry
from naeum.contract import Edit, Evidence, Finding, Rung, Task, Technique
from naeum.model.text.linear import TfidfLogistic
from naeum.testing import techniques as laws
from naeum.testing.laws import Broken, keep
from naeum.testing.techniques import TECHNIQUE_LAWS, Situation

START = TfidfLogistic()
RUNG = Rung(3, START, "made", "made", (), ("",), "key", 0.8, 0.7, 0.9, 0.8, 0.9, kept=True)
FINDING = Finding("M02", "variance", "warning", "the gap is 0.2", answers=("regularization",))
EVIDENCE = Evidence(Task(classes=("a", "b")), RUNG, (RUNG,), (FINDING,), 100, (60, 40), ("ko",), {"mean": 6.0})


def situation(*edits: Edit) -> Situation:
    return Situation(Technique("mine", "mine", (), lambda rung, evidence: iter(edits)), RUNG, EVIDENCE)


def edit(learner: Any = replace(START, c=2.0), **fields: Any) -> Edit:  # noqa: B008 - a frozen value
    return replace(Edit(learner, ("c",), "mine", "c = 2 instead of 8.", "M02", (3,)), **fields)


def test_a_sound_technique_keeps_all_laws() -> None:
    assert len(keep(TECHNIQUE_LAWS, situation(edit(), edit(replace(START, c=1.0))))) == len(TECHNIQUE_LAWS)


@pytest.mark.parametrize(
    "law, wrong, says",
    [
        (laws.learners_are_different, [edit(), edit()], "was proposed that is there already"),
        (laws.learners_are_different, [edit(START)], "was proposed that is there already"),
        (laws.says_what_it_changed, [edit(changed=("words",))], "differ"),
        (laws.says_what_it_changed, [edit(technique="yours")], "it calls itself yours"),
        (laws.says_what_it_changed, [edit(reason="")], "its reason is ''"),
        (laws.says_what_it_changed, [edit(parents=())], "lack rung 3"),
        (laws.answers_a_finding_that_is_there, [edit(answers="M01")], "it answers M01"),
        (laws.learners_are_valid, [edit(replace(START, words=[1, 2]))], "does not survive JSON"),
    ],
)
def test_a_fault_is_seen(law: Any, wrong: list[Edit], says: str) -> None:
    with pytest.raises(Broken, match=says):
        law(situation(*wrong))


def test_a_technique_that_remembers_is_seen() -> None:
    asked: list[int] = []

    def propose(rung: Rung, evidence: Evidence) -> Iterator[Edit]:
        asked.append(1)
        yield edit(replace(START, c=float(len(asked))))

    with pytest.raises(Broken, match="two askings give two answers"):
        laws.is_pure(Situation(Technique("mine", "mine", (), propose), RUNG, EVIDENCE))


@pytest.mark.parametrize("technique", registry.techniques(), ids=lambda one: one.name)
def test_naeums_own_techniques_keep_them(technique: Technique, tmp_path: Path) -> None:
    assert keep(TECHNIQUE_LAWS, Situation(technique, RUNG, EVIDENCE))
