"""Does a profile come back from JSON as it was, and show itself without becoming markup?"""

import json

import pytest

from naeum.errors import InputError
from naeum.explore.course import explore
from naeum.explore.profile import Profile, plain

ROWS = [{"<b>age</b>": "" if n == 3 else str(20 + n % 30), "도시": "서울부산"[n % 2]} for n in range(60)]


def test_the_round_trip(tmp_path):
    profile = explore(ROWS, parts=["missing", "duplicates", "columns", "relations"])
    path = profile.save(tmp_path / "explore.json")
    again = Profile.from_json(json.loads(path.read_text(encoding="utf-8")))
    assert again.to_json() == profile.to_json() and again.findings[0].rows == profile.findings[0].rows
    assert [one.severity for one in again.worst_first] == sorted(
        (one.severity for one in again.findings), key=("issue", "warning", "tip").index
    )


def test_a_notebook_shows_it_escaped():
    shown = explore(ROWS, parts=["missing"])._repr_html_()
    assert "&lt;b&gt;age&lt;/b&gt;" in shown and "<b>age" not in shown and "D04" in shown


def test_what_json_cannot_hold():
    assert plain({"a": float("nan"), "b": (1, {2})}) == {"a": None, "b": [1, "{2}"]}


def test_another_format_is_refused():
    with pytest.raises(InputError, match="a profile must be of format 1; got 99; explore again"):
        Profile.from_json({"format": 99})
