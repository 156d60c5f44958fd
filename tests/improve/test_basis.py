"""Are the base models of a climb chosen with reasons, and kept as they were decided?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from naeum import extras
from naeum.contract import Policy, Task
from naeum.improve.basis import Basis, basis
from naeum.improve.options import Options
from naeum.testing.encoders import tiny_encoder

pytestmark = pytest.mark.skipif(not extras.there("torch"), reason="base models need torch")
TEXTS = ["최고 영화 정말 재밌다", "배우가 최악 지루하다"] * 20
OFFLINE = Policy(offline=True, threads=1)


def chosen(before: dict[str, Any] | None = None, **options: Any) -> tuple[Basis, list[str]]:
    told: list[str] = []
    found = basis(Options(**options), Task(), (TEXTS, ("ko",)), OFFLINE, told.append, before or {})
    return found, told


def test_several_in_a_folder_are_weighed_and_the_choice_is_kept(tmp_path: Path) -> None:
    for name in ("b", "a"):
        tiny_encoder(tmp_path / name)
    found, _ = chosen(base=str(tmp_path))
    assert {Path(name).name for name in found.names} == {"a", "b"}
    assert found.said.startswith("base model = ") and "the likeliest of 2 at hand" in found.said
    assert [one["at_hand"] for one in found.weighed].count(True) == 2 and len(found.weighed) == 8
    kept = {"bases": list(found.names[::-1]), "weighed": [{"name": "as before"}], "basis": "said before"}
    again, _ = chosen({"summary": kept}, base=str(tmp_path))
    assert again == Basis(found.names[::-1], ({"name": "as before"},), "said before")


def test_rows_without_a_text_and_machines_without_torch_have_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert basis(Options(), Task(), ([], ()), OFFLINE, print, {}) == Basis()
    monkeypatch.setattr("naeum.extras.there", lambda package: package != "torch")
    found, told = chosen()
    assert found == Basis() and told == [
        "torch is not installed: linear models only; pip install torch transformers for more."
    ]


def test_a_model_of_images_is_taken_as_it_is(tmp_path: Path) -> None:
    tiny_encoder(tmp_path / "both")
    found, _ = chosen(base=str(tmp_path / "both" / "sight"))
    assert len(found.names) == 1 and found.weighed == () and found.said == ""
