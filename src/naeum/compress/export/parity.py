"""Does an exported model answer what the run answers, and if not, at which node do they part?

Scores are compared in float32, with probes on features that are not rounded to half precision; the answers that differ
from those of the run as it is are counted besides.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.compress.export import graph
from naeum.compress.export.filing import Part
from naeum.compress.export.modules import Unrounded, scoring
from naeum.compress.reading import opening, reader
from naeum.compress.reading.cells import tidied
from naeum.contract import Floats, Outputs, Predictor, Task
from naeum.errors import ParityError
from naeum.model.around.ordinal import Steps
from naeum.model.table.derived import Deriving
from naeum.model.tags.chained import Links
from naeum.model.tags.probe import FittedWordProbe
from naeum.model.text.aims import answered, columns
from naeum.model.text.probe import FittedProbe

if TYPE_CHECKING:
    import pyarrow as pa

TOLERANCE = 1e-4  # of a score, over its size where that is above one: what float32 in another order may change
NAMES = {"ngrams": "n-grams", "pairs": "n-grams", "ranks": "n-grams", "lines": "columns", "trees": "trees"}
WORST = 1  # rows whose nodes are compared: the one that parts most


@dataclass(frozen=True)
class Parity:
    """What the gate saw."""

    rows: int
    largest: float  # difference of a score, over its size where that is above one
    flips: int  # rows with another answer than the run gives


def cells(rows: pa.Table, inputs: Sequence[str]) -> list[list[Any]]:
    """The rows as the reader takes them: the cell of each input column, or the words."""
    if len(inputs) == 1 and str(rows.schema.field(inputs[0]).type).startswith(("list", "large_list")):
        return [[None if word is None else str(word) for word in row or ()] for row in rows[inputs[0]].to_pylist()]
    listed = [rows.column(name).to_pylist() for name in inputs]
    return [list(row) for row in zip(*listed, strict=True)]


def answers(model: reader.Model, task: Task, rows: pa.Table) -> Outputs:
    """What an exported folder answers, as a run answers."""
    cut, reach = model.card.get("cut"), model.card.get("reach")
    given = cells(rows, task.inputs)
    scores = model.scores(given)
    if task.output == "tags":
        return Outputs(task, scores, offsets=np.cumsum([0, *(len(row) for row in given)], dtype=np.int64))
    ends = None if reach is None else np.concatenate([scores - np.float32(reach), scores + np.float32(reach)], axis=1)
    found = answered(task, scores)
    return replace(found, quantiles=ends, cut=None if cut is None else np.asarray(cut, np.float32))


def gate(model: reader.Model, predictor: Predictor, rows: pa.Table, parts: Sequence[Part]) -> Parity:
    """Compare an exported folder with the predictor that it was made from.

    Args:
        model: the folder, opened.
        predictor: what it was made from.
        rows: of the user; some hundred that were not learned from are best.
        parts: as they were written, for the name of the node where they part.

    Raises:
        ParityError: a score parts by more than TOLERANCE, or an interval is lost.
    """
    exported, plain = answers(model, predictor.task, rows), in_float32(predictor)
    own = plain.predict(rows)
    away = difference(own.scores, exported.scores)
    if away.size and not float(away.max()) <= TOLERANCE:
        worst = int(np.nan_to_num(away, nan=np.inf).max(axis=1).argmax())
        if exported.offsets is not None:  # the row of the word
            worst = int(np.searchsorted(exported.offsets, worst, side="right")) - 1
        where = parting(model.folder, parts, rows.slice(worst, WORST)) or "no node by itself: the differences add up"
        raise ParityError(
            f"an exported model must answer as the run does, within {TOLERANCE:g}; scores part by {away.max():.2g}, "
            f"first at {where}; answer with torch instead: naeum predict RUN FILE --out FILE"
        )
    if (own.quantiles is None) != (exported.quantiles is None):
        raise ParityError(
            "an exported model must keep the interval of a number; that of this model is not one reach around its "
            "answer; export the model inside it"
        )
    sizes = () if exported.offsets is None else np.diff(exported.offsets).tolist()
    if plain.task.output != "number" and _told(model.decided(exported.scores, sizes)) != _told_by(exported):
        raise ParityError(
            "the program of an exported model must answer as its scores say; it answers otherwise; report this as a "
            "fault of naeum"
        )
    same = predictor.predict(rows) if plain is not predictor else own
    return Parity(len(rows), float(away.max(initial=0.0)), flips(same, exported))


def _told(answers: Sequence[dict[str, Any]]) -> list[Any]:
    return [one["prediction"] for one in answers]


def _told_by(outputs: Outputs) -> list[Any]:
    return [list(one) if isinstance(one, tuple) else one for one in outputs.labels]


def difference(own: Floats, other: Floats) -> Floats:
    """Of each score, over its size where that is above one."""
    return np.asarray(np.abs(own - other) / np.maximum(1.0, np.abs(own)), np.float32)


def flips(own: Outputs, other: Outputs) -> int:
    """Rows whose answer is another one; of numbers none, as they are never the same."""
    if own.task.output == "number":
        return 0
    return sum(before != after for before, after in zip(own.labels, other.labels, strict=True))


def in_float32(predictor: Any) -> Any:
    """The predictor with every probe inside it computing in float32 throughout; itself where there is none."""
    if isinstance(predictor, FittedProbe):
        return Unrounded(predictor.task, scoring(predictor))
    if isinstance(predictor, FittedWordProbe):
        return replace(predictor, policy=replace(predictor.policy, dtype="float32"))
    changed: dict[str, Any] = {}
    for one in dataclasses.fields(predictor):
        value = getattr(predictor, one.name)
        if one.name == "members" or (one.name == "steps" and isinstance(predictor, Steps)):
            found: Any = tuple(in_float32(member) for member in value)
            same = all(before is after for before, after in zip(value, found, strict=True))
        elif one.name == "inner":
            found = in_float32(value)
            same = found is value
        else:
            continue
        changed |= {} if same else {one.name: found}
    return replace(predictor, **changed) if changed else predictor


def parting(folder: Path, parts: Sequence[Part], rows: pa.Table) -> str:
    """The first node at which some part computes something else than torch does on these rows; '' for none."""
    for part in parts:
        task = part.predictor.task
        if isinstance(part.predictor, (Links, Deriving)) or not set(task.inputs) <= set(rows.column_names):
            continue  # arithmetic on what another part says, or a part of made columns
        own = rows.select(list(task.inputs))
        given = tidied(cells(own, task.inputs), task.to_json())
        asked = opening.Wanted(task.output, columns(task), 1)
        if part.traced is None:
            wanted = in_float32(part.predictor).predict(own).scores
            if float(difference(wanted, opening.part(folder, part.node, asked)(given)).max()) > TOLERANCE:
                return f"the {NAMES.get(part.node['kind'], 'arrays')} of {part.node['file']}"
            continue
        for _, batch in opening.graph(folder, part.node, asked).batches(given):
            if found := first_parting(part.traced, batch):
                return f"{graph.scope(part.traced.path, found)} of {part.node['file']}"
    return ""


def first_parting(traced: graph.Traced, given: graph.Arrays) -> str:
    """The first value of a graph that onnxruntime and torch compute unlike; '' for none."""
    expected = graph.recorded(traced, given)
    for name, value in graph.computed(traced.path, given, list(expected)).items():
        wanted = expected[name]
        if wanted.dtype.kind != "f" or wanted.shape != value.shape:
            continue
        finite = np.isfinite(wanted)  # what masks out holds the lowest number there is
        scale = max(1.0, float(np.abs(wanted[finite]).max(initial=0.0)))
        away = np.abs(np.where(finite, wanted - value, 0)).max(initial=0.0)
        if not away <= TOLERANCE * scale:
            return name
    return ""
