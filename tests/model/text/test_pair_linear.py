"""Are pairs compared, of classes, labels and numbers, without an encoder?"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from naeum.contract import Parts, Task, subset
from naeum.errors import InputError
from naeum.measure import metric
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.pair_linear import FittedPairs, PairLinear
from naeum.testing.bench import Bench
from naeum.testing.data import make
from naeum.testing.laws import keep
from naeum.testing.learners import LEARNER_LAWS
from naeum.testing.predictors import PREDICTOR_LAWS
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import pairs

NUMBER = Task(inputs=pairs.TASK.inputs, target="score", output="number", metric="spearman")
BARE = Task(inputs=pairs.TASK.inputs, target="tags", classes=("same", "short"), output="labels", metric="micro_f1")


def invented(n: int) -> Parts:
    """Pairs of words that no other row has: nothing can be learned of them but whether both texts have them."""

    def turned(data, seed: int):
        rng = np.random.default_rng(seed)
        columns: tuple[list[str], list[str]] = ([], [])
        for code in data.target:
            words = ["".join(chr(0xAC00 + one) for one in rng.integers(0, 11_172, 2)) for _ in range(10)]
            columns[0].append(" ".join(words[:5]))
            columns[1].append(" ".join(rng.permutation(words[5 - 2 * code : 10 - 2 * code])))
        return replace(data, rows=pa.table(dict(zip(data.task.inputs, columns, strict=True))))

    given = pairs.compared_only(n)
    return Parts(turned(given.fit, 0), turned(given.tune, 1))


def scored(n: int, seed: int = 0) -> Parts:
    """The pairs with a number: how many words they share, times ten."""

    def turned(data):
        texts = zip(*(data.rows.column(name).to_pylist() for name in data.task.inputs), strict=True)
        truth = [10.0 * len(set(one.split()) & set(other.split())) for one, other in texts]
        return replace(
            data, task=NUMBER, truth=pa.chunked_array([pa.array(truth)]), target=np.zeros(len(data), np.int64)
        )

    given = pairs.compared_only(n, seed)
    return Parts(turned(given.fit), turned(given.tune))


def test_what_both_texts_say_is_seen_where_a_joined_text_hides_it(tmp_path: Path) -> None:
    given = invented(90)

    def right(learner) -> float:
        fitted = learner.fit(given, TinyRun(tmp_path))
        return float((fitted.predict(given.tune.rows).codes == given.tune.target).mean())

    assert right(PairLinear()) > 0.95
    assert right(TfidfLogistic(words=(1, 1), chars=(0, 0), min_df=1)) < 0.8


@pytest.mark.parametrize("loss", ["squared", "huber"])
def test_numbers_are_learned(tmp_path: Path, loss: str) -> None:
    given = scored(120)
    fitted = PairLinear(loss=loss, ordered=False).fit(given, TinyRun(tmp_path))
    assert metric("spearman").score(fitted.predict(given.tune.rows), given.tune) > 0.8
    assert metric("r2").score(fitted.predict(given.tune.rows), given.tune) > 0.8


def test_several_labels_are_learned(tmp_path: Path) -> None:
    def turned(data):
        truth = [[0] * int(code == 2) + [1] * int(at % 3 == 0) for at, code in enumerate(data.target)]
        column = pa.chunked_array([pa.array(truth, pa.list_(pa.int32()))])
        return replace(data, task=BARE, truth=column, target=np.zeros(len(data), np.int64))

    given = pairs.compared_only(90)
    given = Parts(turned(given.fit), turned(given.tune))
    outputs = PairLinear().fit(given, TinyRun(tmp_path)).predict(given.tune.rows)
    truth = np.array([0 in labels for labels in given.tune.truth.to_pylist()])
    assert ((outputs.probabilities[:, 0] > 0.5) == truth).mean() > 0.9


def test_the_order_of_the_two_texts_matters_only_where_it_should(tmp_path: Path) -> None:
    given = pairs.parts(60)
    turned = pa.table(dict(zip(pairs.TASK.inputs, given.tune.rows.columns[::-1], strict=True)))
    either = PairLinear(ordered=False).fit(given, TinyRun(tmp_path))
    np.testing.assert_allclose(either.predict(turned).scores, either.predict(given.tune.rows).scores, atol=1e-4)
    ordered = PairLinear().fit(given, TinyRun(tmp_path))
    assert abs(ordered.predict(turned).scores - ordered.predict(given.tune.rows).scores).max() > 0.1


def test_c_is_decided_on_tune_and_written_down(tmp_path: Path) -> None:
    given, learner = pairs.parts(60), PairLinear()
    fitted = learner.fit(given, TinyRun(tmp_path))
    decided = fitted.decided(learner)
    assert decided.c == fitted.c > 0
    again = decided.fit(Parts(given.fit, subset(given.tune, [], "none")), TinyRun(tmp_path))
    np.testing.assert_array_equal(again.predict(given.tune.rows).scores, fitted.predict(given.tune.rows).scores)


@pytest.mark.parametrize("learner", [PairLinear(), PairLinear(ordered=False, c=3.0, chars=(0, 0))])
def test_every_law_is_kept(learner: PairLinear, tmp_path: Path) -> None:
    bench = Bench(learner, tmp_path, {"pair_linear": PairLinear}, {"pair_linear": FittedPairs}, world="pairs")
    keep([law for law in LEARNER_LAWS if law.__name__ != "another_process_same_model"], bench)
    keep(PREDICTOR_LAWS, bench)


def test_it_claims_pairs_only(tmp_path: Path) -> None:
    assert PairLinear().claims(NUMBER) and PairLinear().claims(pairs.TASK)
    assert not PairLinear().claims(Task()) and not PairLinear().claims(replace(NUMBER, output="span"))
    with pytest.raises(InputError, match="a learner of pairs must be given two columns of text"):
        PairLinear().fit(Parts(make(6), make(6)), TinyRun(tmp_path))
    with pytest.raises(InputError, match=r"c must be 0 \(decided on tune\) or more, min_df and max_features"):
        PairLinear(c=-1.0)
    with pytest.raises(InputError, match="loss must be one of squared, huber; got 'absolute'"):
        PairLinear(loss="absolute")
