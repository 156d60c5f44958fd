"""Which code is a predictor, with which weights beside it?

The predictor is walked together with its learner: the one gives the weights, the other the recipe to train by.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from naeum.contract import Task
from naeum.errors import InputError
from naeum.model.around.bagged import Bag
from naeum.model.around.blend import Pool
from naeum.model.around.calibrated import Cooled
from naeum.model.around.conformal import WithEnds
from naeum.model.around.halved import HalvedPredictor
from naeum.model.around.pseudo import Taught
from naeum.model.around.searched import SearchedPredictor
from naeum.model.around.thresholded import Cut
from naeum.model.around.through import Through
from naeum.model.floor import Prior
from naeum.model.table.derived import Deriving
from naeum.model.table.fitted import FittedTrees
from naeum.model.table.linear import FittedTableLinear
from naeum.model.tags.crf import FittedCrf
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.linear import FittedLinear
from naeum.model.text.probe import FittedProbe
from naeum.model.text.small import SmallNetwork
from naeum.takeaway import around, derived, small, table, tags, text, trees
from naeum.takeaway.piece import ELSE, Piece, Writing, refused

Alone = Callable[[Any, Any, Writing], Piece]
Outer = Callable[[Any, Any, Writing, around.Walk], Piece]

ALONE: Mapping[type, Alone] = {
    Prior: text.floor,
    FittedLinear: text.linear,
    FittedProbe: text.probe,
    FineTunedEncoder: text.finetuned,
    SmallNetwork: small.network,
    FittedTableLinear: table.linear,
    FittedCrf: tags.crf,
    FittedTrees: trees.trees,
}
OUTER: Mapping[type, Outer] = {
    Pool: around.blend,
    Bag: around.blend,
    Cooled: around.calibrated,
    Through: around.through,
    Taught: around.through,
    SearchedPredictor: around.decided,
    HalvedPredictor: around.decided,
    Cut: around.cut,
    WithEnds: around.with_ends,
    Deriving: derived.derived,
}
OUTPUTS = ("label", "labels", "number", "tags")
USING = "using"  # the template that trains and predicts
USING_TAGS = "using_tags"  # the same, where each word has a tag


@dataclass(frozen=True)
class Plan:
    """The code of a model.

    Args:
        task: that it answers.
        root: the outermost piece.
        constants: names of the code that say what stands around the whole, and what is asked.
        files: the templates in their order.
        left_out: what the training of the code does not do.
        no_training: why the code cannot train; empty where it can.
    """

    task: Task
    root: Piece
    constants: Mapping[str, Any]
    files: tuple[str, ...]
    left_out: tuple[str, ...]
    no_training: str


def plan(predictor: Any, learner: Any, folder: Path, weight: str | None = None) -> Plan:
    """The code of a predictor; its weights are written into `folder`.

    Args:
        predictor: that was fitted.
        learner: its recipe; what tuning decided is written into it.
        folder: an empty one.
        weight: the column of the weights of rows that it was fitted with.

    Raises:
        InputError: the task, or a part, has no code.
    """
    task = predictor.task
    check(task)
    writing = Writing(folder, task)
    if weight:
        writing.leave_out(f"the weights of rows in the column {weight}: each row counts the same")
    root = walk(predictor, predictor.decided(learner), writing)
    constants = {
        "INPUTS": list(task.inputs), "TARGET": task.target, "OUTPUT": task.output, "CLASSES": list(task.classes),
        **of_answers(task, writing.around),
    }  # fmt: skip
    used = [file for piece in root.walk() for file in piece.files]
    if "floor_number" in used:
        constants["SQUARED"] = task.metric in ("r2", "rmse", "mse")
    files = ("read", *head(task), *dict.fromkeys(used), USING_TAGS if task.output == "tags" else USING)
    return Plan(task, root, constants, files, tuple(writing.left_out), "; ".join(writing.no_training))


def walk(predictor: Any, learner: Any, writing: Writing) -> Piece:
    """The piece of one predictor, and of all inside it.

    Raises:
        InputError: it has no code.
    """
    kind = type(predictor)
    if kind in OUTER:
        return OUTER[kind](predictor, learner, writing, walk)
    if kind in ALONE:
        return ALONE[kind](predictor, learner, writing)
    raise refused(str(getattr(predictor, "kind", kind.__name__)))


def check(task: Task) -> None:
    """Refuse a task that has no code.

    Raises:
        InputError: it has none.
    """
    if task.output not in OUTPUTS:
        raise InputError(f"a script must answer labels, numbers or tags; this model answers {task.output}; {ELSE}")
    if task.decide:
        raise InputError(f"a script must decide by its scores; this run has a rule of your own, {task.decide}; {ELSE}")


def head(task: Task) -> tuple[str, ...]:
    """The templates of what is answered."""
    if task.output == "tags":
        return ("words", "tags")
    if task.output != "label":
        return (task.output,)
    return ("label", "ordered" if task.ordered else "likeliest")


def of_answers(task: Task, stood: Mapping[str, Any]) -> dict[str, Any]:
    """The constants that the answer depends on."""
    if task.output == "labels":
        return {"CUT": stood.get("cut")}
    if task.output == "number":
        return {"REACH": stood.get("reach")}
    return {"CUT": stood.get("cut"), "RANKED": around.ranked(task)} if task.ordered else {}
