"""What do the words of a text mean on average, by vectors learned on the user's own texts?

Feature-based transfer: the vectors learn from every text at hand, those without a label too; a linear head reads them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from naeum.contract import Dataset, Floats, OutputKind, Outputs, Parts, Policy, Run, Shape, State, Task, subset
from naeum.engine.logistic import Linear
from naeum.errors import InputError
from naeum.extras import need
from naeum.model.claims import ROWS
from naeum.model.sequence.subwords import MOST_PIECES, Hashes, words_of
from naeum.model.sequence.vectors import CHANCE, Skipgram, learned, word_vectors
from naeum.model.sequence.words import Words, known_pieces, offsets_of, read, read_texts
from naeum.model.text.aims import answered
from naeum.model.text.examples import labelled, texts, to_learn
from naeum.model.text.heads import PATH, WITHOUT_TUNE, search, solver
from naeum.train.cost import nominal
from naeum.train.recipe import one_of
from naeum.values import Choice, Whole, setting

if TYPE_CHECKING:
    import pyarrow as pa

WEIGHTINGS = ("tfidf", "mean")
ON_TUNE = 0.0  # of c: chosen on tune
LEAST_SPREAD = 1e-6  # a feature that never varies is not blown up
PAIR_FLOPS = 12  # of a number of a vector and a word of company or chance: forward and back


@dataclass(frozen=True)
class WordVectors:
    """Word vectors learned here, averaged over a text, and a linear head.

    Args:
        vectors: how they are learned.
        weighting: of a word in the mean: "tfidf", rare words more, or "mean".
        max_length: words of a text that are read.
        c: how freely the head follows the rows; 0 = decided on tune.

    Raises:
        InputError: a setting is out of its range, or no row of fit has a target.

    Source: Bojanowski et al. 2017, "Enriching word vectors with subword information".

    Example:
        >>> from pathlib import Path
        >>> from naeum.testing.runs import TinyRun
        >>> from naeum.testing.worlds import korean
        >>> given = korean.parts(150)
        >>> fitted = WordVectors(Skipgram(width=16)).fit(given, TinyRun(Path()))
        >>> bool((fitted.predict(given.tune.rows).codes == given.tune.target).mean() > 0.8)
        True
    """

    kind: ClassVar[str] = "word_vectors"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS
    vectors: Skipgram = Skipgram()  # noqa: RUF009 - frozen values
    weighting: str = setting("tfidf", Choice(WEIGHTINGS))
    max_length: int = setting(256, Whole(32, 1024, log=True))
    c: float = setting(ON_TUNE, Choice((ON_TUNE, *PATH)))

    def __post_init__(self) -> None:
        one_of("weighting", self.weighting, WEIGHTINGS)
        if self.c < 0 or self.max_length < 1:
            raise InputError(
                f"c must be 0 (decided on tune) or more and max_length at least 1; got {self.c} and "
                f"{self.max_length}; leave them out to use the defaults"
            )

    def nominal(self, rows: int, mean_tokens: float, policy: Policy) -> float:
        """Seconds on a nominal machine."""
        company = self.vectors.window + CHANCE  # words of company, and of chance
        words = rows * min(max(mean_tokens, 1.0), self.max_length) * self.vectors.epochs
        return nominal(PAIR_FLOPS * self.vectors.width * company * words)

    def fit(self, parts: Parts, run: Run) -> Averages:
        """Learn the vectors, on rows without a target too, then the head."""
        heard = subset(parts.fit, np.flatnonzero(parts.fit.weight > 0), parts.fit.key)
        fit, tune = to_learn(heard, self.kind), labelled(parts.tune)
        known, table, rarity = own_vectors(fit, run, self.vectors, self.max_length)
        empty = Linear(np.empty((0, 0), np.float32), np.empty(0, np.float32))
        reader = Averages(fit.task, self, known, table, rarity, empty, self.c)
        vectors = reader.features(fit.rows)
        center, spread = vectors.mean(axis=0), vectors.std(axis=0) + LEAST_SPREAD
        fitted = solver((vectors - center) / spread, fit, fit.weight)
        if self.c or not len(tune) or not tune.weight.sum() > 0:
            c, head = self.c or WITHOUT_TUNE, fitted(self.c or WITHOUT_TUNE, None)
        else:
            c, head = search(fitted, (reader.features(tune.rows) - center) / spread, tune)
        weights = head.weights / spread[:, None]
        return replace(reader, head=Linear(weights, head.bias - center @ weights), c=c)


def own_vectors(fit: Dataset, run: Run, how: Skipgram, most: int) -> tuple[Hashes, Floats, Floats]:
    """What is learned of words without labels.

    Returns:
        The pieces that are known, (pieces + 1, width) their vectors, and (pieces + 1,) the rarity of the word that a
        piece is: the log of the share of texts without it (inverse document frequency), of an unknown one first.
    """
    found = texts(fit.rows, fit.task)
    more = run.bare
    rows = [words_of(text, most) or [""] for text in (*found, *(() if more is None else texts(more.rows, fit.task)))]
    words = [word for row in rows for word in row]
    known = known_pieces(words, MOST_PIECES)
    read_words = read(words, offsets_of(rows), known)

    def told(step: int, steps: int) -> None:
        run.report(step, steps, None, f"vectors of words from {len(rows)} texts")

    table = learned(read_words, len(known), how, run.seed, told)
    return known, table, rarities(read_words, len(known))


def rarities(words: Words, pieces: int) -> Floats:
    """(pieces + 1,) log((rows + 1) / (rows with the word + 1)) + 1 of the word that each piece is the whole of."""
    rows = np.repeat(np.arange(len(words.offsets) - 1), np.diff(words.offsets))
    pairs = np.unique(np.stack([rows, words.which]), axis=1)
    holding = np.bincount(pairs[1], minlength=len(words.starts) - 1)
    most = np.log(len(words.offsets))  # of a word in no row
    found = np.full(pieces + 1, most + 1, np.float32)
    found[words.pieces[words.starts[1:] - 1]] = most - np.log(holding + 1) + 1
    found[0] = most + 1
    return found


@dataclass(frozen=True, eq=False)
class Averages:
    """A linear head on the mean of the vectors of a text's words."""

    kind: ClassVar[str] = "word_averages"
    version: ClassVar[int] = 1
    task: Task
    learner: WordVectors
    known: Hashes  # pieces of words
    vectors: Floats  # (pieces + 1, width)
    rarity: Floats  # (pieces + 1,)
    head: Linear
    c: float  # that the head was fitted with

    def predict(self, rows: pa.Table) -> Outputs:
        """Logits, or the number, of each row, in order."""
        return answered(self.task, self.head.logits(self.features(rows)))

    def features(self, rows: pa.Table) -> Floats:
        """(rows, width) the weighted mean of the vectors of each text's words."""
        return averaged(self, texts(rows, self.task))

    def decided(self, learner: Any) -> Any:
        """The recipe with the c that tune chose."""
        return replace(learner, c=self.c)

    def state(self) -> State:
        """Settings, and all arrays."""
        how = self.learner
        settings = {
            "weighting": how.weighting, "max_length": how.max_length, "c": self.c, "width": how.vectors.width,
        }  # fmt: skip
        arrays: dict[str, Any] = {"known": self.known, "vectors": self.vectors, "rarity": self.rarity}
        return State(settings, {**arrays, "weights": self.head.weights, "bias": self.head.bias})

    @classmethod
    def restore(cls, task: Task, state: State) -> Averages:
        """Read back."""
        given: Mapping[str, Any] = state.settings
        names = ("known", "vectors", "rarity", "weights", "bias")
        known, vectors, rarity, weights, bias = (np.array(state.arrays[name]) for name in names)
        learner = WordVectors(Skipgram(given["width"]), given["weighting"], given["max_length"], given["c"])
        return cls(task, learner, known, vectors, rarity, Linear(weights, bias), given["c"])


def averaged(model: Averages, given: Sequence[str]) -> Floats:
    """(texts, width) the weighted mean of the vectors of each text's words."""
    sparse = need("scipy.sparse", "word vectors")
    words = read_texts(given, model.known, model.learner.max_length)
    shape = (len(words.offsets) - 1, len(words.starts) - 1)
    weight = np.ones(len(words.which), np.float32)
    if model.learner.weighting == "tfidf":
        weight = model.rarity[words.pieces[words.starts[1:] - 1]][words.which]
    row = np.repeat(np.arange(shape[0]), np.diff(words.offsets))
    total = np.bincount(row, weight, shape[0]).astype(np.float32)
    share = weight / total[row]
    return np.asarray(
        sparse.csr_matrix((share, words.which, words.offsets), shape=shape) @ word_vectors(words, model.vectors),
        np.float32,
    )
