"""Is each layer probed from one pass, once, and read rightly?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import naeum
from naeum import extras
from naeum.engine import features
from naeum.improve.layers import reading
from naeum.testing.encoders import tiny_encoder


def layer(number: int, gain: float, wide: float = 0.01) -> dict[str, Any]:
    return {"layer": number, "gain": gain, "gain_low": gain - wide, "gain_high": gain + wide}


def test_the_reading_names_what_can_be_told() -> None:
    assert reading([layer(0, -0.2), layer(1, 0.05), layer(2, 0.0)]) == (
        "Layer 1 of 2 knows most, 0.050 more than the last one: what this task needs is partly gone above it; the word "
        "embeddings know 0.200 less."
    )
    assert reading([layer(0, -0.005), layer(1, 0.0), layer(2, 0.0)]).startswith(
        "Layers 0 to 2 know as much as the last"
    )
    assert reading([layer(0, -0.2), layer(1, -0.1), layer(2, 0.0, 0.0)]).startswith("The last layer, 2, knows most")


@pytest.mark.skipif(not extras.there("torch"), reason="probes need torch")
def test_every_layer_is_probed_without_another_pass(
    tables: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = tiny_encoder(tmp_path / "tiny")
    passes: list[int] = []
    real: Callable[..., Any] = features._pass

    def counted(asked: Any, vectors: Any, planned: Any, *rest: Any) -> Any:
        passes.append(len(planned))
        return real(asked, vectors, planned, *rest)

    monkeypatch.setattr("naeum.engine.features._pass", counted)
    options: dict[str, Any] = {"target": "label", "offline": True, "threads": 1, "rungs": 2, "only": "probe"}
    ladder = naeum.improve(tables["train"], base=base, run=str(tmp_path / "run"), **options)
    found = ladder.layers
    assert [one["layer"] for one in found["layers"]] == [0, 1, 2] and found["rung"] == 1
    assert all(one["low"] <= one["score"] <= one["high"] for one in found["layers"])
    assert found["layers"][-1]["gain"] == 0.0 and found["said"]
    page = Path(naeum.report(ladder)).read_text(encoding="utf-8")
    assert '<section id="layers">' in page and "What each layer knows" in page
    assert sum(event["event"] == "layers" for event in ladder.events) == 1
    whole = 2 * (len(ladder.part("fit")) + len(ladder.part("tune")))
    assert 0 < sum(passes) <= whole, "the vectors of rows to learn from were stored by the probe, for every layer"
