"""What does a fine-tuned encoder lose, and how much quicker does it get, with 70, 50 and 33 % of its operations?

    python -m benchmarks.pruning [sst2 clinc150] [--cache FOLDER] [--rows N] [--threads 2] [--no-fits]

MiniLM-L6 is fine-tuned on the training rows, then pruned (heads and neurons, or whole layers) with a training after
each step. Scores on the validation rows before and after each training; the test rows are looked at once, at the end,
with the paired interval of the difference. Speed: encoder and head alone on equal batches of test rows, those of the
whole and of the pruned encoder in turns, in torch and as an exported graph in onnxruntime; the ratio of the medians
with a 95 % interval from resampled rounds. Fits lie in the cache folder: a run that was stopped goes on there, and
`--no-fits` measures the speed of what lies there alone (run it with nothing else on the machine).
"""

from __future__ import annotations

import argparse
import functools
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks import corpora, record
from naeum import registry
from naeum.compress.compact.operations import operations
from naeum.compress.export import folder
from naeum.compress.prune import Pruned
from naeum.compress.prune.choosing import ALL, LAYERS, PARTS
from naeum.contract import Dataset, Parts, Policy, Task
from naeum.engine import bases
from naeum.improve.clock import Clock
from naeum.improve.executor import Executor
from naeum.measure import metric, paired
from naeum.model.text.finetuned import FineTuned, FineTunedEncoder
from naeum.model.text.reading import read
from naeum.testing.data import dataset
from naeum.train.recipe import Optimization

CACHE = record.RESULTS / "raw" / "pruning"
BATCHES = (1, 8, 32)  # rows
ROUNDS = 30  # of every batch size
ROWS = 64  # of a round, at most
RESAMPLES = 2000
GATE = 200  # rows that an export is compared on
PACKAGES = ("naeum", "torch", "transformers", "onnxruntime", "numpy")
BASE = "sentence-transformers/all-MiniLM-L6-v2"
TEACHERS = {
    "clinc150": FineTuned(BASE, optimization=Optimization(epochs=4.0), max_length=64),
    "sst2": FineTuned(BASE, optimization=Optimization(epochs=2.0), max_length=64),
}
WAYS = ((PARTS, 0.5), (ALL, 0.5), (LAYERS, 0.5), (PARTS, 0.7), (PARTS, 0.33))


def given(name: str, rows: int | None) -> tuple[Parts, Dataset]:
    """Training and validation rows, and the test rows."""
    corpus = corpora.load(name, rows)
    task, place = Task(classes=tuple(corpus.classes)), {label: at for at, label in enumerate(corpus.classes)}

    def made(part: corpora.Rows) -> Dataset:
        return dataset([text for text, _ in part], [place[label] for _, label in part], task)

    return Parts(made(corpus.train), made(corpus.valid)), made(corpus.test)


def executor(place: Path, threads: int) -> Executor:
    """Fits in a folder, each once."""
    place.mkdir(parents=True, exist_ok=True)
    policy = Policy(threads=threads, offline=True, dtype="bfloat16", reason="a benchmark")
    return Executor(
        place, registry.predictors(), policy, Clock(place / "clock.json"),
        digest_of=functools.cache(lambda base: bases.find(base, policy).digest), watch=lambda event: None,
    )  # fmt: skip


def measured(name: str, cache: Path, rows: int | None, threads: int, fits: bool) -> dict[str, Any]:
    """One corpus: scores and speeds of every way, beside the encoder that was pruned."""
    parts, test = given(name, rows)
    made = executor(cache / name, threads)
    whole = made.fit(TEACHERS[name], parts, 0).predictor
    score = metric("accuracy")
    told: list[dict[str, Any]] = []
    for what, share in WAYS:
        learner = Pruned(TEACHERS[name], share=share, what=what)
        if not fits and not made.has(learner, parts, 0):
            continue
        fitted = made.fit(learner, parts, 0)
        pruned = fitted.predictor
        told.append(
            {
                "what": what, "share": share, "seconds": fitted.seconds, "stages": list(pruned.stages),
                "tune": score.score(pruned.predict(parts.tune.rows), parts.tune),
                "operations": _operations(pruned, test) / _operations(whole, test),
                "weights": _weights(pruned) / _weights(whole),
                "speed": speeds(whole, pruned, test, threads),
                "key": fitted.key,
            }
        )  # fmt: skip
        print(line(name, told[-1]), flush=True)
    before = whole.predict(test.rows)
    for one in told:
        after = made.fitted(one.pop("key")).predictor.predict(test.rows)
        gain = paired(score, after, before, test, seed=0)
        one["test"] = {"accuracy": score.score(after, test), "gain": gain.gain, "low": gain.low, "high": gain.high}
    return {
        "corpus": name, "rows": len(parts.fit), "teacher": {
            "tune": score.score(whole.predict(parts.tune.rows), parts.tune), "test": score.score(before, test),
            "operations": _operations(whole, test), "weights": _weights(whole),
        }, "ways": told,
    }  # fmt: skip


def speeds(whole: FineTunedEncoder, pruned: FineTunedEncoder, test: Dataset, threads: int) -> dict[str, Any]:
    """Ratios of time, whole over pruned, by runtime and batch size."""
    import torch

    torch.set_num_threads(threads)
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch:
        graphs = [_exported(one, Path(scratch) / str(at), test, threads) for at, one in enumerate((whole, pruned))]
        for size in BATCHES:
            given = batches(whole, test, size)
            ways: dict[str, list[Callable[[Any], Any]]] = {
                "torch": [functools.partial(_torch, one.network) for one in (whole, pruned)],
                "onnxruntime": [functools.partial(_onnx, one) for one in graphs],
            }
            for runtime, pair in ways.items():
                found[f"{runtime}, batch {size}"] = in_turns(pair, given)
    return found


def batches(fitted: FineTunedEncoder, test: Dataset, size: int) -> list[dict[str, Any]]:
    """Batches of rows of like lengths, as the engine makes them: name of an input -> tensor."""
    import torch

    lengths, collate = read(fitted.base, test.rows, fitted.task, fitted.max_length, fitted.reading)
    order = np.argsort(lengths, kind="stable")
    starts = np.linspace(0, len(order) - size, max(1, ROWS // size)).astype(int)
    made = [dict(collate(order[start : start + size])) for start in starts]
    for one in made:
        if one["attention_mask"] is None:
            one["attention_mask"] = torch.ones_like(one["input_ids"])
    return made


def in_turns(pair: Sequence[Callable[[Any], Any]], given: Sequence[Any]) -> dict[str, float]:
    """Milliseconds of a round of each, and the ratio of medians with its 95 % interval."""
    for way in pair:
        for batch in given:
            way(batch)  # the first call of a shape chooses kernels
    times: list[list[float]] = [[], []]
    for number in range(ROUNDS):
        for at in (0, 1) if number % 2 else (1, 0):
            start = perf_counter()
            for batch in given:
                pair[at](batch)
            times[at].append(1000 * (perf_counter() - start))
    both, rng = np.array(times), np.random.default_rng(0)
    drawn = both[:, rng.integers(0, ROUNDS, (RESAMPLES, ROUNDS))]  # the same rounds of both
    ratios = np.median(drawn[0], axis=1) / np.median(drawn[1], axis=1)
    low, high = np.quantile(ratios, [0.025, 0.975])
    middle = np.median(both, axis=1)
    return {
        "whole_ms": float(middle[0]), "pruned_ms": float(middle[1]), "times": float(middle[0] / middle[1]),
        "low": float(low), "high": float(high),
    }  # fmt: skip


def _torch(network: Any, batch: dict[str, Any]) -> Any:
    import torch

    with torch.inference_mode():
        return network(**batch)


def _exported(fitted: FineTunedEncoder, place: Path, test: Dataset, threads: int) -> Any:
    """A session of onnxruntime on the exported graph, which the gate compared."""
    import onnxruntime

    card = folder.export(fitted, place, test.rows.slice(0, GATE))
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(str(place / card["model"]["file"]), options, providers=["CPUExecutionProvider"])


def _onnx(session: Any, batch: dict[str, Any]) -> Any:
    return session.run(None, {one.name: batch[one.name].numpy() for one in session.get_inputs()})


def _operations(fitted: FineTunedEncoder, test: Dataset) -> int:
    lengths, _ = read(fitted.base, test.rows, fitted.task, fitted.max_length, fitted.reading)
    return operations(fitted.network.encoder, lengths)


def _weights(fitted: FineTunedEncoder) -> int:
    """All of them, the table of words included."""
    return sum(one.numel() for one in fitted.network.parameters())


def line(name: str, one: dict[str, Any]) -> str:
    """What is known of a way before the test rows are opened."""
    quick = one["speed"]["onnxruntime, batch 32"]
    steps = ", ".join(f"{stage['cut']:.4f} → {stage['trained']:.4f}" for stage in one["stages"])
    return (
        f"{name} {one['what']} {one['share']}: {one['operations']:.3f} of the operations, tune {one['tune']:.4f} "
        f"({steps}), {quick['times']:.2f} times as quick in batches of 32"
    )


def table(results: list[dict[str, Any]]) -> str:
    """What a reader looks at."""
    head = ["corpus", "stays", "operations", "tune", "test (difference, 95 %)", "torch, 32", "onnx, 32", "onnx, 1"]
    rows = []
    for result in results:
        teacher = result["teacher"]
        rows.append([result["corpus"], "all", "1", f"{teacher['tune']:.4f}", f"{teacher['test']:.4f}", "1", "1", "1"])
        for one in result["ways"]:
            test, quick = one["test"], one["speed"]
            rows.append(
                [
                    result["corpus"], f"{one['what']} {one['share']}", f"{one['operations']:.2f}", f"{one['tune']:.4f}",
                    f"{test['accuracy']:.4f} ({100 * test['gain']:+.1f}, {100 * test['low']:+.1f} to "
                    f"{100 * test['high']:+.1f})",
                    *(
                        f"{quick[way]['times']:.2f} ({quick[way]['low']:.2f}–{quick[way]['high']:.2f})"
                        for way in ("torch, batch 32", "onnxruntime, batch 32", "onnxruntime, batch 1")
                    ),
                ]
            )  # fmt: skip
    return record.table(head, rows)


def main() -> None:
    """Fit what is not in the cache, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", default=["sst2", "clinc150"], help="corpora")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that fits lie in")
    parser.add_argument("--rows", type=int, default=None, help="cut the training rows")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-fits", action="store_true", help="measure what lies in the cache alone")
    wanted = parser.parse_args()
    results = [measured(name, wanted.cache, wanted.rows, wanted.threads, not wanted.no_fits) for name in wanted.names]
    print(table(results))
    settings = {"batches": BATCHES, "rounds": ROUNDS, "threads": wanted.threads, "steps": Pruned().steps}
    print(record.save("pruning", {"results": results, "settings": settings}, PACKAGES))


if __name__ == "__main__":
    main()
