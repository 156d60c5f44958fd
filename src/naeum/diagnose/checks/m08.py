"""M08: do fit and tune look different?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from naeum import sets
from naeum.contract import Dataset, Finding, Severity
from naeum.data.parts import joined
from naeum.data.strata import strata
from naeum.diagnose.adversary import tell_apart
from naeum.diagnose.mistakes import ROWS_SHOWN
from naeum.diagnose.subject import Subject
from naeum.errors import NotApplicable

LEAST_AUROC = 0.6  # of the classifier that tells the parts apart: below it even a sure difference is faint
LABEL_P = 0.001  # of the chi-square test: many runs are made, and a false alarm costs trust
LEAST_CRAMER = 0.1  # Cramér's V: a "small" effect (Cohen 1988); below it shares of classes differ by little
LEAST_ROWS = 100  # rows a part: with fewer the AUROC is not known to ±0.1
LEAST_EXPECTED = 5.0  # rows a cell of the chi-square test (Cochran 1954); smaller classes are put together


@dataclass(frozen=True)
class Shift:
    """Fires where a classifier tells fit from tune inputs, or their classes are mixed differently."""

    code: ClassVar[str] = "M08"
    title: ClassVar[str] = "shift between parts"
    severity: ClassVar[Severity] = "warning"

    def look(self, subject: Subject) -> Finding | None:
        """The finding with the tune rows most unlike fit, or None.

        Raises:
            NotApplicable: a part is too small, or both hold the same rows.
        """
        fit, tune = subject.fit, subject.tune
        if min(len(fit), len(tune)) < LEAST_ROWS:
            raise NotApplicable(f"it needs {LEAST_ROWS} rows in fit and in tune; there are {len(fit)} and {len(tune)}")
        if sets.isin(tune.ids, fit.ids).any():
            raise NotApplicable("fit and tune hold the same rows (folds), so they cannot differ")
        if "image" in subject.task.columns.values():
            raise NotApplicable("it compares texts and cells; these rows are images")
        apart = tell_apart(fit, tune, seed=subject.seed)
        size, chance = label_shift(fit, tune)
        inputs = apart.auroc.value >= LEAST_AUROC and apart.auroc.low > 0.5
        labels = size >= LEAST_CRAMER and chance < LABEL_P
        if not inputs and not labels:
            return None
        area = f"{apart.auroc.value:.2f} ({apart.auroc.low:.2f} to {apart.auroc.high:.2f})"
        said = [f"a classifier tells tune texts from fit texts with AUROC {area}"] if inputs else []
        said += [f"classes are mixed differently (Cramér's V {size:.2f}, p {chance:.1g})"] if labels else []
        numbers = {"auroc": apart.auroc.value, "low": apart.auroc.low, "high": apart.auroc.high}
        numbers |= {"cramer_v": size, "label_p": chance}
        unlike = np.argsort(-apart.likeness, kind="stable")[:ROWS_SHOWN] if inputs else np.empty(0, np.int64)
        answers = (("base", "augment") if inputs else ()) + (("logit_adjustment", "calibrate") if labels else ())
        rows = tuple(int(row) for row in apart.ids[unlike])
        return Finding(self.code, self.title, self.severity, "; ".join(said) + ".", numbers, rows, answers)


def label_shift(first: Dataset, second: Dataset) -> tuple[float, float]:
    """Cramér's V and the p value of the chi-square test that both parts mix the classes alike; (0, 1) without labels.

    References:
        Pearson 1900; Cramér 1946, "Mathematical methods of statistics".
    """
    from scipy.stats import chi2_contingency

    both = joined((first, second))
    sorts = strata(both)  # classes; of numbers their tenths, over both parts alike
    side, known = np.repeat([0, 1], [len(first), len(second)]), sorts >= 0
    counts = np.zeros((2, int(sorts.max(initial=0)) + 1), np.int64)
    np.add.at(counts, (side[known], sorts[known]), 1)
    if not counts.sum(axis=1).all():
        return 0.0, 1.0
    expected = counts.sum(axis=0) * counts.sum(axis=1).min() / counts.sum()
    rare = expected < LEAST_EXPECTED
    table = np.column_stack([counts[:, ~rare], counts[:, rare].sum(axis=1)])
    table = table[:, table.sum(axis=0) > 0]
    if table.shape[1] < 2:
        return 0.0, 1.0
    test = chi2_contingency(table, correction=False)
    return float(np.sqrt(test.statistic / table.sum())), float(test.pvalue)
