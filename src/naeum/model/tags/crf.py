"""How well do hand-made patterns and a chain of tags answer? Seconds to make, no encoder needed.

The weights minimise ½ |v|² + c sum_i w_i (-ln p(tags of sentence i)), by L-BFGS.

References:
    Lafferty, McCallum & Pereira 2001, "Conditional random fields".
    Sha & Pereira 2003, "Shallow parsing with conditional random fields".
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Floats, InputKind, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.extras import need
from naeum.model.tags import sentences as reading
from naeum.model.tags.chain import Chain, Doubles, log_marginals, slope
from naeum.model.tags.patterns import Keys, matrix_of, patterns
from naeum.train import cost
from naeum.values import Choice, Real, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

PATH = (0.5, 2.0, 8.0)  # of c, where it is decided on tune
UNDECIDED = 2.0  # c where it is to be decided and no tune row has tags
STEPS = 120  # of L-BFGS; entities change little after a hundred
TOLERANCE = 1e-5  # relative change of the loss at which the search ends
MEMORY = 6  # pairs that L-BFGS keeps
CURVATURE = 0.05  # of the loss along a weight, a word: mean of p (1 - p); it shapes the way, not the minimum
PATTERNS_A_WORD, TAGS = 50, 10  # of words, and of usual tasks, for a forecast
# Operations at the speed of dense products that a step takes for each pattern and tag of a word: four, but sparse
# products wait for memory; 26 seconds of one core were measured on 62,730 words with 13 tags.
OPERATIONS = 270


@dataclass(frozen=True)
class Crf:
    """A linear-chain conditional random field on patterns of words.

    Args:
        c: how freely the weights follow the rows (the inverse of the L2 penalty); 0: the best of a short path on tune.
        min_count: how many words of fit must have a pattern.
        max_patterns: how many, the most frequent, are kept.
        pieces_of_words: whether all runs of three characters of a word are patterns, beside its beginning and ending.

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import tags
        >>> fitted = Crf().fit(tags.parts(30), TinyRun(Path()))
        >>> fitted.predict(tags.dataset([["나는", "최고", "감동이다", "보고"]], [None]).rows).labels.tolist()
        [['O', 'B-person', 'I-person', 'O']]
    """

    kind: ClassVar[str] = "crf"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"tags"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"words"})
    c: float = setting(2.0, Real(0.05, 50.0, log=True))
    min_count: int = setting(2, Whole(1, 5))
    max_patterns: int = setting(2**19, Choice((2**17, 2**19)))
    pieces_of_words: bool = setting(False, Choice((False, True)))

    def __post_init__(self) -> None:
        if not (self.c >= 0 and self.min_count >= 1 and self.max_patterns >= 1):
            raise InputError(
                f"c must be 0 (decided on tune) or more, min_count and max_patterns at least 1; got {self.c}, "
                f"{self.min_count} and {self.max_patterns}; leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> FittedCrf:
        """Find the weights; where `c` is 0, the one with the best score on tune.

        Raises:
            InputError: there is no tagged word.
        """
        task = parts.fit.task
        given = Sample.of(reading.to_learn(parts.fit, self.kind), self, len(task.classes))
        rows, tune = reading.tagged(parts.tune)
        if self.c or not len(tune.codes):
            return given.fitted(task, self.c or UNDECIDED, run, (0, 1))
        judge, found = reading.judge(rows), []
        for number, c in enumerate(PATH):
            fitted = given.fitted(task, c, run, (number, len(PATH)))
            found.append((judge(fitted.predict(rows.rows).scores, tune.codes), -number, fitted))
        return max(found, key=lambda one: one[:2])[2]

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from words alone."""
        tried = 1 if self.c else len(PATH)
        return cost.nominal(OPERATIONS * PATTERNS_A_WORD * TAGS * STEPS * mean_tokens * rows * tried)


@dataclass(frozen=True, eq=False)
class Sample:
    """What the weights are found on."""

    known: Keys  # (patterns,)
    features: Any  # CSR (words, patterns)
    tagged: reading.Tagged
    classes: int
    pieces: bool = False

    @classmethod
    def of(cls, tagged: reading.Tagged, learner: Crf, classes: int) -> Sample:
        """The patterns of tagged words."""
        found = patterns(tagged.sentences, pieces=learner.pieces_of_words)
        known = found.known(learner.min_count, learner.max_patterns)
        return cls(known, matrix_of(found, known), tagged, classes, learner.pieces_of_words)

    def fitted(self, task: Task, c: float, run: Run, place: tuple[int, int]) -> FittedCrf:
        """The weights of one c. `place` is the number of this search and how many there are."""
        optimize = need("scipy.optimize", "a conditional random field")
        problem = Problem(self, c)
        taken = 0

        def told(_: Any) -> None:
            nonlocal taken
            taken += 1
            run.report(place[0] * STEPS + min(taken, STEPS), place[1] * STEPS, None, f"c = {c:g}")
            if run.seconds_left() <= 0:
                raise StopIteration

        found = optimize.minimize(
            problem.loss, problem.start(), jac=True, method="L-BFGS-B", callback=told,
            options={"maxiter": STEPS, "ftol": TOLERANCE, "gtol": 0.0, "maxcor": MEMORY},
        )  # fmt: skip
        weights, chain = problem.parts(found.x)
        return FittedCrf(task, self.known, weights.astype(np.float32), chain, c, self.pieces)


@dataclass(frozen=True, eq=False)
class Problem:
    """The loss as a function of one flat array, in units in which it bends about equally in every direction."""

    sample: Sample
    c: float

    @cached_property
    def transposed(self) -> Any:
        """CSR (patterns, words)."""
        return self.sample.features.T.tocsr()

    @cached_property
    def unit(self) -> Doubles:
        """(patterns, 1) the length of a step of one along a pattern."""
        counts = self.transposed @ self.sample.tagged.weight.astype(np.float64)
        return np.asarray(1 / np.sqrt(1 + self.c * CURVATURE * counts))[:, None]

    @cached_property
    def chain_unit(self) -> float:
        """The same of a transition."""
        each = self.sample.tagged.weight.sum() / self.sample.classes
        return float(1 / np.sqrt(1 + self.c * CURVATURE * each))

    @cached_property
    def weight(self) -> Doubles:
        """(sentences,) how much each counts."""
        offsets = self.sample.tagged.sentences.offsets
        there = np.diff(offsets) > 0
        found = np.zeros(len(there))
        found[there] = self.sample.tagged.weight[offsets[:-1][there]]
        return found

    def start(self) -> Doubles:
        """Where the search begins."""
        width, classes = self.sample.features.shape[1], self.sample.classes
        return np.zeros((width + classes + 1) * classes)

    def parts(self, flat: Doubles) -> tuple[Doubles, Chain]:
        """Weights of patterns (patterns, classes), and transitions."""
        classes = self.sample.classes
        table = flat.reshape(-1, classes)
        chain = table[-classes - 1 :] * self.chain_unit
        return table[: -classes - 1] * self.unit, Chain(chain[:-1], chain[-1])

    def loss(self, flat: Doubles) -> tuple[float, Doubles]:
        """The loss over c, and its gradient."""
        weights, chain = self.parts(flat)
        tagged = self.sample.tagged
        told = slope(self.sample.features @ weights, chain, tagged.sentences.offsets, tagged.codes, self.weight)
        penalty = (weights**2).sum() + (chain.step**2).sum() + (chain.first**2).sum()
        slopes = (self.transposed @ told.emissions + weights / self.c) * self.unit
        steps = (np.vstack([told.step, told.first]) + np.vstack([chain.step, chain.first]) / self.c) * self.chain_unit
        return told.loss + penalty / (2 * self.c), np.concatenate([slopes, steps]).ravel()


@dataclass(frozen=True, eq=False)
class FittedCrf:
    """Weights of patterns and transitions."""

    task: Task
    known: Keys  # (patterns,) sorted
    weights: Floats  # (patterns, classes)
    chain: Chain
    c: float  # that they were found with
    pieces: bool = False  # of words, among the patterns

    kind: ClassVar[str] = "crf"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(words, classes) log-probabilities of each word's tag, its neighbours considered."""
        found = reading.sentences(rows, self.task)
        emissions = np.asarray(matrix_of(patterns(found, pieces=self.pieces), self.known) @ self.weights, np.float64)
        scores = log_marginals(emissions, self.chain, found.offsets).astype(np.float32)
        return Outputs(self.task, scores, offsets=found.offsets)

    def decided(self, learner: Crf) -> Crf:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c)

    def state(self) -> State:
        """The arrays."""
        chain = {"step": self.chain.step, "first": self.chain.first}
        return State({"c": self.c, "pieces": self.pieces}, {"known": self.known, "weights": self.weights, **chain})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedCrf:
        """Read back."""
        arrays = {name: np.asarray(array) for name, array in state.arrays.items()}
        chain = Chain(arrays["step"], arrays["first"])
        return cls(
            task,
            arrays["known"],
            arrays["weights"],
            chain,
            float(state.settings["c"]),
            bool(state.settings.get("pieces", False)),
        )
