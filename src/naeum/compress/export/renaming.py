"""How do definitions of several modules stand in one file when two of them have one name?

The second one gets the name of its module behind its own, wherever the module's own definitions speak of it. What a
function names itself, an argument or a variable, is left alone.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

Edit = tuple[int, int, str, str]  # line and byte at which a name stands, the name, and the new one
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def renamed(lines: list[str], node: ast.AST, names: Mapping[str, str]) -> list[str]:
    """The lines of a module in which a definition uses other names.

    Args:
        lines: of the whole module.
        node: the definition, with its places in these lines.
        names: old -> new.

    Example:
        >>> text = "def f(LEAST=1):\\n    return LEAST + MOST"
        >>> renamed(text.splitlines(), ast.parse(text).body[0], {"LEAST": "LEAST_a", "MOST": "MOST_a", "f": "f_a"})
        ['def f_a(LEAST=1):', '    return LEAST + MOST_a']
    """
    changed = {old: new for old, new in names.items() if old != new}
    if not changed:
        return lines
    found = [line.encode() for line in lines]
    edits = [*_named(node, lines, changed), *_used(node, changed, frozenset())]
    for line, at, old, new in sorted(set(edits), reverse=True):  # from behind, so that places before stay
        text = found[line - 1]
        found[line - 1] = text[:at] + new.encode() + text[at + len(old.encode()) :]
    return [line.decode() for line in found]


def _named(node: ast.AST, lines: list[str], names: Mapping[str, str]) -> Iterator[Edit]:
    """Where a function or a class says its own name."""
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.name in names:
        line = lines[node.lineno - 1]
        word = "def " if isinstance(node, ast.FunctionDef) else "class "
        yield node.lineno, len(line[: line.index(word) + len(word)].encode()), node.name, names[node.name]


def _used(node: ast.AST, names: Mapping[str, str], hidden: frozenset[str]) -> Iterator[Edit]:
    """Where a definition uses names that it does not hide."""
    if isinstance(node, ast.Name):
        if node.id in names and node.id not in hidden:
            yield node.lineno, node.col_offset, node.id, names[node.id]
        return
    inside = hidden
    if isinstance(node, SCOPES):
        for one in [*node.args.defaults, *(each for each in node.args.kw_defaults if each is not None)]:
            yield from _used(one, names, hidden)
        for given in ast.walk(node.args):
            if isinstance(given, ast.arg) and given.annotation is not None:
                yield from _used(given.annotation, names, hidden)
        inside = hidden | _own(node)
    elif isinstance(node, COMPREHENSIONS):
        inside = hidden | {
            one.id for each in node.generators for one in ast.walk(each.target) if isinstance(one, ast.Name)
        }
    for child in ast.iter_child_nodes(node):
        if isinstance(node, ast.ClassDef) and isinstance(child, (ast.Assign, ast.AnnAssign)):
            yield from _of_attribute(child, names, inside)
        elif not (isinstance(node, SCOPES) and isinstance(child, ast.arguments)):
            yield from _used(child, names, inside)


def _of_attribute(node: ast.Assign | ast.AnnAssign, names: Mapping[str, str], hidden: frozenset[str]) -> Iterator[Edit]:
    """What stands behind the name of a class's attribute, which is not the module's name."""
    for part in (node.value, getattr(node, "annotation", None)):
        if part is not None:
            yield from _used(part, names, hidden)


def _own(scope: Scope) -> frozenset[str]:
    """Arguments of a function and what it assigns, functions inside it not looked into."""
    given = scope.args
    found = {one.arg for one in [*given.posonlyargs, *given.args, *given.kwonlyargs]}
    found |= {one.arg for one in (given.vararg, given.kwarg) if one is not None}
    waiting: list[ast.AST] = list(scope.body) if isinstance(scope.body, list) else [scope.body]
    while waiting:
        one = waiting.pop()
        if isinstance(one, (ast.FunctionDef, ast.ClassDef)):
            found.add(one.name)
        elif isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store):
            found.add(one.id)
        elif not isinstance(one, (*SCOPES, *COMPREHENSIONS)):
            waiting += ast.iter_child_nodes(one)
    return frozenset(found)
