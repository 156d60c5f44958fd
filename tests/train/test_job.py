"""Does a job say what it must, and nothing that another job could change?"""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import numpy as np
import pytest
import torch

from naeum.contract import Policy
from naeum.testing.runs import TinyRun
from naeum.train import cost, loop
from naeum.train.job import Examples, Job, Trained
from naeum.train.look import logits_of
from naeum.train.recipe import Optimization


def test_jobs_and_what_comes_of_them_cannot_be_changed(make_job) -> None:
    job = make_job()
    for thing in (job, job.fit, Trained((), 1.0, 1.0, True)):
        name = dataclasses.fields(thing)[0].name
        with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign"):
            setattr(thing, name, None)


def test_examples_are_as_many_as_their_lengths(make_job) -> None:
    job: Job = make_job(rows=37)
    assert isinstance(job.fit, Examples)
    assert len(job.fit) == 37 == len(job.fit.target) == len(job.fit.weight)


def test_a_job_needs_no_scales_and_no_judge(make_job) -> None:
    job = make_job()
    assert job.judge is None
    assert job.scale("anything") == 1.0


class EachWord(torch.nn.Module):
    """Word vectors mapped linearly, one line of logits a word."""

    def __init__(self) -> None:
        super().__init__()
        self.words = torch.nn.Embedding(5, 2)

    def forward(self, ids: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        return torch.cat([self.words(row[:length]) for row, length in zip(ids, lengths, strict=True)])


def sentences(words: list[list[int]]) -> Examples:
    """Rows of words; the tag of each is whether its number is odd."""
    lengths = np.array([len(row) for row in words])

    def collate(rows) -> dict[str, torch.Tensor]:
        ids = np.zeros((len(rows), max(1, int(lengths[rows].max(initial=0)))), np.int64)
        for at, row in enumerate(rows):
            ids[at, : lengths[row]] = words[row]
        return {"ids": torch.from_numpy(ids), "lengths": torch.from_numpy(lengths[rows])}

    units = np.concatenate([[0], np.cumsum(lengths)])
    tags = np.concatenate([np.array(row, np.int64) for row in words]) % 2
    return Examples(lengths, collate, tags, np.ones(len(tags), np.float32), units=units)


def test_units_of_rows_are_answered_in_the_order_of_the_rows(make_job) -> None:
    fit = sentences([[1, 2, 3], [], [4], [2, 0]])
    assert (len(fit), fit.answers) == (4, 6)
    assert fit.answered(np.array([3, 1, 0])).tolist() == [4, 5, 0, 1, 2]
    module = EachWord()
    found = logits_of(module, fit, Policy(threads=1), 2)
    np.testing.assert_allclose(found, module.words.weight.detach().numpy()[[1, 2, 3, 4, 2, 0]])


def test_units_are_learned_and_looked_at(make_job, tmp_path) -> None:
    fit = sentences([[1, 2, 3], [4], [2, 0], [3, 4, 1, 0]] * 4)
    seen: list[int] = []
    job = replace(
        make_job(), module=EachWord(), fit=fit, tune=fit, classes=2, patience=99,
        judge=lambda logits, target: seen.append(len(target)) or float((logits.argmax(1) == target).mean()),
        optimization=Optimization(epochs=30.0, learning_rate=0.1, batch_size=4),
    )  # fmt: skip
    trained = loop.train(job, TinyRun(tmp_path))
    assert set(seen) == {fit.answers} and trained.complete
    assert (logits_of(job.module, fit, Policy(threads=1), 2).argmax(axis=1) == fit.target).all()
    assert cost.measured(lambda: job, TinyRun(tmp_path / "cost")) > 0
