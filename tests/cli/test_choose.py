"""Do choose, pin and note write what they say, and show the champion from then on?"""

import json

import pytest


@pytest.fixture
def asked(korean, monkeypatch):
    """What reached the ladder: calls in order."""
    calls = []
    for name in ("choose", "pin", "remark"):
        monkeypatch.setattr(
            f"naeum.improve.afterthoughts.{name}", lambda *given, name=name: calls.append((name, *given[1:]))
        )
    return calls


def test_limits_arrive_and_the_champion_is_shown(shell, korean, asked):
    done = shell("choose", "RUN", "--max-latency-ms", "5", "--max-size-mb", "2.5")
    assert asked == [("choose", {"max_latency_ms": 5.0, "max_size_mb": 2.5, "max_memory_mb": None})]
    assert done.code == 0 and f"Champion  rung {korean.champion_rung.number}," in done.out
    assert f"naeum predict {korean.folder} FILE --out answers.csv" in done.out


def test_a_pin_and_its_end(shell, korean, asked):
    korean.pinned = 3
    found = json.loads(shell("pin", "RUN", "3", "--json").out)
    assert found["pinned"] is True and found["champion"] == korean.champion_rung.number
    shell("pin", "RUN")
    assert asked == [("pin", 3), ("pin", None)]


def test_a_note(shell, asked):
    done = shell("note", "RUN", "2", "빠르지만 부정문에 약함")
    assert done.out == "Noted beside rung 2.\n" and asked == [("remark", 2, "빠르지만 부정문에 약함")]


def test_notes_and_the_learner_stand_in_why_and_the_report(shell, korean):
    from naeum.report.sections.ladder import ladder
    from naeum.report.view import View

    korean.remarks = {2: ("ask <Mina>",)}
    assert "  note           ask <Mina>" in shell("why", "RUN", "2").out
    found = json.loads(shell("why", "RUN", "2", "--json").out)
    assert found["notes"] == ["ask <Mina>"] and found["learner"]["kind"] == korean.rungs[2].learner.kind
    assert "Noted: ask &lt;Mina&gt;" in ladder(View(korean)).body
