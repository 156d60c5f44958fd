"""Is the edit that promises most a second tried first, if it fits the time, and is every other one accounted for?"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from naeum import values
from naeum.contract import Edit, Evidence, Finding, Rung, Technique
from naeum.improve import forecast, planner
from naeum.improve.forecast import Forecast
from naeum.improve.planner import Plan
from naeum.improve.site import Site
from naeum.model.around.blend import Blend
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic


def technique(name: str, *learners: Any, answers: tuple[str, ...] = (), **what: Any) -> Technique:
    def propose(rung: Rung, evidence: Evidence) -> Iterator[Edit]:
        for learner in learners:
            yield Edit(learner, (), name, "because")

    return Technique(name, name, answers, propose, **what)


def plan(name: str, gain: float, seconds: float, sd: float = 0.0) -> Plan:
    return Plan(Edit(TfidfLogistic(), (), name, ""), Forecast(gain, sd, seconds))


@pytest.fixture
def known(a_rung: Callable[..., Rung]) -> Evidence:
    rungs = (a_rung(0, 0.3, technique="floor", kept=True), a_rung(1, 0.8, kept=True))
    task: Any = None
    return Evidence(task, rungs[1], rungs, (), 100, (50, 50), ("ko",))


def test_worth_is_gain_a_second() -> None:
    slow, quick, useless = plan("slow", 0.02, 100), plan("quick", 0.01, 10), plan("useless", -0.1, 1)
    assert planner.by_worth((slow, useless, quick)) == (quick, slow, useless)


def test_the_first_that_promises_enough_and_fits_is_chosen(
    fresh_site: Site, known: Evidence, with_options: Callable[..., Site]
) -> None:
    site = with_options(fresh_site, minutes=1)
    dear, little, good = plan("dear", 0.5, 55), plan("little", planner.LEAST / 2, 1), plan("good", 0.01, 5)
    assert planner.choose(site, (dear, little, good), known.champion) is good
    assert planner.choose(site, (dear, little), known.champion) is None
    unseen = plan("unseen", planner.LEAST_ROWS / len(site.split.select) / 2, 1)
    assert planner.choose(site, (unseen,), known.champion) is None, "less than a tenth of a row"
    assert planner.choose(fresh_site, (dear, good), known.champion) is dear, "a run that counts rungs has all the time"


def test_time_for_closing_and_the_refit_is_kept(
    fresh_site: Site, known: Evidence, with_options: Callable[..., Site]
) -> None:
    site = with_options(fresh_site, minutes=1)
    refit = planner.refit_seconds(site, known.champion)
    assert 0 < refit < planner.REFIT_MOST * 60
    assert planner.reserve(site, known.champion) == pytest.approx(planner.CLOSING * 60)
    site.write("rate", family="tfidf_logistic////", seconds=20 / refit * forecast.NOMINAL["tfidf_logistic"])
    test = 2 * planner.test_seconds(site, known.champion)
    refit = planner.refit_seconds(site, known.champion)
    assert refit == pytest.approx(20)
    assert planner.reserve(site, known.champion) == pytest.approx(planner.REFIT_MARGIN * 20 + test + planner.AFTER * 60)
    site.write("rate", family="tfidf_logistic////", seconds=1.0)
    parts = (site.split.parts.fit, site.split.parts.tune, site.split.select)
    assert planner.refit_seconds(site, known.champion) == sum(map(len, parts))
    assert planner.reserve(site, known.champion) == pytest.approx(planner.CLOSING * 60), "a refit too dear is left out"
    left = site.clock.left() - planner.reserve(site, known.champion)
    assert planner.fits(site, plan("x", 1, left - 1), known.champion)
    assert not planner.fits(site, plan("x", 1, left + 1), known.champion)


def test_tried_repeated_and_twin_edits_are_dropped(fresh_site: Site, known: Evidence) -> None:
    tried, new = TfidfLogistic(), NaiveBayesLogistic()
    fresh_site.write("decision", learner_key=values.key(tried), technique="linear")
    twins, pair = Blend((new, new)), Blend((tried, new))
    found = planner.proposals(fresh_site, known, (technique("a", tried, new, twins), technique("b", new, pair)))
    assert [(one.edit.technique, one.edit.learner) for one in found] == [("a", new), ("b", pair)]


def test_only_and_without_hold_for_techniques(
    fresh_site: Site, known: Evidence, with_options: Callable[..., Site]
) -> None:
    ideas = (technique("a", TfidfLogistic()), technique("b", NaiveBayesLogistic()))
    for options in ({"only": ("b",)}, {"without": ("a",)}):
        found = planner.proposals(with_options(fresh_site, **options), known, ideas)
        assert [one.edit.technique for one in found] == ["b"]
    tagging = technique("c", TfidfLogistic(), shapes=frozenset({"N→N"}))
    assert planner.proposals(fresh_site, known, (tagging,)) == ()


@pytest.mark.parametrize("answers, named", [(("M01",), ()), ((), ("a",))])
def test_what_answers_a_finding_is_believed_to_bring_twice_as_much(
    fresh_site: Site, known: Evidence, answers: tuple[str, ...], named: tuple[str, ...]
) -> None:
    finding = Finding("M01", "bias", "issue", "", answers=named)
    idea = technique("a", NaiveBayesLogistic(), answers=answers)
    blind = planner.proposals(fresh_site, known, (idea,))[0].forecast
    seen = planner.proposals(fresh_site, dataclasses.replace(known, findings=(finding,)), (idea,))[0].forecast
    assert seen.gain == (2 * blind.gain if blind.gain > 0 else blind.gain / 2)
    assert (seen.gain_sd, seen.seconds) == (blind.gain_sd, blind.seconds)


def test_a_loss_that_answers_a_finding_is_believed_half(known: Evidence) -> None:
    finding = dataclasses.replace(known, findings=(Finding("M01", "bias", "issue", ""),))
    boosted = planner._boosted(Forecast(-0.1, 0.2, 3), technique("a", answers=("M01",)), finding)
    assert boosted == Forecast(-0.05, 0.2, 3)


def test_every_technique_without_a_rung_has_its_reason(
    fresh_site: Site, known: Evidence, with_options: Callable[..., Site]
) -> None:
    site = with_options(fresh_site, minutes=1, without=("closed",))
    ideas = (
        technique("linear"), technique("closed"), technique("tags", shapes=frozenset({"N→N"})),
        technique("silent", answers=("M05",)), technique("dear"), technique("little"), technique("late"),
        technique("broken"),
    )  # fmt: skip
    site.write("skipped", technique="probe", reason="No base model.")
    site.write("skipped", technique="linear", reason="first left out, then tried")
    site.write("failed", number=2, technique="broken", error="RuntimeError: no such luck")
    plans = (plan("dear", 0.1, 99), plan("little", 0.0, 1), plan("late", 0.1, 2), plan("late", 0.2, 2))
    found = {one.technique: one.reason for one in planner.untried(site, known, ideas, plans)}
    assert "linear" not in found
    assert found.pop("dear").startswith("It would take about 99 s for an expected +0.1000; 60 s are left, of which ")
    assert found == {
        "probe": "No base model.",
        "closed": "Left out by --only or --without.",
        "tags": "It is not for tasks that answer label.",
        "silent": "It does not apply to the champion here; it answers M05.",
        "little": "It would take about 1 s for an expected +0.0000: too little for a rung.",
        "late": "It would take about 2 s for an expected +0.2000; others promised more a second.",
        "broken": "It could not be fitted: RuntimeError: no such luck.",
    }
