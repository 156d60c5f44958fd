"""How does `predict.py` come to be? One file, of the very functions that naeum answers with.

The reader is taken whole; of each module of naeum that it imports from, the definitions that it uses, with all that
these use. So an exported folder needs no naeum, and nothing is written twice.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeGuard

OWN = "naeum"
ROOT = "naeum.compress.reading.reader"
START = 'if __name__ == "__main__":'

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@cache
def program() -> str:
    """The source of the program that is put beside exported parts.

    Raises:
        TypeError: two modules define one name, or a module is imported in a way that cannot be taken apart; a fault of
            naeum that its tests find.

    Example:
        >>> "import naeum" in program() or "from naeum" in program()
        False
    """
    work = _Work()
    root = _Module.read(ROOT)
    for name in root.defined:
        work.take(root, name)
    head = [f'"""{ast.get_docstring(root.tree)}\n"""', "from __future__ import annotations", *work.imports()]
    body = root.text[root.text.index(START) :].rstrip()
    for source in reversed(work.taken.values()):
        short = "\n" not in source and "\n" not in body.partition("\n\n")[0]  # constants stand close together
        body = f"{source}\n{body}" if short else f"{source}\n\n\n{body}"
    return "\n\n".join(head) + f"\n\n{body}\n"


@dataclass(frozen=True, eq=False)
class _Module:
    """A module of naeum as text."""

    name: str
    text: str
    tree: ast.Module
    defined: dict[str, Definition]
    imported: dict[str, ast.Import | ast.ImportFrom]

    @classmethod
    @cache
    def read(cls, name: str) -> _Module:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise TypeError(f"a program must be made of modules that are there; {name} is not; correct its import")
        text = Path(spec.origin).read_text(encoding="utf-8")
        tree = ast.parse(text)
        defined = {one: node for node in tree.body if _defines(node) for one in _names(node)}
        imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        imported = {one.asname or one.name.partition(".")[0]: node for node in imports for one in node.names}
        return cls(name, text, tree, defined, imported)

    def source(self, node: Definition) -> str:
        """The lines of a definition, with its decorators and the comments right above it."""
        lines = self.text.splitlines()
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]) - 1
        while first and lines[first - 1].startswith("#"):
            first -= 1
        return "\n".join(lines[first : node.end_lineno])


@dataclass(eq=False)
class _Work:
    """What was taken so far, in an order in which each stands after what it needs when it is defined."""

    taken: dict[str, str] = field(default_factory=dict)  # place in a module -> lines
    origin: dict[str, _Module] = field(default_factory=dict)  # of each name, and of each place in a module
    lines: set[tuple[str, str]] = field(default_factory=set)  # of imports from elsewhere

    def take(self, module: _Module, name: str) -> None:
        """Take a definition with all that it uses."""
        node = module.defined[name]
        known = self.origin.setdefault(name, module)
        if known is not module:
            if known.source(known.defined[name]) == module.source(node):
                return
            raise TypeError(f"a program must define {name} once; {known.name} and {module.name} both do; rename one")
        key = f"{module.name}:{node.lineno}"
        if key in self.origin:
            return
        self.origin[key] = module  # on its way: functions may need each other
        for used, told in _used(node):
            if used in module.defined:
                if not told or isinstance(module.defined[used], ast.Assign):
                    self.take(module, used)
            elif used in module.imported:
                self._take_imported(module.imported[used], used, told)
        self.taken[key] = module.source(node)

    def imports(self) -> list[str]:
        """Lines of imports: of Python's own modules, and of others."""
        known = sys.stdlib_module_names
        lots: tuple[list[str], list[str]] = ([], [])
        for where, name in sorted(self.lines, key=lambda one: (bool(one[1]), one)):
            lots[where.partition(".")[0] not in known].append(
                f"from {where} import {name}" if name else f"import {where}"
            )
        return ["\n".join(lot) for lot in lots if lot]

    def _take_imported(self, node: ast.Import | ast.ImportFrom, used: str, told: bool) -> None:
        one = next(one for one in node.names if used in (one.asname, one.name, one.name.partition(".")[0]))
        where = node.module or "" if isinstance(node, ast.ImportFrom) else one.name
        if where.partition(".")[0] != OWN:
            alias = f" as {one.asname}" if one.asname else ""
            self.lines.add((where, one.name + alias) if isinstance(node, ast.ImportFrom) else (where + alias, ""))
            return
        found = _Module.read(where)
        if not isinstance(node, ast.ImportFrom) or one.asname or one.name not in found.defined:
            raise TypeError(
                f"a program must import names of {where} as they are; got {used}; import a function by name"
            )
        if not told or isinstance(found.defined[one.name], ast.Assign):
            self.take(found, one.name)


def _defines(node: ast.stmt) -> TypeGuard[Definition]:
    return isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Assign, ast.AnnAssign))


def _names(node: Definition) -> list[str]:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [one.id for target in targets for one in ast.walk(target) if isinstance(one, ast.Name)]


def _used(node: ast.AST, told: bool = False) -> Iterator[tuple[str, bool]]:
    """The names that a definition reads, and whether in an annotation, which is never evaluated."""
    for name, value in ast.iter_fields(node):
        within = told or name in ("annotation", "returns")
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load):
                yield one.id, within
            elif isinstance(one, ast.AST):
                yield from _used(one, within)
