"""Is another machine's time told by what was measured there, and is a file that says nothing of it refused?"""

import json

import pytest

from naeum.errors import InputError
from naeum.measure import elsewhere
from naeum.measure.elsewhere import Meant, Profile, Ratio

WRITTEN = {
    "format": 1, "machine": {"processor": "a server"}, "key": "k", "latency_ms": 6.0, "median_ms": 4.0,
    "workloads": {"words looked up": 3.0},
}  # fmt: skip


def test_a_profile_is_read_back(tmp_path):
    path = tmp_path / "server.json"
    path.write_text(json.dumps(WRITTEN), encoding="utf-8")
    assert elsewhere.read(path) == Profile("a server", "k", 6.0, 4.0, {"words looked up": 3.0})


@pytest.mark.parametrize(
    "wrong",
    [{"format": 2}, {"latency_ms": 0}, {"latency_ms": "soon"}, {"workloads": {}}, {"machine": 3}, {"median_ms": None}],
)
def test_what_is_no_profile_is_refused(tmp_path, wrong):
    path = tmp_path / "server.json"
    path.write_text(json.dumps({**WRITTEN, **wrong}), encoding="utf-8")
    with pytest.raises(InputError, match=r"--machine must name a file that naeum bench RUN --save wrote .* is none"):
        elsewhere.read(path)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="write it anew"):
        elsewhere.read(path)
    with pytest.raises(InputError, match="write it anew"):
        elsewhere.read(tmp_path / "none.json")


def test_the_model_says_the_ratio_and_the_workloads_how_sure_it_is():
    there = Profile("a server", "k", 6.0, 4.0, {"a": 3.0, "b": 1.0, "unknown": 9.0})
    assert elsewhere.ratio(there, "k", (3.0, 2.0), {"a": 1.0, "b": 2.0}) == Ratio(2.0, 0.5, 3.0)
    with pytest.raises(InputError, match="the file is of another one"):
        elsewhere.ratio(there, "other", (3.0, 2.0), {"a": 1.0})


def test_workloads_take_time():
    found = elsewhere.workloads()
    assert len(found) == 3 and min(found.values()) > 0


def test_without_the_model_the_workloads_say_the_ratio():
    there = Profile("a server", "k", 6.0, 4.0, {"a": 3.0, "b": 1.0, "unknown": 9.0})
    assert elsewhere.of_workloads(there, {"a": 1.0, "b": 2.0}) == Ratio(1.75, 0.5, 3.0)
    with pytest.raises(InputError, match="a profile with the workloads of this naeum; the file has none of them"):
        elsewhere.of_workloads(there, {"c": 1.0})


def test_a_limit_there_is_judged_at_the_careful_end_and_said_to_be_an_estimate():
    meant = Meant("a server", 5.0, Ratio(2.0, 1.0, 2.5))
    assert meant.here == 2.0
    assert meant.said == (
        "The limit of 5 ms a row is meant on a server, which takes 2.00 [1.00, 2.50] times as long as this machine (by "
        "small workloads, not by your model). So 2 ms here are allowed, at the careful end: an estimate, to be checked "
        "again there before release."
    )
    assert "(by this model on both)" in Meant("a server", 5.0, Ratio(2.0, 1.0, 2.5), True).said
    assert meant.there(4.0).startswith("Expected on a server: 8 ms a row [4, 10] where 5 is allowed; check it there")
