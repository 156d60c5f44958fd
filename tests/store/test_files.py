"""Is a file whole or as it was, whatever happens while it is written?"""

from __future__ import annotations

from pathlib import Path

import pytest

from naeum.store.files import replacing, write_atomic


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    write_atomic(target, "old")
    with pytest.raises(RuntimeError, match="half way"):
        _write_half(target)
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def _write_half(target: Path) -> None:
    with replacing(target) as part:
        part.write_text("new")
        raise RuntimeError("half way")


def test_text_and_bytes_and_folders(tmp_path: Path) -> None:
    write_atomic(tmp_path / "deep" / "b", b"\x00\xff")
    assert (tmp_path / "deep" / "b").read_bytes() == b"\x00\xff"
    write_atomic(tmp_path / "deep" / "b", "나음")
    assert (tmp_path / "deep" / "b").read_text(encoding="utf-8") == "나음"
