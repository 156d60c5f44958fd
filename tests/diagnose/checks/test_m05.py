"""M05 truncated texts: fires, keeps quiet, does not apply."""

import numpy as np
import pytest

from naeum.diagnose.checks import Truncation
from naeum.errors import NotApplicable

LENGTHS = np.where(np.arange(400) % 10 == 0, 300, 20)  # one text in ten is long


def test_fires_and_shows_the_longest_rows(subject):
    lengths = LENGTHS.copy()
    lengths[70] = 9000
    found = Truncation().look(subject(lengths=lengths, max_length=128))
    assert found.numbers["share"] == pytest.approx(0.1) and found.rows[0] == 70
    assert found.answers == ("max_length",)
    assert found.seen.startswith("10.0 % of the texts are longer than the 128 tokens that are read")


def test_is_an_issue_where_cut_rows_are_answered_worse(subject, answers):
    given = subject()
    cut = np.arange(1000) % 10 == 0
    found = Truncation().look(
        subject(
            lengths=LENGTHS, max_length=128, tune_lengths=np.where(cut, 300, 20),
            tune_outputs=answers(given.tune, cut & (np.arange(1000) % 20 == 0)),
        )
    )  # fmt: skip
    assert found.severity == "issue" and found.numbers["cost"] == pytest.approx(0.5)
    assert "error on cut rows is higher by 50.0 %" in found.seen


def test_the_clean_fit_rows_show_the_effect_where_tune_lengths_are_unknown(subject, rows, answers):
    from naeum.contract import subset

    given = subject()
    turned = subset(given.fit, np.arange(400)[::-1], "turned")
    wrong = (LENGTHS > 128)[::-1]
    found = Truncation().look(
        subject(sample=turned, sample_outputs=answers(turned, wrong), lengths=LENGTHS, max_length=128)
    )
    assert found.numbers["cost"] == pytest.approx(1.0)


def test_keeps_quiet_where_few_texts_are_cut(subject):
    assert Truncation().look(subject(lengths=LENGTHS, max_length=300)) is None
    assert Truncation().look(subject(lengths=np.where(np.arange(400) < 10, 300, 20), max_length=128)) is None


def test_does_not_apply_to_learners_that_read_whole_texts(subject):
    with pytest.raises(NotApplicable, match="it is for learners that read a limited length; this one names no limit"):
        Truncation().look(subject(lengths=LENGTHS))
