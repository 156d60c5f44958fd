"""How should several labels, or numbers, be wanted: rare labels more, wild numbers less, by their logarithm?

Ridnik et al. 2021, "Asymmetric loss for multi-label classification"; Lin et al. 2017 (focal loss); Huber 1964.
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, OutputKind, Rung
from naeum.improve.techniques.editing import Change, found, of_kind, settings, technique, whose

LABELS: frozenset[OutputKind] = frozenset({"labels"})
NUMBER: frozenset[OutputKind] = frozenset({"number"})
GAMMAS = (4.0, 2.0)  # 4 is the paper's choice
LINEAR = ("table_linear", "tfidf_ridge")  # with a loss of their own


def _label_losses(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    why = f"of {len(evidence.task.classes)} labels a row lacks most, and what it lacks is easy"
    for at, node in of_kind(rung.learner, "objective"):
        for loss, gammas in (("asymmetric", GAMMAS), ("focal", (2.0,))):
            for gamma in gammas if node.loss != loss else ():
                learner = values.put(rung.learner, f"{at}.loss".lstrip("."), loss)
                learner = values.put(learner, f"{at}.focal_gamma".lstrip("."), gamma)
                yield Change(learner, f"{loss} loss with gamma {gamma:g} in {whose(rung.learner, at)}", why)


def _label_weights(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, now in settings(rung.learner, "class_weight"):
        new = "none" if now == "balanced" else "balanced"
        what = "rows with a rare label weighed up" if new == "balanced" else "no weights of labels"
        why = f"of {len(evidence.task.classes)} labels some are rare"
        yield Change(values.put(rung.learner, path, new), f"{what} in {whose(rung.learner, path)}", why)


def _robust_loss(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """Huber's loss, which wild numbers pull less; back to squares where too little is learned."""
    back = "M01" in found(evidence) and not found(evidence) & {"M02", "M03"}
    for at, node in of_kind(rung.learner, *LINEAR, "objective"):
        usual = "cross_entropy" if node.kind == "objective" else "squared"
        new = usual if node.loss == "huber" else "huber"
        if (new == "huber") != back:
            words = "Huber's loss" if new == "huber" else "squares"
            yield Change(
                values.put(rung.learner, f"{at}.loss".lstrip("."), new),
                f"{words} in {whose(rung.learner, at)}",
                f"of {evidence.rows} numbers a few wild ones pull the others by their square",
            )


def _log_target(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, now in settings(rung.learner, "target"):
        new = "none" if now == "log" else "log"
        words = "the logarithm of the number" if new == "log" else "the number itself"
        yield Change(
            values.put(rung.learner, path, new),
            f"{words} learned in {whose(rung.learner, path)}",
            f"{evidence.rows} numbers may spread over powers of ten",
        )


LABEL_LOSSES = technique("label_losses", "asymmetric or focal loss of labels", ("M01", "M04"), _label_losses, LABELS)
LABEL_WEIGHTS = technique("label_weights", "rare labels weighed up", ("M04", "M06"), _label_weights, LABELS)
ROBUST_LOSS = technique("robust_loss", "Huber's loss or squares", ("M01", "M02", "M03"), _robust_loss, NUMBER)
LOG_TARGET = technique("log_target", "the logarithm of a number", ("M01", "M02"), _log_target, NUMBER)
