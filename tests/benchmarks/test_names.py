"""Is all that a benchmark takes from naeum there? They run for hours, and seldom."""

import ast
import importlib
from pathlib import Path
from types import ModuleType

import pytest

FILES = sorted(Path(__file__).parents[2].joinpath("benchmarks").rglob("*.py"))


def taken(tree: ast.Module) -> list[tuple[str, str]]:
    """(module, name) of everything of naeum that is imported, or asked of a module of naeum by a dot."""
    found, modules = [], {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in {"naeum", "benchmarks"}:
            for one in node.names:
                found.append((str(node.module), one.name))
                if isinstance(member(str(node.module), one.name), ModuleType):
                    modules[one.asname or one.name] = f"{node.module}.{one.name}"
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            found.append((modules[node.value.id], node.attr))
    return found


def member(module: str, name: str) -> object:
    """What a module has by a name, a module inside it as well; None where it has nothing."""
    there = getattr(importlib.import_module(module), name, None)
    if there is not None:
        return there
    try:
        return importlib.import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        return None


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_what_it_takes_is_there(file):
    gone = [pair for pair in taken(ast.parse(file.read_text(encoding="utf-8"))) if member(*pair) is None]
    assert gone == []


def test_what_is_gone_is_seen():
    tree = ast.parse("from naeum.compress.reading import reader\nreader.session(1)\nreader.Model(2)\n")
    assert [pair for pair in taken(tree) if member(*pair) is None] == [("naeum.compress.reading.reader", "session")]
