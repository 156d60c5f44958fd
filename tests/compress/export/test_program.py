"""Is the program beside exported parts one file that needs little, and is nothing in it twice?"""

import ast
import sys
import types

import pytest

from naeum.compress.export import program as room
from naeum.compress.export.program import program

ALLOWED = {"numpy", "onnxruntime", "tokenizers", "PIL"}


def test_it_imports_no_naeum_and_little_else():
    tree = ast.parse(program())
    nodes = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {
        (node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name).partition(".")[0]
        for node in nodes
    }
    assert names <= ALLOWED | sys.stdlib_module_names


def test_every_name_is_defined_once_and_every_name_used_is_there(monkeypatch):
    tree = ast.parse(program())
    defined = [name for node in tree.body if room._defines(node) for name in room._names(node)]
    assert len(defined) == len(set(defined)) and {"Model", "Ngrams", "Words", "viterbi"} <= set(defined)
    module = types.ModuleType("predict")
    monkeypatch.setitem(sys.modules, "predict", module)
    exec(compile(program(), "predict.py", "exec"), module.__dict__)
    reader = sys.modules["naeum.compress.reading.reader"]
    assert set(dir(reader.Model)) == set(dir(module.Model))


def test_constants_stand_together_and_functions_apart():
    text = program()
    assert "\n\n\n\n" not in text and '\n\n\nif __name__ == "__main__":' in text
    assert text.startswith('"""What does an exported model answer?')


TAKEN = "from naeum.decoding import tags\ndef asked():\n    return tags\n"
RENAMED = "from naeum.compress.reading.reader import CARD as LEAST\ndef asked():\n    return LEAST\n"
TWICE = "from naeum.model.tags.chain import packed\nclass Packed: ...\ndef asked():\n    return packed, Packed\n"
NOWHERE = "from naeum.nothing import x\ndef asked():\n    return x\n"


def taken(text, folder, monkeypatch):
    """What is taken of a module with this text, by place."""
    (folder / "a_module.py").write_text(text)
    monkeypatch.syspath_prepend(str(folder))
    room._Module.read.cache_clear()
    work, root = room._Work(), room._Module.read("a_module")
    for name in root.defined:
        work.take(root, name)
    room._Module.read.cache_clear()
    return work.taken


def test_a_definition_comes_with_all_that_it_uses(tmp_path, monkeypatch):
    found = list(taken(TAKEN, tmp_path, monkeypatch).values())
    assert found[-1] == "def asked():\n    return tags" and any("def viterbi" in one for one in found[:-1])


def test_two_definitions_of_one_name_are_told_apart(tmp_path, monkeypatch):
    found = list(taken(TWICE, tmp_path, monkeypatch).values())
    assert found[0] == "class Packed: ..." and found[-1].endswith("    return packed, Packed")
    packed = next(one for one in found if "class Packed_chain" in one)
    assert any("Packed_chain(" in one and "def packed" in one for one in found) and "class Packed:" not in packed


@pytest.mark.parametrize(
    ("text", "match"),
    [
        (RENAMED, r"must import names of naeum\.compress\.reading\.reader as they are; got LEAST; import a function"),
        (NOWHERE, r"must be made of modules that are there; naeum\.nothing is not; correct its import"),
    ],
)
def test_what_cannot_be_taken_apart_is_refused(text, match, tmp_path, monkeypatch):
    with pytest.raises(TypeError, match=match):
        taken(text, tmp_path, monkeypatch)
