"""Are the losses of the inside those of the papers, none for two equal encoders, and blind to padding?"""

import copy

import numpy as np
import pytest

from naeum.compress.compact import places
from naeum.compress.distil.inside import LOSSES, Inside, apart, over_pairs, over_tokens, relation, watched, watching
from naeum.contract import Policy
from naeum.engine import bases, sessions
from naeum.errors import InputError
from naeum.model.text import classifier
from naeum.testing.encoders import tiny_encoder

torch = pytest.importorskip("torch")


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    base = bases.find(tiny_encoder(tmp_path_factory.mktemp("encoder")), Policy(offline=True))
    return sessions.load(base).eval()


def batch(lengths, wide):
    rng = np.random.default_rng(0)
    ids = torch.zeros(len(lengths), wide, dtype=torch.long)
    for at, length in enumerate(lengths):
        ids[at, :length] = torch.as_tensor(rng.integers(5, 20, length))
    return {"input_ids": ids, "attention_mask": (ids > 0).long()}


def passed(encoder, given):
    with torch.no_grad(), watching(encoder, places(encoder)) as seen:
        encoder(**given)
    return seen


def test_all_that_passes_is_seen_and_nothing_stays_hooked(encoder):
    given, layers = batch([5, 3], 5), places(encoder)
    before = [len(part._forward_hooks) for part in encoder.modules()]
    seen = passed(encoder, given)
    assert [len(part._forward_hooks) for part in encoder.modules()] == before
    assert len(seen.states) == len(layers) + 1 and len(seen.queries) == len(seen.keys) == len(layers)
    with torch.no_grad():
        whole = encoder(**given, output_hidden_states=True)
    for one, other in zip(seen.states, whole.hidden_states, strict=True):
        torch.testing.assert_close(one, other)


def test_relations_are_those_of_attention_before_the_softmax(encoder):
    seen, place = passed(encoder, batch([4], 4)), places(encoder)[0]
    wide = place.head_width
    heads = seen.queries[0].shape[2] // wide
    own = [slice(at * wide, (at + 1) * wide) for at in range(heads)]
    one = sum(seen.queries[0][..., at] @ seen.keys[0][..., at].transpose(1, 2) for at in own)
    torch.testing.assert_close(relation(seen, 0, wide), one / heads / wide**0.5)


def test_equal_encoders_are_not_apart_and_others_are(encoder):
    given = batch([6, 4, 3], 6)
    seen, layers = passed(encoder, given), places(encoder)
    other = copy.deepcopy(encoder)
    with torch.no_grad():
        for weight in other.parameters():
            weight.add_(0.1 * torch.randn(weight.shape, generator=torch.manual_seed(1)))
    real, follows = given["attention_mask"].float(), tuple(range(len(layers)))
    widths = (layers[0].head_width, layers[0].head_width)
    same = apart(seen, seen, real, LOSSES, follows, widths)
    away = apart(passed(other, given), seen, real, LOSSES, follows, widths)
    assert set(same) == set(away) == set(LOSSES)
    for name in LOSSES:
        for one, far in zip(same[name], away[name], strict=True):
            assert one.shape == far.shape == (3,)
            assert name == "contrast" or float(one.abs().max()) < 1e-6
            assert float(far.mean()) > float(one.mean()) + 1e-6


def test_padding_counts_nothing():
    real = torch.tensor([[1.0, 1.0, 0.0]])
    assert over_tokens(torch.tensor([[1.0, 3.0, 99.0]]), real).tolist() == [2.0]
    assert over_tokens(torch.tensor([[[1.0], [3.0], [99.0]]]), real).tolist() == [[2.0]]
    pairs = torch.full((1, 3, 3), 99.0)
    pairs[0, :2, :2] = 5.0
    assert over_pairs(pairs, real).tolist() == [5.0]


def test_a_watched_module_says_one_column_more_while_it_learns_and_keeps_the_teacher_outside(encoder):
    student = classifier.classifier(copy.deepcopy(encoder), 3, pooling="mean", dropout=0.0)
    module = watched(student, copy.deepcopy(encoder), (0, 1), Inside(("hidden",)), 1)
    given = batch([5, 3], 5)
    assert module.train()(**given).shape == (2, 4) and module.eval()(**given).shape == (2, 3)
    assert set(module.state_dict()) == {f"inner.{name}" for name in student.state_dict()}
    module.train()(**given)[:, -1].sum().backward()
    assert all(weight.grad is None for weight in module.outside[0].parameters())


def test_settings_that_cannot_be_are_refused():
    with pytest.raises(InputError, match=r"losses must be some of hidden, .*; got 'depth'; correct its name"):
        Inside(("depth",))
    with pytest.raises(
        InputError, match="weight must be above 0 and at most 1000, epochs and general at least 0; got 0, 0"
    ):
        Inside(weight=0)
    with pytest.raises(InputError, match="by layer must have epochs, and the loss hidden or attention; got 0 and"):
        Inside(("cosine",), layer_by_layer=True)
