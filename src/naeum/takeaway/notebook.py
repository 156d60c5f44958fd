"""How does a model become a notebook: the code of the program in cells, with the ladder's story between them?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.takeaway import gate, place
from naeum.takeaway.piece import code
from naeum.takeaway.plan import Plan, plan
from naeum.takeaway.script import Model, as_program, ended
from naeum.takeaway.sheet import Sheet, question, sheet, told
from naeum.takeaway.story import Story
from naeum.tongue import said

if TYPE_CHECKING:
    import pyarrow as pa

SUFFIX = ".ipynb"
FORMAT, MINOR = 4, 5  # of notebooks: https://nbformat.readthedocs.io/en/latest/format_description.html
SHOWN = 3  # rows that are answered in it

Cell = dict[str, Any]
LADDER = """\
%matplotlib inline
import matplotlib.pyplot as plt

steps = {steps}
figure, axes = plt.subplots(figsize=(7, 0.5 + 0.4 * len(steps)), layout="constrained")
for at, (name, score, low, high) in enumerate(steps):
    axes.errorbar(score, -at, xerr=[[score - low], [high - score]], fmt="o", color="tab:blue", capsize=3)
axes.set_yticks([-at for at in range(len(steps))], [name for name, *_ in steps])
axes.set_xlabel({metric})
figure"""


def write(model: Model, target: Path, rows: pa.Table, *, show: bool = True) -> dict[str, Any]:
    """Write a model as a notebook with its weights beside it, once its answers were compared.

    Args:
        model: what is written.
        target: a file that ends in .ipynb, or a folder.
        rows: of the user, to compare answers on.
        show: whether a few of them stand in it.

    Returns:
        As `naeum.takeaway.script.write` does.

    Raises:
        InputError: the place holds something else, or a part has no code.
        ParityError: the code does not answer as the predictor does.
    """
    with place.placing(target, SUFFIX) as places:
        made = plan(model.predictor, model.learner, places.weights, model.weight)
        program = places.part / "program.py"
        as_program(made, model, program, places.weights.name)
        found = gate.gate(program, model.predictor, rows)
        program.unlink()
        page = sheet(made, f'Path("{places.final_weights.name}")', model.seed)
        document = notebook(page, made, model.story, rows.slice(0, SHOWN).to_pylist() if show else [])
        places.script.write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
        return ended(places, made, page, found)


def notebook(page: Sheet, made: Plan, story: Story, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """The document of a notebook."""
    cells = [
        words(f"# {story.title}\n\n{question(made.task)}"),
        words("\n".join(markdown(told(story, made)))),
        lines(ladder(story)),
        words(f"`pip install {' '.join(page.modules)}`"),
        lines(page.imports.strip()),
    ]
    for section in page.sections:
        cells += [words(f"### {section.title}\n\n{section.words}".strip()), lines(section.code)]
    cells += last(made, rows)
    for number, cell in enumerate(cells):
        cell["id"] = f"cell{number}"
    return {
        "cells": cells, "nbformat": FORMAT, "nbformat_minor": MINOR,
        "metadata": {
            "kernelspec": {"name": "python3", "display_name": "python3", "language": "python"},
            "language_info": {"name": "python"},
        },
    }  # fmt: skip


def last(made: Plan, rows: list[dict[str, Any]]) -> list[Cell]:
    """The cells that use the model."""
    given = rows or [dict.fromkeys(made.task.inputs, "")]
    shown = f"rows = pd.DataFrame({code(given)})"
    predicting = f"{shown}\nscores = predict(rows, WEIGHTS)\nrows.join(answers(scores))"
    training = '# train("data.csv", "retrained")\n# answers(predict(read("new.csv"), "retrained"))'
    return [
        words(said("Answers to a few rows:")),
        lines(predicting),
        words(said("To learn again from a file with a target, by the same recipe, take away the signs in front:")),
        lines(training),
    ]


def ladder(story: Story) -> str:
    """The code that draws the steps with their intervals."""
    steps = [(f"{step.number} {step.technique}", *step.numbers) for step in story.steps]
    return LADDER.format(steps=code(steps), metric=code(story.metric))


def markdown(paragraphs: list[str]) -> list[str]:
    """Paragraphs of the story as Markdown: what is no item of a list stands by itself."""
    return [line if line[:1] in "-0123456789 " else f"\n{line}\n" for line in paragraphs]


def words(text: str) -> Cell:
    """A cell of Markdown."""
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def lines(text: str) -> Cell:
    """A cell of code that was not run."""
    return {
        "cell_type": "code", "metadata": {}, "execution_count": None, "outputs": [],
        "source": text.splitlines(keepends=True),
    }  # fmt: skip
