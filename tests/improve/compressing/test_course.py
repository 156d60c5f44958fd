"""Is every smaller model a rung, measured beside the champion, made once, and tried no longer than limits ask?"""

import subprocess
import sys
import time

import pytest

import naeum
from naeum import open_run
from naeum.cycle import at_work, compress
from naeum.errors import InputError
from naeum.improve.compressing import Wish, course
from naeum.improve.compressing.recipes import (
    BOTH,
    EIGHT,
    FEWER,
    HALF_HALF,
    HALF_LAYERS,
    HALF_WORK,
    NETWORK,
    NGRAMS,
    PLAIN,
)
from naeum.testing.encoders import tiny_encoder

FOUR = (PLAIN, FEWER, EIGHT, BOTH)


def test_smaller_models_are_rungs_beside_the_champion(encoder_run, compressed_run):
    run, found, said = compressed_run
    assert [point.name for point in found.points] == ["the champion as it is", *FOUR]
    ladder, before = open_run(run), encoder_run
    assert ladder.finished and ladder.champion_rung.number == before.champion_rung.number == found.champion.number
    assert len(ladder.rungs) == len(before.rungs) + 4
    for rung, point in zip(ladder.rungs[len(before.rungs) :], found.points[1:], strict=True):
        assert rung.technique == point.name and not rung.kept and rung.parents == (found.champion.number,)
        assert (rung.number, rung.score, rung.cost["size_mb"]) == (point.rung, point.score, point.size_mb)
        assert rung.decision.startswith(f"A smaller model beside rung {found.champion.number}: it loses ")
    plain = found.points[1]
    assert plain.gain == pytest.approx(0.0, abs=0.1) and plain.gain_low <= plain.gain <= plain.gain_high
    assert found.points[3].size_mb < plain.size_mb and found.points[4].size_mb < found.points[2].size_mb
    assert [event["event"] for event in said].count("rung") == 4


def test_the_size_of_an_export_leaves_out_the_base_that_it_was_made_of(compressed_run):
    run, found, _ = compressed_run
    folder = open_run(run).store.path(found.rungs[found.points[1].rung].artifact)
    assert found.points[1].size_mb == pytest.approx(sum(one.stat().st_size for one in folder.iterdir()) / 1e6)


def test_what_was_measured_is_not_measured_again(compressed_run, own_compressed_run, few):
    said = []
    again = compress(own_compressed_run, max_loss=1.0, watch=said.append)
    assert again.points[1:] == compressed_run[1].points[1:]
    assert [event for event in said if event["event"] == "start"] == []


def test_trying_ends_where_a_limit_is_held(own_compressed_run, few):
    found = compress(own_compressed_run, limits={"size_mb": 1e6}, max_loss=1.0)
    assert [point.name for point in found.points] == ["the champion as it is", PLAIN]


def test_what_does_not_fit_the_time_is_told_and_left(own_encoder_run, few, monkeypatch):
    monkeypatch.setattr(course.forecast, "seconds", lambda site, learner: 1e6)
    said = []
    found = compress(own_encoder_run, watch=said.append)
    assert len(found.points) == 1
    assert said[0]["text"] == "exported: it would take about 1000000 s; the time is over."


def test_what_cannot_be_made_is_told(own_run, few):
    said = []
    found = compress(own_run, watch=said.append)
    assert [point.name for point in found.points] == ["the champion as it is", PLAIN]
    notes = [event["text"] for event in said if event["event"] == "note"]
    assert notes[0].startswith("fewer words: a model must have an encoder to have its vocabulary cut")


def test_a_rung_can_be_named_and_must_be_there(own_encoder_run, few):
    assert compress(own_encoder_run, rung=0, max_loss=1.0).champion.number == 0
    with pytest.raises(InputError, match=r"a rung must be one of 0 … \d+; got 99; see them all with: naeum why"):
        compress(own_encoder_run, rung=99)


def test_minutes_and_loss_must_be_numbers_that_make_sense(own_run):
    with pytest.raises(InputError, match=r"minutes must be above 0 and a loss 0 or more; got 0 and 0.005; correct it"):
        compress(own_run, minutes=0)


def test_a_run_without_a_rung_is_refused(own_run, monkeypatch):
    monkeypatch.setattr(course.ladder, "rungs_of", lambda *found: ())
    refused = pytest.raises(InputError, match=r"a run must have a rung to be made smaller; .* has none; go on with")
    with at_work(own_run, lambda event: None, {}, look=True) as site, refused:
        course.compress(site, Wish({}, 0.01, 10.0))


@pytest.mark.slow
def test_cuts_and_students_follow_and_a_killed_process_goes_on(tables, tmp_path):
    """Every recipe on a tiny fine-tuned encoder; the process is killed with -9 once two rungs are there."""
    base = tiny_encoder(tmp_path / "base")
    run = tmp_path / "run"
    naeum.improve(
        tables["train"], valid=tables["valid"], run=run, rungs=2, base=str(base), target="label", only="finetune",
        no_test=True, offline=True, threads=1,
    )  # fmt: skip
    program = f"from naeum.cycle import compress; compress({str(run)!r}, max_loss=1.0, rung=1)"
    process = subprocess.Popen([sys.executable, "-c", program])
    try:
        while len(open_run(run).rungs) < 4 and process.poll() is None:
            time.sleep(0.2)
    finally:
        process.kill()
        process.wait()
    there = open_run(run).rungs
    assert process.returncode == -9 and len(there) >= 4
    found = compress(run, max_loss=1.0, rung=1)
    assert [point.rung for point in found.points[1:]] == list(range(2, len(open_run(run).rungs)))
    assert open_run(run).rungs[: len(there)] == there
    names = {point.name for point in found.points}
    assert {HALF_LAYERS, HALF_WORK, HALF_HALF, NETWORK, NGRAMS} <= names
    sizes = {point.name: point.size_mb for point in found.points}
    assert sizes[HALF_LAYERS] < sizes[BOTH]
