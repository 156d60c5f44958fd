"""Can rows without a label be learned from? Where there are some, and variance or too few labels are the trouble.

Lee 2013 (pseudo-labels), Xie et al. 2020 (noisy student: the student learns from changed rows).
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, inside, technique, whose
from naeum.model.around.pseudo import Pseudo
from naeum.model.claims import LABEL

LEAST = 100  # rows without a label below which they tell too little
TAUGHT = (
    "tfidf_logistic", "nb_logistic", "probe", "finetuned", "char_convolution", "hashed_ngrams", "pair_linear",
    "pair_probe", "cross_encoder", "table_linear", "boosting", "forest", "image_linear", "image_network", "image_probe",
    "tuned_images", "augmented",
)  # fmt: skip
WAYS = ((0.8, 3.0, 1), (0.9, 10.0, 1), (0.8, 3.0, 2))  # confidence, pseudo rows a labelled one, rounds


def _pseudo_labels(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    if evidence.unlabelled < LEAST:
        return
    around = tuple(at for at, node in inside(rung.learner) if node.kind in ("pseudo", "augmented", "bagged"))
    for at, node in inside(rung.learner):
        if node.kind not in TAUGHT or any(at != one and at.startswith(f"{one}.".lstrip(".")) for one in around):
            continue
        if any(at == f"{one}.inner".lstrip(".") for one in around):
            continue
        for confidence, share, rounds in WAYS:
            what = f"rows without a label that it is sure of (from {confidence:.0%}, {share:g} a labelled row"
            what += f", {rounds} rounds)" if rounds > 1 else ")"
            yield Change(
                values.put(rung.learner, at, Pseudo(node, confidence=confidence, share=share, rounds=rounds)),
                f"{what} taught to {whose(rung.learner, at)}",
                f"{evidence.unlabelled} rows have no label, beside {evidence.rows} that have one",
            )


PSEUDO_LABELS = technique("pseudo_labels", "rows without a label, too", ("M02",), _pseudo_labels, LABEL)
