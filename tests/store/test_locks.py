"""Does only one process work in a run folder?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from naeum.errors import RunInUse
from naeum.store import lock

HOLD = (
    "import sys; from pathlib import Path; from naeum.store import lock\n"
    "with lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
)


def test_a_second_process_is_refused_and_a_killed_one_leaves_no_lock(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(RunInUse, match=f"in use by process {process.pid}; wait for it, stop it"), lock(tmp_path):
            pass
        process.kill()
        process.wait()
    with lock(tmp_path):
        assert (tmp_path / "lock").exists()
