"""How does a model become a folder that runs without naeum?

`model.json` says what the model is made of, `labels.json` which column is which label; beside them lie the graphs with
their tokenizers, the arrays, `predict.py`, which reads them, and a `README.md`. The folder appears whole or not at
all, after the gate of parity.
"""

from __future__ import annotations

import importlib.metadata
import json
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum import __version__
from naeum.compress.export import parity, parts
from naeum.compress.export.filing import Node
from naeum.compress.export.program import program
from naeum.compress.reading import reader
from naeum.contract import Predictor
from naeum.errors import InputError
from naeum.store.files import flush

if TYPE_CHECKING:
    import pyarrow as pa

FORMAT = 1  # of model.json
CARD, LABELS, PROGRAM, README = reader.CARD, "labels.json", "predict.py", "README.md"
PACKAGES = ("onnxruntime", "tokenizers", "numpy", "pillow", "torch", "transformers", "onnx", "onnxscript")

# Changes a folder that passed the gate, before it is put in its place; gives what model.json shall say.
Change = Callable[[Path, dict[str, Any]], dict[str, Any]]


def export(
    predictor: Predictor,
    folder: Path,
    rows: pa.Table,
    *,
    about: Mapping[str, Any] | None = None,
    change: Change | None = None,
) -> dict[str, Any]:
    """Write a predictor as a folder that needs numpy, and onnxruntime, tokenizers or Pillow where a part does.

    Args:
        predictor: of texts, words, cells or images.
        folder: a new one, an empty one, or an earlier export, which is replaced.
        rows: of the user, to compare answers on.
        about: what else is to be said in model.json.
        change: what is done to the folder once it passed the gate, such as quantizing.

    Returns:
        What model.json says.

    Raises:
        InputError: the folder holds something else, or a part cannot be exported.
        ParityError: the folder does not answer as the predictor does.
        MissingExtra: torch, onnx, onnxscript or onnxruntime is not installed.
    """
    check_place(folder)
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    part = folder.absolute().parent / f".{folder.name}.{secrets.token_hex(4)}"
    part.mkdir()
    try:
        own = getattr(predictor, "model", None)
        if isinstance(own, reader.Model):  # it was exported before, and is the artifact itself
            card = _copied(own, part, about or {})
        else:
            card = _written(predictor, part, rows, about or {})
        card = card if change is None else change(part, card)
        describe(part, card)
        put(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return card


def _written(predictor: Predictor, part: Path, rows: pa.Table, about: Mapping[str, Any]) -> dict[str, Any]:
    """Write the parts of a predictor, and compare their answers with its own."""
    tree = parts.write(predictor, part)
    card = _card(predictor, tree, about)
    describe(part, card)
    found = parity.gate(reader.Model(part), predictor, rows, tree.parts)
    return {**card, "parity": {**asdict(found), "tolerance": parity.TOLERANCE}}


def _copied(model: reader.Model, part: Path, about: Mapping[str, Any]) -> dict[str, Any]:
    """Copy the files of an exported model; its card says how it was compared when it was made."""
    for name in files(model.card):
        shutil.copyfile(model.folder / name, part / name)
    card = {**model.card, **about}
    describe(part, card)
    return card


def is_export(folder: Path) -> bool:
    """Whether a folder is an exported model."""
    return (folder / CARD).is_file()


def check_place(folder: Path) -> None:
    """Refuse a place that holds something else than an earlier export.

    Raises:
        InputError: it does.
    """
    if folder.exists() and not (folder.is_dir() and (is_export(folder) or not any(folder.iterdir()))):
        raise InputError(
            f"an export must go into a new folder, an empty one or an earlier export; {folder} is none of these; "
            "name another"
        )


def describe(folder: Path, card: Mapping[str, Any]) -> None:
    """Write all files that say what the others are."""
    texts = {
        CARD: json.dumps(card, ensure_ascii=False, indent=1),
        LABELS: json.dumps(dict(enumerate(card["task"]["classes"])), ensure_ascii=False, indent=1),
        PROGRAM: program(),
        README: _readme(card),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")


def put(part: Path, folder: Path) -> None:
    """Move a finished folder to its place, over an earlier one."""
    for file in part.rglob("*"):
        flush(file)
    folder = folder.absolute()
    old = folder.parent / f".{folder.name}.{secrets.token_hex(4)}"
    if folder.exists():
        folder.rename(old)
    part.rename(folder)
    flush(folder.parent)
    shutil.rmtree(old, ignore_errors=True)


def files(card: Mapping[str, Any]) -> list[str]:
    """The files that the model of a card is read from."""
    found, waiting = [CARD], [card["model"], *([card["fallback"]["model"]] if "fallback" in card else [])]
    while waiting:
        node = waiting.pop()
        found += [node[name] for name in ("file", "tokenizer", "arrays") if name in node]
        waiting += node.get("members", [])
    return found


def _card(predictor: Predictor, tree: parts.Tree, about: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "naeum": __version__,
        "task": predictor.task.to_json(),
        "model": tree.root,
        **tree.around,
        "needs": needs(predictor.task.to_json(), tree.root),
        "made_with": versions(),
        **about,
    }


def versions() -> dict[str, str]:
    """The installed versions of what models are made and read with."""
    return {name: found for name in PACKAGES if (found := _version(name))}


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def needs(task: Mapping[str, Any], root: Node) -> list[str]:
    """The packages that a model of these nodes is answered with."""
    every = nodes(root)
    wanted = {
        "numpy": True,
        "onnxruntime": any("opset" in node for node in every),
        "tokenizers": any("tokenizer" in node for node in every),
        "pillow": "image" in task.get("kinds", ()),
    }
    return [name for name, there in wanted.items() if there]


def example(task: Mapping[str, Any]) -> str:
    """What predict.py can be asked at once: a text, a file of rows, or an image."""
    kinds = set(task.get("kinds") or ("text",))
    if kinds == {"image"}:
        return "photo.png"
    return '"a text"' if kinds <= {"text", "words"} and len(task["inputs"]) == 1 else "--csv rows.csv"


def _readme(card: Mapping[str, Any]) -> str:
    task, made = card["task"], card["made_with"]
    needed = [name for name in card.get("needs") or needs(task, card["model"]) if name in made]
    lines = [
        "# A model exported by naeum",
        "",
        f"It answers `{task['target']}` from {', '.join(f'`{name}`' for name in task['inputs'])}.",
        "",
        "```",
        f"pip install {' '.join(needed)}",
        f"python predict.py {example(task)}",
        "```",
        "",
        f"Made and compared with {', '.join(f'{name} {made[name]}' for name in needed)}.",
        "`model.json` says what it is made of, `labels.json` which column of the scores is which label.",
        *_of_graphs(nodes(card["model"])),
    ]
    if "page" in card:
        lines += [
            "",
            "`index.html` answers in a browser, without a network, from any plain server of files:",
            "",
            "```",
            "python -m http.server 8000      # then open http://localhost:8000",
            "```",
        ]
    if bases := sorted({f"{node['base']} ({node['licence']})" for node in nodes(card["model"]) if "base" in node}):
        lines.append(f"They come from {', '.join(bases)}.")
    return "\n".join(lines) + "\n"


def _of_graphs(every: list[Node]) -> list[str]:
    """What the graphs are, where there are any."""
    opsets = sorted({str(node["opset"]) for node in every if "opset" in node})
    found = [f"The graphs are ONNX, opset {', '.join(opsets)}."] if opsets else []
    encoders = any("tokenizer" in node for node in every)
    return [*found, *(["Encoders take `input_ids` and `attention_mask`, and give `scores`."] if encoders else [])]


def nodes(root: Node) -> list[Node]:
    """A node and all nodes inside it."""
    return [root, *(inner for member in root.get("members", ()) for inner in nodes(member))]
