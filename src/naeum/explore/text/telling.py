"""Which words tell one group of texts from the others?

Log-odds of each word in the group against all others, smoothed by a prior from all texts, over its standard error: a
z score. Korean, whose words carry particles and endings, is cut by kiwipiepy where it is installed, and into character
n-grams within words elsewhere.

References:
    Monroe, Colaresi & Quinn 2008, "Fightin' words: lexical feature selection and evaluation for identifying the
    content of political conflict" (the informative Dirichlet prior).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.contract import Ints
from naeum.explore.labels.conflicts import labelled
from naeum.explore.subject import Subject
from naeum.explore.text.source import language, texts_in

MOST_ROWS = 10_000  # texts whose words are counted
MOST_CLASSES = 60  # whose words are told: the most frequent ones
MOST_WORDS = 30_000  # that are counted, the most frequent ones
LEAST_ROWS = 3  # in which a word must stand
PRIOR = 0.1  # of the counts of all texts: the weight of the prior; a rare word needs that much more to stand out
SURE = 1.96  # z score below which a word tells nothing
SYLLABLES = (2, 4)  # n-grams of a Korean word: stems have one to three syllables, particles one or two
KOREAN = ("ko", "ja", "zh", "th")  # languages whose words are not what stands between spaces
CONTENT = ("N", "V", "MA", "XR", "SL")  # tags of kiwipiepy that carry meaning: nouns, verbs, adverbs, roots, Latin
LETTERS = 2_000  # characters of a text that are read


Telling = list[dict[str, Any]]  # words of one group: word, z, rate, elsewhere


@dataclass(frozen=True, eq=False)
class Counts:
    """How often each word stands in each text: a sparse matrix (rows, words) and the words."""

    matrix: Any
    words: npt.NDArray[np.object_]
    how: str  # "words", "kiwipiepy" or "character n-grams"


def look(subject: Subject) -> dict[str, Any] | None:
    """The most telling words of each class.

    Raises:
        NotApplicable: there are no labelled texts.
    """
    among = labelled(subject, MOST_ROWS)
    texts = texts_in(among.dataset, subject.seed)
    counts = count(texts.at(np.arange(len(texts))), language(subject))
    if counts is None:
        return None
    names, target = among.dataset.task.classes, among.dataset.target
    frequent = np.argsort(-np.bincount(target, minlength=len(names)), kind="stable")[:MOST_CLASSES]
    rank = np.full(len(names), -1)
    rank[frequent] = np.arange(len(frequent))
    found = telling(counts, np.asarray(rank[target], np.int64), len(frequent))
    return {
        "rows": len(target),
        "of": among.of,
        "how": counts.how,
        "classes": [{"class": names[code], "words": found[at]} for at, code in enumerate(frequent.tolist())],
    }


def count(texts: Sequence[str], language: str) -> Counts | None:
    """The words of texts in a language; None where no word stands in LEAST_ROWS texts."""
    from sklearn.feature_extraction.text import CountVectorizer

    least = min(LEAST_ROWS, max(1, len(texts) // 10))
    how, options = _options(language)
    vectorizer = CountVectorizer(max_features=MOST_WORDS, min_df=least, dtype=np.float32, **options)
    try:
        matrix = vectorizer.fit_transform([text[:LETTERS] for text in texts])
    except ValueError:  # "empty vocabulary"
        return None
    return Counts(matrix, np.asarray(vectorizer.get_feature_names_out(), object), how)


def telling(counts: Counts, groups: Ints, number: int, *, most: int = 10) -> list[Telling]:
    """The words that tell each of `number` groups, most telling first.

    Args:
        counts: of the texts.
        groups: (rows,) the group of each text, -1 for none.
        number: groups.
        most: words a group.

    Returns:
        a list a group of {"word", "z", "rate", "elsewhere"}; rates are a thousand words.

    Example:
        >>> counts = count(["good film", "good plot", "bad film", "bad plot"] * 5, "en")
        >>> [[one["word"] for one in group] for group in telling(counts, np.array([0, 0, 1, 1] * 5), 2)]
        [['good'], ['bad']]
    """
    known = groups >= 0
    matrix = counts.matrix[np.flatnonzero(known)]
    which = groups[known]
    return [_of(counts, *_sums(matrix, which == group), most) for group in range(number)]


def _sums(matrix: Any, inside: Any) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    whole = np.asarray(matrix.sum(axis=0)).ravel()
    part = np.asarray(matrix[np.flatnonzero(inside)].sum(axis=0)).ravel() if inside.any() else np.zeros_like(whole)
    return part.astype(np.float64), (whole - part).astype(np.float64)


def _of(
    counts: Counts, inside: npt.NDArray[np.float64], outside: npt.NDArray[np.float64], most: int
) -> list[dict[str, Any]]:
    if not inside.sum() or not outside.sum():
        return []
    prior = PRIOR * (inside + outside) + 1e-9
    one, other = inside + prior, outside + prior
    log_odds = np.log(one / (one.sum() - one)) - np.log(other / (other.sum() - other))
    z = log_odds / np.sqrt(1 / one + 1 / other)
    order = np.argsort(-z, kind="stable")[: 20 * most]
    found: list[dict[str, Any]] = []
    for at in order[z[order] >= SURE].tolist():
        word = str(counts.words[at]).strip()
        if word and not _told(word, found, counts.how):
            rates = (1000 * inside[at] / inside.sum(), 1000 * outside[at] / outside.sum())
            found.append({"word": word, "z": float(z[at]), "rate": float(rates[0]), "elsewhere": float(rates[1])})
        if len(found) == most:
            break
    return found


def _told(word: str, found: list[dict[str, Any]], how: str) -> bool:
    """Whether a word was named already; a character n-gram also by one that holds it or that it holds."""
    if how == "character n-grams":
        return any(word in each["word"] or each["word"] in word for each in found)
    return any(word == each["word"] for each in found)


def _options(language: str) -> tuple[str, dict[str, Any]]:
    if language == "ko" and extras.there("kiwipiepy"):
        return "kiwipiepy", {"tokenizer": _stems(), "token_pattern": None, "lowercase": False}
    if language in KOREAN:
        return "character n-grams", {"analyzer": "char_wb", "ngram_range": SYLLABLES}
    return "words", {"token_pattern": r"(?u)\b\w[\w'’]+\b"}


def _stems() -> Callable[[str], list[str]]:
    """The stems of a Korean text by the analyser kiwipiepy."""
    kiwi = extras.need("kiwipiepy", "the words of Korean texts").Kiwi(num_workers=1)

    def stems(text: str) -> list[str]:
        return [token.form for token in kiwi.tokenize(text) if str(token.tag).startswith(CONTENT)]

    return stems
