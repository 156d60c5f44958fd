"""Is the tree of errors the one that its docstring draws?"""

from __future__ import annotations

import inspect
import re

import pytest

from naeum import errors
from naeum.errors import MissingExtra, NaeumError


def test_the_drawing_names_every_error() -> None:
    drawn = re.findall(r"^(?:[├└]── )?([A-Z]\w+)  ", errors.__doc__ or "", flags=re.MULTILINE)
    assert sorted(drawn) == sorted(name for name, _ in inspect.getmembers(errors, inspect.isclass))


def test_every_error_is_caught_as_one() -> None:
    for _, kind in inspect.getmembers(errors, inspect.isclass):
        with pytest.raises(NaeumError, match="a sentence"):
            raise kind("a sentence")


def test_a_missing_package_is_an_import_error_too() -> None:
    assert issubclass(MissingExtra, ImportError)
