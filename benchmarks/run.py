"""Which benchmarks are there, and how are they run? `python -m benchmarks.run [NAME …]`, all without a name."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass

from benchmarks import record


@dataclass(frozen=True)
class Benchmark:
    """One script with its arguments, and about how long it takes on two cores."""

    name: str
    minutes: int
    module: str
    arguments: tuple[str, ...] = ()


BENCHMARKS = (
    Benchmark("climb", 60, "benchmarks.climb", ("clinc150", "sst2", "nsmc", "--minutes", "15")),
    Benchmark("climb_short", 10, "benchmarks.climb", ("clinc150", "--minutes", "5")),
    Benchmark("planner", 80, "benchmarks.planner", ("clinc150", "sst2", "nsmc")),
    Benchmark("peers", 50, "benchmarks.peers.run"),
    Benchmark("features", 3, "benchmarks.features"),
    Benchmark("engine", 8, "benchmarks.engine", ("--models", "runs/engine-models")),
    Benchmark("quantization", 60, "benchmarks.quantization"),
    Benchmark("pruning", 60, "benchmarks.pruning"),
    Benchmark("students", 90, "benchmarks.students"),
    Benchmark("predict_job", 15, "benchmarks.predict_job", ("--twice",)),
    Benchmark("train_speed", 25, "benchmarks.train_speed"),
    Benchmark("reading", 5, "benchmarks.reading"),
    Benchmark("labels", 8, "benchmarks.labels"),
    Benchmark("explore", 5, "benchmarks.explore", ("nsmc", "large")),
    Benchmark("explore_peers", 40, "benchmarks.explore_peers"),
    Benchmark("expectations", 30, "benchmarks.expectations"),
    Benchmark("tasks", 35, "benchmarks.tasks"),
    Benchmark("tables", 25, "benchmarks.tables"),
    Benchmark("tags", 15, "benchmarks.tags"),
    Benchmark("pairs", 3, "benchmarks.pairs"),
    Benchmark("networks", 8, "benchmarks.networks"),
    Benchmark("images", 10, "benchmarks.images"),
    Benchmark("few_rows", 60, "benchmarks.few_rows"),
    Benchmark("kill", 30, "benchmarks.kill"),
)


def main(names: list[str]) -> int:
    """Run the named ones in turn; the number of those that failed."""
    known = {benchmark.name: benchmark for benchmark in BENCHMARKS}
    if unknown := [name for name in names if name not in known]:
        print(f"a benchmark must be one of {', '.join(known)}; got {', '.join(unknown)}", file=sys.stderr)
        return 2
    failed = 0
    for benchmark in (known[name] for name in names or known):
        print(f"== {benchmark.name} (about {benchmark.minutes} minutes)", flush=True)
        ended = subprocess.run(
            [sys.executable, "-m", benchmark.module, *benchmark.arguments], cwd=record.ROOT, check=False
        )
        failed += ended.returncode != 0
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
