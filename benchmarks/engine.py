"""How many rows a second does naeum's engine answer beside the usual ways to run the same classifier?

    NAEUM_PEERS_PYTHON=... python -m benchmarks.engine --models models --prepare    # fits and exports, once
    python -m benchmarks.engine --models models [--rows 10000]                      # the times

A fine-tuned MiniLM-L6 on ragged English sentences (SST-2, every twentieth row four of one label put together),
tokenising included. Every way gets the same rows in the same order and gives logits of the same classifier. naeum
chooses engine and batches by its own trial, as `naeum predict` does; the trial's time is told and not counted. Ways are
run in turns: the median of the rounds is told, with the slowest and the quickest one.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks import corpora, record
from benchmarks.engine_models import CALIBRATED, Models, models
from benchmarks.engine_peaks import peaks
from naeum.compress.export import exported
from naeum.compress.export.quickest import Job, Wish, quickest
from naeum.compress.quantize.eight_bits import instructions
from naeum.compress.reading import streams
from naeum.engine import onnx_sessions
from naeum.engine.ways import EIGHT, HALF, OPENVINO, Way
from naeum.testing.data import dataset

THREADS = 2
ROUNDS = 3
SLOW_ROUNDS = 1  # of ways that take minutes
SINGLES = 200  # rows of the way that takes them one by one
TOKENS = 64
JOB = 20  # times the rows of the job that naeum is told of: how long a job is decides whether a trial pays
BASE = "transformers.pipeline, batch 32"
PACKAGES = (
    "naeum", "torch", "transformers", "sentence-transformers", "onnxruntime", "openvino", "tokenizers", "numpy",
)  # fmt: skip


@dataclass(frozen=True)
class Contender:
    """One way to answer: texts -> (rows, classes) scores whose largest is the answer."""

    name: str
    answer: Callable[[list[str]], np.ndarray]
    rounds: int = ROUNDS
    most: int | None = None  # rows
    said: str = ""


def main() -> None:
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--rows", type=int, default=10_000)
    given.add_argument("--models", type=Path, required=True, help="folder of the models, kept between runs")
    given.add_argument("--prepare", action="store_true", help="make the models and stop")
    given.add_argument("--without-slow", action="store_true", help="leave out ways of minutes; no ratio is told")
    chosen = given.parse_args()
    import torch

    torch.set_num_threads(THREADS)
    made = models(chosen.models, THREADS)
    if chosen.prepare:
        return
    texts, codes = ragged(corpora.sst2().test, chosen.rows)
    lengths = _tokens(made, texts)
    ways = [*_ours(chosen.models, made, texts), *_theirs(chosen.models, made, slow=not chosen.without_slow)]
    results = measured(ways, texts, codes)
    most = peaks(THREADS)
    result = {
        "question": (__doc__ or "").splitlines()[0],
        "settings": {"model": "sst2 fine-tuned MiniLM-L6", "rows": chosen.rows, "threads": THREADS, "rounds": ROUNDS},
        "tokens": {"mean": float(lengths.mean()), **{f"p{q}": float(np.percentile(lengths, q)) for q in (50, 99)}},
        "instructions": instructions(),
        "peaks": most,
        "ways": results,
        "left_out": {"optimum-onnx": "0.1.0 needs transformers below 4.58, which the others do not go with"},
    }
    for one in results:
        one["share_of_peak"] = _share(one, float(lengths.mean()), made, most)
    record.save("engine", result, PACKAGES)
    head = ["way", "rows/s", "slowest-quickest", f"times {BASE}", "accuracy", "share of peak"]
    print(record.table(head, [_row(one) for one in results]))
    print(*(f"{one['way']}: {one['said']}" for one in results if one["said"]), sep="\n")


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


def measured(ways: list[Contender], texts: list[str], codes: list[int]) -> list[dict[str, Any]]:
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
    return [
        {
            "way": way.name,
            "rows_per_second": rates[way.name],
            "slowest": 1 / max(times[way.name]),
            "quickest": 1 / min(times[way.name]),
            "times": rates[way.name] / rates[BASE] if BASE in rates else None,
            "accuracy": scores[way.name],
            "rows": way.most or len(texts),
            "rounds": [1 / one for one in times[way.name]],
            "said": way.said,
        }
        for way in ways
    ]


def _ours(kept: Path, made: Models, texts: list[str]) -> list[Contender]:
    """What `naeum predict` does with the run, with its exports, with a student and with a cascade."""
    task = made.tune.task
    few = dataset(texts, [-1] * len(texts), task).rows
    rows = pa.concat_tables([few] * JOB)

    def asked(model: Any) -> Callable[[list[str]], np.ndarray]:
        return lambda some: model.predict(dataset(some, [-1] * len(some), task).rows).scores  # type: ignore[no-any-return]

    found = [Contender("naeum, torch float32", asked(made.teacher))]
    for name, place, wish in (
        ("naeum, float32", "fp32", Wish()),
        ("naeum, bfloat16 allowed", "fp32", Wish(half=True)),
        ("naeum, int8 export", "int8", Wish()),
        ("naeum, int8 export, bfloat16 allowed", "int8", Wish(half=True)),
        ("naeum, student, bfloat16 allowed", "student", Wish(half=True)),
        ("naeum, cascade, bfloat16 allowed", "cascade", Wish(half=True)),
    ):
        start = perf_counter()
        quick = quickest(exported.opened(made.places[place], THREADS), Job(rows, kept / "choices", "", THREADS), wish)
        said = f"{quick.said} ({perf_counter() - start:.1f} s to choose)"
        found.append(Contender(name, asked(quick.predictor), said=said))
    return found


def _theirs(kept: Path, made: Models, *, slow: bool) -> list[Contender]:
    """The same weights by others, with the same head where they give vectors."""
    found = [
        Contender("onnxruntime dynamic int8, unsorted, batch 32", _plain(kept, made)),
        Contender("OpenVINO bfloat16 by hand", _by_hand(made, made.places["fp32"] / "part0.onnx", HALF)),
    ]
    if (kept / CALIBRATED).exists():
        found.append(Contender("OpenVINO int8 by hand (nncf)", _by_hand(made, kept / CALIBRATED, EIGHT)))
    return [*found, *(_by_vectors(kept, made) if slow else ())]


def _by_vectors(kept: Path, made: Models) -> list[Contender]:
    import torch
    import transformers
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    network, base = made.teacher.network, made.teacher.base  # type: ignore[attr-defined]
    transformers.utils.logging.set_verbosity_error()
    source = kept / "encoder"
    network.encoder.save_pretrained(source)
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(base.folder))
    tokenizer.save_pretrained(source)
    encoder = transformers.AutoModel.from_pretrained(source)
    pipe = transformers.pipeline("feature-extraction", model=encoder, tokenizer=tokenizer)
    words = Transformer(str(source), max_seq_length=TOKENS)
    sentences = SentenceTransformer(modules=[words, Pooling(words.get_embedding_dimension(), network.pooling)])

    def headed(vectors: Any) -> np.ndarray:
        with torch.inference_mode():
            return network.answers(torch.as_tensor(np.asarray(vectors, np.float32))).numpy()  # type: ignore[no-any-return]

    def piped(batch: int) -> Callable[[list[str]], np.ndarray]:
        def answer(texts: list[str]) -> np.ndarray:
            found = pipe(texts, batch_size=batch, truncation=True, max_length=TOKENS)
            sizes = [len(one) for one in tokenizer(texts, truncation=True, max_length=TOKENS)["input_ids"]]
            first = network.pooling == "cls"
            pairs = zip(found, sizes, strict=True)
            return headed([np.array(one[0][: 1 if first else size]).mean(axis=0) for one, size in pairs])

        return answer

    return [
        Contender("transformers.pipeline, batch 1", piped(1), SLOW_ROUNDS, SINGLES),
        Contender(BASE, piped(32), SLOW_ROUNDS),
        Contender(
            "sentence-transformers, batch 32",
            lambda texts: headed(sentences.encode(texts, batch_size=32, normalize_embeddings=False)),
            SLOW_ROUNDS,
        ),
    ]


def _by_hand(made: Models, path: Path, precision: str) -> Callable[[list[str]], np.ndarray]:
    """OpenVINO as its documentation says for throughput: sorted by length, batches of 32, a stream for each thread."""
    session = onnx_sessions.opened(path, Way(OPENVINO, precision, THREADS, THREADS))
    tokenizer = _tokenizer(made)

    def answer(texts: list[str]) -> np.ndarray:
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        lots = [order[at : at + 32] for at in range(0, len(order), 32)]
        batches = ((lot, _padded(tokenizer, [texts[at] for at in lot])) for lot in lots)
        scores = np.empty((len(texts), len(made.tune.task.classes)), np.float32)
        for lot, found in session.each(batches):
            scores[lot] = found
        return scores

    return answer


def _plain(kept: Path, made: Models) -> Callable[[list[str]], np.ndarray]:
    """onnxruntime as its own tool quantizes, in batches as rows come."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    bare, target = kept / "bare.onnx", kept / "plain.onnx"
    model = onnx.load(str(made.places["fp32"] / "part0.onnx"))
    del model.graph.value_info[:]  # shapes of torch's exporter, which the tool's own inference stumbles over
    onnx.save(model, str(bare))
    quantize_dynamic(bare, target, weight_type=QuantType.QInt8, per_channel=True)
    session, tokenizer = streams.session(target, THREADS), _tokenizer(made)

    def answer(texts: list[str]) -> np.ndarray:
        lots = [texts[at : at + 32] for at in range(0, len(texts), 32)]
        return np.concatenate([session.run(None, _padded(tokenizer, lot))[0] for lot in lots])

    return answer


def _tokenizer(made: Models) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(made.places["fp32"] / "part0.tokenizer.json"))
    tokenizer.enable_padding()
    return tokenizer


def _padded(tokenizer: Any, texts: list[str]) -> dict[str, np.ndarray]:
    batch = tokenizer.encode_batch(texts)
    ids, mask = ([getattr(one, name) for one in batch] for name in ("ids", "attention_mask"))
    return {"input_ids": np.array(ids, np.int64), "attention_mask": np.array(mask, np.int64)}


def _tokens(made: Models, texts: list[str]) -> np.ndarray:
    from naeum.engine.tokens import tokenize

    return tokenize(made.teacher.base, texts, TOKENS).lengths  # type: ignore[attr-defined]


def _share(one: dict[str, Any], tokens: float, made: Models, most: dict[str, float]) -> float | None:
    """Of the operations a second that this processor reaches in a product of matrices; of the whole encoder alone."""
    if "student" in one["way"] or "cascade" in one["way"]:
        return None
    said = f"{one['way']} {one['said'].partition(';')[0]}"
    half = "in bfloat16" in said or "bfloat16 by hand" in said
    kind = "bfloat16" if half else "int8" if "int8" in said else "float32"
    operations = 2 * made.teacher.base.weights * tokens * one["rows_per_second"]  # type: ignore[attr-defined]
    return float(operations / most[kind])


def _row(one: dict[str, Any]) -> list[str]:
    times, share = one["times"], one["share_of_peak"]
    return [
        one["way"],
        f"{one['rows_per_second']:.0f}",
        f"{one['slowest']:.0f}-{one['quickest']:.0f}",
        "" if times is None else f"{times:.1f}",
        f"{one['accuracy']:.4f}",
        "" if share is None else f"{100 * share:.0f} %",
    ]


if __name__ == "__main__":
    main()
