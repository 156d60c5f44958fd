"""Which words need a model know? Those that the user's texts use, and every sign by itself for all others.

A multilingual base knows a hundred thousand words and more, half of its weights; texts of one kind use a few thousand.
The other rows of the table go, and with them their words in the tokenizer. What was one word is then read as smaller
pieces, down to single characters, which always stay, so no new text becomes unknown that was known before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from naeum import sets
from naeum.compress.export import folder, parity
from naeum.compress.export.layers import IDS, layers, weight_of
from naeum.compress.export.reaching import reached
from naeum.compress.loss.compared import compared
from naeum.compress.reading import opening, reader
from naeum.compress.reading.cells import tidied
from naeum.contract import Dataset, Task, subset
from naeum.errors import InputError, ParityError
from naeum.extras import need

ALL, USED = "all", "used"
WORDS = (ALL, USED)
MAX_LOSS = 0.005  # relative, of the metric: half a percent is what a user does not see
CUTTABLE = ("WordPiece", "Unigram")  # a byte-pair vocabulary is bound together by its merges


@dataclass(frozen=True)
class Cut:
    """What was cut and what it cost; `model.json` has it under "vocabulary"."""

    words: int  # before
    kept: int
    rows: int  # of tune that it was measured on
    loss: float  # of the metric, relative
    flips: int

    @property
    def said(self) -> str:
        """In a sentence."""
        return (
            f"Of {self.words:,} words {self.kept:,} stay, those of the fit rows and all single signs; on {self.rows:,} "
            f"rows of tune {self.flips:,} answers changed and {100 * self.loss:.2g} % of the score was lost."
        )


def check(words: str) -> None:
    """Refuse what is no choice of words.

    Raises:
        InputError: it is none.
    """
    if words not in WORDS:
        raise InputError(f"words must be one of {', '.join(WORDS)}; got {words!r}; correct its name")


def cutting(fit: Dataset, tune: Dataset, max_loss: float) -> folder.Change:
    """What is done to an exported folder whose words alone are cut."""
    return lambda place, card: cut(place, card, fit, tune, max_loss)


def cut(place: Path, card: dict[str, Any], fit: Dataset, tune: Dataset, max_loss: float) -> dict[str, Any]:
    """Leave out the words that no fit row uses from the graphs of an exported folder and their tokenizers, in place.

    Args:
        place: the folder; only the caller has it. Its graphs are in float32.
        card: what its model.json says.
        fit: rows whose words stay.
        tune: rows that the loss is measured on.
        max_loss: how much of the metric may be lost, relative.

    Returns:
        The card of the changed folder.

    Raises:
        InputError: there is no graph, or the tokenizer of one is of a kind that cannot be cut.
        ParityError: more is lost than may be.
    """
    task = Task.from_json(card["task"])
    nodes = [node for node in folder.nodes(card["model"]) if node["kind"] in opening.GRAPHS]
    if not nodes:
        raise InputError("a model must have an encoder to have its vocabulary cut; this one has none; leave that out")
    judged = subset(tune, np.flatnonzero(tune.target >= 0), tune.key)
    folder.describe(place, card)
    before = parity.answers(reader.Model(place), task, judged.rows)
    texts = tidied(parity.cells(fit.rows, task.inputs), task.to_json())
    sizes = [_cut_part(place, node, reached(card["model"], node, texts) or []) for node in nodes]
    folder.describe(place, card)
    after = parity.answers(reader.Model(place), task, judged.rows)
    loss = compared(before, after, judged, fit=fit) if len(judged) else None
    lost, changed = (0.0, 0) if loss is None else (loss.loss, loss.flips)
    found = Cut(sum(size for size, _ in sizes), sum(kept for _, kept in sizes), len(judged), lost, changed)
    if lost > max_loss:
        raise ParityError(
            f"a cut vocabulary must lose at most {100 * max_loss:.2g} % of the score; it loses {100 * lost:.2g} % on "
            f"{len(judged):,} rows of tune; keep all words, or allow more with --max-loss"
        )
    told = {} if loss is None else {"loss": loss.to_json()}
    return {**card, **told, "vocabulary": {**asdict(found), "said": found.said}}


def _cut_part(place: Path, node: dict[str, Any], texts: list[list[str]]) -> tuple[int, int]:
    """Cut one graph and its tokenizer; gives how many words there were, and how many stay."""
    onnx = need("onnx", "cutting a vocabulary")
    graph, file = opening.graph(place, node, opening.Wanted("label", 1)), place / node["tokenizer"]
    document = json.loads(file.read_text(encoding="utf-8"))
    used = {int(one) for _, batch in graph.batches(texts) for one in sets.unique(batch["input_ids"])}
    keep = kept(document, used | {int(node["padding"])})
    model = onnx.load(str(place / node["file"]))
    table = next((layer for layer in layers(model) if layer.table), None)
    if table is None:
        raise InputError(
            f"a vocabulary must be looked up by the ids alone to be cut; that of {node['file']} is not; keep all words"
        )
    padding = int(node["padding"])
    reading = [
        one for one in model.graph.node if IDS in one.input and one.name != table.node and one.op_type != "Shape"
    ]
    if reading and keep.index(padding) != padding:  # as positions that are counted from what is no padding
        raise InputError(
            f"the padding of a model that reads ids beside its table must keep its number for a vocabulary to be cut; "
            f"that of {node['file']} would not; keep all words"
        )
    weight = weight_of(model, table)
    tensor = next(one for one in model.graph.initializer if one.name == table.weight)
    tensor.CopyFrom(onnx.numpy_helper.from_array(np.ascontiguousarray(weight[keep]), table.weight))
    onnx.save(model, str(place / node["file"]))
    file.write_text(json.dumps(renumbered(document, keep), ensure_ascii=False), encoding="utf-8")
    node["padding"] = keep.index(padding)
    return len(weight), len(keep)


def kept(document: dict[str, Any], used: set[int]) -> list[int]:
    """The ids that stay, in order: those used, the added tokens, the unknown one, and every single sign.

    Raises:
        InputError: the tokenizer is of a kind that cannot be cut.
    """
    model = document["model"]
    kind = model.get("type", "WordPiece")
    if kind not in CUTTABLE:
        raise InputError(
            f"a tokenizer must be of the kind {' or '.join(CUTTABLE)} for its vocabulary to be cut; this one is {kind}"
            "; keep all words"
        )
    special = {int(one["id"]) for one in document.get("added_tokens", ())}
    if kind == "Unigram":
        names = {at: piece for at, (piece, _) in enumerate(model["vocab"])}
        special |= {int(model["unk_id"])} if model.get("unk_id") is not None else set()
        signs = {at for at, name in names.items() if len(name.removeprefix("▁")) <= 1 or name.startswith("<0x")}
    else:
        names = {int(at): piece for piece, at in model["vocab"].items()}
        prefix = model.get("continuing_subword_prefix") or "##"
        special |= {at for at, name in names.items() if name == model.get("unk_token")}
        signs = {at for at, name in names.items() if len(name.removeprefix(prefix)) <= 1}
    return sorted((used | special | signs) & set(names) | (special - set(names)))


def renumbered(document: dict[str, Any], keep: Sequence[int]) -> dict[str, Any]:
    """The tokenizer with only these ids, numbered from zero in their order."""
    number = {old: new for new, old in enumerate(keep)}
    model = dict(document["model"])
    if model.get("type") == "Unigram":
        model["vocab"] = [model["vocab"][old] for old in keep if old < len(model["vocab"])]
        if model.get("unk_id") is not None:
            model["unk_id"] = number[int(model["unk_id"])]
    else:
        model["vocab"] = {piece: number[int(old)] for piece, old in model["vocab"].items() if int(old) in number}
    added = [{**one, "id": number[int(one["id"])]} for one in document.get("added_tokens", ())]
    around = _renumbered_around(document.get("post_processor"), number)
    return {**document, "model": model, "added_tokens": added, "post_processor": around}


def _renumbered_around(around: Any, number: dict[int, int]) -> Any:
    """What is put around a text, with its new ids."""
    if not isinstance(around, dict):
        return around
    found = dict(around)
    if "special_tokens" in found:  # a template
        tokens = found["special_tokens"].items()
        found["special_tokens"] = {
            name: {**one, "ids": [number[int(old)] for old in one["ids"]]} for name, one in tokens
        }
    for name in ("sep", "cls"):  # as BERT and RoBERTa have them
        if isinstance(found.get(name), list):
            found[name] = [found[name][0], number[int(found[name][1])]]
    if "processors" in found:
        found["processors"] = [_renumbered_around(one, number) for one in found["processors"]]
    return found
