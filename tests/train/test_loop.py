"""Does the loop learn, choose, stop, mend and go on after a kill as it says?"""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open

from naeum.contract import Policy
from naeum.testing.runs import TinyRun
from naeum.train import checkpoint, loop
from naeum.train.look import look
from naeum.train.recipe import Course


def weights(job) -> dict[str, torch.Tensor]:
    return {name: value.clone() for name, value in job.module.state_dict().items()}


def same(one: dict, other: dict) -> bool:
    return all(torch.equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("optimizer", ["adamw", "sgd", "adafactor"])
def test_a_task_is_learned(make_job, run, optimizer: str) -> None:
    job = make_job(optimizer=optimizer, epochs=6.0, average=0.0)
    job = replace(job, optimization=replace(job.optimization, learning_rate=0.5 if optimizer == "sgd" else 0.05))
    before = look(job, run.policy).loss
    trained = loop.train(job, run)
    assert not job.module.training
    assert look(job, run.policy).loss < 0.5 * before
    assert trained.complete and not trained.notes
    assert {"step", "epoch", "loss", "learning_rate"} <= set(trained.history[0])


def test_the_same_seed_gives_the_same_model_and_another_another(make_job, tmp_path: Path) -> None:
    found = []
    for number, (seed, offset) in enumerate([(0, 0), (0, 0), (1, 0), (0, 1)]):
        job = make_job(epochs=1.0)
        job = replace(job, optimization=replace(job.optimization, course=Course(seed=offset)))
        loop.train(job, TinyRun(tmp_path / str(number), seed=seed))
        found.append(weights(job))
    assert same(found[0], found[1])
    assert not same(found[0], found[2])
    assert same(found[2], found[3])


def test_a_training_leaves_the_random_state_and_the_threads_alone(make_job, run) -> None:
    job = make_job(epochs=0.2)
    torch.manual_seed(5)
    state, threads = torch.get_rng_state(), torch.get_num_threads()
    loop.train(job, TinyRun(run.folder, policy=Policy(threads=threads + 1)))
    assert torch.equal(state, torch.get_rng_state())
    assert torch.get_num_threads() == threads


@pytest.mark.parametrize("optimizer", ["adamw", "sgd", "adafactor"])
def test_a_killed_training_ends_as_if_it_had_not_been(make_job, tmp_path: Path, script: Path, optimizer: str) -> None:
    undisturbed = make_job(optimizer=optimizer)
    calm = TinyRun(tmp_path / "calm")
    expected = loop.train(undisturbed, calm)
    folder = tmp_path / "killed"
    file = TinyRun(folder).scratch / checkpoint.FILE
    process = subprocess.Popen([sys.executable, str(script), str(folder), optimizer])
    try:
        wait_for(file, process)
    finally:
        process.kill()  # SIGKILL
        process.wait()
    assert process.returncode == -signal.SIGKILL
    with safe_open(file, framework="pt") as opened:
        assert any(name.startswith("optimizer.1.") for name in opened.keys())  # noqa: SIM118 - row-sparse moments too
    resumed, run = make_job(optimizer=optimizer), TinyRun(folder)
    trained = loop.train(resumed, run)
    assert 0 < len(run.reports) < len(calm.reports)  # it did not start afresh
    assert trained.history == expected.history
    assert trained.best_epochs == expected.best_epochs
    assert same(weights(resumed), weights(undisturbed))


def wait_for(file: Path, process: subprocess.Popen) -> None:
    """Until a checkpoint is well past the first look."""
    end = time.monotonic() + 200  # starting Python and torch takes long where other work is done
    while step_of(file) < 20:
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.01)


def step_of(file: Path) -> int:
    """At which step a checkpoint was taken; 0 where there is none."""
    if not file.exists():
        return 0
    with safe_open(file, framework="pt") as opened:
        return int(json.loads(opened.metadata()["position"])["step"])


def test_a_checkpoint_of_another_job_is_not_gone_on_from(make_job, run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "CHECKPOINT_SECONDS", 0.0)
    monkeypatch.setattr(loop, "CHECKPOINT_SHARE", 0)
    loop.train(make_job(epochs=1.0), run)
    assert (run.scratch / checkpoint.FILE).exists()
    fresh, again = make_job(epochs=1.5), make_job(epochs=1.5)
    loop.train(fresh, TinyRun(run.folder / "elsewhere"))
    loop.train(again, run)
    assert same(weights(fresh), weights(again))


def test_the_best_moment_is_taken_back(make_job, run) -> None:
    job = make_job(average=0.0, epochs=8.0)
    scores = iter([0.1, 0.9, 0.5, 0.4, 0.3, 0.2, 0.1, 0.0])
    kept = []

    def judge(logits, target) -> float:
        kept.append(weights(job))
        return next(scores)

    trained = loop.train(replace(job, judge=judge, patience=3), run)
    assert len(kept) == 5  # the second is best, three more without a better one
    assert same(weights(job), kept[1])
    looks = [line for line in trained.history if "tune_score" in line]
    assert looks[1]["epoch"] == trained.best_epochs
    assert [line["tune_score"] for line in looks] == [0.1, 0.9, 0.5, 0.4, 0.3]


def test_without_patience_tune_is_not_looked_at(make_job, run) -> None:
    def refuse(*_) -> float:
        raise AssertionError("tune was looked at")

    job = make_job(patience=0, average=0.0, epochs=1.0)
    trained = loop.train(replace(job, judge=refuse), run)
    assert trained.best_epochs == trained.epochs == 1.0


def test_what_tune_decided_can_be_written_down(make_job, run, tmp_path: Path) -> None:
    chosen = make_job(epochs=3.0)
    scores = iter([0.1, 0.9, *[0.5] * 50])
    found = loop.train(replace(chosen, judge=lambda *_: next(scores)), run)
    assert 0 < found.best_epochs < found.epochs
    decided = make_job(epochs=3.0, patience=0, stop_after=found.best_epochs)
    again = loop.train(decided, TinyRun(tmp_path / "again"))
    assert again.epochs == found.best_epochs
    assert same(weights(chosen), weights(decided))


def test_time_that_runs_out_ends_it_early_and_is_told(make_job, tmp_path: Path) -> None:
    class Hurried(TinyRun):
        def seconds_left(self) -> float:
            calls.append(1)
            return 100.0 if len(calls) < 20 else 0.1

    calls: list[int] = []
    run = Hurried(tmp_path)
    trained = loop.train(make_job(), run)
    assert not trained.complete
    assert trained.epochs < 4.0
    assert any("time ran out after" in note for *_, note in run.reports)
    assert "tune_score" in trained.history[-1]


def test_a_moving_average_answers(make_job, run, tmp_path: Path) -> None:
    plain, averaged = make_job(patience=0, average=0.0), make_job(patience=0, average=0.9)
    loop.train(plain, run)
    loop.train(averaged, TinyRun(tmp_path / "other"))
    mine, theirs = weights(averaged)["head.weight"], weights(plain)["head.weight"]
    assert not torch.equal(mine, theirs)
    torch.testing.assert_close(mine, theirs, atol=0.05, rtol=0.0)


def test_progress_is_told_in_steps_of_the_whole(make_job, run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loop, "REPORT_SECONDS", 0.0)
    loop.train(make_job(epochs=1.0), run)
    steps = [step for step, *_ in run.reports]
    assert steps == sorted(steps) and steps[-1] == 13
    assert {whole for _, whole, *_ in run.reports} == {13}
    assert run.reports[-1][2] is not None


def test_the_policy_decides_the_precision(make_job, run, tmp_path: Path) -> None:
    seen = []
    job = make_job(epochs=0.1)
    job.module.head.register_forward_hook(lambda _, __, output: seen.append(output.dtype))
    loop.train(job, TinyRun(tmp_path, policy=Policy(dtype="bfloat16", threads=1)))
    assert set(seen) == {torch.bfloat16}
    assert job.module.head.weight.dtype == torch.float32


class Poisoned(torch.nn.Module):
    """A module whose answers are not a number at some of its calls."""

    def __init__(self, inner: torch.nn.Module, bad: range) -> None:
        super().__init__()
        self.inner, self.bad, self.calls = inner, bad, 0

    def forward(self, **inputs) -> torch.Tensor:
        self.calls += self.training
        answer = self.inner(**inputs)
        return answer * math.nan if self.training and self.calls in self.bad else answer


def test_a_step_that_is_not_finite_is_skipped(make_job, run) -> None:
    job = make_job(sparse=False)
    job = replace(job, module=Poisoned(job.module, range(10, 12)))
    trained = loop.train(job, run)
    assert trained.complete and not trained.notes
    assert all(bool(torch.isfinite(value).all()) for value in weights(job).values())
    assert all(math.isfinite(line.get("loss", 0.0)) for line in trained.history)


def test_after_several_the_rate_is_halved_and_it_is_told(make_job, run) -> None:
    job = make_job(sparse=False)
    job = replace(job, module=Poisoned(job.module, range(20, 23)))
    trained = loop.train(job, run)
    assert [note for note in trained.notes if "the learning rate was halved" in note]
    rates = {line["step"]: line["learning_rate"] for line in trained.history}
    assert rates[24] < 0.6 * rates[19]


def test_a_loss_that_stays_so_ends_it_with_good_weights(make_job, run) -> None:
    job = make_job(sparse=False, average=0.0)
    job = replace(job, module=Poisoned(job.module, range(20, 10_000)))
    trained = loop.train(job, run)
    assert "training stopped with good weights" in trained.notes[-1]
    assert trained.epochs < 4.0
    assert all(bool(torch.isfinite(value).all()) for value in weights(job).values())
    assert np.isfinite(look(job, run.policy).loss)


def test_a_job_may_bring_its_own_loss_and_order(make_job, tmp_path) -> None:
    job = make_job()
    seen: list[int] = []

    def order(seed: int, epoch: int) -> list[np.ndarray]:
        seen.append(epoch)
        return np.array_split(np.arange(len(job.fit)), -(-len(job.fit) // job.optimization.batch_size))

    def loss(scores, target, soft):
        return ((scores - 1.0) ** 2).mean(dim=1)

    drawn = replace(job, order=order, loss=loss, tune=None, patience=0)
    loop.train(drawn, TinyRun(tmp_path))
    assert seen == [0, 1, 2, 3]
    with torch.no_grad():
        assert abs(float(drawn.module(**drawn.fit.collate(np.arange(9))).mean()) - 1.0) < 0.1
