"""Is a further recipe tried only where eight bits' diagnosis or a missed limit asks for it, and is its reason said?"""

from dataclasses import replace

from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.layers import Layers
from naeum.compress.distil.lesson import More
from naeum.compress.export.exported import Exported
from naeum.compress.prune.pruned import Pruned
from naeum.compress.quantize.arithmetic import Arithmetic
from naeum.compress.quantize.aware import QuantizationAware
from naeum.improve.compressing.asked import AWARE, BALANCED, CASCADE, FOUR, TAUGHT_MORE, UNEQUAL, Diagnosis, Seen, asked
from naeum.improve.compressing.front import Point
from naeum.improve.compressing.recipes import (
    BOTH,
    EIGHT,
    FEWER,
    HALF_HALF,
    HALF_LAYERS,
    HALF_WORK,
    NGRAMS,
    PLAIN,
    THIRD_LAYERS,
    recipes,
    student,
)
from naeum.model.around.blend import Blend
from naeum.model.around.cascade import Cascade
from naeum.model.claims import claims
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.networks import HashedNgrams
from naeum.model.text.probe import Probe
from naeum.testing.data import make

CHAMPION = Blend((FineTuned(base="a"), TfidfLogistic()))
GOOD = Seen(kept=1, layers=37, plain=0.004, lost=0.001)
LOST = replace(GOOD, lost=0.02)
USUAL = recipes(CHAMPION, make(4).task, 0.005, layers=6)
KEPT = replace(GOOD, kept=9, plain=0.03)


def point(size=20.0, ms=5.0):
    return Point("a", 0.9, 0.88, 0.92, ms, size)


def found(seen, made=(PLAIN, FEWER, EIGHT, BOTH), limits=None, easy=None, lost=None, **points):
    made = {**{name: point() for name in made}, **points}
    return Diagnosis(seen, made, limits or {}, 0.005, easy or {}, lost or {})


def names(diagnosis, champion=CHAMPION):
    return [one.name for one in asked(champion, USUAL, diagnosis)]


def test_nothing_is_asked_for_where_eight_bits_keep_the_score():
    assert names(found({EIGHT: GOOD, BOTH: GOOD})) == []
    assert names(found({}, made=(PLAIN,))) == []


def test_balance_is_asked_for_where_much_was_lost_or_many_layers_kept():
    lost = asked(CHAMPION, USUAL, found({BOTH: LOST}))
    assert [one.name for one in lost] == [BALANCED]
    assert lost[0].why.startswith("In eight bits it loses 2 % where 0.5 % is allowed; balanced")
    assert lost[0].learner.arithmetic == Arithmetic(balance=0.5)
    assert lost[0].learner.inner == Exported(Exported(CHAMPION), words="used", max_loss=0.005)
    kept = asked(CHAMPION, USUAL, found({BOTH: KEPT, EIGHT: GOOD}))
    assert kept[0].why.startswith("In eight bits 9 of 37 layers had to stay in float32; balanced")


def test_words_stay_where_they_could_not_be_cut():
    one = asked(CHAMPION, USUAL, found({EIGHT: LOST}, made=(PLAIN, EIGHT)))[0]
    assert one.learner.inner == Exported(CHAMPION)


def test_learning_follows_where_balance_falls_short_as_well():
    tried = (PLAIN, FEWER, EIGHT, BOTH, BALANCED)
    assert names(found({BOTH: LOST, BALANCED: GOOD}, tried)) == [BALANCED]
    both = asked(CHAMPION, USUAL, found({BOTH: LOST, BALANCED: KEPT}, tried))
    assert [one.name for one in both] == [BALANCED, AWARE]
    assert both[1].why.startswith("In eight bits, balanced too, 9 of 37 layers had to stay in float32; so it learns")
    inner = both[1].learner.inner.inner.inner
    assert inner.members == (QuantizationAware(FineTuned(base="a")), TfidfLogistic())
    failed = found({BOTH: LOST}, tried[:4], **{BALANCED: None})
    assert names(failed) == [BALANCED, AWARE], "what could not be balanced may still learn"
    assert names(failed, Probe(base="a")) == [BALANCED], "a frozen encoder learns nothing"


def test_four_bits_are_asked_for_by_a_size_below_that_of_eight():
    eight = {EIGHT: GOOD, BOTH: GOOD}
    assert names(found(eight, limits={"size_mb": 20.0})) == []
    some = asked(CHAMPION, USUAL, found(eight, limits={"size_mb": 15.0}))
    assert [one.name for one in some] == [FOUR]
    assert some[0].why == "Eight bits take 20 MB where 15 MB are allowed; four bits of weights alone take less."
    assert some[0].learner.arithmetic.weights == "int4"
    more = asked(CHAMPION, USUAL, found({**eight, FOUR: LOST}, limits={"size_mb": 15.0}))
    assert [one.name for one in more] == [FOUR, UNEQUAL]
    assert more[1].learner.arithmetic.weights == "nf4" and "In four bits it loses 2 %" in more[1].why
    assert names(found({**eight, FOUR: GOOD}, limits={"size_mb": 15.0})) == [FOUR]


def test_a_cascade_is_asked_for_where_a_student_in_time_answers_nearly_all_rows():
    limits = {"latency_ms": 1.0}
    quick = {NGRAMS: point(ms=0.2)}
    assert names(found({BOTH: GOOD}, limits=limits, easy={NGRAMS: 0.8}, **quick)) == []
    assert names(found({BOTH: GOOD}, limits=limits, easy={NGRAMS: 0.97}, **{NGRAMS: point(ms=2.0)})) == []
    assert names(found({BOTH: GOOD}, easy={NGRAMS: 0.97}, **quick)) == []
    (one,) = asked(CHAMPION, USUAL, found({BOTH: GOOD}, limits=limits, easy={NGRAMS: 0.97}, **quick))
    assert one.name == CASCADE and "is sure enough of 97 % of the rows" in one.why
    assert one.learner.inner.inner.inner == Cascade(student(CHAMPION, NGRAMS), CHAMPION, max_loss=0.0025)
    assert one.learner.max_loss == 0.0025


def test_cuts_that_lost_a_little_too_much_are_taught_on_made_rows():
    lost = {HALF_WORK: 0.004, HALF_LAYERS: 0.012, THIRD_LAYERS: 0.2, HALF_HALF: 0.006, NGRAMS: 0.01}
    layers, half = asked(CHAMPION, USUAL, found({BOTH: GOOD}, lost=lost))
    assert (layers.name, half.name) == (TAUGHT_MORE[HALF_LAYERS], TAUGHT_MORE[HALF_HALF])
    assert layers.why == (
        "With half of the layers it loses 1.2 % where 0.5 % is allowed; 4 rows made of each, which the champion "
        "answers, teach it more."
    )
    assert layers.learner.inner == Distilled(CHAMPION, Layers(3), more=More(made=4.0))
    assert half.learner.inner == Pruned(Distilled(CHAMPION, Layers(3)), more=More(made=4.0))
    student = Distilled(TfidfLogistic(), HashedNgrams())
    champion = Blend((student, FineTuned(base="a")))
    (half,) = asked(champion, recipes(champion, make(4).task, 0.005, layers=6), found({}, lost={HALF_WORK: 0.01}))
    cut = Pruned(FineTuned(base="a"), more=More(made=4.0))
    assert half.learner.inner.members == (student, cut), "the champion's own students are what they are"
    plain = next(one for one in USUAL if one.name == HALF_LAYERS)
    assert (layers.shrinks, layers.weaker) == (plain.shrinks, plain.weaker)


def test_all_of_them_can_be_fitted_on_labels():
    task = make(4).task
    tried = (PLAIN, FEWER, EIGHT, BOTH, BALANCED, FOUR)
    seen = {EIGHT: LOST, BOTH: LOST, BALANCED: LOST, FOUR: LOST}
    limits = {"latency_ms": 1.0, "size_mb": 1.0}
    every = asked(CHAMPION, USUAL, found(seen, tried, limits, {NGRAMS: 0.99}, **{NGRAMS: point(ms=0.2)}))
    assert [one.name for one in every] == [BALANCED, AWARE, FOUR, UNEQUAL, CASCADE]
    assert all(claims(one.learner, task) and one.why and not one.shrinks for one in every)
