"""What does a linear head on the words of a frozen encoder say? One pass over the words, no training of the encoder.

A word is what a few layers say of its first piece, side by side, with its looks; the head is multinomial logistic
regression whose penalty is chosen on tune where it is not given (Tenney et al. 2019 probe words so).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum import sets
from naeum.contract import Floats, InputKind, Ints, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task
from naeum.engine import bases, sessions
from naeum.engine.logistic import Linear, problem, solve
from naeum.engine.tokens import pad
from naeum.errors import InputError
from naeum.model.tags import sentences as reading
from naeum.model.tags.finetuned import PIECES_PER_WORD
from naeum.model.tags.sentences import Sentences
from naeum.model.tags.windows import Windows, windows
from naeum.train import cost
from naeum.train.look import EVALUATION_TOKENS
from naeum.train.order import split
from naeum.values import Choice, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

ON_TUNE = 0.0  # of c: choose it on tune
PATH = (0.001, 0.01, 0.1)  # of c, each fit starting from the one before
WITHOUT_TUNE = 0.01
LEAST_SPREAD = 1e-6  # a coordinate that never varies is not blown up
MOST_WORDS = 100_000  # that the head is fitted on, spread evenly: 500 MB of vectors of three layers
FLOPS_PER_WEIGHT = 2.0  # of a forward pass


@dataclass(frozen=True)
class WordProbe:
    """Frozen encoder features of words and a linear head.

    Args:
        base: name or folder of the encoder; see `engine.bases`.
        layers: how many are put side by side, from the last one down, evenly.
        max_length: pieces that are read at once; a longer sentence is read in windows.
        c: inverse strength of the penalty; 0: the best of a short path on tune.

    Example:
        >>> WordProbe("all-MiniLM-L6-v2").layers
        3
    """

    kind: ClassVar[str] = "word_probe"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"tags"})
    reads: ClassVar[frozenset[InputKind]] = frozenset({"words"})
    base: str = "all-MiniLM-L6-v2"
    layers: int = setting(3, Whole(1, 4))
    max_length: int = setting(128, Choice((64, 128, 256, 512)))
    c: float = setting(ON_TUNE, Choice((ON_TUNE, *PATH)))

    def __post_init__(self) -> None:
        if self.c < 0 or self.layers < 1 or self.max_length < 3:
            raise InputError(
                f"c must be 0 (decided on tune) or more, layers at least 1 and max_length at least 3; got {self.c}, "
                f"{self.layers} and {self.max_length}; leave them out to use the defaults"
            )

    def fit(self, parts: Parts, run: Run) -> FittedWordProbe:
        """Read every word once, then find the head.

        Raises:
            BaseModelError: the base is missing or corrupt.
            InputError: there is no tagged word.
        """
        given = reading.to_learn(parts.fit, self.kind)
        rows, tune = reading.tagged(parts.tune)
        none = Linear(np.empty((0, 0), np.float32), np.empty(0, np.float32))
        base = bases.find(self.base, run.policy)
        reader = FittedWordProbe(parts.fit.task, base, self, given.sentences.joint, none, self.c, run.policy)
        at = sets.unique(np.linspace(0, len(given.codes) - 1, min(MOST_WORDS, len(given.codes))).astype(np.int64))
        vectors = reader.vectors(given.sentences, at, run)
        center, spread = vectors.mean(axis=0), vectors.std(axis=0) + LEAST_SPREAD
        vectors -= center
        vectors /= spread
        asked = problem(vectors, given.codes[at], given.weight[at], len(parts.fit.task.classes))

        def headed(c: float, near: Linear | None) -> tuple[Linear, FittedWordProbe]:
            found = solve(asked, c, near)
            weights = np.ascontiguousarray(found.weights / spread[:, None])  # as it is read back: the same bits
            return found, replace(reader, head=Linear(weights, found.bias - center @ weights), c=c)

        if self.c or not len(tune.codes):
            return headed(self.c or WITHOUT_TUNE, None)[1]
        told = reader.vectors(tune.sentences, np.arange(len(tune.codes)), run)
        judge, best, head = reading.judge(rows), [], None
        for number, c in enumerate(PATH):
            head, fitted = headed(c, head)
            best.append((judge(fitted.head.logits(told), tune.codes), -number, fitted))
        return max(best, key=lambda one: one[:2])[2]

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine: the same number everywhere, from floating-point operations alone."""
        weights = bases.find(self.base, policy).weights
        return cost.nominal(FLOPS_PER_WEIGHT * weights * mean_tokens * PIECES_PER_WORD * rows)


@dataclass(frozen=True, eq=False)
class FittedWordProbe:
    """A head on the words of a base model that is named, not copied."""

    kind: ClassVar[str] = "word_probe"
    version: ClassVar[int] = 1
    task: Task
    base: bases.Base
    learner: WordProbe
    joint: str  # what stands between two words
    head: Linear
    c: float  # that the head was fitted with
    policy: Policy

    def predict(self, rows: pa.Table) -> Outputs:
        """(words, classes) logits of each word, in order."""
        found = reading.sentences(rows, self.task)
        vectors = self.vectors(found, np.arange(len(found.words)))
        return Outputs(self.task, self.head.logits(vectors), offsets=found.offsets)

    def vectors(self, given: Sentences, at: Ints, run: Run | None = None) -> Floats:
        """(words `at`, layers * width + looks) what the head reads, in the order of the words."""
        cut = windows(self.base, given, self.learner.max_length, self.joint)
        layers = self._layers
        width = len(layers) * self.base.width
        found = np.empty((len(at), width + cut.looks.shape[1]), np.float32)
        found[:, width:] = cut.looks[at]
        place = np.full(len(given.words), -1, np.int64)
        place[at] = np.arange(len(at))
        order = np.argsort(cut.pieces.lengths, kind="stable")
        for done, batch in enumerate(
            batches := split(order, cut.pieces.lengths, EVALUATION_TOKENS) if len(order) else []
        ):
            words, states = self._read(cut, batch, layers)
            wanted = place[words] >= 0
            found[place[words[wanted]], :width] = states[wanted]
            if run is not None:
                run.report(done + 1, len(batches), None, f"words read by {self.base.name}")
        return found

    def _read(self, cut: Windows, batch: Ints, layers: tuple[int, ...]) -> tuple[Ints, Floats]:
        """Numbers of the words of some windows, and what the layers say of their first pieces."""
        ids, mask = pad(cut.pieces, batch)
        states, _ = sessions.hidden_states(self.base, self.policy, ids, mask, every=True)
        words = np.concatenate([np.arange(cut.units[row], cut.units[row + 1]) for row in batch])
        rows = np.repeat(np.arange(len(batch)), np.diff(cut.units)[batch])
        picked = [states[layer][rows, cut.first[words]].float().cpu().numpy() for layer in layers]
        return words, np.concatenate(picked, axis=1)

    @property
    def _layers(self) -> tuple[int, ...]:
        """From the last one down, evenly: of six, three are 6, 4 and 2."""
        top, many = self.base.layers, min(self.learner.layers, self.base.layers)
        return tuple(top - place * top // many for place in range(many))

    def decided(self, learner: WordProbe) -> WordProbe:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c)

    def state(self) -> State:
        """The head, and which base model it stands on."""
        settings = {
            "base": self.base.name,
            "digest": self.base.digest,
            "folder": str(self.base.folder),
            "layers": self.learner.layers,
            "max_length": self.learner.max_length,
            "joint": self.joint,
            "c": self.c,
            "dtype": self.policy.dtype,
            "threads": self.policy.threads,
        }
        return State(settings, {"weights": self.head.weights, "bias": self.head.bias})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedWordProbe:
        """Read back; it answers on the CPU.

        Raises:
            BaseModelError: the base model it stands on is gone or another one.
        """
        given: Mapping[str, Any] = state.settings
        policy = Policy(
            dtype=given["dtype"], threads=given["threads"], reason="the numbers of its fit, on the CPU", offline=True
        )
        base = bases.again(given["base"], given["digest"], given["folder"], policy)
        learner = WordProbe(given["base"], given["layers"], given["max_length"], given["c"])
        head = Linear(np.asarray(state.arrays["weights"], np.float32), np.asarray(state.arrays["bias"], np.float32))
        return cls(task, base, learner, given["joint"], head, given["c"], policy)
