"""Is a limit that is meant on another machine kept there, and said in the card of what is written out?"""

import json
from types import SimpleNamespace

import pytest

from naeum.cli import elsewhere as room
from naeum.cli.elsewhere import Elsewhere, elsewhere
from naeum.compress.export import folder
from naeum.errors import InputError
from naeum.measure import elsewhere as measuring
from naeum.measure.elsewhere import Profile, Ratio
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean

THERE = Profile("a server", "k", 6.0, 4.0, {"words looked up": 3.0})


@pytest.fixture(autouse=True)
def brief(monkeypatch):
    monkeypatch.setattr(room, "SECONDS", 0.05)


@pytest.fixture(scope="module")
def fitted(tmp_path_factory):
    parts = korean.parts(24)
    return TfidfLogistic().fit(parts, TinyRun(tmp_path_factory.mktemp("run"))), parts


def test_without_another_machine_limits_stay():
    none = elsewhere("RUN", {"latency_ms": 5.0}, None)
    assert none.limits({"latency_ms": 5.0}) == {"latency_ms": 5.0} and none.said == ""
    none.into("anywhere")


def test_a_limit_there_is_a_tighter_one_here():
    there = Elsewhere(THERE, Ratio(2.0, 1.0, 2.5), 5.0)
    assert there.limits({"latency_ms": 5.0, "size_mb": 9.0}) == {"latency_ms": 2.0, "size_mb": 9.0}
    assert there.said == (
        "a server takes 2.00 [1.00, 2.50] times as long as this machine: 5 ms there are 2 ms here, at the careful end."
    )


def test_the_card_says_what_it_will_take_there(fitted, tmp_path):
    folder.export(fitted[0], tmp_path / "model", fitted[1].tune.rows)
    Elsewhere(THERE, Ratio(2.0, 1.0, 2.5), 1e6, fitted[1].tune.rows).into(str(tmp_path / "model"))
    told = json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))["machine"]
    assert told["processor"] == "a server" and told["holds"] and not told["measured_there"]
    assert told["there_ms"] == pytest.approx([told["here_ms"] * one for one in (1.0, 2.0, 2.5)])
    Elsewhere(THERE, Ratio(2.0, 1.0, 2.5), 1e-9, fitted[1].tune.rows).into(str(tmp_path / "model"))
    assert not json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))["machine"]["holds"]


def test_the_champion_here_is_measured_against_its_profile_there(shell, korean, fitted, tmp_path):
    korean.shipped = "k"
    korean.champion = SimpleNamespace(predictor=fitted[0])
    korean.model = lambda rung: korean.champion
    korean.part = lambda name: {"tune": fitted[1].tune, "fit": fitted[1].fit}[name]
    path = tmp_path / "server.json"
    done = shell("bench", "RUN", "--threads", "1", "--save", path)
    assert done.code == 0, done.err
    there = elsewhere("RUN", {"latency_ms": 5.0}, str(path))
    assert there.profile == measuring.read(path) and there.ratio.low <= there.ratio.value <= there.ratio.high
    korean.shipped = "other"
    with pytest.raises(InputError, match="must name a profile of the same model"):
        elsewhere("RUN", {"latency_ms": 5.0}, str(path))
    with pytest.raises(InputError, match="got no --max-latency-ms"):
        elsewhere("RUN", {}, str(path))
