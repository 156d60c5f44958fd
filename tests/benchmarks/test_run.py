"""Does the list of benchmarks hold: scripts that exist, told in the pages, unknown names refused?"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import run


def test_every_benchmark_is_a_script_and_stands_on_both_pages(root: Path) -> None:
    pages = [(root / "benchmarks" / "README.md").read_text(encoding="utf-8")]
    pages.append((root / "docs" / "benchmarks.md").read_text(encoding="utf-8"))
    named = {name for names in re.findall(r'ONLY="?([a-z_ ]+)', pages[1]) for name in names.split()}
    for benchmark in run.BENCHMARKS:
        assert (root / f"{benchmark.module.replace('.', '/')}.py").is_file()
        assert f"`{benchmark.name}`" in pages[0]
    assert named == {benchmark.name for benchmark in run.BENCHMARKS}


def test_an_unknown_name_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["speed"]) == 2
    assert "a benchmark must be one of climb" in capsys.readouterr().err
