"""Which class does a row of a table seem to be of, to boosted trees that did not see it?"""

from __future__ import annotations

import numpy as np

from naeum.contract import Dataset, Floats, Outputs
from naeum.explore.plain.rows import Rows
from naeum.measure.noise import out_of_fold

FOLDS = 4  # as for texts: each learns from three quarters of the rows
TREES = 60  # of each class
RATE = 0.1
LEAVES = 15
SMALLEST = 1e-6  # probability that a logarithm is taken of


def by_trees(rows: Rows, *, seed: int = 0) -> Floats:
    """(rows, classes) out-of-fold probabilities; equal rows are answered together.

    Raises:
        InputError: fewer groups of equal rows than folds.
    """
    from sklearn.ensemble import HistGradientBoostingClassifier
    from threadpoolctl import threadpool_limits

    place = {int(row): at for at, row in enumerate(rows.dataset.ids)}

    def fit_predict(learn: Dataset, held: Dataset) -> Outputs:
        at, others = (np.array([place[int(row)] for row in part.ids], np.int64) for part in (learn, held))
        model = HistGradientBoostingClassifier(
            max_iter=TREES, learning_rate=RATE, max_leaf_nodes=LEAVES, early_stopping=False, random_state=seed,
            categorical_features=rows.words,
        )  # fmt: skip
        model.fit(rows.cells[at], learn.target)
        told = np.zeros((len(others), len(learn.task.classes)), np.float32)
        told[:, model.classes_] = model.predict_proba(rows.cells[others])
        return Outputs(learn.task, np.log(np.maximum(told, SMALLEST)))

    with threadpool_limits(1):  # small trees: threads that wait for one another are slow
        return out_of_fold(fit_predict, rows.dataset, folds=FOLDS, seed=seed)
