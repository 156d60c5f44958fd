"""What if an encoder that learned its task loses the parts which it needs least, and learns on?"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import values
from naeum.compress.compact.encoder import CompactEncoder, compacted
from naeum.compress.compact.operations import Prices, operations
from naeum.compress.compact.places import places, whole
from naeum.compress.distil.lesson import More, lesson
from naeum.compress.distil.soft import Soft
from naeum.compress.prune import choosing, importance
from naeum.compress.prune.choosing import ALL, EVERY, LAYERS, PARTS, WHAT, WIDTH
from naeum.compress.prune.importance import FISHER, MAGNITUDE, MOVEMENT, SCORES, Importance
from naeum.compress.prune.retraining import Work
from naeum.contract import Dataset, OutputKind, Parts, Policy, Run, Shape, subset
from naeum.engine import bases
from naeum.errors import InputError
from naeum.measure.metrics import metric
from naeum.model.around.through import Through
from naeum.model.claims import ROWS
from naeum.model.text.finetuned import FLOPS_PER_WEIGHT, FineTunedEncoder
from naeum.train import cost, loop
from naeum.train.recipe import Objective, Optimization, one_of
from naeum.train.stage import Stage
from naeum.values import Choice, Real, Whole, setting

# Of the training after a step. The rate: on SST-2, cut to a half at once, two passes over half of the rows brought
# 0.8716 on tune at 1e-4 and 0.8727 at 2e-4, where the whole encoder has 0.8807 and the cut one 0.8268.
AGAIN = Optimization(epochs=2.0, learning_rate=1e-4, batch_size=32, layer_decay=1.0)
CHOICES = {
    PARTS: choosing.best_parts, LAYERS: choosing.best_layers, WIDTH: choosing.best_width, ALL: choosing.best_of_all,
    EVERY: choosing.best_of_every,
}  # fmt: skip
DROPOUT = 0.1  # of that training


@dataclass(frozen=True)
class Pruned:
    """`inner`, a fine-tuned encoder, without the parts that it needs least, in smaller tensors.

    Args:
        inner: the learner; what it gives must be a fine-tuned encoder.
        share: of its encoder's operations that stays, at the lengths of the fit rows.
        what: "parts": heads and neurons of all layers, the best by importance an operation; "layers": whole layers;
            "width": columns of the hidden states, in all layers alike; "all": parts, and a layer of which little would
            stay as a whole; "every": all of these together.
        score: how importance is told: "taylor", "fisher", "magnitude" or "movement", see prune/importance.py.
        steps: in which parts are taken away, with a training after each; each scores anew.
        optimization: of these trainings.
        soft: share of the loss of a labelled row that comes from the answers which the unpruned encoder gave.
        more: which rows without a label are learned from as well, by those answers alone.

    Raises:
        InputError: a setting is not known; when fitting: what was fitted is no fine-tuned encoder, or is of an
            architecture that cannot be cut.

    Example:
        >>> Pruned(share=0.33).steps
        3

    References:
        Michel et al. 2019, "Are sixteen heads really better than one?"; Molchanov et al. 2019, "Importance estimation
        for neural network pruning"; Zhu & Gupta 2017, "To prune, or not to prune"; Xia et al. 2022, "Structured pruning
        learns compact and accurate models" (columns of hidden states).
    """

    inner: Any = None
    share: float = setting(0.5, Real(0.2, 0.9))
    what: str = setting(PARTS, Choice(WHAT))
    score: str = setting(FISHER, Choice(SCORES))
    steps: int = setting(3, Whole(1, 6))
    optimization: Optimization = AGAIN
    soft: float = setting(0.5, Real(0.0, 1.0))
    more: More = More()  # noqa: RUF009 - a frozen value

    kind: ClassVar[str] = "pruned"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS

    def __post_init__(self) -> None:
        one_of("what", self.what, WHAT)
        one_of("score", self.score, SCORES)
        if not (0 < self.share < 1 and self.steps >= 1 and 0 <= self.soft <= 1):
            raise InputError(
                f"share must be above 0 and below 1, steps at least 1 and soft in [0, 1]; got {self.share}, "
                f"{self.steps} and {self.soft}; leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> CompactEncoder:
        """Fit the inner learner, then take parts away and train on, step by step."""
        fitted: Any = run.fit(self.inner, parts)
        teacher = fitted
        while isinstance(teacher, Through):  # as a student, which the learner around it is not
            teacher = teacher.inner
        if not isinstance(teacher, FineTunedEncoder):
            raise InputError(
                f"what is pruned must be a fine-tuned encoder; the {self.inner.kind} gives a {teacher.kind}; put the "
                "fine-tuned learner itself inside"
            )
        learned = lesson(self.inner, teacher, parts, self.more, run)
        work = Work.of(teacher, learned, self.optimization, objective_of(self.inner), Soft(self.soft))
        made = compacted(teacher, whole(teacher.network.encoder))
        before = operations(made.network.encoder, work.bare.lengths)
        for number, share in enumerate(choosing.schedule(self.share, self.steps)):
            made = self._step(made, share * before, work, parts, Stage(run, number, self.steps))
        recipe = replace(self, inner=fitted.decided(self.inner))
        return replace(made, recipe=values.to_json(recipe))

    def _step(self, made: CompactEncoder, budget: float, work: Work, parts: Parts, run: Run) -> CompactEncoder:
        """Take away what is over a budget of operations, and train on."""
        lengths = work.bare.lengths
        made, scores = self._scored(made, work, run)
        prices = Prices.of(places(made.network.encoder)[0], lengths)
        cut = compacted(made, CHOICES[self.what](scores, prices, budget))
        job = work.job(cut.network, run.seed, DROPOUT)
        trained = loop.train(job, run)
        found = cut.trained(work.settled(job.module), trained)
        stage = {
            "operations": operations(found.network.encoder, lengths),
            "layers": len(found.plan.stay),
            "width": places(found.network.encoder)[0].width,
            "heads": [len(one.heads) for one in found.plan.stay],
            "neurons": [len(one.neurons) for one in found.plan.stay],
            "cut": judged(cut, parts.tune),
            "trained": judged(found, parts.tune),
        }
        return replace(found, stages=(*made.stages, stage))

    def _scored(self, made: CompactEncoder, work: Work, run: Run) -> tuple[CompactEncoder, Importance]:
        """How much each part matters; by movement a training is watched first, whose weights go on."""
        if self.score == MAGNITUDE:
            return made, importance.by_magnitude(made.network)
        job = work.job(made.network, run.seed, DROPOUT)
        if self.score != MOVEMENT:
            return made, importance.by_gradient(job.module, work.bare, work.plain, square=self.score == FISHER)
        shutil.rmtree(run.scratch / "stage0", ignore_errors=True)  # what was seen before a kill is not written down
        watched = Stage(run, 0, 1)
        with importance.movement(job.module.encoder) as moved:
            trained = loop.train(job, watched)
        return made.trained(work.settled(job.module), trained), moved.importance

    @property
    def besides(self) -> tuple[tuple[Any, float], ...]:
        """What it trains beside its inner learner, for forecasts: the same, as it learns again, over what stays."""
        if not hasattr(self.inner, "optimization"):
            return ()
        again = replace(self.inner, optimization=self.optimization)
        return ((again, self._passes),) if again != self.inner else ()

    @property
    def _passes(self) -> float:
        """Over the labelled rows, by the whole encoder, in which the trainings after all steps cost as much."""
        return sum(choosing.schedule(self.share, self.steps)) * (1.0 + self.more.made)

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the inner learner's, and those of a training after each step."""
        inner = float(self.inner.nominal(rows, mean_tokens, policy))
        reader = next((node for _, node in values.nodes(self.inner) if hasattr(node, "base")), None)
        if reader is None:
            return inner
        tokens = min(mean_tokens * 1.3, reader.max_length) * rows * self.optimization.epochs  # as `FineTuned` counts
        weights = bases.find(reader.base, policy).weights * self._passes
        return inner + cost.nominal(FLOPS_PER_WEIGHT * weights * tokens)


def judged(made: FineTunedEncoder, tune: Dataset) -> float | None:
    """The metric of the task on the labelled rows of tune; None where there are none."""
    known = subset(tune, np.flatnonzero(tune.target >= 0), tune.key)
    return float(metric(made.task.metric).score(made.predict(known.rows), known)) if len(known) else None


def objective_of(inner: Any) -> Objective:
    """What the inner learner makes smaller; the plain loss where it does not say."""
    return next((node for _, node in values.nodes(inner) if isinstance(node, Objective)), Objective())
