"""Which laws must every technique keep?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from naeum import registry, values
from naeum.contract import Edit, Evidence, Rung, Technique
from naeum.testing.laws import must


@dataclass(frozen=True)
class Situation:
    """A technique with the rung that it is to edit and all it may know.

    Args:
        kinds: classes of learners, and of the values inside them, that the registry does not know, by kind.
    """

    technique: Technique
    rung: Rung
    evidence: Evidence
    kinds: Mapping[str, Any] = field(default_factory=dict)

    def edits(self) -> list[Edit]:
        """All that it proposes."""
        return list(self.technique.propose(self.rung, self.evidence))


def is_pure(situation: Situation) -> None:
    """Asked twice it proposes the same, and the learner it edits stays as it is."""
    before = values.canonical(values.to_json(situation.rung.learner))
    must(situation.edits() == situation.edits(), "two askings give two answers")
    must(values.canonical(values.to_json(situation.rung.learner)) == before, "the learner was changed")


def learners_are_valid(situation: Situation) -> None:
    """What it proposes are learners that JSON brings back, for the shape of the task."""
    known = {**registry.values(), **situation.kinds}
    for edit in situation.edits():
        back = values.from_json(json.loads(values.canonical(values.to_json(edit.learner))), known)
        must(back == edit.learner, f"{edit.learner} does not survive JSON")
        must(situation.evidence.task.shape in edit.learner.shapes, f"{edit.learner.kind} is not for this task")


def learners_are_different(situation: Situation) -> None:
    """Each proposal differs from the rung's learner and from every other."""
    keys = [values.key(situation.rung.learner), *(values.key(edit.learner) for edit in situation.edits())]
    must(len(set(keys)) == len(keys), "a learner was proposed that is there already")


def says_what_it_changed(situation: Situation) -> None:
    """`changed` are the paths at which the learners differ; name, reason and parents are there."""
    for edit in situation.edits():
        paths = values.changed(situation.rung.learner, edit.learner)
        must(edit.changed == paths, f"it says {edit.changed}; {paths} differ")
        must(edit.technique == situation.technique.name, f"it calls itself {edit.technique}")
        must(len(edit.reason) > len("too short"), f"its reason is {edit.reason!r}")
        must(situation.rung.number in edit.parents, f"parents {edit.parents} lack rung {situation.rung.number}")


def answers_a_finding_that_is_there(situation: Situation) -> None:
    """An edit answers a finding of the evidence, or none."""
    codes = {finding.code for finding in situation.evidence.findings}
    for edit in situation.edits():
        must(not edit.answers or edit.answers in codes, f"it answers {edit.answers}; findings are {sorted(codes)}")


TECHNIQUE_LAWS = (
    is_pure,
    learners_are_valid,
    learners_are_different,
    says_what_it_changed,
    answers_a_finding_that_is_there,
)
