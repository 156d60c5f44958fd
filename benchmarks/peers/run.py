"""How does naeum do beside its peers in the same five minutes? Runs every system in turn, then compares.

The peers live in an environment of their own; name its interpreter in $NAEUM_PEERS_PYTHON (see requirements.txt). Only
one system runs at a time, on the same threads.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys

from benchmarks import record

PEERS = ("setfit", "flaml", "autogluon")


def interpreter(system: str) -> str:
    """The Python that runs a system."""
    if system == "naeum":
        return sys.executable
    peers = os.environ.get("NAEUM_PEERS_PYTHON")
    if not peers:
        raise SystemExit(
            "NAEUM_PEERS_PYTHON must name the interpreter of the peers' environment; it is not set; make one from "
            "benchmarks/peers/requirements.txt"
        )
    return peers


def main() -> None:
    """Run the systems on the data sets."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", nargs="+", default=["clinc150", "sst2"])
    parser.add_argument("--systems", nargs="+", default=["naeum", *PEERS])
    parser.add_argument("--seconds", type=float, default=300.0)
    parser.add_argument("--threads", type=int, default=2)
    wanted = parser.parse_args()
    for data in wanted.data:
        for system in wanted.systems:
            module = f"benchmarks.peers.with_{system}"
            limits = ["--data", data, "--seconds", str(wanted.seconds), "--threads", str(wanted.threads)]
            subprocess.run([interpreter(system), "-m", module, *limits], cwd=record.ROOT, check=True)
    comparing = [sys.executable, "-m", "benchmarks.peers.compare", "--data", *wanted.data, "--systems", *wanted.systems]
    subprocess.run(comparing, cwd=record.ROOT, check=True)


if __name__ == "__main__":
    main()
