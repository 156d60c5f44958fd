"""Does the benchmark of tags fit, judge and put together what it says?"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import tags as benchmark
from naeum.model.floor import Majority
from naeum.model.tags.crf import Crf
from naeum.testing.worlds import tags


def test_learners_are_fitted_judged_and_put_together(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = tags.parts(24)
    monkeypatch.setattr(benchmark, "parts", lambda: {"fit": given.fit, "tune": given.tune, "test": tags.make(9, 5)})
    monkeypatch.setattr(benchmark, "RESAMPLES", 20)
    some = {"floor": Majority(), "conditional random field": Crf(), "fine-tune": Crf(c=0.5), "left out": None}
    monkeypatch.setattr(benchmark, "learners", lambda base: some)
    found = benchmark.trial(1, ["floor", "conditional random field", "fine-tune"])
    assert [*found] == [
        "floor", "conditional random field", "fine-tune", "blend", "fine-tune, chained", "blend, chained"
    ]  # fmt: skip
    assert found["floor"]["test"]["entity_f1"] == 0.0 < found["blend"]["test"]["entity_f1"]
    assert (
        found["fine-tune"]["test"]["low"] <= found["fine-tune"]["test"]["entity_f1"] and found["floor"]["seconds"] >= 0
    )
    assert sum(found["blend"]["weights"].values()) > 0
    assert capsys.readouterr().out.count("test F1") == 6


def test_the_files_are_read_as_they_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "wnut17"
    folder.mkdir()
    for place, name in enumerate(benchmark.FILES.values()):
        (folder / name).write_text(
            f"New\tB-place\nYork\tI-place\n\t\nnow\t{'B-time' if place else 'O'}\n", encoding="utf-8"
        )
    monkeypatch.setenv("NAEUM_DATA", str(tmp_path))
    found = benchmark.parts()
    assert found["fit"].task.classes == found["test"].task.classes == ("B-place", "B-time", "I-place", "O")
    assert found["fit"].truth.to_pylist() == [[0, 2], [3]]
