"""Which n-grams should a linear model see, and how freely may it weigh them?"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, found, of_kind, settings, technique, whose

WORDS = ((1, 1), (1, 2), (1, 3))
CHARS = ((1, 4), (1, 5), (2, 6), (3, 5))
CHARS_HANGUL = ((1, 3), (1, 4), (1, 5), (2, 4))  # a syllable carries what two or three Latin letters do
FACTORS = (4.0, 0.25)  # between the c's of two tries
LEAST_C, MOST_C = 0.01, 1000.0
ON_TUNE = 0.0  # of c: the learner chooses it on tune
ALL = 1  # of min_df: n-grams of a single row, too


def _ngrams(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    chars = CHARS_HANGUL if "ko" in evidence.languages[:1] else CHARS
    for at, node in of_kind(rung.learner, "tfidf_logistic", "nb_logistic", "hashed_ngrams"):
        for name, ranges in (("words", WORDS), ("chars", chars), ("characters", chars)):
            now = getattr(node, name, None)
            if not isinstance(now, tuple):
                continue  # this kind has no such range
            for new in ranges:
                if new != now:
                    what = f"n-grams of {_range(new)} instead of {_range(now)} {_pieces(name)}"
                    yield Change(
                        values.put(rung.learner, f"{at}.{name}".lstrip("."), new),
                        f"{what} in {whose(rung.learner, at)}",
                        f"texts have {evidence.tokens.get('mean', 0):.0f} words on average, and which pieces tell "
                        "differs between tasks",
                    )
        if getattr(node, "min_df", ALL) > ALL:
            yield Change(
                values.put(rung.learner, f"{at}.min_df".lstrip("."), ALL),
                f"n-grams that stand in a single row, too, in {whose(rung.learner, at)}",
                f"with {evidence.rows} rows, rare ones may tell",
            )


def _regularization(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    codes = found(evidence)
    only = 4.0 if "M01" in codes and "M02" not in codes else 0.25 if "M02" in codes and "M01" not in codes else None
    for path, now in settings(rung.learner, "c"):
        if now == ON_TUNE:
            continue  # the best strength is looked for at every fit already
        for new in (ON_TUNE, *(now * factor for factor in (FACTORS if only is None else (only, only**2)))):
            held = min(max(new, LEAST_C), MOST_C) if new else ON_TUNE
            words = f"c = {held:g}" if held else "c chosen on tuning rows"
            how = "" if not held else " (less regularization)" if held > now else " (more regularization)"
            yield Change(
                values.put(rung.learner, path, held),
                f"{words} instead of {now:g}{how} in {whose(rung.learner, path)}",
                f"the best strength for {evidence.rows} rows and {len(evidence.class_counts)} classes is not known "
                "beforehand",
            )


def _range(ends: tuple[int, ...]) -> str:
    return f"{ends[0]} to {ends[1]}" if ends[0] != ends[1] else f"{ends[0]}"


def _pieces(name: str) -> str:
    return "words" if name == "words" else "characters"


NGRAMS = technique("ngrams", "other n-grams", ("M01", "M06"), _ngrams)
REGULARIZATION = technique("regularization", "more or less regularization", ("M01", "M02", "M06"), _regularization)
