"""Are parts of the user's found in a file and in a package, and is what cannot take part refused with a sentence?"""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from naeum import own
from naeum.contract import Technique
from naeum.errors import InputError

LEARNER = """
from dataclasses import dataclass
@dataclass(frozen=True)
class Mine:
    kind, version, shapes = "mine", 1, frozenset({"N→1"})
    def fit(self, parts, run): ...
"""
TECHNIQUE = """
from naeum.contract import Technique
ONE = Technique("mine", "mine", (), lambda rung, evidence: iter(()))
"""


def write(path: Path, text: str) -> str:
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_a_file_brings_what_it_defines_and_not_what_it_imports(tmp_path: Path) -> None:
    more = "from naeum.model.floor import Majority, Prior\nfrom naeum.diagnose.checks import CHECKS\n"
    found = own.own([write(tmp_path / "내것.py", LEARNER + TECHNIQUE + more)])
    assert set(found.values) == {"mine"} and not found.predictors
    assert [one.name for one in found.techniques] == ["mine"] and found.checks == ()


def test_no_file_and_no_package_bring_nothing() -> None:
    assert not own.own() and own.own() == own.Own()


def test_a_file_is_run_once_as_long_as_it_stays_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path / "a.py", LEARNER)
    first = own.own([path]).values["mine"]
    assert own.own([path]).values["mine"] is first
    write(tmp_path / "a.py", LEARNER.replace('version, shapes = "mine", 1', 'version, shapes = "mine", 2'))
    assert own.own([path]).values["mine"].version == 2


def test_a_package_brings_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("my_package.parts")
    module.ONE = Technique("packed", "packed", (), lambda rung, evidence: iter(()))  # type: ignore[attr-defined]

    class Point:
        name, value = "mine", "my_package.parts"

        def load(self) -> Any:
            return module

    monkeypatch.setattr(own, "entry_points", lambda group: [Point()] if group == "naeum.parts" else [])
    assert [one.name for one in own.own().techniques] == ["packed"]
    monkeypatch.setattr(Point, "load", lambda self: module.ONE)
    with pytest.raises(
        InputError, match=r"an entry point of naeum.parts must name a module; my_package.parts does not"
    ):
        own.own()

    def broken(self: Any) -> Any:
        raise ImportError("no such thing")

    monkeypatch.setattr(Point, "load", broken)
    with pytest.raises(
        InputError, match=r"a package that brings parts must load; .* raised ImportError: no such thing"
    ):
        own.own()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = 1", r"must bring a learner, a technique or a check; .* brings none; see docs/extend.md"),
        ("1 / 0", r"a file named with --with must run; .* raised ZeroDivisionError: division by zero; mend the file"),
        (
            LEARNER.replace("(frozen=True)", ""),
            r"a learner must be a frozen dataclass; Mine of .* is none; write @data",
        ),
        (
            LEARNER.replace('"mine", 1', '"mine", "1"'),
            r"must have a kind \(a word\) and a version \(a number\); Mine of",
        ),
        (LEARNER.replace("kind, version, shapes", "kind, version, sizes"), r"a learner must name its shapes; Mine of"),
        (
            'class P:\n    kind, version = "p", 1\n    def predict(self, rows): ...',
            r"a predictor must have restore, state",
        ),
        (
            'class C:\n    code, title = "no", "c"\n    def look(self, s): ...\nC = C()',
            r"a code of a letter and digits that is not one",
        ),
        (
            'class C:\n    code, title = "M01", "c"\n    def look(self, s): ...\nC = C()',
            r"not one of naeum's, as X01; .* 'M01'",
        ),
        (
            TECHNIQUE.replace('"mine", "mine"', '"lora", "mine"'),
            r"a technique must have a name of its own; .* has 'lora'",
        ),
        (LEARNER + LEARNER.replace("class Mine", "class Other"), r"gives one kind to two classes; rename one"),
    ],
)
def test_what_cannot_take_part_is_refused(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        own.own([write(tmp_path / "a.py", text)])


def test_a_file_that_is_not_there_or_no_python_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"a file named with --with must be there; got .*none.py; check the path"):
        own.own([str(tmp_path / "none.py")])
    with pytest.raises(InputError, match=r"a file named with --with must be Python; got .*a.txt; name a file that"):
        own.own([write(tmp_path / "a.txt", "x")])


def test_one_name_means_one_thing(tmp_path: Path) -> None:
    one, two = (write(tmp_path / f"{name}.py", TECHNIQUE) for name in "ab")
    with pytest.raises(
        InputError, match=r"every name must mean one thing; .*b.py brings 'mine' again; give it another"
    ):
        own.own([one, two])
    with pytest.raises(InputError, match=r"brings 'majority' again"):
        own.joined({"majority": 1}, {"majority": 2})


def test_a_broken_file_leaves_no_module_behind(tmp_path: Path) -> None:
    before = set(sys.modules)
    with pytest.raises(InputError, match="must run"):
        own.own([write(tmp_path / "a.py", "raise ValueError")])
    assert not {name for name in set(sys.modules) - before if name.startswith("naeum_with_")}
