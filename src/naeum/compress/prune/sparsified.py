"""What if most single weights of an encoder that learned its task become zero, and the others learn on?"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np

from naeum import values
from naeum.compress.compact.encoder import CompactEncoder
from naeum.compress.distil.lesson import More, lesson
from naeum.compress.distil.soft import Soft
from naeum.compress.prune import masks, sparse
from naeum.compress.prune.choosing import schedule
from naeum.compress.prune.importance import MAGNITUDE, MOVEMENT
from naeum.compress.prune.masks import ANY, GLOBAL, PATTERNS, STAYS, TWO_OF_FOUR, WHERE, Tensors
from naeum.compress.prune.pruned import AGAIN, DROPOUT, judged, objective_of
from naeum.compress.prune.retraining import Work
from naeum.contract import OutputKind, Parts, Policy, Run, Shape, State, Task
from naeum.engine import sessions
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.train import loop
from naeum.train.job import Trained
from naeum.train.recipe import Optimization, one_of
from naeum.train.stage import Stage
from naeum.values import Choice, Real, Whole, setting

HOW = (MAGNITUDE, MOVEMENT)
SOFT = Soft(0.5)  # how much the answers of the whole encoder count, as `Pruned` has it by itself


@dataclass(frozen=True)
class Sparsified:
    """`inner`, a fine-tuned encoder, with most weights of its linear maps at zero: smaller on a disk, not faster.

    Args:
        inner: the learner; what it gives must be a fine-tuned encoder.
        share: of the weights that stays; of the pattern "2:4" it is a half whatever is given.
        how: "magnitude": the large ones stay; "movement": those that grow while it learns.
        where: "global": the best of all maps together stay; "layer": the same share of each map.
        pattern: "any", or "2:4": two of each four neighbours, which the sparse units of NVIDIA GPUs can skip.
        steps: in which weights go, much at first and little at last; 1: all at once.
        rewind: after each step the weights that stay go back to those of the base model and learn anew.
        optimization: of the training after each step.

    Raises:
        InputError: a setting is not known; when fitting: what was fitted is no fine-tuned encoder, or was cut
            smaller before.

    References:
        Zhu & Gupta 2017, "To prune, or not to prune"; Frankle & Carbin 2019, "The lottery ticket hypothesis"; Sanh et
        al. 2020, "Movement pruning"; Mishra et al. 2021, "Accelerating sparse deep neural networks".
    """

    inner: Any = None
    share: float = setting(0.3, Real(0.03, 0.7))
    how: str = setting(MAGNITUDE, Choice(HOW))
    where: str = setting(GLOBAL, Choice(WHERE))
    pattern: str = setting(ANY, Choice(PATTERNS))
    steps: int = setting(3, Whole(1, 6))
    rewind: bool = False
    optimization: Optimization = AGAIN

    kind: ClassVar[str] = "sparsified"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS

    def __post_init__(self) -> None:
        one_of("how", self.how, HOW)
        one_of("where", self.where, WHERE)
        one_of("pattern", self.pattern, PATTERNS)
        if not (0 < self.share < 1 and self.steps >= 1):
            raise InputError(
                f"share must be above 0 and below 1, and steps at least 1; got {self.share} and {self.steps}; leave "
                "them out to use the defaults"
            )

    @property
    def shares(self) -> tuple[float, ...]:
        """What stays after each step; the pattern 2:4 comes at once."""
        return (STAYS / masks.GROUP,) if self.pattern == TWO_OF_FOUR else schedule(self.share, self.steps)

    def fit(self, parts: Parts, run: Run) -> SparseEncoder:
        """Fit the inner learner, then take weights away and train on, step by step."""
        teacher = run.fit(self.inner, parts)
        if not isinstance(teacher, FineTunedEncoder):
            raise InputError(
                f"what is pruned must be a fine-tuned encoder; the {self.inner.kind} gives a {teacher.kind}; put the "
                "fine-tuned learner itself inside"
            )
        if isinstance(teacher, CompactEncoder):
            raise InputError(
                f"an encoder must have the shape of its base to lose single weights; the {teacher.kind} was cut "
                "smaller; take the weights before, or leave that out"
            )
        learned = lesson(self.inner, teacher, parts, More(), run)
        work = Work.of(teacher, learned, self.optimization, objective_of(self.inner), SOFT)
        made = SparseEncoder.of(teacher)
        start = masks.weights(sessions.load(teacher.base)) if self.rewind else {}
        for number, share in enumerate(self.shares):
            made = self._step(made, share, start, work, parts, Stage(run, number, len(self.shares)))
        recipe = replace(self, inner=teacher.decided(self.inner))
        return replace(made, recipe=values.to_json(recipe))

    def _step(
        self, made: SparseEncoder, share: float, start: Tensors, work: Work, parts: Parts, run: Stage
    ) -> SparseEncoder:
        """Take away what is over a share of the weights, and train on."""
        made, scores = self._scored(made, work, run)
        cut = replace(made, network=copy.deepcopy(made.network))
        stay = masks.chosen(scores, share, self.where, self.pattern)
        masks.applied(cut.network.encoder, stay)
        job = work.job(cut.network, run.seed, DROPOUT)
        if self.rewind:
            _rewound(job.module.encoder, start)
            masks.applied(job.module.encoder, stay)
        with masks.held(job.module.encoder, stay):
            trained = loop.train(job, run)
        found = cut.trained(work.settled(job.module), trained)
        kept = sum(int(mask.sum()) for mask in stay.values()) / sum(mask.numel() for mask in stay.values())
        sizes = sparse.sizes(_arrays(masks.weights(found.network.encoder)))
        stage = {
            "stays": kept,
            "cut": judged(cut, parts.tune),
            "trained": judged(found, parts.tune),
            "bytes": sizes,
            "said": sparse.told(sizes),
        }
        return replace(found, stages=(*made.stages, stage))

    def _scored(self, made: SparseEncoder, work: Work, run: Stage) -> tuple[SparseEncoder, Tensors]:
        """How much each weight matters; by movement a training is watched first, whose weights go on."""
        before = masks.weights(made.network.encoder)
        there = {name: weight.detach() != 0 for name, weight in before.items()}
        if self.how == MAGNITUDE:
            return made, masks.magnitudes(before)
        job = work.job(made.network, run.seed, DROPOUT)
        shutil.rmtree(run.scratch / "stage0", ignore_errors=True)  # what was seen before a kill is not written down
        with masks.held(job.module.encoder, there), masks.moving(job.module.encoder) as moved:
            trained = loop.train(job, Stage(run, 0, 1))
        scores = {name: score.masked_fill(~there[name], -np.inf) for name, score in moved.items()}
        return made.trained(work.settled(job.module), trained), scores

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the inner learner's, as many again for each pass of a training after a step."""
        inner = float(self.inner.nominal(rows, mean_tokens, policy))
        passes = getattr(getattr(self.inner, "optimization", None), "epochs", 1.0)
        return inner * (1.0 + len(self.shares) * self.optimization.epochs / passes)

    @property
    def besides(self) -> tuple[tuple[Any, float], ...]:
        """What it trains beside its inner learner, for forecasts: the same, as it learns again after each step."""
        if not hasattr(self.inner, "optimization"):
            return ()
        again = replace(self.inner, optimization=self.optimization)
        return ((again, float(len(self.shares))),) if again != self.inner else ()


@dataclass(frozen=True, eq=False)
class SparseEncoder(FineTunedEncoder):
    """An encoder that answers a task, with most weights of its linear maps at zero; stored in as little as that takes.

    Args:
        recipe: the learner with all that its fit decided, as JSON.
        stages: what was measured on the way, one JSON-able mapping a stage.
    """

    kind: ClassVar[str] = "sparse_encoder"
    version: ClassVar[int] = 1
    recipe: Any = None
    stages: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def of(cls, teacher: FineTunedEncoder) -> SparseEncoder:
        """A fitted encoder, as it is."""
        return cls(teacher.task, teacher.base, teacher.network, teacher.max_length, reading=teacher.reading)

    def trained(self, module: Any, found: Trained) -> SparseEncoder:
        """The same with the weights of a module like its own, as a training left it, and what that was."""
        steps = self.history[-1]["step"] if self.history else 0.0
        history = [{**moment, "step": steps + moment["step"]} for moment in found.history]
        return replace(
            self, network=module, history=(*self.history, *history), best_epochs=found.best_epochs,
            complete=self.complete and found.complete,
        )  # fmt: skip

    def decided(self, learner: Any) -> Any:
        """The learner as its fit wrote it down."""
        if self.recipe is None:
            return super().decided(learner)
        return values.from_json(self.recipe, {node.kind: type(node) for _, node in values.nodes(learner)})

    def state(self) -> State:
        """The weights that differ from those of the base, each in the smallest format."""
        whole = super().state()
        arrays, formats = sparse.stored(whole.arrays)
        more = {"formats": formats, "recipe": self.recipe, "stages": [dict(stage) for stage in self.stages]}
        return replace(whole, arrays=arrays, settings={**whole.settings, **more})

    @classmethod
    def restore(cls, task: Task, state: State) -> SparseEncoder:
        """The encoder of a stored state.

        Raises:
            BaseModelError: the base is gone, or has other weights now.
        """
        settings = dict(state.settings)
        formats, recipe, stages = (settings.pop(name) for name in ("formats", "recipe", "stages"))
        plain: Any = super().restore(task, State(settings, sparse.restored(state.arrays, formats)))
        found: SparseEncoder = replace(plain, recipe=recipe, stages=tuple(stages))
        return found


def _rewound(encoder: Any, start: Mapping[str, Any]) -> None:
    """Put weights back to what they were, in place."""
    import torch

    with torch.no_grad():
        for name, weight in masks.weights(encoder).items():
            weight.copy_(start[name])


def _arrays(found: Mapping[str, Any]) -> dict[str, np.ndarray]:
    return {name: weight.detach().cpu().numpy() for name, weight in found.items()}
