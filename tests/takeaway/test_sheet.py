"""Are templates put together so that the code is one, with each import once?"""

import ast

from naeum.contract import Task
from naeum.takeaway.sheet import PIECES, apart, merged, question, section, wrapped


def test_every_template_is_code_with_a_heading():
    names = sorted(PIECES.glob("*.py.txt"))
    assert len(names) > 15
    for path in names:
        text = path.read_text(encoding="utf-8")
        made = section(path.name, apart(text)[1])
        assert ast.parse(text) and text.startswith("# --- ") and made.title and made.code, path.name


def test_no_template_needs_naeum():
    for path in PIECES.glob("*.py.txt"):
        nodes, _ = apart(path.read_text(encoding="utf-8"))
        modules = {str(getattr(node, "module", None) or node.names[0].name) for node in nodes}
        assert not any(module.startswith("naeum") for module in modules), path.name


def test_imports_are_merged_and_sorted():
    nodes = ast.parse("import numpy as np\nfrom sklearn.a import b\nimport re\nfrom sklearn.a import A, b").body
    text, modules = merged(nodes)
    assert text == "import re\n\nimport numpy as np\nfrom sklearn.a import A, b"
    assert modules == ("numpy", "scikit-learn")


def test_many_names_stand_a_line_each():
    text, _ = merged(ast.parse(f"from a import {', '.join(f'name_of_{at:03}' for at in range(20))}").body)
    assert text.strip().startswith("from a import (\n    name_of_000,\n")


def test_lines_of_the_story_hang_below_their_number():
    lines = wrapped("3. " + "word " * 40).splitlines()
    assert len(lines) == 2 and lines[1].startswith("   word")


def test_the_first_line_says_what_is_asked():
    assert question(Task(inputs=tuple("abcdef"))).startswith("How is `label` answered from `a`, `b`, `c`, `d`, `e`, …?")
