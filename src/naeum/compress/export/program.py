"""How does `predict.py` come to be? One file, of the very functions that naeum answers with.

The reader is taken whole; of each module of naeum that it imports from, the definitions that it uses, with all that
these use. So an exported folder needs no naeum, and nothing is written twice.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TypeGuard

from naeum.compress.export.renaming import renamed

OWN = "naeum"
ROOT = "naeum.compress.reading.reader"
START = 'if __name__ == "__main__":'

Definition = ast.FunctionDef | ast.ClassDef | ast.Assign | ast.AnnAssign


@cache
def program() -> str:
    """The source of the program that is put beside exported parts.

    Raises:
        TypeError: a module is imported in a way that cannot be taken apart; a fault of naeum that its tests find.

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

    def source(self, node: Definition, names: Mapping[str, str] | None = None) -> str:
        """The lines of a definition, with its decorators and the comments right above it; `names` are told anew."""
        lines = renamed(self.text.splitlines(), node, names or {})
        first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", ()))]) - 1
        while first and lines[first - 1].startswith("#"):
            first -= 1
        return "\n".join(lines[first : node.end_lineno])

    def constant(self, node: Definition) -> bool:
        """Whether a definition says the same in every module in which it stands so."""
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Load)}
        return isinstance(node, ast.Assign) and not names & self.defined.keys()


@dataclass(eq=False)
class _Work:
    """What was taken so far, in an order in which each stands after what it needs when it is defined."""

    taken: dict[str, str] = field(default_factory=dict)  # place in a module -> lines
    names: dict[tuple[str, str], str] = field(default_factory=dict)  # module and name -> the name in the program
    owners: dict[str, _Module] = field(default_factory=dict)  # of each name in the program
    lines: set[tuple[str, str]] = field(default_factory=set)  # of imports from elsewhere

    def take(self, module: _Module, name: str) -> str:
        """Take a definition with all that it uses; gives the name that it has in the program."""
        if (module.name, name) in self.names:
            return self.names[module.name, name]
        node, other = module.defined[name], self.owners.get(name)
        if other is not None and module.constant(node) and other.source(other.defined[name]) == module.source(node):
            self.names[module.name, name] = name
            return name
        # The names first: functions may need each other.
        own = {one: self._free(module, one) for one in _names(node)}
        names = dict(own)
        for used, told in _used(node):
            if found := self._taken(module, used, told):
                names[used] = found
        self.taken[f"{module.name}:{node.lineno}"] = module.source(node, names)
        return own[name]

    def imports(self) -> list[str]:
        """Lines of imports: of Python's own modules, and of others."""
        known = sys.stdlib_module_names
        lots: tuple[list[str], list[str]] = ([], [])
        for where, name in sorted(self.lines, key=lambda one: (bool(one[1]), one)):
            lots[where.partition(".")[0] not in known].append(
                f"from {where} import {name}" if name else f"import {where}"
            )
        return ["\n".join(lot) for lot in lots if lot]

    def _free(self, module: _Module, name: str) -> str:
        """The name that a definition gets: its own, or with that of its module behind it where another one has it."""
        chosen = name if name not in self.owners else f"{name}_{module.name.rpartition('.')[2]}"
        if chosen in self.owners:
            raise TypeError(
                f"a program must define {chosen} once; {self.owners[chosen].name} and {module.name} both do; rename one"
            )
        self.owners[chosen], self.names[module.name, name] = module, chosen
        return chosen

    def _taken(self, module: _Module, used: str, told: bool) -> str:
        """Take what a definition uses; gives its name in the program, none for what is Python's own or only told."""
        if used in module.defined:
            wanted = not told or isinstance(module.defined[used], ast.Assign)
            return self.take(module, used) if wanted else ""
        return self._take_imported(module.imported[used], used, told) if used in module.imported else ""

    def _take_imported(self, node: ast.Import | ast.ImportFrom, used: str, told: bool) -> str:
        one = next(one for one in node.names if used in (one.asname, one.name, one.name.partition(".")[0]))
        where = node.module or "" if isinstance(node, ast.ImportFrom) else one.name
        if where.partition(".")[0] != OWN:
            alias = f" as {one.asname}" if one.asname else ""
            self.lines.add((where, one.name + alias) if isinstance(node, ast.ImportFrom) else (where + alias, ""))
            return ""
        found = _Module.read(where)
        if not isinstance(node, ast.ImportFrom) or one.asname or one.name not in found.defined:
            raise TypeError(
                f"a program must import names of {where} as they are; got {used}; import a function by name"
            )
        wanted = not told or isinstance(found.defined[one.name], ast.Assign)
        return self.take(found, one.name) if wanted else ""


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
