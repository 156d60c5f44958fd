"""Which sentences can the source code say, as templates with a {} for every value?

They are read from the syntax tree, so no sentence has to be marked: every string of several words that is no docstring,
every f-string with its values left out, and the docstrings of verbs, paragraph by paragraph, which are their help. The
catalogue of a tongue is keyed by these templates.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOLE = "{}"
# A string of several words that no reader sees: queries, patterns, styles, markup, paths, calls.
UNSEEN = re.compile(
    r"(?s)\A\s*(SELECT|COPY|CREATE|INSERT|WITH|FROM|WHERE|DROP|SET|ATTACH|DESCRIBE|UNPIVOT|PRAGMA|GROUP BY|ORDER BY)\b"
    r"|\(\?|\\[bdsw]|</?\w+[ >]|\A[\w.-]+: [\w#-]+;"
    r"|[a-z_]\((\{\}|\*|[a-z_]+[,)] )|\bCASE WHEN\b|:: ?[A-Z]{3}| AS \w+|[!<>]= \{"
    r"|\bIS (NOT )?NULL\b|\bORDER BY\b|\bUNION ALL\b| IN \(|\bLIMIT \{|\b(DISTINCT|WHEN) \{"
    r"| DESC\b|'VARCHAR'|\AUPDATE \w+ SET| AS \{"
    r"|\) (AND|OR) \(|\A\w+ ([<>*]|= ')| < .* < |\bWHERE true|\A\(\w+ \+|avg\("
)
SPOKEN = re.compile(r"[A-Za-z]{2,}")  # a word
AROUND = " ,;:.()"
NAMED = re.compile(r"\{[a-z_]*\}")  # a value of str.format or of string.Template's kin


@dataclass(frozen=True)
class Sentence:
    """A template and where it stands."""

    template: str
    file: Path
    line: int


def said_in(folder: Path) -> Iterator[Sentence]:
    """Every sentence of the Python files below a folder, in their order.

    Example:
        >>> import tempfile; place = Path(tempfile.mkdtemp())
        >>> _ = (place / "a.py").write_text('def f(n):\\n    "Why?"\\n    raise ValueError(f"there are {n} rows")')
        >>> [one.template for one in said_in(place)]
        ['there are {} rows']
    """
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef) and _is_verb(node):
                for paragraph in (ast.get_docstring(node) or "").split("\n\n"):
                    yield Sentence(" ".join(paragraph.split()), path, node.lineno)
        for held, template in _strings(tree):
            if spoken(template):
                yield Sentence(template.strip(), path, held.lineno)


def _is_verb(node: ast.FunctionDef) -> bool:
    """Whether a function's parameters are flags of the command line."""
    calls = [one for one in node.args.defaults if isinstance(one, ast.Call) and isinstance(one.func, ast.Attribute)]
    return any(ast.unparse(one.func).startswith("typer.") for one in calls) and not node.name.startswith("_")


def spoken(template: str) -> bool:
    """Whether a template is words for a reader.

    Example:
        >>> spoken("there are {} rows"), spoken("SELECT * FROM rows"), spoken("{}, {}"), spoken("r2")
        (True, False, False, False)
    """
    plain = template.replace(HOLE, "")
    return " " in template.strip(AROUND) and bool(SPOKEN.search(plain)) and not UNSEEN.search(template)


def _strings(tree: ast.AST) -> Iterator[tuple[ast.expr, str]]:
    """The outermost strings below a node; what stands inside the values of an f-string comes for itself."""
    quiet = _docstrings(tree)
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        template = None if id(node) in quiet else _template(node)
        if template is None:
            waiting += reversed(list(ast.iter_child_nodes(node)))
            continue
        if isinstance(node, ast.expr):
            yield node, template
        waiting += reversed(list(_values(node)))


def _docstrings(tree: ast.AST) -> set[int]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, kinds) and node.body]
    return {id(one.value) for one in first if isinstance(one, ast.Expr)}


def _values(node: ast.AST) -> Iterator[ast.AST]:
    """The expressions that stand for the holes of a string."""
    if isinstance(node, ast.JoinedStr):
        yield from (one.value for one in node.values if isinstance(one, ast.FormattedValue))
    elif isinstance(node, ast.BinOp):
        for side in (node.left, node.right):
            yield from (side,) if _template(side) is None else _values(side)


def _template(node: ast.AST) -> str | None:
    """A string as its template; none for what is no string."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return NAMED.sub(HOLE, node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else HOLE for one in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _template(node.left), _template(node.right)
        if left is None and right is None:
            return None
        return (HOLE if left is None else left) + (HOLE if right is None else right)
    return None
