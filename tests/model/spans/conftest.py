"""What can be read in a second? A tiny encoder, and questions in words that it knows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from naeum.contract import Dataset
from naeum.testing.data import FILLER, SIGNAL
from naeum.testing.encoders import tiny_encoder
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import spans


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a BERT of two layers of width 16 with a word-piece tokenizer."""
    return tiny_encoder(tmp_path_factory.mktemp("encoders") / "tiny")


@pytest.fixture
def run(tmp_path: Path) -> TinyRun:
    return TinyRun(tmp_path)


def known(n: int, seed: int = 0) -> Dataset:
    """Passages of words that the tiny encoder knows; a question of one word asks for one of two kinds of words.

    One row in four asks for a kind that its passage lacks; every other row is Korean.
    """
    rng, rows = np.random.default_rng(seed), []
    for at in range(n):
        korean, kind, there = bool(at % 2), int(rng.integers(2)), rng.random() > 0.25
        words = [*rng.choice(FILLER[korean], 4), rng.choice(SIGNAL[korean][1 - kind])]
        answer = str(rng.choice(SIGNAL[korean][kind]))
        order = [str(word) for word in rng.permutation([*words, answer] if there else words)]
        start = len(" ".join([*order[: order.index(answer)], ""])) if there else 0
        asked = FILLER[korean][kind]
        rows.append((asked, " ".join(order), [(start, start + len(answer))] if there else []))
    return spans.dataset(rows)
