"""Does a console of another code page show all that naeum says, with signs that it has?"""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from naeum.cli import console


@pytest.mark.parametrize("codec", ["cp949", "cp437", "cp1252", "ascii"])
def test_signs_that_a_code_page_lacks_are_written_with_those_it_has(codec, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=codec))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(io.BytesIO(), encoding=codec))
    console.gentle()
    sys.stdout.write("gain \u22120.002 [\u22120.013, +0.013] ±0.000 \u2192 \u2501\u2501\u257a \u2713 \u2026 \u280b")
    sys.stdout.flush()
    shown = raw.getvalue().decode(codec)
    assert "gain -0.002 [-0.013, +0.013]" in shown and "?" not in shown


def test_what_no_sign_is_near_to_is_a_question_mark():
    assert "가🙂".encode("ascii", "replace") == b"??"
    assert "".join(map(console.plain, "가🙂")) == "??"
    with pytest.raises(UnicodeDecodeError, match="decode byte 0x78"):
        console.nearest(UnicodeDecodeError("utf-8", b"x", 0, 1, "no"))


@pytest.mark.parametrize(
    "verb", [("--lang", "ko"), ("--lang", "ko", "improve", "--help"), ("--lang", "ko", "cache", "--help")]
)
def test_a_korean_console_breaks_nothing(verb, tmp_path):
    (tmp_path / "리뷰 \u2014 힣🙂.csv").touch()  # a name of which cp949 lacks two signs
    call = [sys.executable, "-c", "import sys; from naeum.cli import main; sys.exit(main())", *verb]
    code_page = {**os.environ, "PYTHONIOENCODING": "cp949", "PYTHONUTF8": "0"}
    done = subprocess.run(call, capture_output=True, cwd=Path(tmp_path), env=code_page, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    assert "모델" in done.stdout.decode("cp949")
