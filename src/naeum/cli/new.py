"""naeum new: how does a technique of one's own begin? With its function, its test and its page, ready to run."""

from __future__ import annotations

import keyword
from pathlib import Path

import typer

from naeum.cli.aloud import tell
from naeum.cli.errors import said
from naeum.errors import InputError

KINDS = ("technique",)
FUNCTION = '''"""Does weaker regularization help where the model is too simple? Say what it changes, and when.

{name} answers M01, bias. Try it with: naeum improve DATA --with {name}.py
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Edit, Evidence, Rung, Technique

TIMES = 3.0  # how much weaker; say why this number


def propose(rung: Rung, evidence: Evidence) -> Iterator[Edit]:
    """One edit for each linear model inside the champion. A technique is pure: it reads, and yields changed copies."""
    for path, node in values.nodes(rung.learner):
        if getattr(node, "c", 0) > 0:
            place = f"{{path}}.c".lstrip(".")
            learner = values.put(rung.learner, place, TIMES * node.c)
            reason = f"c = {{TIMES * node.c:g}} instead of {{node.c:g}} lets the model follow the rows more closely."
            yield Edit(learner, (place,), "{name}", reason, parents=(rung.number,))


TECHNIQUE = Technique("{name}", "{title}", ("M01",), propose)
'''
TEST = '''"""Does {name} keep the laws of techniques, and propose what it should?"""

from __future__ import annotations

import pytest

from {name} import TECHNIQUE
from naeum.contract import Evidence, Rung, Task
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.laws import keep
from naeum.testing.techniques import TECHNIQUE_LAWS, Situation


def situation(learner) -> Situation:
    rung = Rung(1, learner, "linear", "", (0,), ("",), "key", 0.8, 0.7, 0.9, 0.8, 0.9, kept=True)
    return Situation(TECHNIQUE, rung, Evidence(Task(classes=("a", "b")), rung, (rung,), (), 100, (60, 40), ("en",)))


def test_it_keeps_every_law() -> None:
    assert len(keep(TECHNIQUE_LAWS, situation(TfidfLogistic(c=2.0)))) == len(TECHNIQUE_LAWS)


def test_it_changes_what_it_says() -> None:
    (edit,) = situation(TfidfLogistic(c=2.0)).edits()
    assert edit.learner.c == pytest.approx(6.0) and edit.changed == ("c",)


def test_it_leaves_alone_what_it_is_not_for() -> None:
    assert situation(Majority()).edits() == []
'''
PAGE = """# {name}: {title}

What it changes: the regularization of every linear model inside the champion, three times weaker.

When it should help: where the diagnosis says bias (M01), the model follows the training rows too loosely.

What it costs: one more fit of the same model.

Reference: name the paper that the idea is from.

Try it: `naeum improve DATA --with {name}.py`; why it was tried or not: `naeum why RUN {name} --with {name}.py`.
"""


def new(
    kind: str = typer.Argument(..., metavar="technique", help="What to begin: a technique."),
    name: str = typer.Argument(..., metavar="NAME", help="Its name: small letters, digits and _."),
    out: str = typer.Option(".", "--out", metavar="DIR", help="The folder to write into. Default: here."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Begin a technique of your own: write its function, its test and its page, ready to run and to change."""
    with said(verbose):
        if kind not in KINDS:
            raise InputError(
                f"what to begin must be {', '.join(KINDS)}; got {kind!r}; as in: naeum new technique {name}"
            )
        written = begun(name, Path(out))
        tell("Wrote " + ", ".join(str(path) for path in written) + ".")
        tell(f"Try it    naeum improve DATA --with {written[0]}")
        tell(f"Test it   python -m pytest {written[1]}")


def begun(name: str, folder: Path) -> tuple[Path, Path, Path]:
    """Write function, test and page of a technique; nothing that is there is written over.

    Raises:
        InputError: the name cannot be one, is taken, or a file is there already.
    """
    from naeum import registry
    from naeum.improve.opening import NAMES as STEPS
    from naeum.store import write_atomic

    if not name.isidentifier() or name != name.lower() or keyword.iskeyword(name) or not name.isascii():
        raise InputError(f"a technique must be named in small letters, digits and _; got {name!r}; as in: my_technique")
    if name in {one.name for one in registry.techniques()} | set(STEPS):
        raise InputError(f"a technique must have a name of its own; {name} is one of naeum's; choose another")
    if not folder.is_dir():
        raise InputError(f"--out must be a folder that is there; got {folder}; make it or name another")
    files = (folder / f"{name}.py", folder / f"test_{name}.py", folder / f"{name}.md")
    there = [path for path in files if path.exists()]
    if there:
        raise InputError(f"nothing is written over; {there[0]} is there already; move it or choose another name")
    for path, text in zip(files, (FUNCTION, TEST, PAGE), strict=True):
        write_atomic(path, text.format(name=name, title=name.replace("_", " ")))
    return files
