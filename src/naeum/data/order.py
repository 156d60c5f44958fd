"""Do the classes of a target stand in an order, and in which: small < medium < large?"""

from __future__ import annotations

from collections.abc import Sequence

from naeum.data.schema import NUMBER
from naeum.errors import InputError

LEAST_ORDERED = 3  # two classes have no order that a model could use
# Words that stand in an order, in lower case; a target whose classes are all of one line is ordered.
SCALES = tuple(
    tuple(word.strip() for word in line.split("<"))
    for line in (
        "very low < low < moderate < medium < high < very high < extreme",
        "none < mild < moderate < severe < critical",
        "tiny < small < medium < large < huge",
        "xs < s < m < l < xl < xxl",
        "cold < cool < mild < warm < hot",
        "young < middle-aged < old",
        "never < rarely < sometimes < often < always",
        "terrible < very bad < bad < poor < fair < ok < average < good < very good < premium < excellent < ideal",
        "strongly disagree < disagree < neutral < agree < strongly agree",
        "very dissatisfied < dissatisfied < neutral < satisfied < very satisfied",
        "very negative < negative < neutral < positive < very positive",
        "beginner < intermediate < advanced < expert",
        "bronze < silver < gold < platinum < diamond",
        "first < second < third < fourth < fifth",
        "매우 낮음 < 낮음 < 보통 < 중간 < 높음 < 매우 높음",
        "하 < 중하 < 중 < 중상 < 상",
        "작음 < 보통 < 중간 < 큼",
        "매우 나쁨 < 나쁨 < 보통 < 좋음 < 매우 좋음",
        "매우 불만족 < 불만족 < 보통 < 만족 < 매우 만족",
        "전혀 아니다 < 아니다 < 보통이다 < 그렇다 < 매우 그렇다",
        "전혀 < 가끔 < 자주 < 항상",
    )
)
YES, NO = "yes", "no"  # what may be said instead of an order
BELOW = "<"  # stands between the classes of an order
# Columns whose whole numbers are marks on a scale and no names of classes.
MARKS = frozenset({
    "star", "stars", "rating", "ratings", "score", "grade", "quality", "severity", "satisfaction",
    "별점", "평점", "점수", "등급", "만족도",
})  # fmt: skip


def in_order(classes: Sequence[str], name: str, asked: str | None = None) -> tuple[str, ...] | None:
    """The classes in their order; None where they stand in none.

    Args:
        classes: numbers by size, other words sorted.
        name: of the target column: whole numbers called stars or 평점 are marks on a scale.
        asked: "low<medium<high", "yes" where names or numbers say the order, "no" where there is none; None: inferred.

    Raises:
        InputError: the order that was asked for lacks a class or names one twice, or the classes say none.

    Example:
        >>> in_order(["high", "low", "medium"], "risk"), in_order(["개", "고양이", "새"], "동물")
        (('low', 'medium', 'high'), None)
        >>> in_order(["1", "2", "3"], "별점"), in_order(["1", "2", "3"], "kind")
        (('1', '2', '3'), None)
        >>> in_order(["a", "b", "c"], "x", "c<a<b")
        ('c', 'a', 'b')
    """
    if asked is not None and asked.strip().lower() == NO:
        return None
    if asked is not None and asked.strip().lower() != YES:
        return _named(classes, asked)
    numbers = len(classes) >= LEAST_ORDERED and all(NUMBER.match(word) for word in classes)
    marks = numbers and all(float(word).is_integer() for word in classes) and name.strip().lower() in MARKS
    found = tuple(classes) if marks or (numbers and asked is not None) else by_words(classes)
    if found is None and asked is not None:
        raise InputError(
            f"classes in an order must be numbers or words of a known scale, three or more; column {name!r} has "
            f"{', '.join(classes[:5])}; say their order, as in --ordered '{BELOW.join(classes[:3])}'"
        )
    return found


def by_words(words: Sequence[str]) -> tuple[str, ...] | None:
    """The classes in the order that their words say, of three and more; None where they say none.

    Example:
        >>> by_words(["상", "중", "하"])
        ('하', '중', '상')
    """
    if len(words) < LEAST_ORDERED:
        return None
    for scale in SCALES:
        place = {word: at for at, word in enumerate(scale)}
        if all(word.strip().lower() in place for word in words):
            return tuple(sorted(words, key=lambda word: place[word.strip().lower()]))
    return None


def _named(classes: Sequence[str], asked: str) -> tuple[str, ...]:
    """The order that was written down, without classes that no row has."""
    named = [word.strip() for word in asked.split(BELOW)]
    lacking = [word for word in classes if word not in named]
    if lacking or len(set(named)) < len(named) or len(named) < LEAST_ORDERED:
        wrong = f"it lacks {', '.join(lacking[:5])}" if lacking else "it names fewer than three, or one twice"
        raise InputError(
            f"an order must name every class once, as in 'low{BELOW}medium{BELOW}high'; got {asked!r}; {wrong}; "
            f"put all of {', '.join(classes[:8])} in order, or say yes or no"
        )
    return tuple(word for word in named if word in classes)
