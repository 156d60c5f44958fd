"""How does a fine-tuned encoder become a folder that transformers loads?

A tagger whose words are their first pieces is a linear map of the last states, which is what transformers' own class of
token classification has. The classes of sequence classification have a bent layer between encoder and answer, which
ours has not: there a class of forty lines lies in the folder, and config.json says so (`auto_map`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import __version__
from naeum.compress.export.parity import TOLERANCE, difference
from naeum.contract import Outputs, Task
from naeum.engine import sessions, tokens
from naeum.engine.bases import Base
from naeum.engine.model_folder import read_config
from naeum.errors import InputError, ParityError
from naeum.extras import need
from naeum.model.around.calibrated import Cooled
from naeum.model.around.halved import HalvedPredictor
from naeum.model.around.pseudo import Taught
from naeum.model.around.searched import SearchedPredictor
from naeum.model.around.thresholded import Cut
from naeum.model.around.through import Through
from naeum.model.tags.finetuned import EncoderTagger
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.reading import APART, CROSSED
from naeum.takeaway import place
from naeum.takeaway.card import card
from naeum.takeaway.script import Model
from naeum.takeaway.sheet import ENDING, PIECES

if TYPE_CHECKING:
    import pyarrow as pa

CODE = "modeling_naeum"  # the file with the class of sequence classification
SEQUENCE, TOKENS = "AutoModelForSequenceClassification", "AutoModelForTokenClassification"
PROBLEMS: Mapping[str, str] = {
    "label": "single_label_classification", "labels": "multi_label_classification", "number": "regression",
}  # fmt: skip
MOST_ROWS = 60  # that are compared, one by one
LONGEST = 100  # words of a row of tags that is compared: longer ones are read in windows here, and cut there
SECONDS = 600
LAST_WORDS = 600
THROUGH = (Through, Taught, SearchedPredictor, HalvedPredictor)


@dataclass(frozen=True, eq=False)
class Fitting:
    """An encoder with what stands around it, as far as a folder can hold it.

    Args:
        encoder: fine-tuned.
        temperature: that its logits are divided by.
        cut: the thresholds of labels, told in config.json.
    """

    encoder: FineTunedEncoder | EncoderTagger
    temperature: float = 1.0
    cut: tuple[float, ...] = ()


def write(model: Model, folder: Path, rows: pa.Table) -> dict[str, Any]:
    """Write a fine-tuned encoder as a folder of Hugging Face, once its answers were compared.

    Args:
        model: what is written; its predictor is one fine-tuned encoder.
        folder: a new one, or one that naeum wrote.
        rows: of the user, to compare answers on.

    Returns:
        "folder", the class to load it with ("auto"), and "parity".

    Raises:
        InputError: the model is no single fine-tuned encoder, or its head fits no class.
        ParityError: the folder does not answer as the predictor does.
    """
    found = fitting(model.predictor)
    with place.placing(folder, "") as places:
        auto = into(found, places.part)
        places.weights.rmdir()
        (places.part / "README.md").write_text(card(model, found.encoder.base, auto), encoding="utf-8")
        parity = gate(places.part, model.predictor, rows)
    return {"folder": str(folder), "auto": auto, "parity": parity}


def fitting(predictor: Any, temperature: float = 1.0, cut: tuple[float, ...] = ()) -> Fitting:
    """What of a predictor a folder of Hugging Face can hold.

    Raises:
        InputError: something of it has no place there.
    """
    if isinstance(predictor, THROUGH):
        return fitting(predictor.inner, temperature, cut)
    if isinstance(predictor, Cooled):
        return fitting(predictor.inner, temperature * float(predictor.temperature), cut)
    if isinstance(predictor, Cut) and predictor.task.output == "labels":
        return fitting(predictor.inner, temperature, cut or tuple(float(one) for one in predictor.cut))
    if isinstance(predictor, FineTunedEncoder) and predictor.reading != APART:
        return Fitting(predictor, temperature, cut)
    if isinstance(predictor, EncoderTagger) and predictor.network.pieces == "first" and not predictor.network.cased:
        return Fitting(predictor, temperature, cut)
    raise InputError(
        "a folder of Hugging Face must hold one fine-tuned encoder that reads a row at once, of words by their first "
        f"pieces and without their case; this model has a part of kind {predictor.kind!r}; name a rung of one with "
        "--rung, or take it away with --to script or --to onnx"
    )


def into(found: Fitting, folder: Path) -> str:
    """Write weights, configuration, tokenizer and, where it needs one, the class; gives the name of the auto class."""
    save = need("safetensors.torch", "a folder of Hugging Face")
    encoder, network = found.encoder, found.encoder.network
    head = {name: value.detach().float() / found.temperature for name, value in network.head.state_dict().items()}
    tagging = isinstance(encoder, EncoderTagger)
    if not tagging:  # what the head reads is centred and scaled: that goes into its weights
        weight = head["weight"] / network.spread
        head = {"weight": weight, "bias": head["bias"] - weight @ network.center}
    prefix = _prefix(network.encoder) if tagging else "encoder"
    arrays = {f"{prefix}.{name}": value for name, value in network.encoder.state_dict().items()}
    arrays |= {f"classifier.{name}": value for name, value in head.items()}
    whole = {name: value.detach().cpu().contiguous().clone() for name, value in arrays.items()}
    save.save_file(whole, str(folder / "model.safetensors"), metadata={"format": "pt"})
    auto = TOKENS if tagging else SEQUENCE
    settings = configuration(found, network.encoder.config, auto)
    (folder / "config.json").write_text(json.dumps(settings, ensure_ascii=False, indent=1), encoding="utf-8")
    if not tagging:
        (folder / f"{CODE}.py").write_text(class_of(network.encoder, encoder.base), encoding="utf-8")
    write_tokenizer(folder, encoder.base, encoder.max_length)
    return auto


def _prefix(encoder: Any) -> str:
    """What the encoder is called inside the classes of its architecture."""
    return str(encoder.base_model_prefix)


def configuration(found: Fitting, config: Any, auto: str) -> dict[str, Any]:
    """What config.json says: the architecture, the labels, how it is loaded."""
    task, kind = found.encoder.task, type(config).__name__
    names = list(task.classes) or [task.target]
    settings = {
        **config.to_dict(), "id2label": dict(enumerate(names)), "label2id": {name: at for at, name in enumerate(names)},
        "torch_dtype": "float32",
    }  # fmt: skip
    settings["naeum"] = {
        "version": __version__,
        "auto": auto,
        "cut": list(found.cut) or None,
        "inputs": list(task.inputs),
    }
    if auto == TOKENS:
        return {**settings, "architectures": [kind.removesuffix("Config") + "ForTokenClassification"]}
    settings["naeum"]["pooling"] = found.encoder.network.pooling
    name = "EncoderForSequenceClassification"
    return {
        **settings, "architectures": [name], "problem_type": PROBLEMS[task.output],
        "auto_map": {SEQUENCE: f"{CODE}.{name}"},
    }  # fmt: skip


def class_of(encoder: Any, base: Base) -> str:
    """The code of the class of sequence classification, for the architecture of an encoder."""
    text = (PIECES / f"hf_model{ENDING}").read_text(encoding="utf-8")
    transformers = need("transformers", "a folder of Hugging Face")
    options = sessions._for_class(transformers, type(encoder.config))
    kept = ", ".join(f"{name}={value!r}" for name, value in options.items() if name != "attn_implementation")
    text = text.replace(", **OPTIONS", f", {kept}" if kept else "")
    return text.replace("CONFIG", type(encoder.config).__name__)


def write_tokenizer(folder: Path, base: Base, max_length: int) -> None:
    """The very tokenizer that the encoder was trained with, as transformers reads it back."""
    transformers, tokenizers = need("transformers", "a tokenizer"), need("tokenizers", "a tokenizer")
    given = transformers.AutoTokenizer.from_pretrained(
        str(base.folder), use_fast=True, trust_remote_code=False, local_files_only=True
    )
    backend = tokenizers.Tokenizer.from_str(tokens.portable(base, base.max_length))
    backend.no_truncation()
    named = {name: value for name, value in given.special_tokens_map.items() if isinstance(value, str)}
    named["pad_token"] = str(backend.id_to_token(read_config(base.folder).pad))
    made = transformers.PreTrainedTokenizerFast(
        tokenizer_object=backend, model_max_length=min(max_length, base.max_length), **named
    )
    made.save_pretrained(str(folder))


def gate(folder: Path, predictor: Any, rows: pa.Table) -> dict[str, Any]:
    """Load a folder with transformers, in a process of its own, and compare its answers.

    Raises:
        ParityError: it fails, or answers otherwise.
    """
    task = predictor.task
    given = comparable(rows, task).slice(0, MOST_ROWS)
    own: Outputs = predictor.predict(given)
    told = answered(folder, [_cells(row, predictor) for row in given.to_pylist()])
    other = np.array([score for row in told for score in row] if task.output == "tags" else told, np.float32)
    links = {"labels": "sigmoid", "number": "identity"}
    theirs = Outputs(task, other.reshape(own.scores.shape), links.get(task.output, "softmax"), own.offsets)  # type: ignore[arg-type]
    away = difference(own.probabilities, theirs.probabilities)
    if away.size and not float(away.max()) <= TOLERANCE:
        raise ParityError(
            f"a folder of Hugging Face must answer as the run does, within {TOLERANCE:g}; its answers part by "
            f"{away.max():.2g}; take the model away with --to script or --to onnx"
        )
    return {"rows": len(given), "largest": float(away.max(initial=0.0))}


def comparable(rows: pa.Table, task: Task) -> pa.Table:
    """The rows that both read alike: with a text, or with some words, but not more than are read at once."""
    cells = [rows.column(name).to_pylist() for name in task.inputs]
    if task.output == "tags":
        kept = [at for at, row in enumerate(cells[0]) if row and all(row) and len(row) <= LONGEST]
    else:
        whole = [all(cell and str(cell).strip() for cell in row) for row in zip(*cells, strict=True)]
        kept = [at for at, there in enumerate(whole) if there]
    return rows.take(kept)


def _cells(row: Mapping[str, Any], predictor: Any) -> list[Any]:
    """What the tokenizer is given for a row: a text, two texts, or words."""
    encoder, cells = fitting(predictor).encoder, list(row.values())
    if isinstance(encoder, EncoderTagger) or encoder.reading == CROSSED:
        return [list(cell) if isinstance(cell, list) else tokens.clean(str(cell)) for cell in cells]
    return [tokens.clean(" ".join(str(cell) for cell in cells if cell))]


def answered(folder: Path, cells: list[list[Any]]) -> list[Any]:
    """The logits that transformers gives for rows.

    Raises:
        ParityError: it fails.
    """
    with tempfile.TemporaryDirectory() as place_:
        here = Path(place_)
        (here / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in cells), encoding="utf-8")
        (here / "check.py").write_text((PIECES / f"hf_check{ENDING}").read_text(encoding="utf-8"), encoding="utf-8")
        ended = subprocess.run(
            [sys.executable, "check.py", str(folder.absolute()), "rows.jsonl", "out.json"],
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=False, cwd=here,
            env={**os.environ, "HF_MODULES_CACHE": str(here / "modules"), "HF_HUB_OFFLINE": "1"},
        )  # fmt: skip
        if ended.returncode:
            raise ParityError(
                f"transformers must load the folder; it ended with: {ended.stderr.strip()[-LAST_WORDS:]}; take the "
                "model away with --to script or --to onnx"
            )
        return list(json.loads((here / "out.json").read_text(encoding="utf-8")))
