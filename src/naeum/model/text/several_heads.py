"""Does an encoder learn its task better when it also has to say something else of the same rows?

One trunk, several heads: beside the task's own head, one for each further column that rows to learn from have (--also),
and a self-supervised one that needs no column: a row read twice under other dropout must be told from the other rows of
its batch. The loss is that of the task, plus `weight` times the mean of the further heads, plus `views` times that of
the two views; rows without a further answer are not asked. When training ends the further heads are taken off: what
answers is the plain encoder.

References:
    Caruana 1997, "Multitask learning".
    Liu et al. 2019, "Multi-task deep neural networks for natural language understanding" (an encoder, many heads).
    Gao et al. 2021, "SimCSE: simple contrastive learning of sentence embeddings" (two views by dropout alone).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, ClassVar

import numpy as np

from naeum import extras
from naeum.contract import Dataset, OutputKind, Parts, Policy, Run, Shape, Task
from naeum.errors import InputError
from naeum.model.claims import ROWS, claims
from naeum.model.text.examples import to_learn
from naeum.model.text.finetuned import RANDOM_HEAD_RATE, FineTunedEncoder
from naeum.model.text.further import Asked, Together
from naeum.train import cost, loop
from naeum.train.job import Job
from naeum.train.objectives import loss_of
from naeum.values import Choice, Real, setting

TRUNKS = ("finetuned", "cross_encoder", "bi_encoder")  # whose vector takes further heads
TEMPERATURE = 0.05  # of the likeness of views, as in SimCSE
MOST_WEIGHT = 10.0  # beyond it the task itself is hardly learned


@dataclass(frozen=True)
class SeveralHeads:
    """`inner` with further heads while it learns.

    Args:
        inner: a fine-tuned encoder: `FineTuned`, `CrossEncoder` or `BiEncoder`.
        also: further columns, of which the answers of rows are known while they are learned.
        weight: of the mean loss of their heads.
        views: weight of the loss of two views; 0: rows are read once. It wants dropout in `inner`, and takes twice the
            time.

    Raises:
        InputError: a weight is out of its range.

    Example:
        >>> from naeum.model.text.finetuned import FineTuned
        >>> SeveralHeads(FineTuned(), ("topic",)).weight
        0.3
    """

    inner: Any = None
    also: tuple[str, ...] = ()
    weight: float = setting(0.3, Real(0.05, 1.0, log=True))
    views: float = setting(0.0, Choice((0.0, 0.03, 0.1, 0.3)))

    kind: ClassVar[str] = "several_heads"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS

    def __post_init__(self) -> None:
        if not (0 < self.weight <= MOST_WEIGHT and 0 <= self.views <= MOST_WEIGHT):
            raise InputError(
                f"weight must be above 0, views 0 or more, and both at most {MOST_WEIGHT:g}; got {self.weight} and "
                f"{self.views}; leave them out to use the defaults"
            )

    def claims(self, task: Task) -> bool:
        """Whether the inner learner has a trunk for further heads, and learns the task."""
        return self.inner is not None and self.inner.kind in TRUNKS and claims(self.inner, task)

    @property
    def rows_factor(self) -> float:
        """How many times rows go through the trunk: what its inner learner alone was fitted for does not help here."""
        return 2.0 if self.views else 1.0

    def fit(self, parts: Parts, run: Run) -> FineTunedEncoder:
        """Train with all heads, and take the further ones off.

        Raises:
            InputError: a further column was not named for this run, or there is no labelled row.
        """
        job = self.job(parts, run)
        trained = loop.train(job, run)
        module: Any = job.module
        made: FineTunedEncoder = self.inner.made(module.inner, trained, parts, run)
        return made

    def job(self, parts: Parts, run: Run) -> Job:
        """The training of the inner learner, with further heads and what is wanted of them."""
        job: Job = self.inner.job(parts, run)
        asked, plain = self.asked(to_learn(parts.fit, self.inner.kind), run), job.fit.soft
        own = np.zeros((len(job.fit), job.classes), np.float32) if plain is None else plain
        main = job.loss or loss_of(job.objective, job.fit.target, job.classes, soft=plain, output=job.output)
        return replace(
            job,
            module=_headed()(job.module, asked.columns, bool(self.views)),
            fit=replace(job.fit, soft=np.concatenate([own, asked.wanted], axis=1)),
            loss=Together(main, job.classes, plain is not None, asked.heads, self.weight, self.views),
            scale=partial(_scale, inner=job.scale),
        )

    def asked(self, data: Dataset, run: Run) -> Asked:
        """What further heads should say of rows; a made row has the answers of the row it was made from."""
        asked = Asked(np.zeros((len(data), 0), np.float32))
        if not self.also:
            return asked
        table = None if run.also is None else run.also(data.parent)
        for name in self.also:
            if table is None or name not in table.column_names:
                raise InputError(
                    f"a further head must be for a column that was named with --also; {name!r} was not; name it there"
                )
            asked = asked.with_column(table.column(name).to_pylist())
        return asked

    def estimate(self, parts: Parts, run: Run) -> float:
        """Seconds that `fit` will take here, a 90 % quantile, from a few warm steps."""
        return cost.measured(partial(self.job, parts, run), run)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: those of the inner learner, twice with two views; heads cost next to none."""
        return float(self.inner.nominal(rows, mean_tokens, policy)) * self.rows_factor


def _scale(name: str, inner: Callable[[str], float]) -> float:
    """Rates of the trunk as the inner learner has them; further heads start near zero and have farther to go."""
    return inner(name.removeprefix("inner.")) if name.startswith("inner.") else RANDOM_HEAD_RATE


@cache
def _headed() -> Any:
    torch = extras.need("torch", "an encoder with several heads")

    class Headed(torch.nn.Module):  # type: ignore[name-defined, misc]
        """A classifier that says more while it is trained; in evaluation mode it is the classifier alone."""

        def __init__(self, inner: Any, columns: int, views: bool) -> None:
            super().__init__()
            self.inner = inner
            self.views = views
            self.further = torch.nn.Linear(inner.head.in_features, columns) if columns else None
            if self.further is not None:
                torch.nn.init.zeros_(self.further.weight)
                torch.nn.init.zeros_(self.further.bias)

        def forward(self, **inputs: Any) -> Any:
            if not self.training:
                return self.inner(**inputs)
            pooled = self.inner.pooled(**inputs)
            found = [self.inner.answers(pooled)]
            with torch.autocast(pooled.device.type, enabled=False):
                if self.further is not None:
                    found.append(self.further(self.inner.read(pooled)))
                if self.views:
                    found.append(_apart(pooled, self.inner.pooled(**inputs)))
            return torch.cat(found, dim=1)

    return Headed


def _apart(one: Any, other: Any) -> Any:
    """(rows, 1) the cross-entropy of telling a row's other view from the views of the other rows of the batch."""
    import torch
    from torch.nn import functional

    likeness = functional.normalize(one.float(), dim=1) @ functional.normalize(other.float(), dim=1).T / TEMPERATURE
    return functional.cross_entropy(likeness, torch.arange(len(one), device=one.device), reduction="none")[:, None]
