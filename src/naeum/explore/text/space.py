"""In which space do texts that mean the same lie near each other?

The vectors of a base model that knows the language, from the cache where they are there; where none is at hand,
latent semantic analysis of the n-grams (Deerwester et al. 1990).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Floats
from naeum.explore.subject import Subject

if TYPE_CHECKING:
    from naeum.engine.bases import Base
    from naeum.engine.features import Texts

WIDTH = 64  # of the latent space
MAX_LENGTH = 128  # tokens that the encoder reads, as the probes of a climb do: what is computed here is cached for it
MOST_GRAMS = 30_000
LETTERS = 1_000  # characters of a text that n-grams are taken from


@dataclass(frozen=True, eq=False)
class Space:
    """(rows, width) vectors of length one, and what made them."""

    vectors: Floats
    made_by: str


def encoded(base: Base, texts: Texts, subject: Subject) -> Space:
    """The mean-pooled last layer of a base model, computed once and then read from the subject's cache.

    Raises:
        BaseModelError: the model cannot be loaded.
        MissingExtra: torch or transformers is not installed.
    """
    from naeum.engine.features import features

    def report(done: int, rows: int) -> None:
        subject.say("progress", step=done, steps=rows, note=f"reading texts with {base.name}")

    found = features(base, texts, policy=subject.policy, cache=subject.cache, max_length=MAX_LENGTH, report=report)
    return Space(_unit(found), base.name)


def latent(texts: Sequence[str], *, seed: int = 0) -> Space:
    """Latent semantic analysis of tf-idf weighted character n-grams within words.

    Example:
        >>> found = latent(["좋은 영화", "좋은 배우", "나쁜 날씨", "나쁜 하늘"])
        >>> found.vectors.shape[0], found.made_by
        (4, 'latent semantic analysis')
    """
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from threadpoolctl import threadpool_limits

    options = {"analyzer": "char_wb", "ngram_range": (2, 4), "max_features": MOST_GRAMS, "sublinear_tf": True}
    vectorizer = TfidfVectorizer(min_df=min(3, max(1, len(texts) // 10)), dtype=np.float32, **options)
    try:
        matrix = vectorizer.fit_transform([text[:LETTERS] for text in texts])
    except ValueError:  # "empty vocabulary": no text has a word
        return Space(np.zeros((len(texts), 1), np.float32), "latent semantic analysis")
    width = min(WIDTH, matrix.shape[1] - 1, max(1, len(texts) - 1))
    if width < 2:
        return Space(_unit(np.asarray(matrix.todense(), np.float32)), "latent semantic analysis")
    with threadpool_limits(1):  # small matrices: threads that wait for one another are slow
        found = TruncatedSVD(width, n_iter=4, random_state=seed).fit_transform(matrix)
    return Space(_unit(np.asarray(found, np.float32)), "latent semantic analysis")


def _unit(vectors: Floats) -> Floats:
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(length, 1e-9), np.float32)
