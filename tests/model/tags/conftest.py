"""What can be tagged in a second? Tiny sentences, and a tiny encoder that knows their words."""

from __future__ import annotations

from pathlib import Path

import pytest

from naeum.testing.encoders import tiny_encoder
from naeum.testing.runs import TinyRun


@pytest.fixture(scope="session")
def tiny_base(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of a BERT of two layers of width 16 with a word-piece tokenizer."""
    return tiny_encoder(tmp_path_factory.mktemp("encoders") / "tiny")


@pytest.fixture
def run(tmp_path: Path) -> TinyRun:
    return TinyRun(tmp_path)
