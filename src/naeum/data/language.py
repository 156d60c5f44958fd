"""Which languages are the texts in?

Scripts that belong to one language say it at once; texts in Latin script ask lingua where it is installed, and count as
English otherwise (the note of the run says so).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from naeum import extras

LOOKED_AT = 300  # texts: a language with 5 % of the rows is then seen almost surely
SURE_LETTERS = 20  # of one text in Latin script: of shorter ones the language is a guess
ENOUGH = 0.05  # share of the texts from which a language counts
SCRIPTS = (
    ("ko", 0xAC00, 0xD7A3),
    ("ko", 0x1100, 0x11FF),
    ("ko", 0x3130, 0x318F),
    ("ja", 0x3040, 0x30FF),
    ("zh", 0x4E00, 0x9FFF),
    ("ru", 0x0400, 0x04FF),
    ("ar", 0x0600, 0x06FF),
    ("he", 0x0590, 0x05FF),
    ("hi", 0x0900, 0x097F),
    ("th", 0x0E00, 0x0E7F),
    ("el", 0x0370, 0x03FF),
)
LATIN = ("ENGLISH", "GERMAN", "FRENCH", "SPANISH", "ITALIAN", "PORTUGUESE", "DUTCH", "POLISH", "TURKISH", "VIETNAMESE")


def languages(texts: Sequence[str], seed: int = 0) -> tuple[str, ...]:
    """ISO 639-1 codes of the languages in at least 5 % of the texts, the most frequent first.

    Example:
        >>> languages(["재밌는 영화였어요", "최고의 배우"])
        ('ko',)
    """
    if not len(texts):
        return ("en",)
    rng = np.random.default_rng(seed)
    chosen = [texts[int(at)] for at in rng.choice(len(texts), min(LOOKED_AT, len(texts)), replace=False)]
    found = Counter(_by_script(text[:500]) for text in chosen)
    latin = [text[:500] for text in chosen if _by_script(text[:500]) == ""]
    plain = found.pop("", 0)
    if plain:
        for code, share in _latin(latin).items():
            found[code] += round(share * plain)
    kept = [code for code, count in found.most_common() if count >= ENOUGH * len(chosen)]
    return tuple(kept) or ("en",)


def language_of_each(texts: Sequence[str]) -> list[str]:
    """The ISO 639-1 code of each text; empty where it has too few letters to say.

    Texts in Latin script need SURE_LETTERS letters, and lingua; without it they count as English.

    Example:
        >>> language_of_each(["재밌는 영화였어요", "ok", "!?"])
        ['ko', '', '']
    """
    found = [_by_script(text[:500]) for text in texts]
    latin = [at for at, code in enumerate(found) if code == "" and _letters(texts[at][:500]) >= SURE_LETTERS]
    for at, code in zip(latin, _detected([texts[at][:500] for at in latin]), strict=True):
        found[at] = code
    return found


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _by_script(text: str) -> str:
    """The language of the script that most letters of the text belong to; '' for Latin or none."""
    counts: Counter[str] = Counter()
    for sign in text:
        code = ord(sign)
        if code < 0x0370:
            counts[""] += sign.isalpha()
        else:
            counts[next((name for name, low, high in SCRIPTS if low <= code <= high), "")] += sign.isalpha()
    if counts["ja"] and counts["zh"]:
        counts["ja"] += counts.pop("zh")  # kanji beside kana
    best = counts.most_common(1)
    return best[0][0] if best and best[0][1] else ""


def _latin(texts: Sequence[str]) -> dict[str, float]:
    if not texts or not extras.there("lingua"):
        return {"en": 1.0}
    found = Counter(code for code in _detected(texts) if code)
    total = sum(found.values())
    return {code: count / total for code, count in found.items()} if total else {"en": 1.0}


def _detected(texts: Sequence[str]) -> list[str]:
    """The language of each text in Latin script; empty where lingua cannot say."""
    if not texts or not extras.there("lingua"):
        return ["en"] * len(texts)
    lingua = extras.need("lingua", "naming the language of Latin texts")
    known = [getattr(lingua.Language, name) for name in LATIN]
    detector = lingua.LanguageDetectorBuilder.from_languages(*known).with_low_accuracy_mode().build()
    answers = (detector.detect_language_of(text) for text in texts)
    return ["" if language is None else language.iso_code_639_1.name.lower() for language in answers]
