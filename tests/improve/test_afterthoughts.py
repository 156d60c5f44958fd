"""Does another champion answer under other limits or a pin, without training, and does the run stay finished?"""

from __future__ import annotations

from pathlib import Path

import pytest

from naeum.cycle import open_run
from naeum.errors import InputError, RunInUse
from naeum.improve.afterthoughts import choose, pin, remark
from naeum.store import lock


def test_other_limits_choose_among_the_rungs_that_are_there(own_run: Path) -> None:
    before = open_run(own_run)
    champion, artifacts = before.champion_rung, len(list((own_run / "artifacts").iterdir()))
    size = champion.cost["size_mb"]
    choose(before, {"max_size_mb": size * 0.999})
    after = open_run(own_run)
    assert after.champion_rung.number != champion.number
    assert after.champion_rung.cost["size_mb"] < size and after.options["max_size_mb"] == size * 0.999
    assert after.shipped == after.champion_rung.artifact and after.champion.predict(["정말"]).labels[0]
    assert after.finished and len(list((own_run / "artifacts").iterdir())) == artifacts
    choose(after, {})
    again = open_run(own_run)
    assert again.champion_rung.number == champion.number and again.shipped == before.shipped


def test_limits_that_no_rung_holds_are_refused_with_the_nearest(own_run: Path) -> None:
    with pytest.raises(
        InputError, match=r"a rung must hold the limits; none of 4 does: rung 0 takes .* where 1e-09 is"
    ):
        choose(open_run(own_run), {"max_size_mb": 1e-9})
    with pytest.raises(InputError, match=r"limits must be among max_latency_ms, .* above 0; got -1; correct it"):
        choose(open_run(own_run), {"max_size_mb": -1})
    with pytest.raises(InputError, match=r"limits must be among .*; got 'max_size'; correct it"):
        choose(open_run(own_run), {"max_size": 3})


def test_a_pinned_rung_answers_until_it_is_let_go(own_run: Path) -> None:
    champion = open_run(own_run).champion_rung.number
    pin(open_run(own_run), 0)
    pinned = open_run(own_run)
    assert pinned.champion_rung.number == 0 and pinned.pinned == 0 and pinned.finished
    assert pinned.shipped == pinned.rungs[0].artifact
    pin(pinned, None)
    assert open_run(own_run).champion_rung.number == champion
    with pytest.raises(InputError, match=r"a rung must be one of 0 … 3; got 7; see them all with: naeum why"):
        pin(pinned, 7)


def test_words_beside_a_rung_stay_in_order(own_run: Path) -> None:
    remark(open_run(own_run), 1, "빠르다 ")
    remark(open_run(own_run), 1, "ask Mina")
    assert open_run(own_run).remarks == {1: ("빠르다", "ask Mina")}
    with pytest.raises(InputError, match=r"a note must have words; got none; write them in quotes"):
        remark(open_run(own_run), 1, " ")
    with pytest.raises(InputError, match=r"a rung must be one of 0 … 3; got 4"):
        remark(open_run(own_run), 4, "x")


def test_a_run_that_a_process_works_in_is_left_alone(own_run: Path) -> None:
    ladder = open_run(own_run)
    with lock(own_run), pytest.raises(RunInUse, match=r"one process may work in a run folder at a time"):
        pin(ladder, 0)


def test_a_run_that_goes_on_keeps_the_chosen_limits(own_run: Path, enter) -> None:  # type: ignore[no-untyped-def]
    choose(open_run(own_run), {"max_size_mb": 5.0})
    site = enter(own_run)
    assert site.options.max_size_mb == 5.0 and site.going_on
