"""Of which parts is a predictor made, and how does each lie in an exported folder?

A folder holds a tree of parts: graphs, n-grams, trees, sums of columns, constants, blends and calibrations. What stands
around the whole (thresholds of labels, the reach of an interval) is written beside it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.export import images, networks, tables, texts
from naeum.compress.export.filing import Filing, Node, Part
from naeum.compress.export.modules import TORCH
from naeum.contract import Predictor, Task
from naeum.data.clean.cells import Clip, Fill, Normalise
from naeum.data.clean.recipe import VALUE_STEPS
from naeum.decoding import MEAN, MEDIAN
from naeum.errors import InputError
from naeum.model.around.blend import Pool
from naeum.model.around.calibrated import Cooled
from naeum.model.around.cascade import Cascading
from naeum.model.around.columns import Grouped
from naeum.model.around.conformal import UNDECIDED, WithEnds
from naeum.model.around.halved import HalvedPredictor
from naeum.model.around.one import AroundOne
from naeum.model.around.ordinal import Steps
from naeum.model.around.prepared import Cleaning
from naeum.model.around.searched import SearchedPredictor
from naeum.model.around.thresholded import Cut
from naeum.model.floor import Prior
from naeum.model.image.described import Describing
from naeum.model.image.linear import FittedImageLinear
from naeum.model.image.network import TrainedOnImages
from naeum.model.image.pretrained import FittedImageProbe, TunedOnImages
from naeum.model.table.derived import Deriving
from naeum.model.table.fitted import FittedTrees
from naeum.model.table.linear import FittedTableLinear
from naeum.model.table.network import FittedTableNetwork
from naeum.model.tags.chained import Links
from naeum.model.tags.crf import FittedCrf
from naeum.model.tags.finetuned import EncoderTagger
from naeum.model.tags.probe import FittedWordProbe
from naeum.model.tags.sequence import WordTagger
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.linear import FittedLinear
from naeum.model.text.ordinal import FittedOrdinal
from naeum.model.text.pair_linear import FittedPairs
from naeum.model.text.probe import FittedProbe
from naeum.model.text.small import SmallNetwork
from naeum.model.text.word_vectors import Averages

ROWS = frozenset({"text", "number", "category", "date", "image"})  # what an answer to a row is read from
READS = {"label": ROWS, "labels": ROWS, "number": ROWS, "tags": frozenset({"words"})}
SERVED = (Fill, Clip, Normalise)  # steps that clean a cell


@dataclass(frozen=True, eq=False)
class Tree:
    """All of it: the nodes, what stands around the whole, the parts."""

    root: Node
    around: Node  # "cut" of labels, "reach" of an interval, "answer" of classes in an order, where there is one
    parts: tuple[Part, ...]


def write(predictor: Predictor, folder: Path) -> Tree:
    """Write every part of a predictor into a folder.

    Raises:
        InputError: a part is of a kind that is not exported, or cannot be traced.
        MissingExtra: torch, onnx or onnxscript is not installed, and a part needs it.
    """
    check(predictor.task)
    filing = Filing(folder, _node)
    kept = {name: found for name in ("cut", "reach") if (found := around(predictor, name)) is not None}
    ordered: Node = {"answer": _answer(predictor.task)} if predictor.task.ordered else {}
    return Tree(_node(predictor, filing), {**ordered, **kept}, tuple(filing.parts))


def check(task: Task) -> None:
    """Refuse a task whose answers a folder cannot give.

    Raises:
        InputError: they are of another kind, are read from others, or are decided by a rule of the user's.
    """
    kinds = set(task.columns.values())
    if not kinds <= READS.get(task.output, frozenset()):
        raise InputError(
            "a model must answer labels or a number from texts, cells or images, or tags from words, to be exported; "
            f"this one answers {task.output} from {', '.join(sorted(kinds))}; {TORCH}"
        )
    if task.decide:
        raise InputError(
            f"a model must decide by a rule of naeum's to be exported; this one decides by {task.decide}; {TORCH}"
        )


def light(predictor: Any) -> bool:
    """Whether a predictor is of n-grams and constants alone, as far as its parts are known."""
    inner = _inside(predictor)
    if isinstance(inner, Pool):
        return all(light(member) for member in inner.members)
    return light(inner.inner) if isinstance(inner, Cooled) else isinstance(inner, (FittedLinear, Prior))


def around(predictor: Any, name: str) -> Any:
    """What stands around a predictor: the "cut" of its labels, or the "reach" of its intervals; None for none.

    Of a blend it is the mean of what all members have.
    """
    if name == "cut" and isinstance(predictor, Cut):
        return [float(one) for one in predictor.cut]
    if name == "reach" and isinstance(predictor, WithEnds) and predictor.reach != UNDECIDED:
        return predictor.reach
    if isinstance(predictor, (Pool, Grouped)):
        found = [around(member, name) for member in predictor.members]
        if not found or any(one is None for one in found):
            return None
        if name == "cut":
            return np.mean(found, axis=0).tolist()
        return float(sum(weight * one for weight, one in zip(predictor.weights, found, strict=True)))
    if _plain(predictor) or isinstance(predictor, (Cleaning, Deriving, Describing)):
        return around(predictor.inner, name)
    return None


def _inside(predictor: Any) -> Any:
    """What is inside of what changes no score."""
    while _plain(predictor):
        predictor = predictor.inner
    return predictor


def _plain(predictor: Any) -> bool:
    """Whether a predictor has the scores of the one inside it, as they are."""
    kind = type(predictor)
    through = (
        isinstance(predictor, AroundOne) and kind.combine is AroundOne.combine and kind.predict is AroundOne.predict
    )
    return through or isinstance(predictor, (Cut, WithEnds, SearchedPredictor, HalvedPredictor))


def _answer(task: Task) -> str:
    """Which class is answered of those in an order, where no cut points were tuned; see `naeum.decoding`."""
    return "median" if task.metric in MEDIAN else "mean" if task.metric in MEAN else "likeliest"


def _node(predictor: Any, filing: Filing) -> Node:
    """The node of a predictor, whose files are written."""
    inner = _inside(predictor)
    for kinds, write_part in WRITERS:
        if isinstance(inner, kinds):
            return write_part(inner, filing)
    raise InputError(
        "every part of a model must be one that can answer without naeum, to be exported; this one has a part of kind "
        f"{inner.kind!r}; {TORCH}"
    )


def _constant(predictor: Prior, filing: Filing) -> Node:
    return {"kind": "constant", "scores": [float(one) for one in predictor.scores]}


def _members(predictor: Any, filing: Filing, members: Sequence[Any] | None = None) -> list[Node]:
    return [_node(member, filing) for member in (predictor.members if members is None else members)]


def _pool(predictor: Pool, filing: Filing) -> Node:
    return {"kind": "blend", "weights": list(predictor.weights), "members": _members(predictor, filing)}


def _grouped(predictor: Grouped, filing: Filing) -> Node:
    """A blend whose members read columns of their own, by their places."""
    names = list(predictor.task.inputs)
    reads = [[names.index(name) for name in member.task.inputs] for member in predictor.members]
    members = _members(predictor, filing)
    return {"kind": "blend", "weights": list(predictor.weights), "reads": reads, "members": members}


def _cascade(predictor: Cascading, filing: Filing) -> Node:
    return {"kind": "cascade", "threshold": predictor.told.threshold, "members": _members(predictor, filing)}


def _calibrated(predictor: Cooled, filing: Filing) -> Node:
    return {"kind": "calibrated", "temperature": predictor.temperature, "members": _members(predictor, filing)}


def _steps(predictor: Steps, filing: Filing) -> Node:
    return {"kind": "steps", "members": _members(predictor, filing, predictor.steps)}


def _cleaned(predictor: Cleaning, filing: Filing) -> Node:
    """The steps that clean cells, around what reads them; steps that choose rows to learn from are over."""
    steps = [step for step in predictor.steps if isinstance(step, VALUE_STEPS)]
    for step in steps:
        if not isinstance(step, SERVED):
            raise InputError(
                "steps that clean cells must fill, clip or normalise them, to be exported; this one has a part of kind "
                f"{step.kind!r}; {TORCH}"
            )
    inner = _node(predictor.inner, filing)
    if not steps:
        return inner
    told = [{"kind": step.kind, **dataclasses.asdict(step)} for step in steps]
    return {"kind": "cleaned", "columns": dict(predictor.task.columns), "steps": told, "members": [inner]}


Writer = Callable[[Any, Filing], Node]
# How each kind of predictor is written; the first that fits.
WRITERS: tuple[tuple[tuple[type[Any], ...], Writer], ...] = (
    ((Prior,), _constant),
    ((Pool,), _pool),
    ((Grouped,), _grouped),
    ((Cascading,), _cascade),
    ((Cooled,), _calibrated),
    ((Steps,), _steps),
    ((Cleaning,), _cleaned),
    ((FittedLinear,), texts.ngrams),
    ((FittedOrdinal,), texts.ranks),
    ((FittedPairs,), texts.pairs),
    ((Averages,), texts.averages),
    ((FineTunedEncoder, FittedProbe), texts.encoder),
    ((SmallNetwork,), networks.small),
    ((EncoderTagger, FittedWordProbe), texts.tagged),
    ((WordTagger,), networks.tagger),
    ((FittedCrf,), texts.patterns),
    ((Links,), texts.chained),
    ((FittedTableLinear,), tables.lines),
    ((FittedTableNetwork,), tables.network),
    ((FittedTrees,), tables.trees),
    ((Deriving,), tables.derived),
    ((FittedImageLinear,), images.outlines),
    ((Describing,), images.outlined),
    ((TrainedOnImages, TunedOnImages, FittedImageProbe), images.view),
)
