"""Does the house keep its own order: rooms, names, sizes, doors, docstrings, proofs?"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "naeum"
# fmt: off
ROOMS = (  # in the order in which data walks through them
    "errors", "values", "sets", "plugged", "passages", "decoding", "cards", "contract", "extras", "tongue", "store",
    "data", "measure", "engine", "train", "model", "compress", "diagnose", "explore", "behave", "improve", "contest",
    "report", "notebook", "takeaway", "serve", "monitor", "scale", "registry", "own", "cycle", "predicting", "sklearn",
    "cli", "testing",
)
# fmt: on

MOST_LINES = 400  # of a file
MOST_BODY = 50  # lines of a function after its docstring
MOST_ARGUMENTS = 8
NAMELESS = frozenset({"util", "utils", "common", "helper", "helpers", "misc"})

# What runs stored bytes or strings as code, or leaves an unsafe file behind.
UNSAFE_MODULES = frozenset({"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"})
UNSAFE_CALLS = frozenset(
    {"eval", "exec", "compile", "torch.save", "torch.load", "yaml.load", "pd.read_pickle", "os.system"}
)  # fmt: skip
# What rooms may take from naeum/__init__ itself: the version, and what makes a room named after a verb callable.
FRONT = frozenset({"__version__", "verb"})
IMPORTERS = frozenset({"import_module", "__import__", "need"})  # functions that import by name
DOORS = frozenset({"cli", "serve"})  # only here may pydantic be imported

# Source files without a test file of the same name, each with its reason.
WITHOUT_TEST_FILE = {
    "contract.py": "declarations only; their laws run over every member in tests/testing",
    "improve/opening/step.py": "declarations only",
    "testing/worlds/korean.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/english.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/images.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/labels.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/numbers.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/ordered.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/pairs.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/prices.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/spans.py": "all worlds are tried together in tests/testing/test_worlds.py",
    "testing/worlds/table.py": "all worlds are tried together in tests/testing/test_worlds.py",
}
# Doctests that are not run, each with its reason.
SKIPPED_EXAMPLES = {"cycle.py": "a climb takes minutes; the README's tour is the same and is run by `make slow`"}
# Functions with more arguments than MOST_ARGUMENTS, each with its reason.
MANY_ARGUMENTS = {"cycle.py:export": "it is the verb itself: every flag is an argument, all but two by name"}

Place = tuple[int, str]  # line, what was found


@cache
def parse(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return str(path.relative_to(SOURCE if path.is_relative_to(SOURCE) else ROOT))


def room_of(path: Path) -> str:
    name = path.relative_to(SOURCE).parts[0].removesuffix(".py")
    return "cli" if name == "__main__" else name  # another way in to the command line


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a chain of names, or '' of anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (front := dotted(node.value)):
        return f"{front}.{node.attr}"
    return ""


def imports(tree: ast.AST, package: tuple[str, ...] = ()) -> Iterator[Place]:
    """Every module that is imported, in functions too, by name too: (line, dotted name)."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            front = [*package[: len(package) - node.level + 1]] if node.level else []
            module = ".".join([*front, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in IMPORTERS and node.args:
            yield node.lineno, str(getattr(node.args[0], "value", ""))


def wrong_doors(room: str, tree: ast.AST, package: tuple[str, ...] = ("naeum",)) -> list[Place]:
    """Imports of a room from one that stands further down, or through the front door."""
    found = []
    for line, module in imports(tree, package):
        parts = module.split(".")
        if parts[0] != "naeum" or len(parts) == 1 or parts[1] in FRONT:
            continue
        if parts[1] not in ROOMS:
            found.append((line, f"{module} (through naeum/__init__)"))
        elif room != "testing" and ROOMS.index(parts[1]) > ROOMS.index(room):
            found.append((line, module))
    return found


def unsafe(tree: ast.AST) -> list[Place]:
    """What would run stored or foreign things as code."""
    found = [(line, module) for line, module in imports(tree) if module.split(".")[0] in UNSAFE_MODULES]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = dotted(node.func)
            if called in UNSAFE_CALLS or called.endswith((".to_pickle", ".read_pickle")):
                found.append((node.lineno, called))
            for keyword in node.keywords:
                off = isinstance(keyword.value, ast.Constant) and keyword.value.value is False
                if keyword.arg in {"trust_remote_code", "allow_pickle", "shell"} and not off:
                    found.append((node.lineno, f"{keyword.arg}="))
    return found


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines after the docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (function.end_lineno or 0) - body[0].lineno + 1 if body else 0


def argument_count(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return sum(argument.arg not in {"self", "cls"} for argument in given)


def undocumented(tree: ast.Module) -> list[Place]:
    """Public functions and classes of a module without a docstring."""
    public = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return [
        (node.lineno, node.name)
        for node in tree.body
        if isinstance(node, public) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]


def loose_raises(tree: ast.AST) -> list[Place]:
    """`pytest.raises` and `pytest.warns` that would accept any message."""
    return [
        (node.lineno, dotted(node.func))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and dotted(node.func) in {"pytest.raises", "pytest.warns"}
        and not any(keyword.arg == "match" for keyword in node.keywords)
    ]


def finding_codes(tree: ast.AST) -> set[str]:
    """Codes of the checks that a file defines: `code = "M01"` in a class or in a call."""
    pairs = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            pairs += [(dotted(target), node.value) for target in node.targets]
        elif isinstance(node, ast.AnnAssign):
            pairs.append((dotted(node.target), node.value))
        elif isinstance(node, ast.keyword) and node.arg:
            pairs.append((node.arg, node.value))
    values = {value.value for name, value in pairs if name == "code" and isinstance(value, ast.Constant)}
    return {value for value in values if isinstance(value, str) and re.fullmatch(r"[A-Z]\d\d", value)}


def test_rooms_import_only_from_rooms_above() -> None:
    wrong = {
        f"{name_of(path)}:{line}": module
        for path in files("src")
        if path != SOURCE / "__init__.py"
        for line, module in wrong_doors(room_of(path), parse(path), ("naeum", *path.relative_to(SOURCE).parts[:-1]))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    "source",
    [
        "from naeum.cli import main",
        "import naeum.report.page",
        "def f():\n    from naeum import registry",
        "from ..improve import climb",
        "importlib.import_module('naeum.cycle')",
        "from naeum import read",
    ],
)
def test_a_wrong_door_is_seen(source: str) -> None:
    assert len(wrong_doors("data", ast.parse(source), ("naeum", "data"))) == 1


def test_a_right_door_is_not_blamed() -> None:
    source = "from naeum.errors import InputError\nfrom . import schema\nimport numpy\nfrom naeum import __version__"
    assert wrong_doors("data", ast.parse(source), ("naeum", "data")) == []


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room_of(path) for path in files("src")} - {"__init__"} <= set(ROOMS)


def test_architecture_lists_the_rooms_that_exist_in_order() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    first_cells = re.findall(r"^\| (`[^|]+) \|", page, flags=re.MULTILINE)
    listed = [name.rstrip("/") for cell in first_cells for name in re.findall(r"`([a-z_]+/?)`", cell)]
    there = {
        path.name.removesuffix(".py") for path in SOURCE.iterdir() if path.name not in {"__init__.py", "__pycache__"}
    }
    assert listed == [room for room in ROOMS if room in there]


def test_the_contract_imports_the_standard_library_and_numpy_only() -> None:
    at_the_top = [node for node in parse(SOURCE / "contract.py").body if isinstance(node, ast.Import | ast.ImportFrom)]
    used = {module.split(".")[0] for node in at_the_top for _, module in imports(node)}
    assert used <= {"__future__", "collections", "dataclasses", "pathlib", "typing", "numpy"}


def test_pydantic_stays_at_the_doors() -> None:
    inside = [path for path in files("src") if path.parent == SOURCE or room_of(path) not in DOORS]
    assert [name_of(p) for p in inside if any(m.split(".")[0] == "pydantic" for _, m in imports(parse(p)))] == []


def test_no_room_is_nameless() -> None:
    folders = ("src", "tests", "benchmarks", "examples")
    assert [
        name_of(path) for path in files(*folders) if NAMELESS & {path.stem, *path.relative_to(ROOT).parts[:-1]}
    ] == []


def test_files_stay_readable() -> None:
    lengths = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files("src", "tests", "benchmarks")
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_function_bodies_stay_readable() -> None:
    long = {
        f"{name_of(path)}:{function.name}": body_lines(function)
        for path in files("src", "tests", "benchmarks")
        for function in functions(parse(path))
        if body_lines(function) > MOST_BODY
    }
    assert long == {}


def test_functions_take_few_arguments() -> None:
    many = {
        f"{name_of(path)}:{function.name}": argument_count(function)
        for path in files("src")
        if room_of(path) != "cli"  # there every flag of a verb is an argument
        for function in functions(parse(path))
        if argument_count(function) > MOST_ARGUMENTS
    }
    assert {name for name in many if not MANY_ARGUMENTS.get(name)} == set()
    assert set(MANY_ARGUMENTS) <= set(many)


def test_nothing_runs_stored_things_as_code() -> None:
    assert {f"{name_of(path)}:{line}": what for path in files("src") for line, what in unsafe(parse(path))} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import pickle",
        "from joblib import dump",
        "torch.save(model, path)",
        "eval('1')",
        "AutoModel.from_pretrained(name, trust_remote_code=flag)",
        "np.load(path, allow_pickle=True)",
        "frame.to_pickle(path)",
    ],
)
def test_an_unsafe_line_is_seen(source: str) -> None:
    assert len(unsafe(ast.parse(source))) == 1


def test_no_hash_table_of_numpy_grows_with_the_rows() -> None:
    plain = re.compile(r"np\.(isin|in1d|setdiff1d|union1d|setxor1d)\(|np\.unique\((?!$|.*(return_|axis=))")
    named = [
        f"{path.relative_to(ROOT)}:{number}: naeum.sets does this in time that grows as a sort does"
        for path in files("src")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if plain.search(line) and path.name != "sets.py"
    ]
    assert not named, "\n".join(named)


def test_only_the_command_line_prints() -> None:
    prints = {
        f"{name_of(path)}:{node.lineno}"
        for path in files("src")
        if room_of(path) != "cli"
        for node in ast.walk(parse(path))
        if isinstance(node, ast.Call) and dotted(node.func) == "print"
    }
    assert prints == set()


def test_files_open_with_the_question_they_answer() -> None:
    silent = []
    for path in files("src"):
        opening = (ast.get_docstring(parse(path)) or "").split("\n\n")[0]
        if "?" not in opening and path != SOURCE / "__init__.py":
            silent.append(name_of(path))
    assert silent == []


def test_public_names_are_documented() -> None:
    assert {f"{name_of(path)}:{line}": name for path in files("src") for line, name in undocumented(parse(path))} == {}


def test_no_doctest_is_skipped_without_a_reason() -> None:
    skipping = {name_of(path) for path in files("src") if "+SKIP" in path.read_text(encoding="utf-8")}
    assert skipping == {name for name, reason in SKIPPED_EXAMPLES.items() if reason}


def test_every_refusal_pins_its_message() -> None:
    assert {
        f"{name_of(path)}:{line}": name for path in files("tests") for line, name in loose_raises(parse(path))
    } == {}


def test_tests_mirror_the_source() -> None:
    tests = {str(path.relative_to(ROOT / "tests")) for path in files("tests")}
    missing = []
    for path in files("src"):
        inside = path.relative_to(SOURCE)
        nested = inside.parent / f"test_{inside.name}"
        flat = Path(inside.parts[0], f"test_{inside.name}")  # subfolders of a room may share one test folder
        if inside.name != "__init__.py" and not {str(nested), str(flat)} & tests:
            missing.append(str(inside))
    assert sorted(missing) == sorted(name for name, reason in WITHOUT_TEST_FILE.items() if reason)


def test_every_finding_has_a_page_and_every_page_a_finding() -> None:
    codes = {code for path in files("src/naeum") for code in finding_codes(parse(path))}
    pages = {path.stem[:3] for path in (ROOT / "docs" / "findings").glob("[A-Z][0-9][0-9]*.md")}
    assert codes == pages


def test_every_page_of_a_finding_answers_three_questions() -> None:
    wanted = ("How it is detected", "Why it matters", "What to do")
    lacking = {
        path.name: [heading for heading in wanted if heading.lower() not in path.read_text(encoding="utf-8").lower()]
        for path in (ROOT / "docs" / "findings").glob("[A-Z][0-9][0-9]*.md")
    }
    assert {name: headings for name, headings in lacking.items() if headings} == {}
