"""Would the mean of fits on parts of the rows vary less than one fit (Breiman 1996)? For learners that are quick."""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, inside, technique, whose
from naeum.model.around.bagged import Bagged

# Kinds that are quick, and whose answer varies with the rows; a forest is a bag already.
QUICK = (
    "table_linear", "boosting", "adaboost", "derived_columns", "described_images", "tfidf_logistic", "nb_logistic",
    "tfidf_ridge", "pair_linear", "image_linear", "crf",
)  # fmt: skip
FOLDS = (5, 10)
MANY = 20_000  # rows from which ten fits tell no more than five


def _bagging(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    bags = tuple(at for at, node in inside(rung.learner) if node.kind in ("bagged", "derived_columns"))
    for at, node in inside(rung.learner):
        if node.kind not in QUICK or any(at != bag and at.startswith(f"{bag}.".lstrip(".")) for bag in bags):
            continue
        for folds in FOLDS if evidence.rows < MANY else FOLDS[:1]:
            yield Change(
                values.put(rung.learner, at, Bagged(node, folds)),
                f"the mean of {folds} fits, each without other rows, of {whose(rung.learner, at)}",
                f"it uses all {evidence.rows} rows, also those that one fit only looks at",
            )


BAGGING = technique("bagging", "the mean of fits on parts of the rows", ("M02",), _bagging)
