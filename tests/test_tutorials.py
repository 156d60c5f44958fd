"""Does every tutorial run from top to bottom in a real Jupyter kernel?"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TUTORIALS = sorted((ROOT / "docs" / "tutorials").glob("*.ipynb"))
SECONDS = 300  # of a cell at most, on a busy machine


QUICK = (
    "first_hour",
)  # of every test run; the others, and translations, which run the same cells, are for `make slow`


def _heavy(path: Path) -> object:
    return path if path.stem in QUICK else pytest.param(path, marks=pytest.mark.slow)


@pytest.mark.parametrize("path", [_heavy(path) for path in TUTORIALS], ids=lambda path: path.stem)
def test_it_runs_from_top_to_bottom(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import nbformat
    from nbclient import NotebookClient

    place = tmp_path / "docs" / "tutorials"  # so that ../../examples is there and nothing is left in the tree
    place.mkdir(parents=True)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    paths = [str(ROOT / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(paths))
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(book, timeout=SECONDS, kernel_name="python3", resources={"metadata": {"path": str(place)}})
    client.execute()
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert not [out for cell in cells for out in cell.outputs if out.output_type == "error"]
    assert [cell for cell in cells if cell.outputs], "a tutorial shows something"


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_it_is_stored_without_answers_and_its_links_lead_somewhere(path: Path) -> None:
    import nbformat

    book = nbformat.read(path, as_version=4)
    nbformat.validate(book)
    assert not any(cell.outputs or cell.execution_count for cell in book.cells if cell.cell_type == "code")
    words = "\n".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\(([^)#]+)\)", words):
        assert (path.parent / target).exists(), target


def test_a_translation_runs_the_same_cells() -> None:
    import nbformat

    korean, english = (
        [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        for path in (ROOT / "docs" / "tutorials" / name for name in ("first_hour.ko.ipynb", "first_hour.ipynb"))
    )
    assert korean[:-1] == english[:-1], "all but the last, which makes the report in its own language"
