"""How can a text be written a little differently and still mean the same?

Every function takes a text, a generator and a strength (the share of words that change, at least one above 0) and gives
a text; where it can change nothing, the same one. Strength 0 changes nothing.

References:
    Wei & Zou 2019, "EDA: easy data augmentation techniques for boosting performance on text classification tasks"
    (deletion, swap, synonyms).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from naeum.model.around.hangul import beside, decompose, is_syllable, slips
from naeum.model.around.lexicon import Lexicon

Generator = np.random.Generator
Change = Callable[[str, Generator, float], str]

REACH = 2  # words: a swap with the next or the next but one leaves the sentence understandable
LATIN = beside(("qwertyuiop", "asdfghjkl", "zxcvbnm"))
AFTER_TAIL = frozenset({"은", "이", "을", "과", "으로", "이랑"})  # a particle's form after a syllable with a tail
AFTER_VOWEL = frozenset({"는", "가", "를", "와", "로", "랑"})  # and after one without
PARTICLES = (
    *AFTER_TAIL,
    *AFTER_VOWEL,
    "에",
    "의",
    "도",
    "만",
    "에서",
    "에게",
    "에는",
    "에도",
    "부터",
    "까지",
    "께서",
    "한테",
    "하고",
)
NO_PARTICLES = ("하는", "되는", "같은", "않은", "많은", "좋은")  # ends of verbs and adjectives that look like particles
# At the end of a word, after two syllables or more; longer particles first, so that 에서 is not taken for 서.
_PARTICLE = re.compile(
    rf"(?<=[가-힣]{{2}})(?:{'|'.join(sorted(PARTICLES, key=lambda one: (-len(one), one)))})(?=[^\w]*$)"
)
_CORE = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)  # a word between its punctuation


def delete(text: str, rng: Generator, strength: float) -> str:
    """Leave out random words, never all.

    Example:
        >>> delete("정말 재미있는 영화", np.random.default_rng(0), 0.1)
        '정말 재미있는'
    """
    words, gaps = _cut(text)
    gone = _picked(range(len(words)), rng, strength, len(words))[: max(0, len(words) - 1)]
    kept = [at for at in range(len(words)) if at not in gone]
    if not gone:
        return text
    return gaps[0] + words[kept[0]] + "".join(gaps[at] + words[at] for at in kept[1:]) + gaps[-1]


def swap(text: str, rng: Generator, strength: float) -> str:
    """Let words change places with one that stands near."""
    words, gaps = _cut(text)
    for at in _picked(range(len(words) - 1), rng, strength, len(words)):
        other = at + int(rng.integers(1, min(REACH, len(words) - 1 - at) + 1))
        words[at], words[other] = words[other], words[at]
    return _joined(words, gaps)


def synonym(text: str, rng: Generator, strength: float, lexicon: Lexicon | None = None) -> str:
    """Replace words by synonyms from a lexicon; without one nothing is replaced.

    Example:
        >>> synonym("A good film!", np.random.default_rng(0), 0.1, {"film": ("movie",)})
        'A good movie!'
    """
    words, gaps = _cut(text)
    parts = [_CORE.match(word) for word in words]
    cores = [part.group(2) if part else "" for part in parts]
    known = {at: _synonyms(core, lexicon or {}) for at, core in enumerate(cores)}
    for at in _picked([at for at in known if known[at]], rng, strength, len(words)):
        other = known[at][int(rng.integers(len(known[at])))]
        words[at] = words[at].replace(cores[at], other, 1)
    return _joined(words, gaps)


def typo(text: str, rng: Generator, strength: float) -> str:
    """Type one Latin letter of a word wrong: a key that touches the right one on a QWERTY keyboard."""
    return _slipped(text, rng, strength, lambda letter: _latin(letter))


def jamo(text: str, rng: Generator, strength: float) -> str:
    """Type one letter of a Hangul word wrong: a key that touches the right one, or a stroke that is missed."""
    return _slipped(text, rng, strength, lambda letter: slips(letter) if is_syllable(letter) else ())


def spacing(text: str, rng: Generator, strength: float) -> str:
    """Leave out spaces, or write one within a word of Hangul, as Korean is often typed."""
    words, gaps = _cut(text)
    marks = range(1, len(words))  # a gap inside the text that can go
    inner = [
        (at, cut) for at, word in enumerate(words) for cut in range(1, len(word)) if _hangul(word[cut - 1 : cut + 1])
    ]
    inserted: dict[int, int] = {}
    for place in _picked(range(len(marks) + len(inner)), rng, strength, len(words)):
        if place < len(marks):
            gaps[marks[place]] = ""
        else:
            at, cut = inner[place - len(marks)]
            inserted[at] = cut  # one a word: its last
    for at, cut in inserted.items():
        words[at] = f"{words[at][:cut]} {words[at][cut:]}"
    return _joined(words, gaps)


def particle(text: str, rng: Generator, strength: float) -> str:
    """Drop particles (조사) at the ends of words of which two syllables or more remain.

    Example:
        >>> particle("배우가 영화를 살렸다", np.random.default_rng(0), 0.9)
        '배우 영화 살렸다'
    """
    words, gaps = _cut(text)
    without = {at: _without_particle(word) for at, word in enumerate(words)}
    for at in _picked([at for at in without if without[at] != words[at]], rng, strength, len(words)):
        words[at] = without[at]
    return _joined(words, gaps)


# Every method: its function, and the languages it is for (empty: all whose words stand between spaces).
METHODS: Mapping[str, tuple[Change, tuple[str, ...]]] = {
    "delete": (delete, ()),
    "swap": (swap, ()),
    "synonym": (synonym, ()),
    "typo": (typo, ("en", "es", "it", "nl", "pl", "pt")),  # typed on QWERTY
    "spacing": (spacing, ("ko",)),
    "jamo": (jamo, ("ko",)),
    "particle": (particle, ("ko",)),
}


def _cut(text: str) -> tuple[list[str], list[str]]:
    """The words, and the white space before each and after the last."""
    pieces = re.split(r"(\S+)", text)
    return pieces[1::2], pieces[::2]


def _joined(words: Sequence[str], gaps: Sequence[str]) -> str:
    return "".join(gap + word for gap, word in zip(gaps, (*words, ""), strict=True))


def _picked(places: Sequence[int], rng: Generator, strength: float, words: int) -> list[int]:
    """Random places to change: a share of all words, at least one, at most all places; none at strength 0."""
    if strength <= 0 or not len(places):
        return []
    count = min(len(places), max(1, round(strength * words)))
    return [places[int(at)] for at in rng.choice(len(places), count, replace=False)]


def _slipped(text: str, rng: Generator, strength: float, others: Callable[[str], Sequence[str]]) -> str:
    words, gaps = _cut(text)
    slippery = {at: [i for i, letter in enumerate(word) if others(letter)] for at, word in enumerate(words)}
    for at in _picked([at for at in slippery if slippery[at]], rng, strength, len(words)):
        i = slippery[at][int(rng.integers(len(slippery[at])))]
        choice = others(words[at][i])
        words[at] = words[at][:i] + choice[int(rng.integers(len(choice)))] + words[at][i + 1 :]
    return _joined(words, gaps)


def _latin(letter: str) -> str:
    near = LATIN.get(letter.lower(), "")
    return near.upper() if letter.isupper() else near


def _hangul(letters: str) -> bool:
    return all(map(is_syllable, letters))


def _synonyms(core: str, lexicon: Lexicon) -> tuple[str, ...]:
    return lexicon.get(core) or lexicon.get(core.lower()) or () if core else ()


def _without_particle(word: str) -> str:
    found = _PARTICLE.search(word)
    if not found or word[: found.end()].endswith(NO_PARTICLES):
        return word
    before, form = word[found.start() - 1], found.group()
    tail = decompose(before)[2]
    if form == "로":
        fits = tail in ("", "ㄹ") and before != "으"  # 집으로 is 집 + 으로
    else:
        fits = not (tail and form in AFTER_VOWEL) and not (not tail and form in AFTER_TAIL)
    return word[: found.start()] + word[found.end() :] if fits else word
