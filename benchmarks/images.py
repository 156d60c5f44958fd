"""How many of 2,000 small photos are named rightly after learning from 8,000, from nothing, on a laptop's cores?

Ten classes of CIFAR-10 (Krizhevsky 2009), 800 images of 32 by 32 pixels each to learn from. A tenth of them, drawn
once, is the tune part by which a fit decides when to stop; the test folder is opened at the end, once for each learner.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import corpora, record

FILE = "cifar10_small.zip"
TUNE_SHARE = 0.1
PACKAGES = ("naeum", "torch", "pillow", "numpy", "scipy")
METRICS = ("accuracy", "macro_f1", "log_loss")
RESAMPLES = 2_000


def parts(rows: int | None) -> tuple[Any, Any]:
    """Parts to learn from, and the test rows."""
    from naeum.contract import Parts, subset
    from naeum.data import read

    path = corpora.folder() / FILE
    train, test = read(path).dataset, read(path, part="test").dataset
    order = np.random.default_rng(0).permutation(len(train))[:rows]
    cut = round(len(order) * TUNE_SHARE)
    fit, tune = subset(train, np.sort(order[cut:]), "fit"), subset(train, np.sort(order[:cut]), "tune")
    return Parts(fit, tune), replace(test, task=train.task)


def learners(epochs: float) -> dict[str, Any]:
    """What is tried, the quickest first."""
    from naeum.model.floor import Majority
    from naeum.model.image.linear import ImageLinear
    from naeum.model.image.network import ImageNetwork

    network = ImageNetwork()
    return {
        "floor": Majority(),
        "edges and colours": ImageLinear(),
        "network from scratch": replace(network, optimization=replace(network.optimization, epochs=epochs)),
    }


def trial(given: argparse.Namespace) -> dict[str, Any]:
    """Fit and answer, one learner after the other."""
    from naeum.engine.policy import decide
    from naeum.measure import bootstrap
    from naeum.measure.metrics import metric
    from naeum.testing.runs import TinyRun

    policy = decide(given.threads, offline=True, dtype=given.dtype)
    data, test = parts(given.rows)
    found: dict[str, Any] = {"policy": policy.reason, "fit": len(data.fit), "tune": len(data.tune), "test": len(test)}
    for name, learner in learners(given.epochs).items():
        if given.only and name not in given.only:
            continue
        with tempfile.TemporaryDirectory() as folder:
            start = time.perf_counter()
            fitted = learner.fit(data, TinyRun(Path(folder), policy=policy))
            seconds = time.perf_counter() - start
        start = time.perf_counter()
        outputs = fitted.predict(test.rows)
        answering = time.perf_counter() - start
        interval = bootstrap(metric("accuracy"), outputs, test, seed=0, resamples=RESAMPLES)
        one = {measure: metric(measure).score(outputs, test) for measure in METRICS}
        one |= {"tune_accuracy": metric("accuracy").score(fitted.predict(data.tune.rows), data.tune)}
        one |= {"low": interval.low, "high": interval.high, "seconds": round(seconds, 1)}
        one |= {"answered_a_second": round(len(test) / answering)}
        if hasattr(fitted, "best_epochs"):
            trained = fitted.history[-1]["epoch"]
            one |= {"epochs": trained, "best_epochs": fitted.best_epochs}
            one |= {"learned_a_second": round(trained * len(data.fit) / seconds)}
        found[name] = one
        print(
            f"{name:<22} test accuracy {one['accuracy']:.3f} [{one['low']:.3f}, {one['high']:.3f}]  "
            f"tune {one['tune_accuracy']:.3f}  {seconds:.0f} s  {one['answered_a_second']} answers a second",
            flush=True,
        )
    return found


def main() -> None:
    """Measure and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--epochs", type=float, default=30.0, help="of the network")
    parser.add_argument("--rows", type=int, help="to learn from; default: all")
    parser.add_argument("--dtype", choices=("float32", "bfloat16"), help="default: what a trial says")
    parser.add_argument("--only", action="append", default=[], help="a learner; may be said again")
    parser.add_argument("--name", default="images", help="of the file of results")
    given = parser.parse_args()
    result = {"corpus": FILE, "threads": given.threads, "asked_epochs": given.epochs, "learners": trial(given)}
    print(record.save(given.name, result, PACKAGES).name)


if __name__ == "__main__":
    main()
