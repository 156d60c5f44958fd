"""Are all checks of data there, in order, each with a page whose thresholds are the constants?"""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from naeum.explore.checks import CHECKS

ROOT = Path(__file__).resolve().parents[3]
TABLES = [check for check in CHECKS if check.code < "D20"]


def test_codes_rise_and_differ():
    codes = [check.code for check in CHECKS]
    assert codes == sorted(set(codes)) and [check.code for check in TABLES] == [f"D{n:02d}" for n in range(1, 20)]


def test_every_file_of_a_check_is_in_the_tuple():
    files = {path.stem.upper() for path in (ROOT / "src/naeum/explore/checks").glob("d[0-9][0-9].py")}
    assert files == {check.code for check in CHECKS}


@pytest.mark.parametrize("check", TABLES, ids=lambda check: check.code)
def test_pages_of_tables_show_the_constants(check):
    page = (ROOT / "docs" / "findings" / f"{check.code}.md").read_text(encoding="utf-8")
    assert page.startswith(f"# {check.code} · {check.title}\n") and not fields(check)
    source = (ROOT / "src/naeum/explore/checks" / f"{check.code.lower()}.py").read_text(encoding="utf-8")
    constants = re.findall(r"^([A-Z][A-Z_]+) = ([0-9][0-9._]*)  # ", source, re.MULTILINE)
    assert all(f"| `{name}` | {value} |" in page for name, value in constants)
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE)) == {name for name, _ in constants}
