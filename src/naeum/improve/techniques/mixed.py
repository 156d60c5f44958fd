"""Should columns of different kinds be read by learners of their own, and their readings be put together early or late?

Late fusion blends answers; early fusion lets one learner of tables see what the others make of texts and images, so
that it learns how they act together (Baltrušaitis et al. 2019, "Multimodal machine learning").
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from naeum import values
from naeum.contract import Evidence, Rung
from naeum.improve.techniques.editing import Change, inside, of_kind, technique, whose
from naeum.model.around.columns import Columns, Group
from naeum.model.claims import ROWS, claims
from naeum.model.image.described import DescribedImages
from naeum.model.image.linear import ImageLinear
from naeum.model.table.boosting import Boosting
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.probe import Probe
from naeum.model.text.ridge import TfidfRidge

APART = ("text", "image")  # kinds of columns with readers of their own
VECTORS = ("probe", "finetuned", "image_linear", "image_network", "image_probe", "tuned_images")  # with `features`
OF_TABLES = ("table_linear", "boosting", "forest", "adaboost", "derived_columns")


def _own_readers(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """A learner of tables that reads texts as counts of n-grams, with a reader for them beside it."""
    text: Any = TfidfRidge() if evidence.task.output == "number" else TfidfLogistic()
    readers: dict[str, Any] = {"text": text, "image": ImageLinear()}
    columns = evidence.task.columns
    apart = [Group((name,), readers[kind]) for name, kind in columns.items() if kind in APART]
    cells = tuple(name for name, kind in columns.items() if kind not in APART)
    within = tuple(at for at, node in inside(rung.learner) if node.kind in ("columns", "bagged", "derived_columns"))
    for at, node in of_kind(rung.learner, *OF_TABLES):
        if any(at != one and at.startswith(f"{one}.".lstrip(".")) for one in within) or not (apart and cells):
            continue
        learner = Columns((*apart, Group(cells, node)))
        if claims(learner, evidence.task):
            yield Change(
                values.put(rung.learner, at, learner),
                f"{len(apart)} columns of texts or images by learners of their own beside {whose(rung.learner, at)}",
                f"of {len(columns)} columns they hold more than a table shows",
            )


def _early_fusion(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """The vectors of texts and images beside the cells; where a text has no encoder, its counts of n-grams."""
    for at, node in of_kind(rung.learner, "columns"):
        if node.fuse != "late":
            continue
        for learner in _fused(node, evidence):
            if claims(learner, evidence.task):
                yield Change(
                    values.put(rung.learner, at, learner),
                    f"what texts and images hold given to {whose(rung.learner, at)} as columns, instead of a vote",
                    f"{len(node.groups)} groups of columns may say something only together",
                )


def _fused(node: Columns, evidence: Evidence) -> Iterator[Any]:
    kinds = evidence.task.columns
    cells = [one for one in node.groups if all(kinds.get(name) not in APART for name in one.columns)]
    last: Any = cells[-1].learner if cells else Boosting(leaves=8, least_rows=5)
    names = tuple(name for one in cells for name in one.columns)
    vectors: list[Group] = []
    for group in [one for one in node.groups if one not in cells]:
        reader = group.learner
        if reader.kind not in VECTORS and kinds[group.columns[0]] == "text":
            reader = Probe(base=evidence.bases[0]) if evidence.bases and _encodes(evidence) else None
        if reader is None:
            names += group.columns  # a table reads them by their n-grams
        elif reader.kind in VECTORS:
            vectors.append(Group(group.columns, reader))
    if vectors and names:
        yield Columns((*vectors, Group(names, last)), fuse="early")
    if list(kinds.values()).count("image") == 1:
        yield DescribedImages(last)


def _encodes(evidence: Evidence) -> bool:
    return {"torch", "transformers"} <= evidence.installed


OWN_READERS = technique("own_readers", "texts and images by readers of their own", ("M01",), _own_readers, ROWS)
EARLY_FUSION = technique("early_fusion", "texts and images as columns of a table", ("M01",), _early_fusion, ROWS)
