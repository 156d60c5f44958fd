"""Do several models together answer better than the best of them?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import InputKind, OutputKind, Outputs, Parts, Predictor, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.around.weights import WAYS, poolable, pooled
from naeum.model.claims import ALL, EVERY
from naeum.values import Choice, setting

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class Blend:
    """A weighted mean of log-probabilities, log odds or numbers; members that count nothing are left out of the model.

    Args:
        members: at least one learner.
        how: weights by "greedy" selection, "mean" (equal) or "stacking", all on held-out rows.
        weights: one a member; given, nothing is decided by looking.

    Raises:
        InputError: no member, an unknown way, or weights that do not fit the members.
    """

    members: tuple[Any, ...] = ()
    how: str = setting("greedy", Choice(tuple(WAYS)))
    weights: tuple[float, ...] = ()

    kind: ClassVar[str] = "blend"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = EVERY
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if self.how not in WAYS:
            raise InputError(f"how must be one of {', '.join(WAYS)}; got {self.how!r}; correct its name")
        if self.weights and (len(self.weights) != len(self.members) or min(self.weights) < 0 or not sum(self.weights)):
            raise InputError(
                f"weights must be one number of 0 or more for each of {len(self.members)} members; got {self.weights}; "
                "leave them out to have them decided"
            )

    def fit(self, parts: Parts, run: Run) -> Pool:
        """Fit every member; weigh them on held-out rows unless the weights are given."""
        if not self.members:
            raise InputError("a blend must have a member; got none; give it learners")
        count = len(self.members)
        if self.weights:
            weights = self.weights
        elif count == 1 or not len(parts.tune):
            weights = (1 / count,) * count
        else:
            found = [run.held_out(member, parts) for member in self.members]
            weights = WAYS[self.how]([poolable(outputs) for outputs, _ in found], found[0][1])
        kept = [at for at in range(count) if weights[at] > 0]
        fitted = [run.fit(self.members[at], parts, share=1 / (len(kept) - i)) for i, at in enumerate(kept)]
        return Pool(parts.fit.task, tuple(fitted), tuple(weights[at] for at in kept), tuple(kept))


@dataclass(frozen=True, eq=False)
class Pool:
    """Fitted members with their weights."""

    task: Task
    members: tuple[Predictor, ...]
    weights: tuple[float, ...]
    places: tuple[int, ...]  # of the members among those of the learner

    kind: ClassVar[str] = "blend"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(rows, classes) pooled log-probabilities."""
        return self.combine([member.predict(rows) for member in self.members])

    def combine(self, answers: Sequence[Outputs]) -> Outputs:
        """The pool of what the members answered to the same rows."""
        scores = pooled([poolable(outputs) for outputs in answers], self.weights)
        ends = [(one.quantiles, weight) for one, weight in zip(answers, self.weights, strict=True)]
        quantiles = None
        if all(end is not None for end, _ in ends):
            quantiles = np.asarray(sum(end * weight for end, weight in ends if end is not None), np.float32)
        cuts = [one.cut for one in answers if one.cut is not None]
        cut = np.asarray(np.mean(cuts, axis=0), np.float32) if len(cuts) == len(answers) else None
        return replace(answers[0], scores=np.asarray(scores, np.float32), quantiles=quantiles, cut=cut)

    def state(self) -> State:
        """Weights beside the members."""
        children = {f"member{at}": member for at, member in enumerate(self.members)}
        return State({"weights": list(self.weights), "places": list(self.places)}, children=children)

    @classmethod
    def restore(cls, task: Task, state: State) -> Pool:
        """Read back."""
        weights, places = tuple(state.settings["weights"]), tuple(state.settings["places"])
        members = tuple(state.children[f"member{at}"] for at in range(len(weights)))
        return cls(task, members, weights, places)

    def decided(self, learner: Blend) -> Blend:
        """The members that count, each decided, with their weights."""
        pairs = zip(self.members, self.places, strict=True)
        members = tuple(fitted.decided(learner.members[at]) for fitted, at in pairs)
        return replace(learner, members=members, weights=self.weights)
