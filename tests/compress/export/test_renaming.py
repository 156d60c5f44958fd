"""Does a definition say the same under other names, and what it names itself stay as it is?"""

from __future__ import annotations

import ast

import numpy as np
import pytest

from naeum.compress.export.renaming import renamed

NAMES = {"MOST": "MOST_b", "count": "count_b", "Held": "Held_b", "f": "f_b"}


def told(text):
    found = "\n".join(renamed(text.splitlines(), ast.parse(text).body[0], NAMES))
    ast.parse(found)
    return found


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("def f(x):\n    return count(x, MOST)", "def f_b(x):\n    return count_b(x, MOST_b)"),
        ("def g(MOST):\n    return MOST + count(1)", "def g(MOST):\n    return MOST + count_b(1)"),
        ("def g(x=MOST):\n    count = x\n    return count", "def g(x=MOST_b):\n    count = x\n    return count"),
        ("def g(x):\n    return [MOST for MOST in x]", "def g(x):\n    return [MOST for MOST in x]"),
        ("def g(x):\n    return x.count(MOST=1), '가', MOST", "def g(x):\n    return x.count(MOST=1), '가', MOST_b"),
        ("class Held:\n    MOST = MOST\n    def m(self):\n        return Held(), MOST",
         "class Held_b:\n    MOST = MOST_b\n    def m(self):\n        return Held_b(), MOST_b"),
        ("def g(x: Held) -> Held:\n    return x", "def g(x: Held_b) -> Held_b:\n    return x"),
        ("MOST, FAR = 1, 2", "MOST_b, FAR = 1, 2"),
        ("g = lambda f: f(MOST)", "g = lambda f: f(MOST_b)"),
    ],
)  # fmt: skip
def test_names_of_the_module_change_and_others_stay(before, after):
    assert told(before) == after


def test_nothing_changes_without_other_names():
    assert renamed(["x = MOST"], ast.parse("x = MOST").body[0], {"MOST": "MOST"}) == ["x = MOST"]


def test_modules_with_one_name_for_two_things_answer_in_one_file(monkeypatch):
    import sys
    import types

    from naeum.compress.export.program import program
    from naeum.model.tags import patterns
    from naeum.model.tags.sentences import Sentences
    from naeum.model.text import ngrams

    module = types.ModuleType("predict")
    monkeypatch.setitem(sys.modules, "predict", module)
    exec(compile(program(), "predict.py", "exec"), module.__dict__)
    words = Sentences(["서울", "은", "New"], np.array([0, 3]))
    found = module.patterns(module.Sentences(words.words, words.offsets))
    np.testing.assert_array_equal(found.keys, patterns.patterns(words).keys)
    how = {"characters": (1, 3), "words": 2, "buckets": 999}
    np.testing.assert_array_equal(module.bags(["a 나"], **how).buckets, ngrams.bags(["a 나"], **how).buckets)
