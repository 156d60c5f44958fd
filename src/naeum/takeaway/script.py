"""How does a model become a program that a student reads, trains and runs without naeum?"""

from __future__ import annotations

import importlib.metadata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.takeaway import gate, place
from naeum.takeaway.place import WEIGHTS, Places
from naeum.takeaway.plan import Plan, plan
from naeum.takeaway.sheet import Sheet, question, sheet, told, wrapped
from naeum.takeaway.story import Story

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".py"
MAIN = "main"  # the template of the program


@dataclass(frozen=True, eq=False)
class Model:
    """What is written.

    Args:
        predictor: that was fitted.
        learner: its recipe.
        story: how it was found.
        seed: of the run.
        weight: the column of the weights of rows, where there is one.
    """

    predictor: Any
    learner: Any
    story: Story
    seed: int = 0
    weight: str | None = None


def write(model: Model, target: Path, rows: pa.Table) -> dict[str, Any]:
    """Write a model as a program with its weights beside it, once its answers were compared.

    Args:
        model: what is written.
        target: a file that ends in .py, or a folder.
        rows: of the user, to compare answers on.

    Returns:
        "script", "weights": where they are; "parity": what the comparison saw; "packages", "left_out", "no_training".

    Raises:
        InputError: the place holds something else, or a part has no code.
        ParityError: the program does not answer as the predictor does.
    """
    with place.placing(target, SUFFIX) as places:
        made = plan(model.predictor, model.learner, places.weights, model.weight)
        page = as_program(made, model, places.script, places.weights.name)
        found = gate.gate(places.script, model.predictor, rows)
        return ended(places, made, page, found)


def ended(places: Places, made: Plan, page: Sheet, parity: Any) -> dict[str, Any]:
    """What both ways of writing end with: the packages beside the program, and what is told of it."""
    if places.requirements is not None:
        places.requirements.write_text(needed(page), encoding="utf-8")
    return {
        "script": str(places.final), "weights": str(places.final_weights), "parity": parity,
        "packages": list(page.modules), "left_out": list(made.left_out), "no_training": made.no_training,
    }  # fmt: skip


def as_program(made: Plan, model: Model, file: Path, weights: str = WEIGHTS) -> Sheet:
    """Write a plan as a program; `weights` is the name of the folder beside it."""
    page = sheet(made, f'Path(__file__).parent / "{weights}"', model.seed, (MAIN,))
    text = program(page, question(made.task), told(model.story, made), file.name)
    file.write_text(text, encoding="utf-8")
    return page


def program(page: Sheet, first: str, story: list[str], name: str) -> str:
    """The text of a program: its docstring, the imports, the sections."""
    usage = [
        f"pip install {' '.join(page.modules)}",
        f"python {name} predict new.csv --out answers.csv",
        f"python {name} train data.csv --weights retrained",
    ]
    head = [wrapped(first), "", *(f"    {line}" for line in usage), "", *(wrapped(line) for line in story)]
    said = "\n".join(head).replace("\\", "\\\\").replace('"""', "'''")
    body = [f'"""{said}\n"""', page.imports]
    for section in page.sections:
        bar = f"# --- {section.title} "
        below = wrapped(section.words, 118).splitlines() if section.words else []
        body.append("\n".join([bar + "-" * (120 - len(bar)), *(f"# {line}" for line in below)]))
        body.append(section.code)
    return spaced(body)


def spaced(parts: list[str]) -> str:
    """Parts with one or two empty lines between them, as formatters want it: two around functions and classes."""
    text = parts[0]
    for before, part in pairwise(parts):
        defines = part.lstrip("@").startswith(("def ", "class ", "@"))
        after = any(line.startswith((" ", ")")) for line in before.splitlines()[-1:]) and not before.startswith('"""')
        text += "\n" + ("\n\n" if defines or after else "\n") + part
    return text + "\n"


def needed(page: Sheet) -> str:
    """The packages that a program needs, in the versions that are installed here."""
    return "".join(f"{name}=={importlib.metadata.version(name)}\n" for name in page.modules)
