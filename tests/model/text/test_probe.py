"""Does a probe learn, decide on tune, survive storing, and find its base again?"""

from __future__ import annotations

import shutil
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from sklearn.linear_model import LogisticRegression, Ridge

from naeum import values
from naeum.contract import HasFeatures, Parts, Policy, State, subset
from naeum.engine import features, sessions
from naeum.errors import BaseModelError, InputError
from naeum.measure.judged import row_errors
from naeum.model.floor import Majority
from naeum.model.text.heads import OF_NUMBERS
from naeum.model.text.probe import PATH, WITHOUT_TUNE, FittedProbe, PairProbe, Probe
from naeum.testing import data
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import labels, numbers, pairs


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    """A tiny BERT with random weights that knows the words of the tiny data."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("bases") / "tiny"
    folder.mkdir()
    known = [*sum(data.SIGNAL[True] + data.SIGNAL[False], ()), *data.FILLER[True], *data.FILLER[False]]
    vocabulary = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *dict.fromkeys(known)])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        "[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    tokenizer.save(str(folder / "tokenizer.json"))
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=32, num_hidden_layers=3, num_attention_heads=2, intermediate_size=32,
        max_position_embeddings=64,
    )  # fmt: skip
    with torch.random.fork_rng():
        torch.manual_seed(0)
        module = BertModel(config, add_pooling_layer=False)
        for parameter in module.parameters():
            torch.nn.init.normal_(parameter, std=0.2)
    module.save_pretrained(folder)
    return str(folder)


@pytest.fixture
def run(tmp_path):
    return TinyRun(tmp_path)


def accuracy(predictor, rows):
    return float((predictor.predict(rows.rows).codes == rows.target).mean())


@pytest.mark.parametrize("korean", [False, True])
def test_it_learns(base, run, korean):
    parts = data.parts(120, classes=3, korean=korean)
    assert accuracy(Probe(base).fit(parts, run), data.make(60, classes=3, korean=korean, seed=5)) > 0.9


def test_the_head_equals_scikit_learn_on_standardised_features(base, run):
    parts = data.parts(90, classes=3)
    predictor = Probe(base, c=0.1).fit(parts, run)
    vectors = predictor.features(parts.fit.rows).astype(np.float64)
    ready = (vectors - vectors.mean(0)) / vectors.std(0)
    theirs = LogisticRegression(C=0.1, tol=1e-8, max_iter=5000).fit(ready, parts.fit.target)
    np.testing.assert_allclose(predictor.predict(parts.fit.rows).probabilities, theirs.predict_proba(ready), atol=0.02)


def test_layers_are_spread_from_the_highest_down(base, run):
    def numbers(**settings):
        return Probe(base, c=0.1, **settings).fit(data.parts(12), run)._numbers

    assert numbers(layers=1) == (3,)
    assert numbers(layers=2) == (3, 2)
    assert numbers(layers=3) == (3, 2, 1)
    assert numbers(layers=4) == (3, 2, 1)
    assert numbers(layers=2, layer=-2) == (2, 1)
    assert numbers(layers=2, layer=-4) == (0,)
    with pytest.raises(InputError, match=r"layer must be at least -4 in .*; got -5"):
        numbers(layer=-5)


def test_features_are_what_the_head_reads(base, run):
    predictor = Probe(base, c=0.1, layers=2).fit(data.parts(12), run)
    assert isinstance(predictor, HasFeatures)
    vectors = predictor.features(data.make(5).rows)
    assert vectors.shape == (5, 64)
    np.testing.assert_allclose(predictor.head.logits(vectors), predictor.predict(data.make(5).rows).scores, atol=1e-5)


def test_tune_decides_c_and_the_recipe_then_needs_none(base, run):
    learner = Probe(base)
    parts = data.parts(120, noise=0.3)
    predictor = learner.fit(parts, run)
    decided = predictor.decided(learner)
    assert decided.c in PATH and decided == replace(learner, c=predictor.c)
    again = decided.fit(Parts(parts.fit, subset(parts.tune, [], "none")), run)
    np.testing.assert_allclose(
        again.predict(parts.tune.rows).probabilities, predictor.predict(parts.tune.rows).probabilities, atol=0.02
    )


@pytest.mark.parametrize("noise", [0.0, 0.45])
def test_the_c_that_is_decided_is_the_best_of_its_neighbours(base, run, noise):
    parts = data.parts(90, noise=noise)

    def loss(c):
        answers = Probe(base, c=c).fit(parts, run).predict(parts.tune.rows).probabilities
        return -np.log(answers[np.arange(len(answers)), parts.tune.target]).mean()

    place = PATH.index(Probe(base).fit(parts, run).c)
    beside = [PATH[at] for at in (place - 1, place + 1) if 0 <= at < len(PATH)]
    assert all(loss(PATH[place]) <= loss(c) + 1e-3 for c in beside)


def test_without_tune_nothing_is_decided_by_looking(base, run):
    parts = data.parts(30)
    assert Probe(base).fit(Parts(parts.fit, subset(parts.tune, [], "none")), run).c == WITHOUT_TUNE


def test_rows_without_label_are_not_read(base, run):
    parts = data.parts(60)
    half = replace(parts.fit, target=np.where(np.arange(60) < 30, parts.fit.target, -1))
    one = Probe(base, c=0.1).fit(Parts(half, parts.tune), run)
    two = Probe(base, c=0.1).fit(Parts(subset(parts.fit, range(30), "half"), parts.tune), run)
    np.testing.assert_allclose(one.head.weights, two.head.weights, atol=1e-5)


def test_a_row_of_weight_three_counts_as_three_rows(base, run):
    parts = data.parts(30)
    weighted = replace(parts.fit, weight=np.where(np.arange(30) < 5, 3, 1).astype(np.float32))
    repeated = subset(parts.fit, [*range(30), *range(5), *range(5)], "repeated")
    one = Probe(base, c=0.1).fit(Parts(weighted, parts.tune), run)
    two = Probe(base, c=0.1).fit(Parts(repeated, parts.tune), run)
    rows = data.make(20, seed=3).rows
    # weights are scaled to a mean of one, and standardisation counts rows: nearly, not wholly, the same
    assert np.abs(one.predict(rows).probabilities - two.predict(rows).probabilities).max() < 0.1


def test_balanced_classes_favour_the_rare_one(base, run):
    whole = data.make(200)
    rare = subset(whole, [at for at in range(200) if whole.target[at] == 0 or at % 20 == 1], "rare")
    parts = Parts(rare, data.make(40, seed=9))
    plain, balanced = (Probe(base, c=0.001, class_weight=way).fit(parts, run) for way in ("none", "balanced"))
    shares = [predictor.predict(parts.tune.rows).probabilities[:, 1].mean() for predictor in (plain, balanced)]
    assert shares[1] > shares[0] + 0.1


def test_soft_targets_are_learned(base, run):
    parts = data.parts(60)
    soft = np.full((60, 2), 0.3, np.float32)
    soft[np.arange(60), parts.fit.target] = 0.7
    taught = replace(parts.fit, soft=soft, target=np.full(60, -1))
    predictor = Probe(base, c=100.0).fit(Parts(taught, parts.tune), run)
    answers = predictor.predict(parts.fit.rows).probabilities
    np.testing.assert_allclose(answers[np.arange(60), parts.fit.target], 0.7, atol=0.1)


def test_a_second_probe_computes_no_features(base, run, monkeypatch):
    parts = data.parts(120)
    Probe(base).fit(parts, run)
    assert run.reports and run.reports[-1][0] == run.reports[-1][1]

    def never(*_, **__):
        raise AssertionError("the vectors were there")

    monkeypatch.setattr(sessions, "hidden_states", never)
    Probe(base, layer=-2, layers=1, pooling="cls").fit(parts, run)


def test_few_rows_do_not_touch_the_disk(base, run, monkeypatch):
    predictor = Probe(base, c=0.1).fit(data.parts(12), run)
    monkeypatch.setattr(features, "Vectors", None)
    assert len(predictor.predict(data.make(3).rows)) == 3


def test_restored_it_answers_alike_and_without_a_cache(base, run):
    predictor = Probe(base).fit(data.parts(40), run)
    state = predictor.state()
    back = FittedProbe.restore(predictor.task, State(dict(state.settings), dict(state.arrays)))
    rows = data.dataset([*data.ODD_TEXTS, "great movie"], [0] * (len(data.ODD_TEXTS) + 1), predictor.task).rows
    np.testing.assert_allclose(back.predict(rows).scores, predictor.predict(rows).scores, atol=1e-4)
    assert back.cache is None and back.c == predictor.c
    assert sum(array.nbytes for array in state.arrays.values()) < 10_000  # the base model is not copied


def test_a_base_that_is_gone_or_changed_is_said(base, run, tmp_path):
    own = shutil.copytree(base, tmp_path / "own")
    state = Probe(str(own), c=0.1).fit(data.parts(12), run).state()
    shutil.move(own, tmp_path / "elsewhere")
    with pytest.raises(
        BaseModelError, match=r"must be there to use what was fitted on it; .* bring it back or fit again"
    ):
        FittedProbe.restore(data.make(2).task, state)


def test_neither_order_nor_batch_matter(base, run):
    predictor = Probe(base).fit(data.parts(40), run)
    rows = data.make(30, seed=2).rows
    order = np.random.default_rng(0).permutation(30)
    whole = predictor.predict(rows).probabilities
    np.testing.assert_allclose(predictor.predict(rows.take(order)).probabilities, whole[order], atol=1e-4)
    alone = np.vstack([predictor.predict(rows.slice(at, 1)).probabilities for at in range(30)])
    np.testing.assert_allclose(alone, whole, atol=1e-4)


def test_json_round_trip_and_nominal_cost(base):
    learner = Probe(base, layers=2, c=0.3, class_weight="balanced")
    assert values.from_json(values.to_json(learner), {"probe": Probe}) == learner
    policy = Policy(offline=True)
    assert learner.nominal(2000, 20, policy) == pytest.approx(2 * learner.nominal(1000, 20, policy))


def test_several_columns_are_read_together(base, run):
    parts = data.parts(30)
    task = replace(parts.fit.task, inputs=("a", "b"))

    def wide(rows):
        texts = rows.rows.column("text")
        return replace(rows, task=task, rows=pa.table({"a": texts, "b": texts}))

    predictor = Probe(base, c=0.1).fit(Parts(wide(parts.fit), wide(parts.tune)), run)
    assert len(predictor.predict(wide(parts.tune).rows)) == len(parts.tune)


@pytest.mark.parametrize(
    ("settings", "match"),
    [
        ({"class_weight": "some"}, "class_weight must be none or balanced; got 'some'"),
        ({"c": -1.0}, r"must have c >= 0, .* got c=-1.0"),
        ({"layer": 2}, r"layer < 0 \(from the last\); got c=0.0, layers=3, layer=2"),
        ({"pooling": "sum"}, "pooling must be one of"),
        ({"base": "/no/such"}, None),
    ],
)
def test_unknown_settings_are_refused(base, run, settings, match):
    kind = InputError if match else BaseModelError
    with pytest.raises(kind, match=match or "must be a folder"):
        Probe(**({"base": base} | settings)).fit(data.parts(12), run)


def test_no_labels_are_refused(base, run):
    parts = data.parts(12)
    with pytest.raises(InputError, match="probe must have labelled rows to learn from"):
        Probe(base).fit(Parts(replace(parts.fit, target=np.full(12, -1)), parts.tune), run)


def test_a_number_is_scikit_learns_ridge_in_its_own_units(base, run):
    given = numbers.parts(80)
    predictor = Probe(base, c=0.01, layers=1).fit(given, run)
    vectors = predictor.features(given.fit.rows).astype(np.float64)
    ready, truth = (vectors - vectors.mean(0)) / vectors.std(0), given.fit.truth.to_numpy()
    theirs = Ridge(1 / (0.01 * OF_NUMBERS)).fit(ready, truth)
    np.testing.assert_allclose(predictor.predict(given.fit.rows).scores[:, 0], theirs.predict(ready), rtol=2e-3)


@pytest.mark.parametrize("world", [numbers, labels])
def test_numbers_and_labels_are_learned_and_c_is_decided(base, run, world):
    given = world.parts(120)
    learner = Probe(base, max_length=32)
    predictor = learner.fit(given, run)
    error = row_errors(predictor.predict(given.tune.rows), given.tune).mean()
    assert error < 0.5 * row_errors(Majority().fit(given, run).predict(given.tune.rows), given.tune).mean()
    decided = predictor.decided(learner)
    assert decided.c in PATH
    back = FittedProbe.restore(given.fit.task, predictor.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, predictor.predict(given.tune.rows).scores)


def test_pairs_are_compared(base, run):
    given = pairs.compared_only(200)
    predictor = PairProbe(base, max_length=32).fit(given, run)
    assert accuracy(predictor, given.tune) > 0.5
    assert predictor.features(given.tune.rows).shape == (len(given.tune), 4 * 32 + 1)
    back = FittedProbe.restore(given.fit.task, predictor.state())
    np.testing.assert_array_equal(back.predict(given.tune.rows).scores, predictor.predict(given.tune.rows).scores)


def test_a_pair_is_two_texts(base, run):
    assert PairProbe(base).claims(pairs.TASK)
    assert not PairProbe(base).claims(data.make(2).task)
    with pytest.raises(InputError, match="a learner of pairs must be given two columns of text; got text; name two"):
        PairProbe(base).fit(data.parts(12), run)
