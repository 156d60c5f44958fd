"""Of which parts is a predictor made, and how does each lie in an exported folder?

A folder holds a tree of parts: graphs (encoders), n-grams, constants, blends and calibrations. What stands around the
whole (thresholds of labels, the reach of an interval) is written beside it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.export import graph, networks
from naeum.compress.export import tagging as words
from naeum.compress.export.modules import TORCH, Scoring, scoring
from naeum.contract import Predictor, Task
from naeum.decoding import MEAN, MEDIAN
from naeum.engine import tokens
from naeum.engine.model_folder import read_config
from naeum.errors import InputError
from naeum.model.around.blend import Pool
from naeum.model.around.calibrated import Cooled
from naeum.model.around.cascade import Cascading
from naeum.model.around.conformal import UNDECIDED, WithEnds
from naeum.model.around.one import AroundOne
from naeum.model.around.searched import SearchedPredictor
from naeum.model.around.thresholded import Cut
from naeum.model.floor import Prior
from naeum.model.tags.chained import Links, parted
from naeum.model.tags.finetuned import EncoderTagger
from naeum.model.tags.probe import FittedWordProbe
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.linear import FittedLinear
from naeum.model.text.probe import FittedProbe
from naeum.model.text.small import SmallNetwork

READS = {"label": "text", "labels": "text", "number": "text", "tags": "words"}  # what each kind of answer is read from
EXAMPLE = ("a b c d e f", "a b c", "a")  # rows of unlike length, which the exporter traces a graph with

Node = dict[str, Any]


@dataclass(frozen=True, eq=False)
class Part:
    """One part that computes: where it came from and what was written."""

    predictor: Any
    node: Node
    traced: graph.Traced | None = None  # of a graph


@dataclass(frozen=True, eq=False)
class Tree:
    """All of it: the nodes, what stands around the whole, the parts."""

    root: Node
    around: Node  # "cut" of labels, "reach" of an interval, "answer" of classes in an order, where there is one
    parts: tuple[Part, ...]


@dataclass(frozen=True, eq=False)
class _Writing:
    """The folder that parts are written into, and those written so far."""

    folder: Path
    task: Task
    parts: list[Part] = field(default_factory=list)

    def name(self, ending: str) -> str:
        return f"part{len(self.parts)}{ending}"


def write(predictor: Predictor, folder: Path) -> Tree:
    """Write every part of a predictor into a folder.

    Raises:
        InputError: a part is of a kind that is not exported, or cannot be traced.
        MissingExtra: torch, onnx or onnxscript is not installed, and a part needs it.
    """
    task = predictor.task
    if set(task.columns.values()) != {READS.get(task.output)}:
        kinds = ", ".join(sorted(set(task.columns.values())))
        raise InputError(
            "a model must answer labels or a number from text, or tags from words, to be exported; this one answers "
            f"{task.output} from {kinds}; {TORCH}"
        )
    inner, around = _unwrapped(predictor)
    writing = _Writing(folder, task)
    return Tree(_node(inner, writing), around, tuple(writing.parts))


def light(predictor: Any) -> bool:
    """Whether a predictor is of n-grams and constants alone, as far as its parts are known."""
    inner = _unwrapped(predictor)[0]
    if isinstance(inner, Pool):
        return all(light(member) for member in inner.members)
    return light(inner.inner) if isinstance(inner, Cooled) else isinstance(inner, (FittedLinear, Prior))


def _unwrapped(predictor: Any) -> tuple[Any, Node]:
    """What is inside of what stands around the whole, and that."""
    around: Node = {"answer": _answer(predictor.task)} if predictor.task.ordered else {}
    while True:
        if isinstance(predictor, Cut):
            around.setdefault("cut", [float(one) for one in predictor.cut])
        elif isinstance(predictor, WithEnds) and predictor.reach != UNDECIDED:
            around.setdefault("reach", predictor.reach)
        elif not (isinstance(predictor, (SearchedPredictor, WithEnds)) or _through(predictor)):
            return predictor, around
        predictor = predictor.inner


def _through(predictor: Any) -> bool:
    """Whether a predictor answers what the one inside it answers, as it is."""
    kind = type(predictor)
    return isinstance(predictor, AroundOne) and kind.combine is AroundOne.combine and kind.predict is AroundOne.predict


def _answer(task: Task) -> str:
    """Which class is answered of those in an order, where no cut points were tuned; see `naeum.decoding`."""
    return "median" if task.metric in MEDIAN else "mean" if task.metric in MEAN else "likeliest"


def _node(predictor: Any, writing: _Writing) -> Node:
    if isinstance(predictor, (FineTunedEncoder, FittedProbe)):
        return _graph(predictor, writing)
    if isinstance(predictor, FittedLinear):
        return _ngrams(predictor, writing)
    if isinstance(predictor, SmallNetwork):
        node, traced = networks.write(predictor, writing.folder, writing.name(""))
        writing.parts.append(Part(predictor, node, traced))
        return node
    if isinstance(predictor, Prior):
        return {"kind": "constant", "scores": [float(one) for one in predictor.scores]}
    if isinstance(predictor, Pool):
        members = [_node(_unwrapped(member)[0], writing) for member in predictor.members]
        return {"kind": "blend", "weights": list(predictor.weights), "members": members}
    if isinstance(predictor, Cascading):
        members = [_node(_unwrapped(member)[0], writing) for member in predictor.members]
        return {"kind": "cascade", "threshold": predictor.told.threshold, "members": members}
    if isinstance(predictor, Cooled):
        inner = _node(_unwrapped(predictor.inner)[0], writing)
        return {"kind": "calibrated", "temperature": predictor.temperature, "members": [inner]}
    if isinstance(predictor, (EncoderTagger, FittedWordProbe)):
        return _words(predictor, writing)
    if isinstance(predictor, Links):
        return _chained(predictor, writing)
    raise InputError(
        "a model must be made of fine-tuned encoders, probes, n-grams, small networks, blends, calibrations and chains "
        f"to be exported; this one has a part of kind {predictor.kind!r}; {TORCH}"
    )


def _ngrams(fitted: FittedLinear, writing: _Writing) -> Node:
    """The arrays as they are; numpy reads them."""
    name, pieces = writing.name(".npz"), fitted.vocabulary.pieces
    arrays: dict[str, Any] = {**fitted.vocabulary.arrays(), "weights": fitted.weights, "biases": fitted.biases}
    np.savez(writing.folder / name, **arrays)
    node = {
        "kind": "ngrams", "file": name, "words": list(pieces.words), "chars": list(pieces.chars),
        "lowercase": pieces.lowercase, "sublinear": pieces.sublinear,
        # of two classes only the margin of the second is kept
        "second": writing.task.output == "label" and fitted.weights.shape[1] < len(writing.task.classes),
    }  # fmt: skip
    writing.parts.append(Part(fitted, node))
    return node


def _graph(fitted: FineTunedEncoder | FittedProbe, writing: _Writing) -> Node:
    made = scoring(fitted)
    return _encoder(fitted, made, example(made), writing, {"kind": "graph", "pair": made.pair})


def _words(fitted: EncoderTagger | FittedWordProbe, writing: _Writing) -> Node:
    made = words.tagging(fitted)
    return _encoder(fitted, made, words.example(made), writing, {"kind": "words", "joint": made.joint})


def _encoder(fitted: Any, made: Any, batch: Any, writing: _Writing, of_kind: Node) -> Node:
    """A graph with its tokenizer: `made` has the module, the base whose pieces it reads, and how many of them."""
    file, vocabulary = writing.name(".onnx"), writing.name(".tokenizer.json")
    (writing.folder / vocabulary).write_text(tokens.portable(made.base, made.max_length), encoding="utf-8")
    traced = graph.write(made.module, batch, writing.folder / file, f"the {fitted.kind}")
    node = {
        **of_kind, "file": file, "tokenizer": vocabulary, "padding": read_config(made.base.folder).pad,
        "opset": traced.opset, "base": made.base.name, "licence": made.base.licence,
        "max_length": min(made.max_length, made.base.max_length),
    }  # fmt: skip
    writing.parts.append(Part(fitted, node, traced))
    return node


def _chained(links: Links, writing: _Writing) -> Node:
    """The transitions beside what they chain."""
    inner = _node(_unwrapped(links.inner)[0], writing)
    name, (scale, chain) = writing.name(".npz"), parted(links.numbers)
    np.savez(writing.folder / name, scale=scale, step=chain.step, first=chain.first)
    node = {"kind": "chained", "file": name, "members": [inner]}
    writing.parts.append(Part(links, node))
    return node


def example(made: Scoring, texts: Sequence[str] = EXAMPLE) -> dict[str, Any]:
    """A batch as the module is given it, by name of the input, each (rows, tokens)."""
    if made.pair:
        found = tokens.tokenize_pairs(made.base, texts, texts, made.max_length)
    else:
        found = tokens.tokenize(made.base, texts, made.max_length)
    rows = np.arange(len(texts))
    ids, mask = tokens.pad(found, rows)
    batch = {"input_ids": ids, "attention_mask": mask}
    if found.types is not None and found.types.any():
        types, _ = tokens.pad(tokens.Tokens(found.types, found.offsets, 0), rows)
        batch["token_type_ids"] = types
    return batch
