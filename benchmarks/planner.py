"""Does the planner earn its keep? The area under the anytime curve, against two simple ways to spend the same minutes.

Arms: `planner` (the climb); `one` (probe, then one fine-tune whose schedule ends at the deadline); `random` (the same
edits in random order). The curve is the test score of the champion of each moment; its area is the mean score over the
minutes. Forecasts beside outcomes are kept, too.

    python -m benchmarks.planner clinc150 sst2 nsmc --minutes 5
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import record
from benchmarks.climb import SETS, options, told
from naeum import registry
from naeum.cycle import at_work, open_run
from naeum.improve import forecast, gate, planner
from naeum.improve.climb import climb, rungs_of
from naeum.improve.opening import texts
from naeum.improve.planner import Plan
from naeum.improve.site import Site

ARMS = ("planner", "one", "random")
MOST_EPOCHS = 50.0  # of the fine-tune of `one`: the time ends first
DEADLINE = 0.85  # of the time: what `one` gives its fine-tune, so that it, too, ends within its minutes


def shuffled(seed: int) -> Any:
    """An order that knows nothing: the same edits, at random."""
    rng = np.random.default_rng(seed)

    def order(plans: tuple[Plan, ...]) -> tuple[Plan, ...]:
        return tuple(plans[int(at)] for at in rng.permutation(len(plans)))

    return order


@contextmanager
def to_the_deadline() -> Iterator[None]:
    """The book's fine-tune gets all the time, and as many epochs as that holds."""
    usual = texts.TRAINED_SHARE, texts.EPOCHS
    texts.TRAINED_SHARE, texts.EPOCHS = DEADLINE, (MOST_EPOCHS, MOST_EPOCHS)
    try:
        yield
    finally:
        texts.TRAINED_SHARE, texts.EPOCHS = usual


def run_arm(name: str, arm: str, minutes: float, seed: int, folder: Path) -> dict[str, Any]:
    """One arm on one data set: its anytime curve on test and its forecasts."""
    run = folder / f"{name}-{arm}-{seed}"
    shutil.rmtree(run, ignore_errors=True)
    data, others = options(name)
    settings = {**others, "minutes": minutes, "seed": seed, "run": str(run), "offline": True}
    if arm == "one":
        settings["only"] = ("probe", "finetune", "char_convolution", "linear")
    with at_work(data, told, settings) as site, to_the_deadline() if arm == "one" else nullcontext():
        techniques = registry.techniques() if arm != "one" else ()
        climb(site, techniques, shuffled(seed) if arm == "random" else planner.by_worth)
        curve = anytime(site, 60 * minutes)
        outcomes = list(forecast.outcome_table(rungs_of(site)))
    test = open_run(run).test or {}
    return {"curve": curve, "area": area(curve, 60 * minutes), "final": test.get("value"), "outcomes": outcomes}


def anytime(site: Site, seconds: float) -> list[tuple[float, float]]:
    """(elapsed second, test score of the champion from then on)."""
    test = site.split.test
    assert test is not None
    rungs, curve = rungs_of(site), []
    for end in range(1, len(rungs) + 1):
        best = gate.choose(rungs[:end], site.options.limits, site.metric.sign)
        score = site.metric.score(site.executor.answers(site.executor.fitted(best.artifact), test), test)
        curve.append((min(float(rungs[end - 1].cost["at"]), seconds), score))
    return curve


def area(curve: list[tuple[float, float]], seconds: float) -> float:
    """The mean score over the minutes; 0 before the first rung."""
    times = [at for at, _ in curve] + [seconds]
    return sum(score * (times[i + 1] - at) for i, (at, score) in enumerate(curve)) / seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="+", choices=SETS)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--arms", nargs="+", default=list(ARMS), choices=ARMS)
    parser.add_argument("--runs", default="runs/planner")
    given = parser.parse_args()
    for name in given.names:
        found = {
            arm: [run_arm(name, arm, given.minutes, seed, Path(given.runs)) for seed in range(given.seeds)]
            for arm in given.arms
        }
        record.save(f"planner-{name}-{given.minutes:g}", {"data": name, "minutes": given.minutes, "arms": found})
        rows = [
            [arm, f"{np.mean([one['area'] for one in runs]):.4f}", ", ".join(f"{one['final']:.4f}" for one in runs)]
            for arm, runs in found.items()
        ]
        print(record.table([f"{name}, {given.minutes:g} min", "area", "final test"], rows), flush=True)


if __name__ == "__main__":
    main()
