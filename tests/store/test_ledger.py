"""Does the ledger survive a kill, and does it notice damage?"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from naeum.errors import StoreError
from naeum.store import Ledger

EVENT = st.dictionaries(
    st.text(max_size=5),
    st.one_of(st.integers(), st.text(), st.floats(allow_nan=False, allow_infinity=False)),
    max_size=4,
)


def test_events_come_back_in_order(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for number in range(5):
        ledger.append({"event": "단계", "number": number})
    assert [event["number"] for event in Ledger(ledger.path)] == [0, 1, 2, 3, 4]


@settings(max_examples=40, deadline=None)
@given(events=st.lists(EVENT, min_size=1, max_size=5), data=st.data())
def test_a_torn_end_loses_only_the_last_event(
    events: list[dict[str, object]], data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("ledger") / "ledger.jsonl"
    ledger = Ledger(path)
    for event in events:
        ledger.append(event)
    whole = path.read_bytes()
    last = len(whole) - len(whole.splitlines(keepends=True)[-1])
    cut = data.draw(st.integers(last, len(whole) - 1))
    path.write_bytes(whole[:cut])
    again = Ledger(path)
    assert list(again) == [json.loads(json.dumps(event)) for event in events[:-1]]
    again.append({"event": "next"})
    assert list(Ledger(path))[-1] == {"event": "next"}
    assert len(Ledger(path)) == len(events)


def test_damage_in_the_middle_is_refused(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.jsonl")
    for number in range(3):
        ledger.append({"number": number})
    lines = ledger.path.read_bytes().splitlines(keepends=True)
    ledger.path.write_bytes(lines[0] + lines[1].replace(b"1", b"7") + lines[2])
    with pytest.raises(StoreError, match=r"line 2 of 3 does not; restore the file from a backup"):
        Ledger(ledger.path)


def test_a_killed_writer_leaves_whole_lines(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    code = (
        "from naeum.store import Ledger; from pathlib import Path; import sys, itertools\n"
        "ledger = Ledger(Path(sys.argv[1]))\n"
        "for n in itertools.count(len(ledger)): ledger.append({'n': n, 'text': 'x' * (n % 977)})"
    )
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "-c", code, str(path)])
        deadline = time.monotonic() + 20
        size = path.stat().st_size if path.exists() else 0
        while (path.stat().st_size if path.exists() else 0) < size + 3000 and time.monotonic() < deadline:
            time.sleep(0.02)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        numbers = [event["n"] for event in Ledger(path)]
        assert numbers == list(range(len(numbers)))
        assert numbers
