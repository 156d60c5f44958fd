"""Who answers better after the same time on the same cores? Systems side by side, with intervals.

Reads the trials in `benchmarks/results/raw/`, prints and keeps a table: accuracy with its 95 % interval over rows, and
the difference to naeum on the same rows, paired (bootstrap; McNemar's exact p, raised by Holm for the number of peers).
"""

from __future__ import annotations

import argparse
import json
from typing import Any

import numpy as np

from benchmarks import record
from naeum import measure
from naeum.contract import Outputs, Task
from naeum.testing.data import dataset as made

OURS = "naeum"


def trials(data: str, names: list[str]) -> dict[str, dict[str, Any]]:
    """The trials of one data set by system, all on the same rows."""
    found = {}
    for name in names:
        path = record.RESULTS / "raw" / f"peers-{data}-{name}.json"
        if path.exists():
            found[name] = json.loads(path.read_text(encoding="utf-8"))
    if len({tuple(trial["labels"]) for trial in found.values()}) > 1:
        raise SystemExit(f"all trials must answer the same rows; those of {data} do not; run them again")
    return found


def outputs_of(answers: list[str], task: Task) -> Outputs:
    """Answers as scores: one for the class that was answered."""
    codes = np.asarray([task.classes.index(answer) for answer in answers])
    return Outputs(task, np.eye(len(task.classes), dtype=np.float32)[codes])


def compare(data: str, names: list[str]) -> list[dict[str, Any]]:
    """One line a system: accuracy, interval, and the paired difference to naeum."""
    found = trials(data, names)
    if not found:
        return []
    labels = next(iter(found.values()))["labels"]
    classes = tuple(sorted({*labels, *(answer for trial in found.values() for answer in trial["answers"])}))
    dataset = made([""] * len(labels), [classes.index(label) for label in labels], Task(classes=classes))
    accuracy = measure.metric("accuracy")
    outputs = {name: outputs_of(trial["answers"], dataset.task) for name, trial in found.items()}
    lines = []
    for name, trial in found.items():
        interval = measure.bootstrap(accuracy, outputs[name], dataset, seed=0)
        line = {
            "data": data,
            "system": name,
            "version": trial["versions"],
            "accuracy": interval.value,
            "low": interval.low,
            "high": interval.high,
            "fit_seconds": trial["fit_seconds"],
            "limit_seconds": trial["limit_seconds"],
            "threads": trial["threads"],
            "settings": trial["settings"],
        }
        if OURS in found and name != OURS:
            against = measure.paired(accuracy, outputs[OURS], outputs[name], dataset, seed=0)
            line |= {"gain": against.gain, "gain_low": against.low, "gain_high": against.high, "p": against.mcnemar}
        lines.append(line)
    peers = [line for line in lines if "p" in line]
    for line, raised in zip(peers, measure.holm([line["p"] for line in peers]), strict=True):
        line["p_holm"] = float(raised)
    return lines


def row(line: dict[str, Any]) -> list[str]:
    """A line of the printed table."""
    gain = f"{line['gain']:+.4f} [{line['gain_low']:+.4f}, {line['gain_high']:+.4f}]" if "gain" in line else "–"
    p = f"{line['p_holm']:.2g}" if "p_holm" in line else "–"
    score = f"{line['accuracy']:.4f} [{line['low']:.4f}, {line['high']:.4f}]"
    return [line["data"], line["system"], score, gain, p, f"{line['fit_seconds']:.0f}"]


def main() -> None:
    """Compare what has been run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", nargs="+", default=["clinc150", "sst2"])
    parser.add_argument("--systems", nargs="+", default=[OURS, "setfit", "flaml", "autogluon"])
    wanted = parser.parse_args()
    lines = [line for data in wanted.data for line in compare(data, wanted.systems)]
    head = ["data", "system", "test accuracy [95 %]", "naeum's gain over it [95 %]", "p (Holm)", "seconds of fit"]
    print(record.table(head, map(row, lines)))
    if lines:
        print(record.save("peers", {"lines": lines}))


if __name__ == "__main__":
    main()
