"""How does an exported folder answer in a browser? By a page beside its parts, and onnxruntime-web for its graphs.

Nothing is fetched here: onnxruntime-web (MIT licence, 14 MB) is one archive that the user fetches once and names; it is
known by its digest, kept in the cache, and copied into the folder, so that the page needs no network.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import shutil
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from naeum.compress.export.folder import Change, nodes
from naeum.errors import InputError
from naeum.store.files import write_atomic

VERSION = "1.30.0"  # of onnxruntime-web
DIGEST = "q0y+JrrtukXSzsBWEMccVfqX25LRmosXHF+CaRJmg8pZClzcV7svNc4rKY3jL02Vb7QmRMDs1SigqR4CXAfKYQ=="
TAKEN = ("ort.wasm.bundle.min.mjs", "ort-wasm-simd-threaded.wasm")  # of the archive's package/dist
FETCH = f"npm pack onnxruntime-web@{VERSION}"
LICENCE = "onnxruntime-web.LICENSE.txt"
WEB = Path(__file__).parent / "web"
INDEX, SCRIPTS = "index.html", "page"  # the folder of all that the page is made of
PARTS = frozenset({"graph", "ngrams", "constant", "blend", "calibrated"})  # that answer.js reads
# Kinds in tokenizer.json that normal.js and tokenizer.js read.
KINDS: Mapping[str, frozenset[str]] = {
    "normalizer": frozenset({
        "Sequence", "BertNormalizer", "Lowercase", "StripAccents", "Strip", "Replace", "Prepend", "Precompiled", "NFC",
        "NFD", "NFKC", "NFKD",
    }),
    "pre_tokenizer": frozenset({
        "Sequence", "BertPreTokenizer", "Whitespace", "WhitespaceSplit", "Metaspace", "ByteLevel"
    }),
    "model": frozenset({"WordPiece", "Unigram", "BPE"}),
    "post_processor": frozenset({
        "Sequence", "TemplateProcessing", "BertProcessing", "RobertaProcessing", "ByteLevel"
    }),
}  # fmt: skip


LISTS = ("normalizers", "pretokenizers", "processors")  # that such kinds stand in


def add(place: Path, card: dict[str, Any]) -> dict[str, Any]:
    """Put the page beside the parts of an exported folder.

    Args:
        place: the folder.
        card: what its model.json says.

    Returns:
        The card, which says so.

    Raises:
        InputError: a part or its tokenizer is of a kind that the page does not read, or onnxruntime-web is not at hand.
    """
    check(place, card)
    (place / SCRIPTS).mkdir()
    for file in sorted(WEB.glob("*.js")):
        shutil.copyfile(file, place / SCRIPTS / file.name)
    shutil.copyfile(WEB / INDEX, place / INDEX)
    found: dict[str, Any] = {"index": INDEX}
    if any(node["kind"] == "graph" for node in nodes(card["model"])):
        home = runtime()
        for name in TAKEN:
            shutil.copyfile(home / name, place / SCRIPTS / name)
        shutil.copyfile(WEB / LICENCE, place / SCRIPTS / LICENCE)
        found["onnxruntime-web"] = VERSION
    return {**card, "page": found}


def after(change: Change | None) -> Change:
    """What is done to an exported folder so that it has a page, after what else is done to it."""
    return lambda place, card: add(place, card if change is None else change(place, card))


def check(place: Path, card: Mapping[str, Any]) -> None:
    """Refuse what the page cannot read.

    Raises:
        InputError: a part or its tokenizer is of another kind than it knows.
    """
    for node in nodes(card["model"]):
        if node["kind"] not in PARTS:
            raise InputError(
                f"a page must be of a model that reads texts by encoders and n-grams; this one has a part of kind "
                f"{node['kind']!r}; export it with --to onnx, for Python"
            )
        if "tokenizer" in node:
            document = json.loads((place / node["tokenizer"]).read_text(encoding="utf-8"))
            for where, kind in _kinds(document):
                if kind not in KINDS[where]:
                    raise InputError(
                        f"the tokenizer of a page must be of word pieces, unigrams or byte pairs as they are usual; "
                        f"{node['base']} has the {where} {kind}; export it with --to onnx, for Python"
                    )
    kinds = set(card["task"].get("kinds") or ("text",))
    if kinds != {"text"}:
        raise InputError(
            f"a page must be of a model that reads texts; this one reads {', '.join(sorted(kinds))}; "
            "export it with --to onnx, for Python"
        )


def runtime(archive: Path | None = None) -> Path:
    """The folder of onnxruntime-web in the cache, filled from the archive, as npm packs it, where it is not.

    Raises:
        InputError: it is neither there nor given, or the archive is another one.
    """
    home = cache()
    if all((home / name).is_file() for name in TAKEN):
        return home
    if archive is None:
        raise InputError(
            f"a page of an encoder must have onnxruntime-web {VERSION} to compute with; it is not in {home}; fetch it "
            f"once with: {FETCH}, and name the file with --runtime"
        )
    if not archive.is_file():
        raise InputError(f"--runtime must name the archive of onnxruntime-web; {archive} is no file; fetch it: {FETCH}")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if digest != DIGEST:
        raise InputError(
            f"--runtime must name onnxruntime-web {VERSION} as npm packs it; {archive} is another file; "
            f"fetch it: {FETCH}"
        )
    with tarfile.open(archive) as files:
        for name in TAKEN:
            member = files.extractfile(f"package/dist/{name}")
            write_atomic(home / name, b"" if member is None else member.read())
    return home


def cache() -> Path:
    """Where onnxruntime-web is kept."""
    place = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(place).expanduser() / "naeum" / f"onnxruntime-web-{VERSION}"


def _kinds(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Which kinds a tokenizer is made of, each with its place."""
    for where in KINDS:
        waiting = [document.get(where)]
        while waiting:
            one = waiting.pop()
            if isinstance(one, dict):
                yield where, one.get("type") or "WordPiece"
                waiting += [
                    part for name in ("normalizers", "pretokenizers", "processors") for part in one.get(name, ())
                ]
