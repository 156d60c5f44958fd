"""Does a job say what it must, and nothing that another job could change?"""

from __future__ import annotations

import dataclasses

import pytest

from naeum.train.job import Examples, Job, Trained


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
