"""Which part of an exported folder does a node of model.json say? A part of the program `predict.py`, which imports no
naeum."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from naeum.compress.reading.cleaning import Cleaned
from naeum.compress.reading.encoders import Graph, Sides
from naeum.compress.reading.grams import Ngrams, Ranks
from naeum.compress.reading.pairs import Compared
from naeum.compress.reading.pictures import Outlined, Seen, Viewed
from naeum.compress.reading.pooling import cascaded, likely, pooled
from naeum.compress.reading.small import Averages, Bag, Letters, Ordered, Spoken
from naeum.compress.reading.streams import BUDGET, session
from naeum.compress.reading.tables import Derived, Grown, Layered, Lines
from naeum.compress.reading.words import Chained, Patterned, Words
from naeum.model.around.ordinal import between

SPEAKING: dict[str, Any] = {"graph": Graph, "sides": Sides, "words": Words}  # an ONNX file behind a tokenizer
GRAPHS = tuple(SPEAKING)
SMALL: dict[str, Any] = {  # that are an ONNX file behind a reading of their own
    "characters": Letters, "sequence": Ordered, "tagged_sequence": Spoken, "layers": Layered,
}  # fmt: skip
ARRAYS: dict[str, Any] = {  # that are arrays alone
    "ngrams": Ngrams, "ranks": Ranks, "pairs": Compared, "bag": Bag, "averages": Averages, "patterns": Patterned,
    "lines": Lines, "trees": Grown, "outlines": Seen,
}  # fmt: skip

Part = Callable[[list[list[Any]]], Any]


@dataclass(frozen=True)
class Wanted:
    """What a part is opened for.

    `output` and `columns`: of the scores; `threads` of computation, 0: as many as the machine has cores; `opened`
    opens an ONNX file, instead of onnxruntime; `budget`: padded tokens of a batch.
    """

    output: str
    columns: int
    threads: int = 0
    opened: Any = None
    budget: int = BUDGET


def part(folder: Path, node: dict[str, Any], wanted: Wanted) -> Part:
    """What gives the scores of rows of cells.

    Raises:
        ValueError: the node is of a kind that is not known.
    """
    kind = node["kind"]
    if kind in ARRAYS:
        made: Part = ARRAYS[kind](folder, node)
        return made
    if kind in GRAPHS or kind in SMALL or kind == "view":
        drawn: Part = graph(folder, node, wanted)
        return drawn
    if kind == "constant":
        row, tags = np.asarray([node["scores"]], np.float32), wanted.output == "tags"
        return lambda rows: np.repeat(row, units(rows) if tags else len(rows), axis=0)
    if kind in AROUND:
        inner = replace(wanted, output="label", columns=2) if kind == "steps" else wanted
        return AROUND[kind](folder, node, wanted, [part(folder, member, inner) for member in node["members"]])
    raise ValueError(f"a part must be of a known kind; got {kind!r}; take the predict.py of its own folder")


def graph(folder: Path, node: dict[str, Any], wanted: Wanted) -> Any:
    """The part of an ONNX file: `batches(rows)` gives what its `session` is given."""
    file, kind = folder / node["file"], node["kind"]
    ready = wanted.opened(file) if wanted.opened else session(file, wanted.threads)
    if kind == "view":
        return Viewed(folder, node, ready)
    if kind in SMALL:
        return SMALL[kind](folder, node, ready, wanted.columns)
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(folder / node["tokenizer"]))
    made = SPEAKING[kind](folder, node, ready, tokenizer, wanted.columns)
    made.budget = wanted.budget
    return made


def chained(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """Transitions over what another part says."""
    chain = Chained(folder, node)
    return lambda rows: chain(pooled(members[0](rows), wanted.output), [len(row) for row in rows])


def blend(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """The weighted mean of what several say; each reads its own columns where the node says which."""
    reads = node.get("reads") or [None] * len(members)

    def said(rows: list[list[Any]]) -> Any:
        found = [
            weight * pooled(member(rows if own is None else [[row[at] for at in own] for row in rows]), wanted.output)
            for weight, member, own in zip(node["weights"], members, reads, strict=True)
        ]
        return np.asarray(sum(found), np.float32)

    return said


def cascade(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """A quick part, and a careful one for the rows that it is not sure of."""
    return lambda rows: cascaded(members[0], members[1], rows, node["threshold"])


def calibrated(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """Log-probabilities over a temperature."""
    return lambda rows: np.asarray(pooled(members[0](rows), "label") / node["temperature"], np.float32)


def steps(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """Classes in an order, by a part for each question whether a row lies above a step."""
    return lambda rows: between([likely(member(rows), "label")[:, 1] for member in members])


def cleaned(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """A part that is given cleaned cells."""
    return Cleaned(node, members[0])


def derived(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """A part that is given made columns besides."""
    return Derived(folder, node, members[0])


def outlined(folder: Path, node: dict[str, Any], wanted: Wanted, members: list[Part]) -> Part:
    """A part that is given numbers for an image."""
    return Outlined(node, members[0])


AROUND: dict[str, Callable[[Path, dict[str, Any], Wanted, list[Part]], Part]] = {
    "chained": chained, "blend": blend, "cascade": cascade, "calibrated": calibrated, "steps": steps,
    "cleaned": cleaned, "derived": derived, "outlined": outlined,
}  # fmt: skip


def units(rows: list[list[str]]) -> int:
    """How many words rows have."""
    return sum(len(row) for row in rows)
