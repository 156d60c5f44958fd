"""Which run with a tiny encoder do the tests of smaller models share?"""

import shutil
from pathlib import Path

import pytest

import naeum
from naeum.cycle import compress
from naeum.improve.compressing import course
from naeum.improve.compressing.recipes import recipes
from naeum.testing.encoders import tiny_encoder


@pytest.fixture(scope="session")
def encoder_run(tables, tmp_path_factory):
    """A finished run, floor and probe, refitted on all rows; not to be written to."""
    folder = tmp_path_factory.mktemp("encoder")
    base = tiny_encoder(folder / "base")
    return naeum.improve(
        tables["train"], valid=tables["valid"], test=tables["test"], run=folder / "run", rungs=2, base=str(base),
        target="label", only="probe", offline=True, threads=1,
    )  # fmt: skip


@pytest.fixture
def few(monkeypatch):
    """What trains nothing alone."""
    monkeypatch.setattr(course, "recipes", lambda *asked, **how: recipes(*asked, **how)[:4])


@pytest.fixture(scope="session")
def compressed_run(encoder_run, tmp_path_factory):
    """(folder, what was found, what was said) of the same run made smaller; not to be written to."""
    folder, said = tmp_path_factory.mktemp("compressed") / "run", []
    shutil.copytree(encoder_run.folder, folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(course, "recipes", lambda *asked, **how: recipes(*asked, **how)[:4])
        return folder, compress(folder, max_loss=1.0, watch=said.append), said


@pytest.fixture
def own_encoder_run(encoder_run, tmp_path):
    return Path(shutil.copytree(encoder_run.folder, tmp_path / "own"))


@pytest.fixture
def own_compressed_run(compressed_run, tmp_path):
    return Path(shutil.copytree(compressed_run[0], tmp_path / "own"))
