"""Are optional packages asked for with a sentence that helps?"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest

from naeum import extras
from naeum.errors import MissingExtra


def test_a_package_that_is_there_is_imported() -> None:
    assert extras.need("json.decoder", "a test") is sys.modules["json.decoder"]
    assert extras.there("json")


def test_a_missing_package_names_caller_and_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRA_OF, "no_such_package", "deep")
    assert not extras.there("no_such_package")
    with pytest.raises(
        MissingExtra, match=r"FineTuned needs the package no_such_package.*: pip install no_such_package$"
    ):
        extras.need("no_such_package.sub", "FineTuned")


def test_a_package_is_named_as_pip_calls_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lingua", None)  # as where it is not installed
    with pytest.raises(MissingExtra, match=r"needs the package lingua,.*: pip install lingua-language-detector$"):
        extras.need("lingua", "a test")


def test_a_package_that_is_broken_inside_is_not_called_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken_inside.py").write_text("import no_such_package", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError, match="No module named 'no_such_package'") as caught:
        extras.need("broken_inside", "a test")
    assert not isinstance(caught.value, MissingExtra)


def test_every_optional_package_stands_in_the_extra_that_is_named(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    listed = {
        extra: {re.split(r"[<>=\[;]", package)[0] for package in packages}
        for extra, packages in project["optional-dependencies"].items()
    }
    for package, extra in extras.EXTRA_OF.items():
        assert extras.PIP_NAME.get(package, package) in listed[extra]


def test_what_is_installed_is_what_can_be_found() -> None:
    assert extras.installed() == {name for name in extras.EXTRA_OF if extras.there(name)}
