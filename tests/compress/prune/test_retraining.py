"""Is it learned from answers given before, of made rows from them alone, and are numbers told in their own units?"""

import numpy as np
import torch

from naeum.compress.distil.lesson import More, lesson
from naeum.compress.distil.soft import Soft
from naeum.compress.prune.retraining import Work
from naeum.model.text.finetuned import FineTuned
from naeum.testing.worlds import numbers
from naeum.train.recipe import Objective, Optimization


def told(work, module, rows):
    """(rows,) the loss that a training would see."""
    job = work.job(module, seed=0, dropout=0.0)
    with torch.no_grad():
        scores = job.module.eval()(**job.fit.collate(rows))
    return job.loss(scores, torch.as_tensor(job.fit.target[rows]), torch.as_tensor(job.fit.soft[rows])).numpy()


def test_the_answers_before_stand_beside_what_is_wanted(tuned, work):
    job, own = work.job(tuned.network, seed=0, dropout=0.0), tuned.predict(work.learned.data.rows)
    rows = np.arange(len(job.fit))
    np.testing.assert_allclose(job.fit.soft[rows][:, :3], np.log(own.probabilities), atol=1e-5)
    assert work.bare.soft is None


def test_what_answers_as_before_loses_by_the_task_alone(tuned, work):
    rows = np.arange(6)
    job = work.job(tuned.network, seed=0, dropout=0.0)
    with torch.no_grad():
        own = work.plain(job.module.eval()(**job.fit.collate(rows)), torch.as_tensor(job.fit.target[rows]), None)
    np.testing.assert_allclose(told(work, tuned.network, rows), 0.5 * own.numpy(), atol=1e-5)


def test_made_rows_are_learned_from_the_answers_alone(tuned, parts, run, base):
    learned = lesson(FineTuned(base=base), tuned, parts, More(made=1.0), run)
    work = Work.of(tuned, learned, Optimization(), Objective(), Soft(0.0))
    own = int(learned.known.sum())
    assert len(work.bare) == len(work.bare.target) == own < len(work.examples)
    fresh = np.arange(own, own + 4)
    np.testing.assert_allclose(told(work, tuned.network, fresh), 0.0, atol=1e-5)
    assert (told(work, tuned.network, np.arange(4)) > 0).all()


def test_numbers_are_learned_in_deviations_and_answered_in_their_own_units(base, run):
    parts = numbers.parts(12)
    learner = FineTuned(base=base, optimization=Optimization(epochs=1.0), max_length=32)
    fitted = run.fit(learner, parts)
    work = Work.of(fitted, lesson(learner, fitted, parts, More(), run), Optimization(), Objective(), Soft(0.5))
    job = work.job(fitted.network, seed=0, dropout=0.0)
    rows = np.arange(4)
    inputs = work.examples.collate(rows)
    with torch.no_grad():
        own = job.module.eval()(**inputs)[:, 0].numpy()
        np.testing.assert_allclose(own, job.fit.soft[rows][:, 1], atol=1e-4)
        again = work.settled(job.module)(**inputs)[:, 0].numpy()
        np.testing.assert_allclose(again, fitted.network(**inputs)[:, 0].numpy(), rtol=1e-4)
