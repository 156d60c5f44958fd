"""What if an encoder first learns which rows belong together, and only then which class they are?

With a handful of rows a class there are far more pairs than rows to learn from (Tunstall et al. 2022, "Efficient
few-shot learning without prompts", SetFit): the encoder is tuned until rows of a class lie together, and a logistic
regression on its vectors answers.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, ClassVar

import numpy as np

from naeum import extras
from naeum.contract import Dataset, OutputKind, Parts, Policy, Run, Shape
from naeum.engine import bases, sessions
from naeum.errors import InputError
from naeum.model.text import classifier, start
from naeum.model.text.examples import to_learn
from naeum.model.text.finetuned import FLOPS_PER_WEIGHT, POOLINGS, FineTunedEncoder
from naeum.model.text.reading import JOINED, read
from naeum.model.text.tuning import Full, Lora, Objective, Optimization, Tuning
from naeum.train import cost, loop
from naeum.train.contrast import Contrast, Together
from naeum.train.job import Examples, Job
from naeum.train.recipe import one_of
from naeum.values import Choice, Real, Whole, setting


@dataclass(frozen=True)
class Contrastive:
    """A pretrained encoder tuned on pairs, with a logistic regression on its vectors. For few rows a class.

    Args:
        base: name or folder of the encoder; see `engine.bases`.
        tuning: which weights move: `Full`, `TopLayers` or `Lora`; where its head starts does not matter.
        optimization: how they move.
        temperature: the lower, the more the nearest wrong rows count.
        together: rows of a class that stand in a batch side by side.
        c: inverse strength of the penalty of the logistic regression, as of `Probe`.
        max_length: tokens of a text that are read.
        pooling: "mean" of the token vectors or "cls", the first one.

    Raises:
        InputError: a setting is out of its range.

    Example:
        >>> Contrastive().together
        4
    """

    kind: ClassVar[str] = "contrastive"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"label"})

    base: str = "all-MiniLM-L6-v2"
    tuning: Tuning = Full()  # noqa: RUF009 - frozen values
    optimization: Optimization = Optimization(  # noqa: RUF009
        epochs=6.0, learning_rate=1e-4, batch_size=64, layer_decay=0.9
    )
    temperature: float = setting(0.1, Real(0.03, 0.5, log=True))
    together: int = setting(4, Whole(2, 8))
    c: float = setting(0.1, Real(0.003, 3.0, log=True))
    max_length: int = setting(128, Whole(32, 512, log=True))
    pooling: str = setting("mean", Choice(POOLINGS))

    def __post_init__(self) -> None:
        one_of("pooling", self.pooling, POOLINGS)
        if not (self.temperature > 0 and self.together >= 2 and self.c > 0 and self.max_length >= 3):
            raise InputError(
                f"temperature and c must be positive, together at least 2 and max_length at least 3; got "
                f"{self.temperature}, {self.c}, {self.together} and {self.max_length}; leave them out to use the "
                "defaults"
            )

    def fit(self, parts: Parts, run: Run) -> FineTunedEncoder:
        """Tune the encoder, then fit the head; nothing is decided on tune.

        Raises:
            BaseModelError: the base is missing or corrupt.
            InputError: there is no labelled row.
        """
        job = self.job(parts, run)
        trained = loop.train(job, run)
        module: Any = job.module.inner
        classifier.merge(module)
        module.eval()
        start.from_probe(module, start.features_of(module, job.fit, run.policy), job.fit, c=self.c)
        base = bases.find(self.base, run.policy)
        return FineTunedEncoder(
            parts.fit.task, base, module, self.max_length, trained.history, trained.epochs, trained.complete
        )

    def job(self, parts: Parts, run: Run) -> Job:
        """The tuning of the encoder. Its cost can be estimated before it is run."""
        base, fit = bases.find(self.base, run.policy), to_learn(parts.fit, self.kind)
        examples, classes = self.examples(base, fit), len(parts.fit.task.classes)
        seed = run.seed + self.optimization.course.seed
        module = classifier.classifier(sessions.load(base), classes, pooling=self.pooling, dropout=0.1)
        classifier.prepare(module, self.tuning, seed)
        module.head.requires_grad_(False)
        layers, rate = classifier.layer_count(module), self.tuning.rate if isinstance(self.tuning, Lora) else 1.0
        return Job(
            module=_unit()(module),
            fit=examples,
            tune=None,
            classes=classes,
            optimization=replace(self.optimization, learning_rate=self.optimization.learning_rate * rate),
            objective=Objective(),
            scale=partial(_scale, layers=layers, decay=self.optimization.layer_decay),
            loss=Contrast(self.temperature),
            order=Together(examples.target, self.together, self.optimization.batch_size),
        )

    def examples(self, base: bases.Base, data: Dataset) -> Examples:
        """The rows of a data set, tokenised; a soft target counts as its greatest share."""
        lengths, collate = read(base, data.rows, data.task, self.max_length, JOINED)
        codes = data.target if data.soft is None else np.where(data.target >= 0, data.target, data.soft.argmax(axis=1))
        return Examples(lengths, collate, np.asarray(codes, np.int64), data.weight)

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        weights = bases.find(self.base, policy).weights
        padded = min(mean_tokens * 1.3, self.max_length)  # words are 1.3 tokens on average
        epochs = self.optimization.course.stop_after or self.optimization.epochs
        return cost.nominal(FLOPS_PER_WEIGHT * weights * padded * rows * epochs)


def _scale(name: str, layers: int, decay: float) -> float:
    return classifier.scale(name.removeprefix("inner."), layers, decay, head=1.0)


@cache
def _unit() -> Any:
    torch = extras.need("torch", "contrastive tuning")

    class Unit(torch.nn.Module):  # type: ignore[name-defined, misc]
        """The pooled vectors of a classifier, of length one."""

        def __init__(self, inner: Any) -> None:
            super().__init__()
            self.inner = inner

        def forward(self, **inputs: Any) -> Any:
            return torch.nn.functional.normalize(self.inner.pooled(**inputs), dim=1)

    return Unit
