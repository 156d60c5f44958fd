"""What do the tests of training train? A small job, the same in every process."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from naeum.testing.runs import TinyRun

SCRIPT = Path(__file__).with_name("tiny_training.py")


@pytest.fixture(scope="session")
def make_job() -> Callable[..., Any]:
    """`make` of the script, which other processes run as it is."""
    spec = importlib.util.spec_from_file_location("tiny_training", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.make


@pytest.fixture
def run(tmp_path: Path) -> TinyRun:
    """A run of one thread in a folder that is thrown away."""
    return TinyRun(tmp_path)


@pytest.fixture
def script() -> Path:
    """The file that trains the tiny job in a process of its own."""
    return SCRIPT
