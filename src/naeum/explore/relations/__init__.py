"""Which columns go together, and which tell the target?"""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from naeum.explore.relations.against import against
from naeum.explore.relations.drawn import Drawn, drawn
from naeum.explore.relations.measures import correlation_ratio, cramers_v, pearson, spearman
from naeum.explore.relations.telling import telling
from naeum.explore.subject import Subject

MOST = 40  # columns of a matrix: the names stay readable
STRONG = 0.5  # from which a pair is listed
LISTED = 30
POINTS = 600  # of a scatter plot; more would hide each other
PAIR_PLOT = 4  # columns of the pair plot


def look(subject: Subject) -> dict[str, Any] | None:
    """Matrices of Pearson, Spearman, Cramér's V and the correlation ratio; the strong pairs; what tells the target.

    None where there are no two columns to compare.

    Example:
        >>> from naeum.explore.loading import opened
        >>> from naeum.explore.subject import subject_of
        >>> rows = [{"a": str(n % 37), "b": str(2 * (n % 37) + 1)} for n in range(90)]
        >>> look(subject_of(opened(rows)))["strong"][0]["value"]
        1.0
    """
    sample = drawn(subject)
    if len(sample.numbers) + len(sample.codes) < 2:
        return None
    told = telling(subject, sample)
    order = [one["column"] for one in told] if told else []
    numbers = _chosen(list(sample.numbers), order)
    words = _chosen(list(sample.codes), order)
    found: dict[str, Any] = {
        "rows": sample.rows, "sampled": sample.rows < subject.table.rows,
        "left_out": _left_out(subject, numbers, words),
        **_of_numbers(sample, numbers), **_of_words(sample, words), "ratio": _of_both(sample, numbers, words),
        "telling": told,
    }  # fmt: skip
    found["strong"] = _strong(found, {name: len(sample.values[name]) for name in words})
    found["against"] = against(subject, sample, order)
    found["points"] = _points(subject, sample, found)
    return found


def _chosen(names: list[str], order: list[str]) -> list[str]:
    """At most MOST names, those that tell the target best; in the order of the file."""
    if len(names) <= MOST:
        return names
    ranked = [name for name in order if name in set(names)] + [name for name in names if name not in set(order)]
    best = set(ranked[:MOST])
    return [name for name in names if name in best]


def _left_out(subject: Subject, numbers: list[str], words: list[str]) -> int:
    return len(subject.having("number", "category", "boolean")) - len(numbers) - len(words)


def _of_numbers(sample: Drawn, names: list[str]) -> dict[str, Any]:
    if len(names) < 2:
        return {"numbers": names, "pearson": [], "spearman": []}
    values = np.stack([sample.numbers[name] for name in names], axis=1)
    return {"numbers": names, "pearson": _rounded(pearson(values)), "spearman": _rounded(spearman(values))}


def _of_words(sample: Drawn, names: list[str]) -> dict[str, Any]:
    matrix = np.eye(len(names))
    for one, other in combinations(range(len(names)), 2):
        matrix[one, other] = matrix[other, one] = cramers_v(sample.codes[names[one]], sample.codes[names[other]])
    return {"words": names, "cramers_v": _rounded(matrix) if len(names) > 1 else []}


def _of_both(sample: Drawn, numbers: list[str], words: list[str]) -> list[list[float | None]]:
    """(words, numbers) correlation ratios."""
    return [
        [_number(correlation_ratio(sample.codes[word], sample.numbers[number])) for number in numbers] for word in words
    ]


def _strong(found: dict[str, Any], values: dict[str, int]) -> list[dict[str, Any]]:
    """Pairs that go together, strongest first: of numbers by the larger of the two coefficients.

    `values` are the distinct values of each category: a number goes with many of them by chance alone, so the
    correlation ratio is taken without that (Kelley 1935), and as a root, to stand beside coefficients.
    """
    pairs = []
    for one, other in combinations(range(len(found["numbers"])), 2):
        both = {name: found[name][one][other] for name in ("pearson", "spearman") if found[name]}
        known = {name: value for name, value in both.items() if value is not None}
        if known:
            measure = max(known, key=lambda name: abs(known[name]))
            pairs.append((found["numbers"][one], found["numbers"][other], measure, known[measure]))
    for one, other in combinations(range(len(found["words"])), 2):
        value = found["cramers_v"][one][other] if found["cramers_v"] else None
        if value is not None:
            pairs.append((found["words"][one], found["words"][other], "cramers_v", value))
    for line, word in enumerate(found["words"]):
        for place, number in enumerate(found["numbers"]):
            ratio = found["ratio"][line][place]
            if ratio is not None and found["rows"] > values[word]:
                honest = 1 - (1 - ratio) * (found["rows"] - 1) / (found["rows"] - values[word])
                pairs.append((word, number, "correlation_ratio", float(np.sqrt(max(honest, 0.0)))))
    strong = sorted((pair for pair in pairs if abs(pair[3]) >= STRONG), key=lambda pair: -abs(pair[3]))
    return [{"columns": [one, other], "measure": name, "value": value} for one, other, name, value in strong[:LISTED]]


def _points(subject: Subject, sample: Drawn, found: dict[str, Any]) -> dict[str, Any] | None:
    """Values of the most telling columns of numbers in a few drawn rows, with the class: the pair plot."""
    told = [one["column"] for one in found["telling"] or [] if one["column"] in sample.numbers]
    strong = [name for pair in found["strong"] for name in pair["columns"] if name in sample.numbers]
    names = list(dict.fromkeys([*told, *strong, *sample.numbers]))
    names = [name for name in names if name != subject.target][:PAIR_PLOT]
    if len(names) < 2:
        return None
    rng = np.random.default_rng(subject.seed)
    at = np.sort(rng.permutation(sample.rows)[:POINTS])
    points: dict[str, Any] = {
        "columns": {name: [_number(value) for value in sample.numbers[name][at]] for name in names}, "rows": len(at),
        "row_numbers": sample.at[at].tolist(),
    }  # fmt: skip
    if subject.target in sample.codes:
        values = sample.values[str(subject.target)]
        points["classes"] = [values[code] if code >= 0 else "" for code in sample.codes[str(subject.target)][at]]
    return points


def _rounded(matrix: Any) -> list[list[float | None]]:
    return [[_number(value) for value in row] for row in matrix]


def _number(value: float) -> float | None:
    return round(float(value), 6) if np.isfinite(value) else None
