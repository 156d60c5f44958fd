"""Which fitted encoders are quantized in the benchmark, and where are they kept between runs?

Fine-tuned once on train, stopped on tune, and stored; a second run reads them back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpora, tags

ROWS = {"clinc150": 15_000, "sst2": 6_920, "nsmc": 20_000, "wnut17": 3_394}  # of train that are learned from
EPOCHS = {"clinc150": 4.0, "sst2": 2.0, "nsmc": 1.0, "wnut17": 4.0}
TOKENS = {"clinc150": 64, "sst2": 64, "nsmc": 64, "wnut17": 128}
NAMES = tuple(ROWS)
TUNED = 3_000  # most rows of tune
TESTED = 5_000  # most rows of test
SEED = 0


@dataclass(frozen=True, eq=False)
class Given:
    """A fitted model with the rows it was fitted on, those it was chosen on, and those that are opened at the end."""

    name: str
    predictor: Any
    fit: Any
    tune: Any
    test: Any

    def cut(self, most: int | None) -> Given:
        """The same with at most so many rows of tune and of test, evenly spread."""
        from naeum.contract import subset

        def some(part: Any) -> Any:
            few = most is None or len(part) <= most
            return part if few else subset(part, np.arange(most) * len(part) // most, part.key)

        return replace(self, tune=some(self.tune), test=some(self.test))


def given(name: str, kept: Path, rows: int | None = None, threads: int = 2) -> Given:
    """The model of a corpus, fitted where it is not kept yet."""
    from naeum import registry
    from naeum.contract import Parts
    from naeum.store.artifacts import Store

    many = rows or ROWS[name]
    parts = tags.parts() if name == "wnut17" else _texts(name, many)
    store, key = Store(kept, registry.predictors()), f"{name}-{many}"
    if not store.has(key):
        run = _run(kept / f".{key}", threads)
        store.save(key, _learner(name).fit(Parts(parts["fit"], parts["tune"]), run))
    return Given(name, store.load(key), parts["fit"], parts["tune"], parts["test"])


def _texts(name: str, rows: int) -> dict[str, Any]:
    from naeum.contract import Task
    from naeum.testing.data import dataset

    whole = corpora.load(name)
    train = whole.train if rows >= len(whole.train) else whole.cut(rows).train
    classes = tuple(sorted({label for _, label in train}))
    number = {label: code for code, label in enumerate(classes)}

    def part(found: Sequence[tuple[str, str]]) -> Any:
        return dataset([text for text, _ in found], [number[label] for _, label in found], Task(classes=classes))

    return {"fit": part(train), "tune": part(whole.valid[:TUNED]), "test": part(whole.test[:TESTED])}


def _learner(name: str) -> Any:
    from naeum.contract import Policy
    from naeum.engine import bases
    from naeum.model.tags.finetuned import Reading, TunedTagger
    from naeum.model.text.finetuned import FineTuned
    from naeum.train.recipe import Optimization

    base = bases.at_hand(("en",), Policy(offline=True))[0]
    if name == "wnut17":
        return TunedTagger(base, reading=Reading(max_length=TOKENS[name]))
    return FineTuned(base, optimization=Optimization(epochs=EPOCHS[name]), max_length=TOKENS[name])


def _run(folder: Path, threads: int) -> Any:
    from naeum.contract import Policy
    from naeum.testing.runs import TinyRun

    policy = Policy(dtype="bfloat16", threads=threads, offline=True, reason="a benchmark")
    return TinyRun(folder, SEED, policy)
