"""Which of several learners suits these rows? Successive halving: many on a few rows, the better half on twice as many.

Base models and ways to tune them differ by more than their settings do; most can be told to be worse from a part of the
rows. Every round is scored on held-out rows and kept in the scratch folder as it ends, so a killed halving goes on;
what is left over is fitted on all rows.

Source: Jamieson & Talwalkar 2016, "Non-stochastic best arm identification and hyperparameter optimization".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum import sets
from naeum.contract import Dataset, InputKind, OutputKind, Outputs, Parts, Predictor, Run, Shape, State, Task, subset
from naeum.errors import InputError
from naeum.model.claims import ALL, EVERY
from naeum.store import Ledger

if TYPE_CHECKING:
    import pyarrow as pa

LEAST_ROWS = 200  # of a round: with fewer, what suits many rows looks bad


@dataclass(frozen=True)
class Halved:
    """The best of several learners, found by successive halving.

    Args:
        arms: the learners, the likeliest first: of equal scores the earlier one goes on.
        share: of the fit rows that the first round learns from.

    Raises:
        InputError: there is no arm, or the share is not above 0 and at most 1.
    """

    arms: tuple[Any, ...]
    share: float = 0.25

    kind: ClassVar[str] = "halved"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = EVERY
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        if not self.arms or not 0 < self.share <= 1:
            raise InputError(
                f"a halving must have arms and a share of the rows above 0 and at most 1; got {len(self.arms)} arms "
                f"and {self.share}; name two learners or more"
            )

    @property
    def rows_factor(self) -> float:
        """Of the rows that an arm learns from on the average, for forecasts."""
        left, share, total = len(self.arms), self.share, 0.0
        while left > 1:
            total += left * share
            left, share = (left + 1) // 2, min(2 * share, 1.0)
        return (total + 1.0) / len(self.arms)

    def fit(self, parts: Parts, run: Run) -> HalvedPredictor:
        """Halve the arms until one is left, and fit it on all fit rows; without held-out rows the first one."""
        left, rounds = list(range(len(self.arms))), Ledger(run.scratch / "rounds.jsonl")
        share, number = self.share, 0
        while len(left) > 1 and (parts.tune.target >= 0).any():
            if number >= len(rounds):
                rounds.append(self._round(left, share, parts, run))
            scores = {int(arm): float(score) for arm, score in list(rounds)[number]["scores"].items()}
            left = sorted(sorted(left, key=lambda arm: (-scores[arm], arm))[: (len(left) + 1) // 2])
            run.report(number + 1, number + 1 + (len(left) - 1).bit_length(), max(scores.values()), "round")
            share, number = min(2 * share, 1.0), number + 1
        chosen = self.arms[left[0]]
        return HalvedPredictor(run.fit(chosen, parts), left[0], tuple(dict(event) for event in rounds))

    def _round(self, left: list[int], share: float, parts: Parts, run: Run) -> dict[str, Any]:
        """Scores of the arms that are left, each fitted on the same share of the rows."""
        given = Parts(part_of(parts.fit, share, run.seed), parts.tune)
        scores = {str(arm): _score(self.arms[arm], given, run) for arm in left}
        return {"rows": len(given.fit), "scores": scores}


@dataclass(frozen=True, eq=False)
class HalvedPredictor:
    """The predictor of the arm that was left, with the scores of all rounds."""

    inner: Predictor
    arm: int
    rounds: tuple[dict[str, Any], ...]

    kind: ClassVar[str] = "halved"
    version: ClassVar[int] = 1

    @property
    def task(self) -> Task:
        """The task of the inner predictor."""
        return self.inner.task

    def predict(self, rows: pa.Table) -> Outputs:
        """The answers of the arm that was left."""
        return self.inner.predict(rows)

    def state(self) -> State:
        """The rounds beside the predictor."""
        return State({"arm": self.arm, "rounds": list(self.rounds)}, children={"inner": self.inner})

    @classmethod
    def restore(cls, task: Task, state: State) -> HalvedPredictor:
        """Read back."""
        return cls(state.children["inner"], int(state.settings["arm"]), tuple(state.settings["rounds"]))

    def decided(self, learner: Any) -> Any:
        """The arm that was left, itself decided."""
        return self.inner.decided(learner.arms[self.arm]) if learner.kind == Halved.kind else learner


def part_of(data: Dataset, share: float, seed: int) -> Dataset:
    """A share of the labelled rows, at least LEAST_ROWS of them, in which every class keeps a row; larger shares hold
    the smaller ones."""
    labelled = np.flatnonzero(data.target >= 0)
    count = max(int(share * len(labelled)), LEAST_ROWS)
    if count >= len(labelled):
        return data
    order = np.random.default_rng(seed).permutation(labelled)
    first = {int(data.target[at]): int(at) for at in order[::-1]}
    chosen = sets.unique(np.concatenate([order[:count], np.array(list(first.values()), np.int64)]))
    return subset(data, chosen, f"{data.key}/share.{seed}.{count}")


def _score(learner: Any, parts: Parts, run: Run) -> float:
    """The task's metric on held-out rows, signed so that more is better."""
    from naeum.measure import metric

    outputs, data = run.held_out(learner, parts)
    chosen = metric(data.task.metric)
    return chosen.sign * chosen.score(outputs, data)
