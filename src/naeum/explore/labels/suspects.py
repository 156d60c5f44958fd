"""Which labels look wrong, which rows are hard, and between which classes can a row not be told apart?

Out-of-fold probabilities: every row is answered by a linear model that did not learn from it, its group or its near
copies. Confident learning (Northcutt et al. 2021, see measure/noise.py) says which labels look wrong.

References:
    Northcutt, Jiang & Chuang 2021, "Confident learning: estimating uncertainty in dataset labels".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Floats, Ids, Ints, Outputs, Parts, Policy
from naeum.diagnose.noise import Noise, agree, find, out_of_fold
from naeum.errors import BaseModelError, InputError, MissingExtra, NotApplicable
from naeum.explore.labels.alone import Alone
from naeum.explore.labels.conflicts import Labelled, labelled, labels_at
from naeum.explore.plain.features import applies
from naeum.explore.plain.rows import Rows, rows_of
from naeum.explore.plain.trees import by_trees
from naeum.explore.subject import Subject
from naeum.explore.text.source import base_of, texts_in
from naeum.explore.text.space import encoded
from naeum.model.text.linear import TfidfLogistic

MOST_ROWS = 20_000  # rows that are judged: five seconds, and a noise rate known to 0.3 points
MOST_CELLS = 1_200_000  # rows times classes: the models of 150 classes take eight seconds on 8,000 rows
MOST_ENCODED = 8_000  # rows that a base model reads: ten seconds; they stay in the cache for the climb
FOLDS = 4  # each learns from three quarters of the rows; a fifth fold changes the ranking little
LEAST_CLOSED = 0.3  # of the majority's mistakes; of a table whose columns tell less, rows look wrong by the dozen
CLOSE = 0.1  # of probability between the two likeliest classes: below it a row is ambiguous
GRID = (0.001, 0.003, 0.01, 0.03)  # inverse penalties of the linear model on vectors: with wrong labels, strong ones
SMALLEST = 1e-9  # probability that a log loss counts: no single row decides
SHOWN = 200  # rows of each kind that are listed
LINEAR = TfidfLogistic(words=(1, 1), chars=(2, 4), c=4.0, max_features=60_000)


@dataclass(frozen=True, eq=False)
class Read:
    """What a learner that did not see them says of rows."""

    ids: Ids
    given: Ints  # codes, -1 = unlabelled
    probabilities: Floats  # (rows, classes) out-of-fold
    noise: Noise

    @property
    def answered(self) -> Ints:
        return np.asarray(self.probabilities.argmax(axis=1), np.int64)

    @property
    def wrong(self) -> Ints:
        """Positions of the rows whose label is not what was answered."""
        return np.flatnonzero((self.given >= 0) & (self.answered != self.given))


def look(subject: Subject) -> dict[str, Any] | None:
    """Suspected labels, hard and ambiguous rows, and the pairs of classes that are mistaken most often.

    Of texts two unlike learners judge where a base model knows the language, else the one on n-grams alone; rows of a
    table without a text are judged by boosted trees and by a linear model on its cells.

    Raises:
        NotApplicable: there are too few labelled rows or classes.
    """
    among = _among(subject)
    try:
        if isinstance(among, Rows):
            found, by = judged_by_cells(among, subject.seed), ["boosted trees", "a linear model"]
        else:
            found, by = judged(among.dataset, subject)
    except InputError as reason:
        raise NotApplicable(str(reason)) from None
    told = {**listed(found, among), "what": "rows" if isinstance(among, Rows) else "texts"}
    if told["what"] == "rows" and closed(found) < LEAST_CLOSED:
        raise NotApplicable("the columns tell the target too poorly for a label to look wrong by them")
    return {"rows": len(among.row), "of": among.of, "by": by, **told}


def closed(found: Read) -> float:
    """The share of the mistakes of always answering the most frequent class that the learners do not make.

    Below zero where they make more.
    """
    known = found.given[found.given >= 0]
    majority = 1 - float(np.bincount(known).max()) / max(len(known), 1)
    return 1 - (len(found.wrong) / max(len(known), 1)) / majority if majority > 0 else 0.0


def _among(subject: Subject) -> Labelled:
    if applies(subject):
        classes = subject.known[subject.target]["distinct"] if subject.target is not None else 1
        return rows_of(subject, min(MOST_ROWS, MOST_CELLS // max(classes, 1)))
    classes = len(subject.data.dataset.task.classes) if subject.data is not None else 1
    return labelled(subject, min(MOST_ROWS, MOST_CELLS // max(classes, 1)))


def judged_by_cells(rows: Rows, seed: int = 0) -> Read:
    """What boosted trees and a linear model say of the rows of a table, their probabilities taken together.

    On tables with planted errors the mean finds as many as the trees and is right as often as where both must agree.

    Raises:
        InputError: fewer groups of equal rows than folds.
        NotApplicable: fewer than two classes can be judged.
    """
    told = by_trees(rows, seed=seed), by_vectors(rows.dataset, rows.vectors(), seed=seed)
    return read(rows.dataset, [np.asarray(np.mean(told, axis=0), np.float32)], seed=seed)


def judged(dataset: Dataset, subject: Subject) -> tuple[Read, list[str]]:
    """What the learners that are at hand and quick enough say of rows, and which they were.

    Raises:
        InputError: fewer groups than folds.
        NotApplicable: fewer than two classes can be judged.
    """
    told, by = [by_ngrams(dataset, policy=subject.policy, seed=subject.seed)], ["n-grams"]
    if len(dataset) <= MOST_ENCODED:
        try:
            base, fits = base_of(subject)
            if fits:
                words = texts_in(dataset, subject.seed).column
                told.append(by_vectors(dataset, encoded(base, words, subject).vectors, seed=subject.seed))
                by.append(base.name)
        except (NotApplicable, BaseModelError, MissingExtra) as reason:
            subject.say("note", text=f"suspected labels by n-grams alone: {reason}")
    return read(dataset, told, seed=subject.seed), by


def listed(found: Read, among: Labelled) -> dict[str, Any]:
    """What was found, as JSON: rows by their numbers, the first SHOWN of each kind with their texts."""
    names = among.dataset.task.classes
    place = {int(row): at for at, row in enumerate(found.ids)}
    suspects = found.noise.listed(names)
    suspected = np.array([place[one["id"]] for one in suspects], np.int64)
    between, two = ambiguous(found)
    hardest = hard(found)
    chance = found.probabilities[np.arange(len(found.ids)), found.given]
    pairs = [[names[code] for code in pair] for pair in two[:SHOWN].tolist()]
    return {
        **found.noise.to_json(),
        "judged": len(found.noise),
        "wrong": len(found.wrong) / len(found.ids),
        "wrong_rows": among.row[found.wrong].tolist(),
        "suspect_rows": among.row[suspected].tolist(),
        "listed": _shown(among, suspected, suggested=[one["suggested"] for one in suspects],
                         score=[one["score"] for one in suspects]),
        "hard": _shown(among, hardest, answered=[names[code] for code in found.answered[hardest]],
                       chance=chance[hardest].astype(float).tolist()),
        "ambiguous_rows": len(between),
        "ambiguous": _shown(among, between, between=pairs),
        "confused": [[names[one], names[other], rows] for one, other, rows in confused(found)],
    }  # fmt: skip


def _shown(among: Labelled, at: Ints, **more: list[Any]) -> list[dict[str, Any]]:
    """The first SHOWN of the rows at positions: number, label, text, and one value of each list."""
    first = at[:SHOWN]
    told = zip(among.row[first].tolist(), labels_at(among.dataset, first), among.texts(first), strict=True)
    return [
        {"row": row, "label": label, "text": text, **{name: values[place] for name, values in more.items()}}
        for place, (row, label, text) in enumerate(told)
    ]


def by_ngrams(dataset: Dataset, *, policy: Policy, seed: int = 0, learner: Any = LINEAR) -> Floats:
    """(rows, classes) out-of-fold probabilities of the sparse linear model.

    Raises:
        InputError: fewer groups than folds.
    """
    run = Alone(seed=seed, policy=policy)

    def fit_predict(learn: Dataset, held: Dataset) -> Outputs:
        none = _none(learn)
        answered: Outputs = learner.fit(Parts(learn, none), run).predict(held.rows)
        return answered

    return out_of_fold(fit_predict, dataset, folds=FOLDS, seed=seed)


def by_vectors(dataset: Dataset, vectors: Floats, *, seed: int = 0) -> Floats:
    """(rows, classes) out-of-fold probabilities of logistic regression on vectors (rows, width) of the rows.

    The penalty is the one of GRID with the smallest out-of-fold log loss: a weak one learns wrong labels by heart, and
    then finds nothing wrong with them.

    Raises:
        InputError: fewer groups than folds.
    """
    from threadpoolctl import threadpool_limits

    from naeum.engine.logistic import problem, solve

    place = {int(row): at for at, row in enumerate(dataset.ids)}
    scaled = vectors / (float(vectors.std()) or 1.0)
    told = np.zeros((len(GRID), len(dataset), len(dataset.task.classes)), np.float32)

    def fit_predict(learn: Dataset, held: Dataset) -> Outputs:
        rows, others = (np.array([place[int(row)] for row in part.ids], np.int64) for part in (learn, held))
        given = problem(scaled[rows], learn.target, learn.weight, len(learn.task.classes))
        fitted = None
        for number, c in enumerate(GRID):
            fitted = solve(given, c, fitted)
            outputs = Outputs(learn.task, fitted.logits(scaled[others]))
            told[number, others] = outputs.probabilities
        return outputs

    with threadpool_limits(1):  # small matrices: threads that wait for one another are slow
        out_of_fold(fit_predict, dataset, folds=FOLDS, seed=seed)
    known = np.flatnonzero(dataset.target >= 0)
    own = told[:, known, dataset.target[known]]
    best = int(np.log(np.maximum(own, SMALLEST)).mean(axis=1).argmax())
    return np.asarray(told[best], np.float32)


def read(dataset: Dataset, told: list[Floats], *, seed: int = 0) -> Read:
    """What one or two learners' out-of-fold probabilities say; of two, a suspect is what both suspect.

    Raises:
        NotApplicable: fewer than two classes can be judged.
    """
    found = [find(probabilities, dataset, seed=seed) for probabilities in told]
    noise = found[0] if len(found) == 1 else agree(found[0], found[1], seed=seed)
    mean = np.asarray(np.mean(told, axis=0, dtype=np.float64), np.float32)
    return Read(dataset.ids, dataset.target, mean, noise)


def hard(found: Read, most: int = SHOWN) -> Ints:
    """Positions of the rows answered most surely otherwise than labelled that are not suspects: hard, or rare."""
    suspected = sets.isin(found.ids, found.noise.ids[found.noise.suspects])
    rows = found.wrong[~suspected[found.wrong]]
    own = found.probabilities[rows, found.given[rows]]
    return rows[np.argsort(own, kind="stable")[:most]]


def ambiguous(found: Read) -> tuple[Ints, Ints]:
    """Positions of the rows whose two likeliest classes are CLOSE, the closest first, and those classes (rows, 2)."""
    two = np.argsort(-found.probabilities, axis=1, kind="stable")[:, :2]
    best = np.take_along_axis(found.probabilities, two, axis=1)
    apart = best[:, 0] - best[:, 1]
    rows = np.flatnonzero(apart < CLOSE)
    rows = rows[np.argsort(apart[rows], kind="stable")]
    return rows, two[rows]


def confused(found: Read, most: int = 10) -> list[tuple[int, int, int]]:
    """(labelled, answered, rows) of the pairs of classes that are mistaken for one another most often."""
    classes = found.probabilities.shape[1]
    pairs = found.given[found.wrong] * classes + found.answered[found.wrong]
    values, counts = np.unique(pairs, return_counts=True)
    order = np.argsort(-counts, kind="stable")[:most]
    return [(int(values[at]) // classes, int(values[at]) % classes, int(counts[at])) for at in order]


def _none(dataset: Dataset) -> Dataset:
    from naeum.contract import subset

    return subset(dataset, np.empty(0, np.int64), f"{dataset.key}/none")
