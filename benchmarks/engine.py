"""How many rows a second does an exported classifier answer beside the usual ways to run the same encoder?

    python -m benchmarks.engine [--rows 2000]

MiniLM-L6 with mean pooling and one linear head, on ragged English sentences (SST-2, every twentieth row four of one
label put together), tokenising included. Every way gets the same rows in the same order; those that give vectors get
the same head. Ways are run in turns, and the median of the rounds is told.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import numpy as np

from benchmarks import corpora, record
from naeum.compress import exported, folder
from naeum.compress.eight_bits import instructions
from naeum.compress.quantized import Quantized
from naeum.contract import Parts, Policy, Task
from naeum.engine import bases
from naeum.model.text.probe import Probe
from naeum.testing.data import dataset
from naeum.testing.runs import TinyRun

BASE = "sentence-transformers/all-MiniLM-L6-v2"
THREADS = 2
TRAINED = 700  # rows that the head is fitted on
TUNED = 300  # rows of the gate, and of the loss in eight bits
ROUNDS = 2
SLOW_ROUNDS = 1  # of ways that take half a minute
SINGLES = 200  # rows of the way that takes them one by one
TOKENS = 128


@dataclass(frozen=True)
class Way:
    """One way to answer: texts -> (rows, classes) logits."""

    name: str
    answer: Callable[[list[str]], np.ndarray]
    rounds: int = ROUNDS
    most: int | None = None  # rows


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=2_000)
    count = given.parse_args().rows
    import torch

    torch.set_num_threads(THREADS)
    corpus = corpora.sst2()
    task = Task(classes=("0", "1"))
    train = dataset(*_columns(corpus.train[:: len(corpus.train) // TRAINED][:TRAINED]), task)
    tune = dataset(*_columns(corpus.valid[:TUNED]), task)
    texts, codes = ragged(corpus.test, count)
    with tempfile.TemporaryDirectory() as scratch:
        run = TinyRun(Path(scratch), policy=Policy(threads=THREADS))
        fitted = Probe(BASE, layers=1, c=0.01, max_length=TOKENS).fit(Parts(train, tune), run)
        place = Path(scratch)
        card = folder.export(fitted, place / "fp32", tune.rows)
        shutil.copytree(place / "fp32", place / "int8")
        card = Quantized().change(train, tune)(place / "int8", card)
        folder.describe(place / "int8", card)
        ways = [*_ours(place, fitted, task), *_theirs(place, fitted)]
        results = measured(ways, texts, codes)
    lengths = _tokens(texts)
    record.save(
        "engine",
        {
            "question": __doc__.splitlines()[0],
            "settings": {"base": BASE, "rows": count, "threads": THREADS, "rounds": ROUNDS, "singles": SINGLES},
            "tokens": {"mean": float(lengths.mean()), **{f"p{q}": float(np.percentile(lengths, q)) for q in (50, 99)}},
            "instructions": instructions(),
            "eight_bits": card["eight_bits"]["said"],
            "ways": results,
        },
        ("naeum", "torch", "transformers", "sentence-transformers", "onnxruntime", "tokenizers", "numpy"),
    )
    told = [[r["way"], f"{r['rows_per_second']:.0f}", f"{r['times']:.1f}", f"{r['accuracy']:.4f}"] for r in results]
    print(record.table(["way", "rows/s", "times pipeline of 32", "accuracy"], told))
    print(card["eight_bits"]["said"])


def ragged(rows: corpora.Rows, count: int) -> tuple[list[str], list[int]]:
    """So many texts with their labels; every twentieth is four of one label put together. No two are equal."""
    by_label = {label: [text for text, one in rows if one == label] for label in ("0", "1")}
    texts, codes = [], []
    for at in range(count):
        text, label = rows[at % len(rows)]
        if at % 20 == 0:
            others = by_label[label]
            text = " ".join(others[(at + step * 37) % len(others)] for step in range(4))
        texts.append(text if at < len(rows) else f"{text} {at}")
        codes.append(int(label))
    return texts, codes


def measured(ways: list[Way], texts: list[str], codes: list[int]) -> list[dict[str, object]]:
    """Rows a second (the median round) and accuracy of every way, run in turns."""
    times: dict[str, list[float]] = {way.name: [] for way in ways}
    scores: dict[str, float] = {}
    for way in ways:
        way.answer(texts[:64])  # what is loaded or sized once does not count
    for number in range(ROUNDS):
        for way in ways:
            if number < way.rounds:
                rows = texts[: way.most]
                start = perf_counter()
                logits = way.answer(rows)
                times[way.name].append((perf_counter() - start) / len(rows))
                scores[way.name] = float((logits.argmax(axis=1) == np.array(codes[: len(rows)])).mean())
    rates = {name: 1 / float(np.median(found)) for name, found in times.items()}
    base = rates["transformers.pipeline, batch 32"]
    return [
        {
            "way": way.name,
            "rows_per_second": rates[way.name],
            "times": rates[way.name] / base,
            "accuracy": scores[way.name],
            "rows": way.most or len(texts),
            "rounds": [1 / one for one in times[way.name]],
        }
        for way in ways
    ]


def _ours(place: Path, fitted: object, task: Task) -> list[Way]:
    """The run's own way in torch, and both exports."""
    models = {name: exported.opened(place / name, THREADS) for name in ("fp32", "int8")}

    def asked(model: object) -> Callable[[list[str]], np.ndarray]:
        return lambda texts: model.predict(dataset(texts, [-1] * len(texts), task).rows).scores  # type: ignore[attr-defined]

    return [
        Way("naeum, torch fp32", asked(replace(fitted, cache=None))),  # type: ignore[type-var]
        Way("naeum, export fp32", asked(models["fp32"])),
        Way("naeum, export int8", asked(models["int8"])),
    ]


def _theirs(place: Path, fitted: object) -> list[Way]:
    """The same encoder by others, with the same head where they give vectors."""
    import transformers
    from sentence_transformers import SentenceTransformer
    from transformers import AutoModel, AutoTokenizer

    transformers.utils.logging.set_verbosity_error()
    source = str(bases.find(BASE, Policy(offline=True)).folder)
    tokenizer, encoder = AutoTokenizer.from_pretrained(source), AutoModel.from_pretrained(source)
    pipe = transformers.pipeline("feature-extraction", model=encoder, tokenizer=tokenizer)
    # Without the module that scales vectors to length one, for which the head is not made.
    sentences = SentenceTransformer(modules=[*SentenceTransformer(source)][:2])
    sentences.max_seq_length = TOKENS
    head = fitted.head  # type: ignore[attr-defined]

    def piped(batch: int) -> Callable[[list[str]], np.ndarray]:
        def answer(texts: list[str]) -> np.ndarray:
            found = pipe(texts, batch_size=batch, truncation=True, max_length=TOKENS)
            sizes = [len(one) for one in tokenizer(texts, truncation=True, max_length=TOKENS)["input_ids"]]
            means = [np.array(one[0][:size]).mean(axis=0) for one, size in zip(found, sizes, strict=True)]
            return head.logits(np.array(means, np.float32))

        return answer

    def encoded(texts: list[str]) -> np.ndarray:
        return head.logits(sentences.encode(texts, batch_size=32, normalize_embeddings=False))

    return [
        Way("transformers.pipeline, batch 1", piped(1), SLOW_ROUNDS, SINGLES),
        Way("transformers.pipeline, batch 32", piped(32), SLOW_ROUNDS),
        Way("sentence-transformers, batch 32", encoded),
        Way("onnxruntime dynamic int8, unsorted, batch 32", _plain(place)),
    ]


def _plain(place: Path) -> Callable[[list[str]], np.ndarray]:
    """onnxruntime as its own tool quantizes, in batches as rows come."""
    import onnx
    import onnxruntime
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from tokenizers import Tokenizer

    bare, target = place / "bare.onnx", place / "plain.onnx"
    model = onnx.load(str(place / "fp32" / "part0.onnx"))
    del model.graph.value_info[:]  # shapes of torch's exporter, which the tool's own inference stumbles over
    onnx.save(model, str(bare))
    quantize_dynamic(bare, target, weight_type=QuantType.QInt8, per_channel=True)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = THREADS
    session = onnxruntime.InferenceSession(str(target), options, providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(place / "fp32" / "part0.tokenizer.json"))
    tokenizer.enable_padding()

    def answer(texts: list[str]) -> np.ndarray:
        found = []
        for at in range(0, len(texts), 32):
            batch = tokenizer.encode_batch(texts[at : at + 32])
            ids, mask = ([getattr(one, name) for one in batch] for name in ("ids", "attention_mask"))
            given = {"input_ids": np.array(ids, np.int64), "attention_mask": np.array(mask, np.int64)}
            found.append(session.run(None, given)[0])
        return np.concatenate(found)

    return answer


def _tokens(texts: list[str]) -> np.ndarray:
    from naeum.engine.tokens import tokenize

    return tokenize(bases.find(BASE, Policy()), texts, TOKENS).lengths


def _columns(rows: corpora.Rows) -> tuple[list[str], list[int]]:
    return [text for text, _ in rows], [int(label) for _, label in rows]


if __name__ == "__main__":
    main()
