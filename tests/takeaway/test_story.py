"""Are the rungs that made a model told, and no others?"""

from naeum.contract import Finding, Rung
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.takeaway.story import story, way


def rung(number, parents=(), **more):
    made = Rung(number, TfidfLogistic() if number else Majority(), f"step{number}", "Because.", parents, (), "k",
                0.5 + number / 10, 0.4, 0.9, 0.5, 0.5, gain=0.1, gain_low=0.0, gain_high=0.2)  # fmt: skip
    return made if not more else type(made)(**{**made.__dict__, **more})


def test_the_way_goes_over_both_parents_of_a_blend():
    rungs = [rung(0), rung(1, (0,)), rung(2, (0,)), rung(3, (1, 2)), rung(4, (0,))]
    assert way(rungs, 3) == [0, 1, 2, 3] and way(rungs, 4) == [0, 4]


def test_steps_say_score_gain_reason_and_finding():
    rungs = [rung(0), rung(1, (0,), answers="M01")]
    seen = Finding("M01", "Bias", "issue", "it is too simple")
    told = story(rungs, 1, "accuracy", (seen,), "Why.")
    assert [step.gain for step in told.steps] == ["", "+0.100 [±0.000, +0.200]"]
    assert told.steps[1].finding == "M01: it is too simple" and told.steps[1].reason == "Because."
    assert (told.title, told.metric, told.why) == ("Linear model", "accuracy", "Why.")
