"""How small and quick can a student be that answers like a fine-tuned encoder? CLINC150 and SST-2.

The teacher is MiniLM-L6 (itself distilled) fine-tuned on the rows. Students are taught by it on its rows and on made
ones; those of layers are exported in eight bits with the words that fit rows use. All are scored on tune, where one
is chosen, and at the end on test; bytes are those of the exported folder, times those of single rows, models in turns
of some rows. Fits are kept in a folder, so a second run goes on where the first one stopped.

    python -m benchmarks.students clinc150 sst2 --kept DIR
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpora, record
from naeum import registry
from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.inside import Inside
from naeum.compress.distil.layers import Layers
from naeum.compress.distil.lesson import More
from naeum.compress.distil.soft import Soft
from naeum.compress.export import exported, folder
from naeum.compress.export.exported import Exported
from naeum.compress.quantize.quantized import Quantized
from naeum.contract import Dataset, Parts, Policy, Task
from naeum.errors import NaeumError
from naeum.measure import metric
from naeum.measure.intervals import bootstrap
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.words import WordReading
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.sequence import SequenceNetwork
from naeum.model.text.tuning import Optimization
from naeum.store import Store
from naeum.testing.data import dataset
from naeum.testing.runs import TinyRun

EPOCHS = {"clinc150": 4.0, "sst2": 2.0}  # of the teacher
# Of students of layers: passes, and rows made of each, which intents need not.
TAUGHT = {"clinc150": (1.0, 0.0), "sst2": (3.0, 8.0)}
RATE = 3e-4  # of students of layers
ASKED = 300  # rows of tune that are timed
BLOCK = 20  # of them that a model answers before it is another's turn
SMALLER, FASTER, KEPT = 7.5, 9.4, 0.97  # of TinyBERT4: the goal
MOST_LOSS = 0.015  # of the student's score on tune, by fewer words and by eight bits: half of what may be lost in all
SEED = 0
# Smaller, quicker and how much of the score of BERT-base is kept, as published: Sanh et al. 2019 (tables 1 and 3), Jiao
# et al. 2020 (abstract), Sun et al. 2020 (abstract; 77.7 of 78.3 on GLUE).
PUBLISHED = {
    "DistilBERT": (1 / 0.6, 1.6, 0.97),
    "TinyBERT4": (7.5, 9.4, 0.968),
    "MobileBERT": (4.3, 5.5, 0.992),
}


@dataclass(frozen=True, eq=False)
class Given:
    """Rows of a corpus, the teacher and where fits are kept."""

    name: str
    parts: Parts
    test: Dataset
    teacher: FineTuned
    run: TinyRun
    store: Store


def given(name: str, kept: Path, rows: int | None, threads: int) -> Given:
    """The rows of a corpus, cut to some where asked."""
    corpus = corpora.load(name, rows)
    task, code = Task(classes=tuple(corpus.classes)), {label: at for at, label in enumerate(corpus.classes)}

    def part(found: corpora.Rows) -> Dataset:
        return dataset([text for text, _ in found], [code[label] for _, label in found], task)

    policy = Policy(dtype="bfloat16", threads=threads, offline=True, reason="a benchmark")
    run = TinyRun(kept / f".{name}-{len(corpus.train)}", SEED, policy)
    teacher = FineTuned(optimization=Optimization(epochs=EPOCHS[name]), max_length=64)
    store = Store(kept, registry.predictors())
    return Given(name, Parts(part(corpus.train), part(corpus.valid)), part(corpus.test), teacher, run, store)


def students(corpus: str, teacher: FineTuned) -> Mapping[str, Any]:
    """Name of a student -> its learner."""
    few, warm, (epochs, made) = More(made=1.0), Soft(alpha=0.9, temperature=2.0), TAUGHT[corpus]
    course = replace(Layers().optimization, epochs=epochs, learning_rate=RATE)
    quick = Optimization(epochs=4.0, learning_rate=2e-3, warmup=0.05, batch_size=64, layer_decay=1.0)

    def layers(count: int) -> Quantized:
        student = Layers(count, inside=Inside(()), optimization=replace(course, batch_size=64 if made else 32))
        return Quantized(Distilled(teacher, student, warm, More(made=made)), max_loss=MOST_LOSS, words="used")

    def small(student: Any) -> Exported:
        return Exported(Distilled(teacher, student, warm, few))

    transformer = SequenceNetwork(Attention(), quick, reading=WordReading(pieces=20_000))
    return {
        "3 layers": layers(3),
        "2 layers": layers(2),
        "1 layer": layers(1),
        "transformer of words": small(transformer),
        "convolution of characters": small(CharConvolution(quick, width=64, filters=128)),
        "hashed n-grams": small(
            HashedNgrams(replace(HashedNgrams().optimization, epochs=4.0), width=64, buckets=2**16)
        ),
        "linear n-grams": small(TfidfLogistic(max_features=20_000, c=8.0)),
    }


def made(what: Given, learners: Mapping[str, Any]) -> dict[str, Any]:
    """The students that can be made; of the others it is printed why not, as where fewer words lose too much."""
    found: dict[str, Any] = {}
    for name, learner in learners.items():
        try:
            found[name] = fitted(what, name, learner)
        except NaeumError as error:
            print(f"{what.name}: {name} is left out: {error}", flush=True)
    return found


def fitted(what: Given, name: str, learner: Any) -> Any:
    """A learner's predictor, from the folder if it is there; the seconds that it took are printed."""
    key = f"{what.name}-{len(what.parts.fit)}" + (f"-{name.replace(' ', '_').replace(',', '')}" if name else "")
    if not what.store.has(key):
        start = time.perf_counter()
        what.store.save(key, what.run.fit(learner, what.parts))
        print(f"{what.name}: {name or 'the teacher'} was fitted in {time.perf_counter() - start:.0f} s", flush=True)
    return what.store.load(key)


def megabytes(place: Path) -> float:
    """What an exported folder takes."""
    return sum(file.stat().st_size for file in place.iterdir()) / 1e6


def times(models: Mapping[str, Any], rows: Any) -> dict[str, dict[str, float]]:
    """Milliseconds of single rows of each model: median and 95 % quantile.

    Models take turns, each with BLOCK rows one by one: one row each would find the caches full of the largest model.
    """
    found: dict[str, list[float]] = {name: [] for name in models}
    count = min(ASKED, rows.num_rows)
    for first in range(0, count, BLOCK):
        for name, model in models.items():
            for at in range(first, min(first + BLOCK, count)):
                start = time.perf_counter()
                model.predict(rows.slice(at, 1))
                found[name].append(1e3 * (time.perf_counter() - start))
    return {
        name: {"median_ms": float(np.median(one)), "p95_ms": float(np.quantile(one, 0.95))}
        for name, one in found.items()
    }


def measured(what: Given, names: Sequence[str]) -> dict[str, Any]:
    """Teacher and students of a corpus side by side."""
    teacher = fitted(what, "", what.teacher)
    what.run.fitted[what.run.key(what.teacher, what.parts)] = teacher
    learners = {name: one for name, one in students(what.name, what.teacher).items() if not names or name in names}
    models: dict[str, Any] = {"the teacher": teacher}
    with tempfile.TemporaryDirectory() as place:
        folder.export(teacher, Path(place) / "teacher", what.parts.tune.rows.slice(0, ASKED))
        models["the teacher, exported"] = exported.opened(Path(place) / "teacher", what.run.policy.threads)
        models |= made(what, learners)
        sizes = {name: megabytes(one.model.folder) for name, one in models.items() if hasattr(one, "model")}
        sizes["the teacher"] = sizes["the teacher, exported"]
        spent = times(models, what.parts.tune.rows)
        told = {name: (scored(one, what.parts.tune), scored(one, what.test)) for name, one in models.items()}
    own, base = told["the teacher"], spent["the teacher"]
    through = spent["the teacher, exported"]
    rows = [
        {
            "name": name, "tune": told[name][0], "test": told[name][1], "mb": sizes[name], **spent[name],
            "smaller": sizes["the teacher"] / sizes[name],
            "faster": base["median_ms"] / spent[name]["median_ms"],
            "faster_than_exported": through["median_ms"] / spent[name]["median_ms"],
            "kept_on_tune": told[name][0]["value"] / own[0]["value"],
            "kept_on_test": told[name][1]["value"] / own[1]["value"],
        }
        for name in models
    ]  # fmt: skip
    return {"rows": rows, "chosen": chosen(rows)}


def scored(model: Any, data: Dataset) -> dict[str, float]:
    """The accuracy with its interval."""
    return dict(bootstrap(metric("accuracy"), model.predict(data.rows), data, seed=SEED).__dict__)


def chosen(rows: Sequence[Mapping[str, Any]]) -> str:
    """The student that keeps most of the score on tune among those that reach the goal there; '' for none."""
    good = [
        one for one in rows if one["smaller"] >= SMALLER and one["faster"] >= FASTER and one["kept_on_tune"] >= KEPT
    ]
    return max(good, key=lambda one: one["kept_on_tune"])["name"] if good else ""


def table(found: Mapping[str, Any]) -> str:
    """The students, and what was published."""
    head = ["model", "tune", "test", "MB", "ms", "smaller", "faster", "than exported", "kept (test)"]
    lines = [
        [
            one["name"] + (" *" if one["name"] == found["chosen"] else ""), f"{one['tune']['value']:.4f}",
            "{value:.4f} ({low:.4f}–{high:.4f})".format(**one["test"]), f"{one['mb']:.2f}", f"{one['median_ms']:.2f}",
            f"{one['smaller']:.1f}", f"{one['faster']:.1f}", f"{one['faster_than_exported']:.1f}",
            f"{100 * one['kept_on_test']:.1f} %",
        ]
        for one in found["rows"]
    ]  # fmt: skip
    lines += [
        [name, "", "", "", "", f"{smaller:.1f}", f"{faster:.1f}", "", f"{100 * kept:.1f} %"]
        for name, (smaller, faster, kept) in PUBLISHED.items()
    ]
    return record.table(head, lines)


def main() -> None:
    """Fit what is not kept yet, measure, write what came of it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpora", nargs="*", default=list(EPOCHS))
    parser.add_argument("--rows", type=int, help="training rows; all without it")
    parser.add_argument("--kept", type=Path, default=Path("runs") / "students", help="folder of the fits")
    parser.add_argument("--students", nargs="*", default=(), help="names of some; all without it")
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    for name in wanted.corpora:
        found = measured(given(name, wanted.kept, wanted.rows, wanted.threads), wanted.students)
        whole = wanted.rows is None and not wanted.students
        path = record.save(f"students_{name}" + ("" if whole else "_part"), {"threads": wanted.threads, **found})
        print(f"{table(found)}\n* chosen on tune\n-> {path}", flush=True)


if __name__ == "__main__":
    main()
