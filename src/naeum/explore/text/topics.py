"""Which topics do the texts have, and how do the rows lie to each other?

Topics are clusters (k-means on vectors of length one); the number is the one of the largest silhouette (Rousseeuw
1987), and their names are their telling words. The map is t-SNE (van der Maaten & Hinton 2008): near rows are alike,
far distances and the sizes of groups mean nothing.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.contract import Floats, Ints
from naeum.errors import BaseModelError, MissingExtra, NotApplicable
from naeum.explore.subject import Subject
from naeum.explore.text.source import Texts, base_of, language, texts_of
from naeum.explore.text.space import Space, encoded, latent
from naeum.explore.text.telling import Telling, count, telling

MOST_ROWS = 3_000  # texts that are put into topics
MAP_ROWS = 1_500  # rows on the map: with more the dots hide one another
WORDS = 6  # that name a topic
EXAMPLES = 3  # texts that show a topic
LETTERS = 160  # characters of them
LEAST_ROWS = 60  # texts: with fewer a topic is a handful of rows
NUMBERS = (4, 6, 8, 12, 16)  # of topics that are tried: what still fits in a table
SILHOUETTE_ROWS = 1_000  # that a silhouette is measured on: its error is then about 0.01
STARTS = 3  # of k-means
PERPLEXITY = 30.0  # neighbours that a row is laid beside
ROUNDS = 500  # of gradient descent: half what scikit-learn does; the picture is then settled
AXES = 30  # principal axes that the map starts from: less noise, and less time


@dataclass(frozen=True, eq=False)
class Topics:
    """The topic of each row; the middle of each; how well they are parted, from -1 to 1."""

    member: Ints  # (rows,)
    centers: Floats  # (topics, width)
    silhouette: float

    def nearest(self, vectors: Floats, topic: int, most: int) -> Ints:
        """Positions of the rows nearest to the middle of a topic, the nearest first."""
        inside = np.flatnonzero(self.member == topic)
        far = np.linalg.norm(vectors[inside] - self.centers[topic], axis=1)
        return inside[np.argsort(far, kind="stable")[:most]]


def look(subject: Subject) -> dict[str, Any] | None:
    """Topics with their telling words and typical texts, and the map of the rows.

    Raises:
        NotApplicable: there is no text column, or too few unlike texts.
    """
    texts = texts_of(subject)
    where = texts.drawn(MOST_ROWS, subject.seed)
    words = texts.at(where)
    space = _space(subject, texts, where, words)
    found = topics(space.vectors, seed=subject.seed)
    counts = count(words, language(subject))
    number = len(found.centers)
    named: list[Telling] = [[] for _ in range(number)]
    if counts is not None:
        named = [_named(each) for each in telling(counts, found.member, number, most=4 * WORDS)]
    return {
        "rows": len(where),
        "of": texts.rows,
        "by": space.made_by,
        "silhouette": found.silhouette,
        "topics": [
            {
                "rows": int((found.member == topic).sum()),
                "words": [one["word"] for one in named[topic]],
                "examples": [words[at][:LETTERS] for at in found.nearest(space.vectors, topic, EXAMPLES)],
                "labels": _labels(subject, texts.row[where[found.member == topic]]),
            }
            for topic in range(number)
        ],
        "map": _map(subject, texts, where, space, found),
    }


def _named(words: Telling) -> Telling:
    """The words of a topic: those with letters, as a name should have; all where none has."""
    return ([one for one in words if any(map(str.isalpha, one["word"]))] or words)[:WORDS]


def _space(subject: Subject, texts: Texts, where: Ints, words: list[str]) -> Space:
    try:
        base, fits = base_of(subject)
        if fits:
            return encoded(base, texts.column.take(where), subject)
    except (NotApplicable, BaseModelError, MissingExtra) as reason:
        subject.say("note", text=f"topics by n-grams: {reason}")
    return latent(words, seed=subject.seed)


def _codes(subject: Subject, rows: Ints) -> Ints | None:
    """(rows,) the class of each row by its number, -1 = unlabelled; None without labels."""
    if subject.data is None or subject.data.dataset.task.output != "label":
        return None
    return subject.data.dataset.target[rows]


def _labels(subject: Subject, rows: Ints) -> list[list[Any]]:
    """The labels of rows, the most frequent first: [class, rows]."""
    codes = _codes(subject, rows)
    if codes is None or subject.data is None:
        return []
    counts = np.bincount(codes[codes >= 0], minlength=1)
    order = np.argsort(-counts, kind="stable")[:3]
    return [[subject.data.dataset.task.classes[code], int(counts[code])] for code in order.tolist() if counts[code]]


def _map(subject: Subject, texts: Texts, where: Ints, space: Space, found: Topics) -> dict[str, Any]:
    """Place, topic, length, label and error of each row on the map; error 1 = answered otherwise than labelled."""
    some = np.sort(np.random.default_rng(subject.seed).permutation(len(where))[:MAP_ROWS])
    rows = texts.row[where[some]]
    codes = _codes(subject, rows)
    wrong = (subject.seen.get("suspects") or {}).get("wrong_rows")
    return {
        "x": laid_out(space.vectors[some], seed=subject.seed).round(4).astype(float).T.tolist(),
        "topic": found.member[some].tolist(),
        "length": [len(text) for text in texts.at(where[some])],
        "label": None if codes is None else codes.tolist(),
        "classes": [] if codes is None or subject.data is None else list(subject.data.dataset.task.classes),
        "error": None if wrong is None else sets.isin(rows, wrong).astype(int).tolist(),
    }


def topics(vectors: Floats, *, seed: int = 0) -> Topics:
    """Clusters of vectors (rows, width), the largest first.

    Raises:
        NotApplicable: fewer than LEAST_ROWS rows, or all alike.
    """
    from sklearn.cluster import KMeans
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.metrics import silhouette_score
    from threadpoolctl import threadpool_limits

    if len(vectors) < LEAST_ROWS or len(np.unique(vectors[:SILHOUETTE_ROWS], axis=0)) <= NUMBERS[0]:
        raise NotApplicable(f"topics need {LEAST_ROWS} unlike rows; there are {len(vectors)}, or they are alike")
    some = np.random.default_rng(seed).permutation(len(vectors))[:SILHOUETTE_ROWS]
    found: list[Topics] = []
    with threadpool_limits(1), warnings.catch_warnings():  # small matrices: threads that wait for one another are slow
        warnings.simplefilter("ignore", ConvergenceWarning)  # fewer distinct rows than clusters
        for number in (each for each in NUMBERS if each * 8 <= len(vectors)):
            model = KMeans(number, n_init=STARTS, max_iter=50, random_state=seed).fit(vectors)
            member = np.asarray(model.labels_, np.int64)
            if len(sets.unique(member[some])) > 1:
                score = float(silhouette_score(vectors[some], member[some]))
                found.append(Topics(member, np.asarray(model.cluster_centers_, np.float32), score))
    if not found:
        raise NotApplicable("topics need rows that differ; these hardly do")
    return _largest_first(max(found, key=lambda each: each.silhouette))


def laid_out(vectors: Floats, *, seed: int = 0) -> npt.NDArray[np.float32]:
    """(rows, 2) places on a map, in [0, 1].

    Raises:
        NotApplicable: fewer than LEAST_ROWS rows.
    """
    from sklearn.decomposition import PCA
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    if len(vectors) < LEAST_ROWS:
        raise NotApplicable(f"a map needs {LEAST_ROWS} rows; there are {len(vectors)}")
    perplexity = PERPLEXITY if len(vectors) > 3 * PERPLEXITY else len(vectors) / 4
    with threadpool_limits(1):
        axes = PCA(min(AXES, vectors.shape[1], len(vectors)), random_state=seed).fit_transform(vectors)
        start = "pca" if axes.shape[1] >= 2 else "random"
        model = TSNE(2, perplexity=perplexity, max_iter=ROUNDS, init=start, random_state=seed)
        drawn = model.fit_transform(axes)
    low, high = drawn.min(axis=0), drawn.max(axis=0)
    return np.asarray((drawn - low) / np.maximum(high - low, 1e-9), np.float32)


def _largest_first(found: Topics) -> Topics:
    order = np.argsort(-np.bincount(found.member, minlength=len(found.centers)), kind="stable")
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return Topics(rank[found.member], found.centers[order], found.silhouette)
