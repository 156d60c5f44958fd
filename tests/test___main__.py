"""Is `python -m naeum` the same as the command?"""

from __future__ import annotations

import subprocess
import sys


def test_the_module_runs_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "naeum", "why", "nowhere"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert done.stderr.startswith("naeum: a run folder must hold ledger.jsonl")
