"""Is what a smaller model lost, and how many rows are easy, read from what was measured?"""

from dataclasses import replace

import pytest

from naeum.cycle import at_work, compress
from naeum.improve import ladder
from naeum.improve.compressing import diagnosing
from naeum.improve.compressing.asked import Seen
from naeum.improve.compressing.front import Point
from naeum.improve.compressing.recipes import BOTH, EIGHT, FEWER, NGRAMS, PLAIN
from naeum.model.around.cascade import Told

OWN = Point("the champion as it is", 0.9, 0.8, 1.0, 9.0, 90.0)


@pytest.fixture
def findings(compressed_run, own_compressed_run, few):
    """Findings of the run, nothing looked at yet, with its rungs by name; and what is said."""
    _, found, _ = compressed_run
    said = []
    with at_work(own_compressed_run, said.append, {}, look=True) as site:
        rungs = {rung.technique: rung for rung in ladder.rungs_of(site.ledger, site.folder, site.learner_kinds)}
        limits = {"latency_ms": 5.0}
        yield diagnosing.Findings(site, found.champion, OWN, limits, 0.005), rungs, said


def test_what_fewer_bits_cost_is_read_from_the_model(findings):
    found, rungs, _ = findings
    for name in (PLAIN, FEWER, EIGHT, BOTH):
        found.made[name] = replace(OWN, name=name, score=0.81)
        found.look(name, rungs[name])
    assert set(found.diagnosis.seen) == {EIGHT, BOTH}
    seen = found.seen[EIGHT]
    assert isinstance(seen, Seen) and seen.kept == 0 and seen.layers > 10
    assert seen.lost == pytest.approx(0.1)
    assert seen.short(0.005) == "it loses 10 % where 0.5 % is allowed"
    assert replace(seen, lost=0.0).short(0.005) == ""


def test_a_student_is_asked_which_rows_it_is_sure_of_and_too_few_are_told(findings, monkeypatch):
    found, rungs, said = findings
    monkeypatch.setattr(diagnosing, "chosen", lambda quick, careful, data, most: Told(0.9, len(data), 0.61))
    found.made[NGRAMS] = replace(OWN, score=0.85, latency_ms=1.0)
    found.look(NGRAMS, rungs[PLAIN])
    assert found.easy == {NGRAMS: 0.61}
    assert said[-1]["text"].startswith(
        "The student of n-grams before the champion would answer 61 % of the rows: fewer"
    )


@pytest.mark.parametrize("changed", [{"score": 0.9}, {"latency_ms": 6.0}])
def test_a_student_that_is_good_enough_or_too_slow_is_not_asked(findings, changed):
    found, rungs, said = findings
    found.made[NGRAMS] = replace(OWN, **{"score": 0.85, "latency_ms": 1.0, **changed})
    found.look(NGRAMS, rungs[PLAIN])
    assert found.easy == {} and not said


def test_what_is_asked_for_is_made_with_its_reason(own_compressed_run, few, monkeypatch):
    monkeypatch.setattr(Seen, "short", lambda self, most: "" if self.kept < 0 else "it falls short")
    said = []
    found = compress(own_compressed_run, max_loss=1.0, watch=said.append)
    assert [point.name for point in found.points][-1] == "eight bits, balanced"
    reason = found.rungs[found.points[-1].rung].reason
    assert reason == "In eight bits it falls short; balanced activations round better."
