"""How is a module trained, from its first step to its best weights, through kills and deadlines?

The state after a step depends on the job, the seed and the step alone: the batches of an epoch come from seed and
epoch, dropout from seed and step. So a checkpoint is weights, moments and a position, and a training that was killed
ends as if it had not been.
"""

from __future__ import annotations

import json
import math
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from naeum import extras
from naeum.contract import Ints, Policy, Run
from naeum.train import checkpoint
from naeum.train.job import Job, Trained
from naeum.train.look import every, look
from naeum.train.order import batches, steps_per_epoch
from naeum.train.schedules import factor
from naeum.train.step import Stepper
from naeum.values import canonical, digest, to_json

if TYPE_CHECKING:
    import torch

REPORT_SECONDS = 0.5  # between two reports: as often as a screen can be read
CHECKPOINT_SECONDS = 15.0  # what a kill may cost
CHECKPOINT_SHARE = 20  # a checkpoint waits until so many times its own writing time has passed: at most 5 % is spent
BAD_STEPS = 3  # non-finite steps in a row after which the rate is halved and the last good weights are taken back
HALVINGS = 3  # of the rate, after which training stops
RECORDS = 100  # lines of history that a whole schedule leaves at least
SECONDS_KEPT = 0.5  # of the time left, for handing back

RUNNING = ("running_mean", "running_var")  # what a batch norm remembers

Weights = dict[str, "torch.Tensor"]


def train(job: Job, run: Run) -> Trained:
    """Train the module of a job, going on from a checkpoint in `run.scratch`, which is left there for the caller.

    Returns:
        The history and which moment was chosen: the best one on tune where `job.patience` asks for it, else the last.
        The module holds these weights, on the CPU, in evaluation mode.

    Raises:
        MissingExtra: torch is not installed.
    """
    torch = extras.need("torch", "training")
    begun = time.monotonic()
    with torch.random.fork_rng(), threads(run.policy):
        training = _Training(job, run)
        training.resume()
        complete = training.go()
        training.finish()
    steps = steps_per_epoch(len(job.fit), job.optimization.batch_size)
    chosen = training.best_step if training.chooses else training.step
    return Trained(
        history=tuple(training.history),
        best_epochs=chosen / steps,
        epochs=training.step / steps,
        complete=complete,
        notes=tuple(training.notes),
        seconds=time.monotonic() - begun,
    )


@contextmanager
def threads(policy: Policy) -> Iterator[None]:
    """Compute with the policy's number of threads, and with the former number again afterwards."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(policy.threads)
    try:
        yield
    finally:
        torch.set_num_threads(before)


def moving(module: torch.nn.Module) -> Weights:
    """Every tensor of a module that a step changes: weights that are trained, and the running statistics of norms."""
    found: Weights = {name: weight for name, weight in module.named_parameters() if weight.requires_grad}
    running = {name: value for name, value in module.named_buffers() if name.rpartition(".")[2] in RUNNING}
    return found | running


@dataclass(eq=False)
class _Training:
    """All that changes while a job is trained. What a kill must not lose is in `_position` and `_tensors`."""

    job: Job
    run: Run
    step: int = 0
    best_step: int = 0
    best_score: float = -math.inf
    best_loss: float = math.inf
    since_best: int = 0
    halvings: int = 0
    bad: int = 0  # non-finite steps in a row
    losses: list[float] = field(default_factory=list)  # since the last line of history
    history: list[Mapping[str, float]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        job, optimization = self.job, self.job.optimization
        self.stepper = Stepper(job, self.run.policy, self.note)
        self.seed = self.run.seed + optimization.course.seed
        self.per_epoch = steps_per_epoch(len(job.fit), optimization.batch_size)
        self.steps = max(1, round(optimization.epochs * self.per_epoch))  # of the schedule
        stop = round(optimization.course.stop_after * self.per_epoch)
        self.last = min(self.steps, max(1, stop)) if optimization.course.stop_after else self.steps
        self.chooses = bool(job.patience and job.tune is not None and len(job.tune))
        self.every = every(job)
        self.best: Weights = self.copied()
        self.average: Weights = self.copied() if optimization.course.average else {}
        self.look_seconds = 0.0
        self.saved_at = self.reported_at = time.monotonic()
        self.save_seconds = 0.0
        self._order: tuple[int, list[Ints]] = (-1, [])

    # --- the road -----------------------------------------------------------------------------------------------

    def go(self) -> bool:
        """Train to the end; False where time ran out before it."""
        self.job.module.train()
        while self.step < self.last:
            if self.run.seconds_left() < SECONDS_KEPT + 1.5 * self.look_seconds:
                self.note(f"time ran out after {self.step} of {self.last} steps")
                if self.chooses and self.step % self.every:
                    self.look()
                return False
            if not self.take_step():
                return True
            if self.chooses and (self.step % self.every == 0 or self.step == self.last) and not self.look():
                return True
            self.tell()
            self.save_when_due()
        return True

    def take_step(self) -> bool:
        """One step; False where training must stop because its numbers do not stay finite."""
        optimization = self.job.optimization
        epoch, at = divmod(self.step, self.per_epoch)
        if self._order[0] != epoch:
            self._order = epoch, self.batches(epoch)
        share = factor(optimization.schedule, self.step, self.steps, optimization.warmup)
        rate = optimization.learning_rate * share * 0.5**self.halvings
        loss = self.stepper.step(self._order[1][at], rate, seed=(self.seed << 32) + self.step)
        self.step += 1
        if math.isnan(loss):
            return self.mend()
        self.bad = 0
        self.losses.append(loss)
        self.follow()
        if self.step % max(1, self.last // RECORDS) == 0:
            self.record(rate)
        return True

    def batches(self, epoch: int) -> list[Ints]:
        """The batches of an epoch."""
        if self.job.order is not None:
            return self.job.order(self.seed, epoch)
        return batches(self.job.fit.lengths, self.job.optimization.batch_size, self.seed, epoch)

    def follow(self) -> None:
        """Let the moving average follow the weights, faster at first so that it forgets where they started."""
        if not self.average:
            return
        import torch

        decay = min(self.job.optimization.course.average, (1 + self.step) / (10 + self.step))
        live = moving(self.job.module)
        with torch.no_grad():
            torch._foreach_lerp_(list(self.average.values()), [live[name] for name in self.average], 1 - decay)

    def mend(self) -> bool:
        """After a step that was skipped: halve the rate and take back good weights, or give up."""
        self.bad += 1
        if self.bad < BAD_STEPS:
            return True
        self.bad = 0
        self.halvings += 1
        if self.chooses or self.halvings > 1:  # without a look, the only other weights are those of the start
            self.loaded(self.best)
            self.average = self.copied() if self.average else {}
        self.stepper.restart()
        if self.halvings > HALVINGS:
            self.note(f"the loss was not finite at step {self.step} at any rate: training stopped with good weights")
            return False
        self.note(f"the loss was not finite at step {self.step}: the learning rate was halved, the momentum forgotten")
        return True

    def look(self) -> bool:
        """Look at tune and keep the weights if they are the best so far; False where patience is at its end."""
        begun = time.monotonic()
        with self.answering():
            seen = look(self.job, self.run.policy)
            better = (seen.score, -seen.loss) > (self.best_score, -self.best_loss)
            if better:
                self.best = self.copied()
        if better:
            self.best_step, self.best_score, self.best_loss = self.step, seen.score, seen.loss
        self.since_best = 0 if better else self.since_best + 1
        self.record(self.rate_now(), {"tune_loss": seen.loss, "tune_score": seen.score})
        self.look_seconds = time.monotonic() - begun
        self.tell(now=True)
        return self.since_best < self.job.patience

    def finish(self) -> None:
        """Leave the chosen weights in the module."""
        if self.chooses and math.isfinite(self.best_score):
            self.loaded(self.best)
        elif self.average:
            self.loaded(self.average)
        self.job.module.to("cpu")
        self.job.module.eval()

    # --- weights ------------------------------------------------------------------------------------------------

    def copied(self) -> Weights:
        """A copy of all that moves."""
        return {name: tensor.detach().clone() for name, tensor in moving(self.job.module).items()}

    def loaded(self, weights: Weights) -> None:
        """Put weights into the module."""
        import torch

        live = moving(self.job.module)
        with torch.no_grad():
            for name, value in weights.items():
                live[name].copy_(value)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """The module with the weights that would answer: the moving average where there is one."""
        if not self.average:
            yield
            return
        live = self.copied()
        self.loaded(self.average)
        yield
        self.loaded(live)

    # --- what is written down -----------------------------------------------------------------------------------

    def rate_now(self) -> float:
        """The learning rate of the last step, of a layer with scale one."""
        share = factor(self.job.optimization.schedule, self.step - 1, self.steps, self.job.optimization.warmup)
        return self.job.optimization.learning_rate * share * 0.5**self.halvings

    def record(self, rate: float, seen: Mapping[str, float] | None = None) -> None:
        """Add a line to the history: the mean loss of the steps since the last line."""
        line = {"step": self.step, "epoch": self.step / self.per_epoch, "learning_rate": rate, **(seen or {})}
        if self.losses:
            line["loss"] = math.fsum(self.losses) / len(self.losses)
        elif self.history and self.history[-1]["step"] == self.step:
            line["loss"] = self.history.pop().get("loss", math.nan)
        self.losses.clear()
        self.history.append(line)

    def note(self, text: str) -> None:
        """Say what went otherwise than planned."""
        self.notes.append(text)
        self.run.report(self.step, self.last, self.score(), text)

    def score(self) -> float | None:
        """The best score on tune so far."""
        return self.best_score if math.isfinite(self.best_score) else None

    def tell(self, now: bool = False) -> None:
        """Report progress, not too often."""
        if now or time.monotonic() - self.reported_at >= REPORT_SECONDS:
            self.reported_at = time.monotonic()
            self.run.report(self.step, self.last, self.score())

    # --- checkpoints --------------------------------------------------------------------------------------------

    def save_when_due(self) -> None:
        """Write a checkpoint every CHECKPOINT_SECONDS, less often where writing is slow."""
        if time.monotonic() - self.saved_at < max(CHECKPOINT_SECONDS, CHECKPOINT_SHARE * self.save_seconds):
            return
        begun = time.monotonic()
        checkpoint.save(self.run.scratch, self._tensors(), self._position())
        self.saved_at = time.monotonic()
        self.save_seconds = self.saved_at - begun

    def resume(self) -> None:
        """Go on from the checkpoint in scratch, if it is of this very job."""
        found = checkpoint.load(self.run.scratch, self._fingerprint())
        if found is None:
            return
        tensors, position = found
        for front, take in (("weight.", self.loaded), ("best.", self.best.update), ("average.", self.average.update)):
            take(
                {n.removeprefix(front): t.to(self.run.policy.device) for n, t in tensors.items() if n.startswith(front)}
            )
        checkpoint.unpack(self.stepper.optimizers, tensors)
        self.stepper.micro_tokens = position.pop("micro_tokens")
        for name, value in position.items():
            if name != "same":
                setattr(self, name, value)
        self.best_score = float(self.best_score)
        self.best_loss = float(self.best_loss)

    def _tensors(self) -> Weights:
        """Every tensor that the rest of the training depends on."""
        parts = {"weight": self.copied(), "best": self.best, "average": self.average}
        named = {f"{front}.{name}": tensor for front, part in parts.items() for name, tensor in part.items()}
        return {**named, **checkpoint.pack(self.stepper.optimizers)}

    def _position(self) -> dict[str, Any]:
        """Everything else that it depends on; infinities as text, which JSON has no word for."""
        names = ("step", "best_step", "since_best", "halvings", "bad", "losses", "history", "notes")
        position: dict[str, Any] = {name: getattr(self, name) for name in names}
        position |= {"best_score": str(self.best_score), "best_loss": str(self.best_loss)}
        position |= {"micro_tokens": self.stepper.micro_tokens, "same": self._fingerprint()}
        return dict(json.loads(json.dumps(position)))

    def _fingerprint(self) -> str:
        """The hash of what a checkpoint must agree with."""
        job = self.job
        wanted = b"" if job.fit.soft is None else job.fit.soft.tobytes()
        rows = digest(job.fit.lengths.tobytes() + job.fit.target.tobytes() + job.fit.weight.tobytes() + wanted)
        tune = "" if job.tune is None else digest(job.tune.lengths.tobytes() + job.tune.target.tobytes())
        shapes = {name: list(weight.shape) for name, weight in self.best.items()}
        how = [to_json(job.optimization), to_json(job.objective), job.patience, self.run.seed, self.run.policy.dtype]
        return digest(canonical([how, shapes, rows, tune]))
