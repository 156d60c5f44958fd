"""Are rows made from fit rows alone, with all that belongs to them, and the same for a seed?"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from naeum import values
from naeum.contract import AUGMENTED, PSEUDO, REAL, Dataset, Parts, Predictor, Run, Task, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.around.augmented import Augmented, augmented
from naeum.model.around.blend import Blend
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.data import dataset, make, parts
from naeum.testing.runs import TinyRun

KOREAN = ("spacing", "jamo", "particle", "delete")


class Spy:
    """A learner that keeps the parts it is fitted on."""

    kind, version, shapes = "spy", 1, frozenset({"N→1"})

    def __init__(self) -> None:
        self.seen: list[Parts] = []

    def fit(self, parts: Parts, run: Run) -> Predictor:
        self.seen.append(parts)
        return Majority().fit(parts, run)


class SpyRun(TinyRun):
    """Fits whatever it is given, also what is no value."""

    def fit(self, inner: Spy, parts: Parts, share: float = 1.0) -> Predictor:
        return inner.fit(parts, self)


def texts(data: Dataset) -> list[str]:
    return data.rows["text"].to_pylist()


@pytest.mark.parametrize("share", [0.25, 1.0, 2.5])
@pytest.mark.parametrize("korean", [False, True])
def test_made_rows_keep_what_belongs_to_their_source(share: float, korean: bool) -> None:
    data = make(40, korean=korean)
    soft = np.random.default_rng(0).dirichlet([1, 1], 40).astype(np.float32)
    data = replace(data, weight=np.linspace(0.5, 2, 40, dtype=np.float32), group=np.arange(40) // 2, soft=soft)
    more = augmented(data, Augmented(methods=KOREAN if korean else ("delete", "swap", "typo"), share=share), seed=3)
    made = np.flatnonzero(more.origin == AUGMENTED)
    assert 0.9 * share * 40 <= len(made) <= share * 40
    assert len(set(more.ids.tolist())) == len(more)
    place = {int(one): at for at, one in enumerate(data.ids)}
    assert more.soft is not None
    for at in made:
        source = place[int(more.parent[at])]
        assert texts(more)[at] != texts(data)[source]
        for name in ("target", "weight", "group"):
            assert getattr(more, name)[at] == getattr(data, name)[source]
        np.testing.assert_array_equal(more.soft[at], soft[source])
    counts = Counter(more.parent[made].tolist())
    assert max(counts.values()) <= np.ceil(share)
    assert len({(int(more.parent[at]), texts(more)[at]) for at in made}) == len(made)
    same = subset(more, np.arange(40), data.key)
    assert same.rows.equals(data.rows) and (same.ids == data.ids).all() and (same.origin == REAL).all()


def test_the_same_seed_makes_the_same_rows_whatever_their_order() -> None:
    data, how = make(30), Augmented(share=1.5)
    one, again, other = augmented(data, how, 1), augmented(data, how, 1), augmented(data, how, 2)
    assert one.key == again.key and texts(one) == texts(again) and (one.ids == again.ids).all()
    assert one.key != other.key and texts(one) != texts(other)
    turned = augmented(subset(data, np.random.default_rng(0).permutation(30), "turned"), how, 1)
    rows = [set(zip(each.ids.tolist(), each.parent.tolist(), texts(each), strict=True)) for each in (one, turned)]
    assert rows[0] == rows[1]
    keys = {
        augmented(data, changed, 1).key
        for changed in (how, replace(how, share=1.0), replace(how, strength=0.2), replace(how, methods=("swap",)))
    }
    assert len(keys) == 4 and data.key not in keys


def test_only_real_labelled_rows_are_sources_and_unchanged_texts_are_left_out() -> None:
    data = dataset(["one two", "", "word", "three four", "five six"], [0, 1, 1, -1, 0], Task(classes=("a", "b")))
    data = replace(data, origin=np.array([REAL, REAL, REAL, REAL, PSEUDO], np.uint8))
    more = augmented(data, Augmented(methods=("swap",), share=3.0), seed=0)
    assert texts(more)[5:] == ["two one"]
    assert len(augmented(subset(data, [], "none"), Augmented(), seed=0)) == 0


def test_several_columns_and_missing_cells_are_kept() -> None:
    import pyarrow as pa

    task = Task(inputs=("title", "body"), classes=("a", "b"))
    rows = pa.table(
        {"title": pa.array([None, "제목 하나"], pa.large_string()), "body": pa.array(["본문 둘 셋", "넷"], pa.string())}
    )
    data = replace(dataset(["x", "y"], [0, 1], task), rows=rows)
    more = augmented(data, Augmented(methods=("swap",), share=1.0), seed=0)
    assert more.rows.schema == rows.schema
    assert more.rows["title"].to_pylist()[2:] == [None, "하나 제목"]
    assert (
        sorted(more.rows["body"].to_pylist()[2].split()) == ["둘", "본문", "셋"]
        and more.rows["body"][3].as_py() == "넷"
    )


def test_a_changed_lexicon_is_another_key(tmp_path: Path) -> None:
    path, data = tmp_path / "words.tsv", dataset(["좋은 영화", "영화"], [0, 1], Task(classes=("a", "b")))
    how, keys = Augmented(methods=("synonym",), share=1.0, lexicon=str(path)), set()
    for word in ("작품", "필름"):
        path.write_text(f"영화\t{word}\n", encoding="utf-8")
        more = augmented(data, how, seed=0)
        assert texts(more)[2:] == [f"좋은 {word}", word]
        keys.add(more.key)
    assert len(keys) == 2


def test_the_inner_learner_sees_more_fit_rows_and_tune_as_it_was(tmp_path: Path) -> None:
    spy, both = Spy(), parts(40)
    Augmented(spy, share=1.0).fit(both, SpyRun(tmp_path, seed=5))
    (seen,) = spy.seen
    assert seen.tune is both.tune
    assert texts(seen.fit) == texts(augmented(both.fit, Augmented(share=1.0), seed=5))


def test_it_learns_and_decides_what_its_inner_learner_decides(tmp_path: Path) -> None:
    run, both = TinyRun(tmp_path), parts(60, korean=True)
    learner = Augmented(Blend((Majority(), TfidfLogistic())), methods=KOREAN, share=1.0)
    fitted = learner.fit(both, run)
    assert metric("accuracy").score(fitted.predict(both.tune.rows), both.tune) >= 0.9
    decided = fitted.decided(learner)
    assert decided.inner.weights and (decided.share, decided.methods) == (1.0, KOREAN)
    again = decided.fit(Parts(both.fit, subset(both.tune, [], "none")), run)
    assert again.predict(both.tune.rows).codes.tolist() == fitted.predict(both.tune.rows).codes.tolist()
    assert values.from_json(values.to_json(Augmented()), {"augmented": Augmented}) == Augmented()


def test_what_is_refused() -> None:
    with pytest.raises(InputError, match=r"methods must be some of delete, swap, .*; got 'shuffle'; correct its name"):
        Augmented(methods=("shuffle",))
    with pytest.raises(InputError, match=r"methods must be some of .*; got 'none'"):
        Augmented(methods=())
    with pytest.raises(InputError, match=r"share must be above 0 and at most 16, strength .*; got 0\.0 and 0\.1"):
        Augmented(share=0.0)
    with pytest.raises(InputError, match=r"strength above 0 and at most 1; got 0\.5 and 2; leave them out"):
        Augmented(strength=2)
    with pytest.raises(InputError, match=r"synonym must come with a lexicon, .*; got synonym and ''; give both"):
        Augmented(methods=("synonym",))
