"""Are the schemes of tags told apart, and is what they mark the same afterwards?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from naeum.data.schemes import bio, is_mark


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """Entities of tags in BIO."""
    found: list[tuple[int, int, str]] = []
    for at, tag in enumerate(tags):
        if tag[0] == "B":
            found.append((at, at + 1, tag[2:]))
        elif tag[0] == "I":
            low, _, kind = found.pop()
            assert kind == tag[2:]
            found.append((low, at + 1, kind))
    return found


def written(entities: list[tuple[int, int, str]], length: int, scheme: str) -> list[str]:
    tags = ["O"] * length
    for low, high, kind in entities:
        for at in range(low, high):
            tags[at] = f"I-{kind}"
        if scheme == "IOB1":
            if low and tags[low - 1][2:] == kind:
                tags[low] = f"B-{kind}"
        else:
            tags[low] = f"B-{kind}"
            if scheme == "IOBES":
                tags[high - 1] = f"E-{kind}" if high - low > 1 else f"S-{kind}"
            if scheme == "BILOU":
                tags[high - 1] = f"L-{kind}" if high - low > 1 else f"U-{kind}"
    return tags


@pytest.mark.parametrize("scheme", ["BIO", "IOB1", "IOBES", "BILOU"])
def test_what_is_marked_stays_marked(scheme: str) -> None:
    rng = np.random.default_rng(3)
    rows = []
    for _ in range(60):
        ends = sorted({0, *rng.integers(1, 12, 5).tolist(), 12})
        cuts = pairwise(ends)
        rows.append([(low, high, str(rng.choice(["사람", "곳"]))) for low, high in cuts if rng.random() < 0.6])
    found = bio([written(row, 12, scheme) for row in rows])
    assert [spans(tags) for tags in found.tags] == rows
    assert [note.split()[2] for note in found.notes] == ([] if scheme == "BIO" else [scheme.replace("BILOU", "IOBES")])


def test_the_first_unknown_tag_is_found() -> None:
    assert bio([["O"], ["B-x", "what", "who"]]).unknown == (1, 1)


def test_sentences_stay_apart() -> None:
    assert bio([["B-x"], ["I-x", "B-y"]]).tags == [["B-x"], ["B-x", "B-y"]]


def test_nothing_marked_nothing_changed() -> None:
    assert not any(is_mark(tag) for tag in ("NNP", "O", "", "-", "_", "E", "B-"))
    assert bio([["E", "NNP"], []]).tags == [["E", "NNP"], []]
