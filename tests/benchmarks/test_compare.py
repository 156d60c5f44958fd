"""Does the comparison with peers read the trials rightly?"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import record
from benchmarks.peers import compare


def trial(folder: Path, system: str, answers: list[str], labels: list[str]) -> None:
    document: dict[str, Any] = {"labels": labels, "answers": answers, "versions": {}, "fit_seconds": 1.0}
    document |= {"limit_seconds": 300, "threads": 2, "settings": {}}
    path = folder / "raw" / f"peers-toy-{system}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document), encoding="utf-8")


@pytest.fixture(autouse=True)
def results(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(record, "RESULTS", tmp_path)
    return tmp_path


def test_systems_stand_beside_naeum_with_paired_intervals(results: Path) -> None:
    labels = ["a", "b"] * 100
    trial(results, "naeum", labels, labels)
    trial(results, "setfit", ["a"] * 200, labels)
    trial(results, "flaml", [*labels[:-1], "a"], labels)
    ours, worse, like = compare.compare("toy", ["naeum", "setfit", "flaml", "absent"])
    assert (ours["accuracy"], worse["accuracy"], like["accuracy"]) == (1.0, 0.5, 0.995)
    assert "gain" not in ours
    assert worse["gain"] == 0.5 and 0.4 < worse["gain_low"] < 0.5 < worse["gain_high"] < 0.6
    assert like["gain_low"] == 0.0
    assert worse["p_holm"] < 1e-9 and like["p_holm"] == 1.0
    assert len(compare.row(worse)) == 6


def test_trials_on_other_rows_are_refused(results: Path) -> None:
    trial(results, "naeum", ["a", "b"], ["a", "b"])
    trial(results, "setfit", ["a", "b"], ["b", "a"])
    with pytest.raises(SystemExit, match="all trials must answer the same rows; those of toy do not"):
        compare.compare("toy", ["naeum", "setfit"])


def test_without_trials_there_is_nothing_to_say() -> None:
    assert compare.compare("toy", ["naeum"]) == []
