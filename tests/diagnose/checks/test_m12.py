"""M12 duplicates with conflicting labels: fires, keeps quiet, does not apply."""

from dataclasses import replace

import numpy as np
import pytest

from naeum.diagnose.checks import ConflictingDuplicates
from naeum.errors import NotApplicable


def _subject(subject, rows, texts, labels):
    fit = rows(labels, texts=texts)
    return subject(fit=fit, sample=None, sample_outputs=None)


def test_fires_and_shows_rows_of_one_input_together(subject, rows):
    texts = ["최고", "good", "최고", "bad", " GOOD", "good"]
    found = ConflictingDuplicates().look(_subject(subject, rows, texts, [0, 1, 1, 0, 0, 1]))
    assert found.rows in {(1, 4, 5, 0, 2), (0, 2, 1, 4, 5)} and found.numbers["inputs"] == 2
    assert found.severity == "warning" and found.numbers["share"] == pytest.approx(2 / 6)
    assert found.seen.startswith("2 inputs stand more than once with different labels (5 rows): 33.3 % of the labels")


def test_few_conflicts_are_a_tip(subject, rows):
    texts = ["같은 글", "같은 글", *(f"글 {row}" for row in range(400))]
    assert ConflictingDuplicates().look(_subject(subject, rows, texts, [0, 1] + [0] * 400)).severity == "tip"


def test_keeps_quiet_where_duplicates_agree_or_are_unlabelled_or_made(subject, rows):
    texts = ["최고", "최고", "good", "good", "bad", "bad"]
    given = _subject(subject, rows, texts, [0, 0, 1, -1, 0, 1])
    made = replace(given.fit, origin=np.array([0, 0, 0, 0, 0, 1], np.uint8))
    assert ConflictingDuplicates().look(replace(given, fit=made)) is None


def test_does_not_apply_without_labels(subject, rows):
    with pytest.raises(NotApplicable, match="it needs two labelled rows with one label each; there are 1"):
        ConflictingDuplicates().look(_subject(subject, rows, ["가", "가"], [0, -1]))
