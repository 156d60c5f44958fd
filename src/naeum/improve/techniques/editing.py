"""How does a technique say what it changes?

A technique is written as a generator of `Change`s: a learner, what was changed, and why one would. `technique` makes
it a contract.Technique: it leaves out what equals the rung's learner or was proposed already, adds the changed paths,
and names the finding that the change answers, with its numbers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from naeum import values
from naeum.contract import SHAPES, Edit, Evidence, Finding, OutputKind, Rung, Technique
from naeum.model.around.fitted import Fitted
from naeum.model.claims import EVERY

# What a kind of learner is called in a reason.
NAMES = {
    "tfidf_logistic": "n-grams with logistic regression",
    "nb_logistic": "naive-Bayes n-grams",
    "probe": "the probe",
    "finetuned": "the fine-tuned encoder",
    "cross_encoder": "the encoder of pairs",
    "bi_encoder": "the encoder of either side",
    "pair_probe": "the probe of pairs",
    "tfidf_ridge": "n-grams with ridge regression",
    "tfidf_ordinal": "n-grams with proportional odds",
    "ordinal": "one question a step",
    "crf": "the conditional random field",
    "tuned_tagger": "the fine-tuned tagger",
    "span_ranker": "the ranker of answers",
    "span_reader": "the fine-tuned reader",
    "char_convolution": "the character convolution",
    "hashed_ngrams": "the hashed n-grams",
    "table_linear": "the linear model of the table",
    "boosting": "the boosted trees",
    "forest": "the forest",
    "adaboost": "AdaBoost",
    "columns": "learners of groups of columns",
    "image_linear": "edges and colours with a linear head",
    "image_network": "the network of images",
    "tuned_images": "the tuned network of images",
    "described_images": "the trees on edges and colours",
    "word_probe": "the probe of words",
    "pair_linear": "the linear model of pairs",
    "sequence_network": "the network of words",
    "table_network": "the network of the table",
    "light_boosting": "LightGBM's trees",
    "sequence_tagger": "the network that tags",
    "word_vectors": "the word vectors",
}
# Learners that change what follows from scores, not the scores.
FINISHES = ("calibrated", "conformal", "thresholded", "cut_points", "withheld")
CHOSEN = ("searched", "halved")  # learners that chose what stands inside: editing that would choose again
JUDGE = "judge"  # the field of a learner whose answers only choose rows


@dataclass(frozen=True)
class Change:
    """One thing to try: `what` is "4 epochs instead of 2", `why` the reason where no finding asks for it."""

    learner: Any
    what: str
    why: str
    parents: tuple[int, ...] = ()  # rungs beside the edited one that it is made of


Changes = Callable[[Rung, Evidence], Iterator[Change]]


@dataclass(frozen=True)
class Proposer:
    """The `propose` of a technique, made from its changes."""

    name: str
    codes: tuple[str, ...]
    changes: Changes

    def __call__(self, rung: Rung, evidence: Evidence) -> Iterator[Edit]:
        finding = answered(self.name, self.codes, evidence)
        seen = {values.key(rung.learner)}
        for change in self.changes(rung, evidence):
            key = values.key(change.learner)
            if key in seen:
                continue
            seen.add(key)
            because = finding.seen if finding else change.why
            yield Edit(
                learner=change.learner,
                changed=values.changed(rung.learner, change.learner),
                technique=self.name,
                reason=f"{change.what[0].upper()}{change.what[1:]}: {because.rstrip('.')}.",
                answers=finding.code if finding else "",
                parents=tuple(dict.fromkeys((rung.number, *change.parents))),
            )


def technique(
    name: str, title: str, answers: tuple[str, ...], changes: Changes, outputs: frozenset[OutputKind] = EVERY
) -> Technique:
    """A technique from a generator of changes, for tasks with these kinds of answers."""
    shapes = frozenset(SHAPES[output] for output in outputs)
    return Technique(name, title, answers, Proposer(name, answers, changes), shapes, outputs)


def answered(name: str, codes: tuple[str, ...], evidence: Evidence) -> Finding | None:
    """The finding that a technique answers: one that names it, else one whose code it knows."""
    named = [one for one in evidence.findings if name in one.answers]
    known = [one for one in evidence.findings if one.code in codes]
    return next(iter(named + known), None)


def found(evidence: Evidence) -> frozenset[str]:
    """Codes of what was found."""
    return frozenset(one.code for one in evidence.findings)


def inside(learner: Any) -> Iterator[tuple[str, Any]]:
    """Every value inside a learner that may be edited, with its dotted path.

    Left out is what only judges labels (it does not answer), and what stands under a search: its settings were found
    there, and editing them would search again.
    """
    closed = tuple(f"{at}." if at else "" for at, node in values.nodes(learner) if node.kind in CHOSEN)
    for at, node in values.nodes(learner):
        within = any(at != shut.rstrip(".") and at.startswith(shut) for shut in closed)
        if not within and JUDGE not in at.split("."):
            yield at, node


def settings(learner: Any, *names: str) -> Iterator[tuple[str, Any]]:
    """Every place of a learner where a setting of one of these names stands: its dotted path and the value."""
    for at, node in inside(learner):
        for field in dataclasses.fields(node):
            if field.name in names:
                yield f"{at}.{field.name}".lstrip("."), getattr(node, field.name)


def of_kind(learner: Any, *kinds: str) -> Iterator[tuple[str, Any]]:
    """Every value of these kinds inside a learner, with its dotted path."""
    return ((at, node) for at, node in inside(learner) if node.kind in kinds)


def as_member(rung: Rung) -> Any:
    """A rung's learner, to stand inside another; of a fit that a deadline cut short the model itself, as it is."""
    return rung.learner if rung.complete else Fitted(rung.artifact)


def bare(learner: Any) -> tuple[str, Any]:
    """Where the learner stands under what finishes its answers, and that learner: finishing is decided anew anyway."""
    return ("inner", learner.inner) if learner.kind in FINISHES else ("", learner)


def in_steps(learner: Any) -> Iterator[tuple[str, Any]]:
    """Every learner inside that is trained in steps from a seed of its own, with its dotted path."""
    for at, node in inside(learner):
        if hasattr(node, "fit") and hasattr(node, "optimization"):
            yield at, node


def whose(learner: Any, path: str) -> str:
    """Which learner a path belongs to, in words: "the probe (member 2)"."""
    owner, member = "", ""
    steps = path.split(".")
    for depth in range(len(steps) + 1):
        node = values.get(learner, ".".join(steps[:depth]))
        if values.is_value(node) and node.kind in NAMES:
            owner = NAMES[node.kind]
        if depth and steps[depth - 1].isdigit():
            member = f" (member {int(steps[depth - 1]) + 1})"
    return (owner or "the learner") + member
