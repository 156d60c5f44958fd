"""Do the vectors move as the formula says, and do words of like company come to lie near each other?"""

from __future__ import annotations

import numpy as np
import pytest

from naeum.errors import InputError
from naeum.model.sequence import vectors as room
from naeum.model.sequence.subwords import words_of
from naeum.model.sequence.vectors import CHANCE, Skipgram, learned, word_vectors
from naeum.model.sequence.words import Words, known_pieces, offsets_of, read


def quiet(step: int, steps: int) -> None:
    """Says nothing."""


def made(texts: list[str]) -> tuple[list[str], Words, int]:
    rows = [words_of(text, 50) for text in texts]
    words = [word for row in rows for word in row]
    known = known_pieces(words, 10_000)
    return list(dict.fromkeys(words)), read(words, offsets_of(rows), known), len(known)


def sigmoid(value: float) -> float:
    return 1 / (1 + np.exp(-value))


def test_a_step_is_adagrad_on_the_gradient_of_a_plain_loop() -> None:
    _, words, pieces = made(["가방 나무 다리 가방 나무", "다리 나무 가방 다리"])
    rng = np.random.default_rng(3)
    table = room._Table.made(words, pieces, 4, rng)
    targets = room._Targets.made(np.bincount(words.which), 4)
    targets.vectors[:] = rng.normal(size=targets.vectors.shape)
    center, company = np.array([0, 1, 0]), np.array([[1, -1], [2, 0], [2, -1]])
    before, beside = table.vectors.astype(np.float64), targets.vectors.astype(np.float64)
    draws = np.searchsorted(targets.chance, np.random.default_rng(9).random(CHANCE), side="right")
    slope, slope_beside = np.zeros_like(before), np.zeros_like(beside)
    of = [words.pieces[low:high] for low, high in zip(words.starts, words.starts[1:], strict=False)]
    for word, around in zip(center, company, strict=True):
        vector = before[of[word]].mean(axis=0)
        near = [targets.place[other] for other in around if other >= 0]
        pairs = [(at, sigmoid(vector @ beside[at]) - 1, 1.0) for at in near]
        pairs += [(at, sigmoid(vector @ beside[at]), 5.0 / CHANCE * len(near)) for at in draws]
        for at, pull, weight in pairs:
            slope_beside[at] += weight * pull * vector
            for piece in of[word]:
                slope[piece] += weight * pull * beside[at] / len(of[word])
    room._step(table, targets, center, company, 5.0, 0.1, np.random.default_rng(9))
    for after, start, by in ((table.vectors, before, slope), (targets.vectors, beside, slope_beside)):
        size = np.sqrt((by**2).mean(axis=1, keepdims=True) + room.SMALL)
        np.testing.assert_allclose(after, start - 0.1 * by / size, atol=1e-4)


def test_words_of_like_company_lie_near_each_other() -> None:
    rng = np.random.default_rng(0)
    fruit, tools = ["사과", "포도", "딸기"], ["망치", "드릴", "톱날"]
    eat, build = ["먹다", "달다", "익다"], ["박다", "뚫다", "깎다"]
    texts = [" ".join(rng.choice(one + other, 6)) for one, other in ((fruit, eat), (tools, build)) for _ in range(300)]
    names, words, pieces = made(texts)
    table = learned(words, pieces, Skipgram(width=16, epochs=8), 0, quiet)
    found = word_vectors(words, table)
    found /= np.linalg.norm(found, axis=1, keepdims=True)
    like = found @ found.T
    at = {name: place for place, name in enumerate(names)}
    for one in fruit:
        same = np.mean([like[at[one], at[other]] for other in fruit if other != one])
        away = np.mean([like[at[one], at[other]] for other in tools])
        assert same > away + 0.3


def test_one_seed_gives_the_same_vectors_and_steps_are_told() -> None:
    _, words, pieces = made(["좋은 영화 정말 좋은 배우"] * 30)
    told: list[tuple[int, int]] = []
    one = learned(words, pieces, Skipgram(width=8), 1, lambda step, steps: told.append((step, steps)))
    assert np.array_equal(one, learned(words, pieces, Skipgram(width=8), 1, quiet))
    assert not np.array_equal(one, learned(words, pieces, Skipgram(width=8), 2, quiet))
    assert one.shape == (pieces + 1, 8) and one.dtype == np.float32 and not one[0].any()
    assert told and all(step <= steps for step, steps in told)


def test_company_ends_where_a_row_does() -> None:
    which, rows = np.arange(6), np.array([0, 0, 0, 1, 1, 1])
    for seed in range(20):
        found = room._company(np.arange(6), which, rows, 3, np.random.default_rng(seed))
        for word, around in enumerate(found):
            assert all(rows[other] == rows[word] and other != word for other in around if other >= 0)


def test_texts_of_a_word_each_and_no_texts_are_no_trouble() -> None:
    for texts in ([], ["하나", "둘"], ["하나"] * 5):
        _, words, pieces = made(texts)
        assert np.isfinite(learned(words, pieces, Skipgram(width=4, epochs=1), 0, quiet)).all()


def test_wrong_settings_are_refused() -> None:
    with pytest.raises(InputError, match=r"width, window and epochs must be at least 1 .* got 0, 5, 5 and 5.0"):
        Skipgram(width=0)
