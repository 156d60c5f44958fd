"""Which ladders do the tests of the report look at?"""

import importlib.util
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("fake_ladder.py")


@pytest.fixture(scope="session")
def fake():
    """The module that makes ladders."""
    if "fake_ladder" not in sys.modules:
        spec = importlib.util.spec_from_file_location("fake_ladder", SOURCE)
        sys.modules["fake_ladder"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules["fake_ladder"])
    return sys.modules["fake_ladder"]


@pytest.fixture
def english(fake, tmp_path):
    """144 intents, English."""
    return fake.english(tmp_path / "intents")


@pytest.fixture
def korean(fake, tmp_path):
    """Two classes with Hangul names, Korean texts."""
    return fake.korean(tmp_path / "reviews")
