"""What if an encoder learns to live with eight bits before it is brought to them?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.compress.quantize.faking import faked, seen
from naeum.compress.quantize.ranges import WAYS
from naeum.contract import OutputKind, Parts, Policy, Run, Shape, Task
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.text import classifier
from naeum.model.text.tuning import Full
from naeum.train import loop
from naeum.train.job import Job
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, setting

if TYPE_CHECKING:
    from naeum.model.text.finetuned import FineTunedEncoder

INNER = ("finetuned", "cross_encoder")  # that read each row as one text
LOOKED = 64  # rows, spread evenly, that show how activations lie
BATCH = 16  # of them that go through at once
DEARER = 1.5  # times what a step costs without rounding


@dataclass(frozen=True)
class QuantizationAware:
    """`inner`, a fine-tuned encoder, trained on for a while with its linear maps rounded to eight bits.

    What comes of it answers in float32, and loses less where it is quantized then: `Quantized(QuantizationAware(…))`.

    Args:
        inner: `FineTuned` or `CrossEncoder`.
        epochs: of the continued training.
        rate: its learning rate over that of `inner`.
        how: between which ends activations are told apart ("minmax", "percentile", "entropy", "mse").

    Raises:
        InputError: a setting is out of its range, or `inner` is something else.

    References:
        Jacob et al. 2018, "Quantization and training of neural networks for efficient integer-arithmetic-only
        inference".

    Example:
        >>> from naeum.model.text.finetuned import FineTuned
        >>> QuantizationAware(FineTuned()).epochs
        1.0
    """

    inner: Any = None
    epochs: float = setting(1.0, Real(0.25, 3.0))
    rate: float = setting(0.1, Real(0.02, 0.5, log=True))
    how: str = setting("percentile", Choice(tuple(WAYS)))

    kind: ClassVar[str] = "quantization_aware"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"label", "labels"})

    def __post_init__(self) -> None:
        one_of("how", self.how, tuple(WAYS))
        if not (self.epochs > 0 and 0 < self.rate <= 1):
            raise InputError(
                f"epochs must be above 0 and rate above 0 and at most 1; got {self.epochs} and {self.rate}; leave them "
                "out to use the defaults"
            )
        if self.inner is not None and self.inner.kind not in INNER:
            raise InputError(
                f"what learns with rounding must be one of {', '.join(INNER)}; got {self.inner.kind}; quantize others "
                "as they are"
            )

    def claims(self, task: Task) -> bool:
        """What its inner learner claims of labels."""
        return self.inner is not None and task.output in self.outputs and claims(self.inner, task)

    def fit(self, parts: Parts, run: Run) -> FineTunedEncoder:
        """Fit the inner learner, and train on from its weights with rounding; nothing more is decided on tune."""
        share = self.inner.optimization.epochs / (self.inner.optimization.epochs + DEARER * self.epochs)
        fitted: Any = run.fit(self.inner, parts, share)
        job = self.job(fitted, parts, run)
        counted = np.flatnonzero(job.fit.weight > 0)
        counted = counted if len(counted) else np.arange(len(job.fit))
        rows = counted[:: -(-len(counted) // LOOKED)]
        batches = [job.fit.collate(rows[at : at + BATCH]) for at in range(0, len(rows), BATCH)]
        with faked(job.module, seen(job.module.eval(), batches), self.how):
            trained = loop.train(job, run)
        made: FineTunedEncoder = self.inner.made(job.module, trained, parts, run)
        complete = fitted.complete and trained.complete
        return replace(made, history=fitted.history, best_epochs=fitted.best_epochs, complete=complete)

    def job(self, fitted: FineTunedEncoder, parts: Parts, run: Run) -> Job:
        """The continued training, from the weights of a fitted encoder."""
        before = self.inner.optimization
        short = replace(
            before,
            epochs=self.epochs,
            learning_rate=before.learning_rate * self.rate,
            course=replace(before.course, stop_after=0.0),
        )
        job: Job = replace(self.inner, tuning=Full(), optimization=short, patience=0).job(parts, run)
        job.module.load_state_dict(fitted.network.state_dict())
        return replace(job, scale=classifier.rates(job.module, before.layer_decay, 1.0))

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        inner = float(self.inner.nominal(rows, mean_tokens, policy))
        return inner * float(1 + DEARER * self.epochs / self.inner.optimization.epochs)
