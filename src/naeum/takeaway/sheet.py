"""How do templates, a recipe and a story become one text of code, in sections that are read from the top?"""

from __future__ import annotations

import ast
import re
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naeum import __version__
from naeum.takeaway.piece import code
from naeum.takeaway.plan import Plan
from naeum.takeaway.story import Story
from naeum.tongue import said

PIECES = Path(__file__).parent / "pieces"
WIDTH = 120  # characters of a line
FEW = 5  # columns that are named
ENDING = ".py.txt"  # of templates: code that is read, never imported
MARK = re.compile(r"\bnaeum \d+\.\d+")  # tells a file that naeum wrote from one that a person did
PACKAGES = {"sklearn": "scikit-learn", "PIL": "pillow"}  # what modules are called where they are installed from


BUILD = '''\
def build(base=None):
    """The model by its recipe, not fitted yet; `base`: where the base model lies, if elsewhere."""
    return {}'''


@dataclass(frozen=True)
class Section:
    """Some lines of code under a heading.

    Args:
        name: of the template, or of what naeum wrote.
        title: in a few words.
        words: what it is about, for people; empty where the title says it.
        code: without its imports.
    """

    name: str
    title: str
    words: str
    code: str


@dataclass(frozen=True)
class Sheet:
    """All of it: what is imported, the sections in order."""

    imports: str
    sections: tuple[Section, ...]
    modules: tuple[str, ...]  # packages beside the standard library, as they are installed

    def named(self, name: str) -> Section:
        """The section of a name."""
        return next(one for one in self.sections if one.name == name)


def sheet(made: Plan, weights: str, seed: int = 0, last: tuple[str, ...] = ()) -> Sheet:
    """The code of a plan.

    Args:
        made: what stands in it.
        weights: an expression for the folder of the weights.
        seed: of the run.
        last: further templates, at the end.
    """
    texts = [(name, (PIECES / f"{name}{ENDING}").read_text(encoding="utf-8")) for name in (*made.files, *last)]
    split = [(name, *apart(text)) for name, text in texts]
    imports = [one for _, found, _ in split for one in found]
    sections = [section(name, rest) for name, _, rest in split]
    recipe = Section("recipe", "The recipe", "", build(made))
    asked = Section("asked", "What is asked", "", constants(made, weights, seed))
    lines, modules = merged(imports)
    end = len(made.files) - 1  # what uses the model stands below its recipe
    return Sheet(lines, (asked, *sections[:end], recipe, *sections[end:]), modules)


def section(name: str, text: str) -> Section:
    """A template without its imports, apart from its heading and what is said below it."""
    lines = text.strip("\n").splitlines()
    title, words = name, []
    if lines and lines[0].startswith("# --- "):
        title = lines.pop(0).strip("# -")
        while lines and lines[0].startswith("# "):
            words.append(lines.pop(0)[2:])
    return Section(name, title, " ".join(words), "\n".join(lines).strip("\n"))


def apart(text: str) -> tuple[list[ast.Import | ast.ImportFrom], str]:
    """The imports at the top of a template, and the rest of it."""
    nodes = [node for node in ast.parse(text).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    gone = {line for node in nodes for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)}
    rest = [line for number, line in enumerate(text.splitlines(), 1) if number not in gone]
    return nodes, "\n".join(rest)


def merged(nodes: Sequence[ast.Import | ast.ImportFrom]) -> tuple[str, tuple[str, ...]]:
    """Each import once, those of the standard library first; and the packages that must be installed."""
    plain: set[str] = set()
    names: dict[str, set[str]] = {}
    for node in nodes:
        if isinstance(node, ast.Import):
            plain |= {f"import {ast.unparse(one)}" for one in node.names}
        else:
            names.setdefault(str(node.module), set()).update(ast.unparse(one) for one in node.names)
    lines = sorted(plain) + [_from(module, sorted(found, key=_order)) for module, found in sorted(names.items())]
    own = [line for line in lines if _package(line) not in sys.stdlib_module_names]
    text = "\n".join(line for line in lines if line not in own) + "\n\n" + "\n".join(own)
    return text, tuple(dict.fromkeys(PACKAGES.get(_package(line), _package(line)) for line in own))


def _order(name: str) -> tuple[int, str]:
    """Constants, then classes, then functions, as formatters sort what is imported."""
    return (0 if name.isupper() else 1 if name[:1].isupper() else 2, name)


def _from(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    inside = "".join(f"    {name},\n" for name in names)
    return line if len(line) <= WIDTH else f"from {module} import (\n{inside})"


def _package(line: str) -> str:
    return line.split()[1].split(".")[0]


def constants(made: Plan, weights: str, seed: int) -> str:
    """What is asked, as constants."""
    given: dict[str, Any] = {**made.constants, "SEED": seed, "NO_TRAINING": made.no_training}
    lines = [f"{name} = {code(value)}" for name, value in given.items()]
    return "\n".join([*lines, f"WEIGHTS = {weights}"])


def build(made: Plan) -> str:
    """The function that puts the pieces together."""
    return BUILD.format(code(made.root, 1))


def told(story: Story, made: Plan) -> list[str]:
    """The story as paragraphs: the model, how it was found, what the training of the code leaves out."""
    last = story.steps[-1]
    best = f"{story.title}: {story.metric} {last.score} on rows that were held out (95 % interval)."
    lines = [said(best), *([said(story.why)] if story.why else [])]
    lines.append(said("How it was found, each step with what it gained on held-out rows:"))
    for step in story.steps:
        gained = said(f", {step.gain} over the best before it") if step.gain else ""
        name = f"{step.number}. {said(step.learner)} ({step.technique})"
        lines.append(f"{name}: {step.score}{gained}. {said(step.reason)}".rstrip())
        if step.finding:
            lines.append("   " + said(f"It answers the finding {step.finding}"))
    if made.left_out:
        lines.append(said("What its training leaves out, so that a new model may score a little less:"))
        lines += [f"- {said(one)}" for one in made.left_out]
    if made.no_training:
        lines.append(said(f"It cannot be trained by this code: {made.no_training}."))
    return lines


def wrapped(line: str, width: int = WIDTH) -> str:
    """A line of the story, no longer than a line of code; what belongs to a step stays below it."""
    inner = " " * (len(line) - len(line.lstrip()) + (3 if line[:1].isdigit() else 2 if line.startswith("- ") else 0))
    return textwrap.fill(line, width, subsequent_indent=inner, break_long_words=False, break_on_hyphens=False)


def question(task: Any) -> str:
    """The first line: what it answers, and who wrote it."""
    names = [f"`{name}`" for name in task.inputs]
    inputs = ", ".join(names if len(names) <= FEW else [*names[:FEW], "\u2026"])
    return said(f"How is `{task.target}` answered from {inputs}? Written by naeum {__version__}; it needs no naeum.")
