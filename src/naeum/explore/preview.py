"""What does each augmentation do to real rows?"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import numpy as np

from naeum.contract import Ints
from naeum.errors import NotApplicable
from naeum.explore.subject import Subject
from naeum.explore.text.source import Texts, language, texts_of
from naeum.model.around.augmentations import METHODS, Change, synonym
from naeum.model.around.lexicon import Lexicon

ROWS = 10  # that are shown
STRENGTH = 0.1  # share of words that change, as `Augmented` does by default
LEAST_WORDS = 4  # of a row that is shown: in shorter ones little can change
LOOKED_AT = 2_000  # rows that the shown ones are drawn from


def look(subject: Subject) -> dict[str, Any] | None:
    """Ten real rows beside what each augmentation for their language makes of them.

    Raises:
        NotApplicable: there is no text column, or no row of LEAST_WORDS words.
    """
    texts = texts_of(subject)
    where = _rows(texts, subject.seed)
    if not len(where):
        raise NotApplicable(f"augmentations are shown on rows of {LEAST_WORDS} words; there are none")
    spoken = language(subject)
    shown = preview(texts.at(where), spoken, seed=subject.seed)
    rows = [{"row": int(texts.row[at]), **one} for at, one in zip(where.tolist(), shown, strict=True)]
    left_out = [name for name in METHODS if name not in methods_for(spoken)]
    return {"language": spoken, "methods": list(methods_for(spoken)), "left_out": left_out, "rows": rows}


def methods_for(language: str, lexicon: Lexicon | None = None) -> dict[str, Change]:
    """The augmentations for a language: name -> function. Synonyms only where there is a lexicon.

    Example:
        >>> list(methods_for("ko"))
        ['delete', 'swap', 'spacing', 'jamo', 'particle']
    """
    found = {name: change for name, (change, spoken) in METHODS.items() if not spoken or language in spoken}
    if lexicon is None:
        found.pop("synonym")
    else:
        found["synonym"] = partial(synonym, lexicon=lexicon)
    return found


def preview(
    texts: Sequence[str], language: str, *, lexicon: Lexicon | None = None, strength: float = STRENGTH, seed: int = 0
) -> list[dict[str, Any]]:
    """Each text beside what every augmentation makes of it; one that can change nothing there gives None.

    Returns:
        a list of {"text", "made": {method: text or None}}.

    Example:
        >>> preview(["배우가 영화를 살렸다"], "ko", strength=0.9)[0]["made"]["particle"]
        '배우 영화 살렸다'
    """
    methods = methods_for(language, lexicon)
    out = []
    for at, text in enumerate(texts):
        rngs = np.random.default_rng([seed, at]).spawn(len(methods))
        made = {name: change(text, rng, strength) for (name, change), rng in zip(methods.items(), rngs, strict=True)}
        out.append({"text": text, "made": {name: None if new == text else new for name, new in made.items()}})
    return out


def _rows(texts: Texts, seed: int) -> Ints:
    """Positions of ROWS texts of enough words and of usual length."""
    some = texts.drawn(LOOKED_AT, seed)
    words = np.array([len(text.split()) for text in texts.at(some)])
    able = some[(words >= LEAST_WORDS) & (words <= 4 * max(float(np.median(words)), LEAST_WORDS))]
    return np.sort(np.random.default_rng(seed).permutation(able)[:ROWS])
