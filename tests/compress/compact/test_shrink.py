"""Does a smaller encoder compute what the whole one does with the rest set to zero, in fewer operations?"""

import copy

import pytest
import torch
from torch.utils.flop_counter import FlopCounterMode

from naeum.compress.compact.operations import operations
from naeum.compress.compact.places import list_of, places, stem, whole
from naeum.compress.compact.plan import Plan, Stay
from naeum.compress.compact.shrink import narrow_head_, shrink, shrink_
from naeum.errors import InputError
from naeum.model.text import classifier
from naeum.testing.architectures import ARCHITECTURES, encoder

PLAN = Plan((Stay(0, (0, 2, 3), (1, 2, 5, 11)), Stay(2, (1,), (0, 3, 4, 5, 6, 7, 9))))
NARROW = Plan(PLAN.stay, (0, 1, 4, 6, 7, 10, 13, 15))
IDS = torch.tensor([[5, 6, 7, 8, 9, 10], [11, 12, 13, 14, 15, 16]])
MASK = torch.tensor([[1, 1, 1, 1, 1, 1], [1, 1, 1, 0, 0, 0]])


def masked(module, plan):
    """The whole encoder with what does not stay set to zero, and layers that do not stay passing on."""
    made = copy.deepcopy(module)
    found = places(made)
    stays = {one.layer: one for one in plan.stay}
    with torch.no_grad():
        for at, place in enumerate(found):
            if at in stays:
                wide = place.head_width
                gone = [h for h in range(place.heads) if h not in stays[at].heads]
                place.out.weight[:, [c for h in gone for c in range(h * wide, (h + 1) * wide)]] = 0
                place.down.weight[:, [n for n in range(place.neurons) if n not in stays[at].neurons]] = 0
    layers = list_of(made)
    for at in range(len(found)):
        if at not in stays:
            layers[at].forward = lambda states, *rest, **more: states
    return made


def narrowed(module, width):
    """The whole encoder whose norms look at these columns of states alone, the others at zero."""
    made, keep = copy.deepcopy(module), torch.tensor(width)

    def over(norm):
        def forward(given):
            out = torch.zeros_like(given)
            kept = norm.weight[keep], norm.bias[keep]
            out[..., keep] = torch.nn.functional.layer_norm(given[..., keep], (len(width),), *kept, norm.eps)
            return out

        return forward

    norms = [norm for place in places(made) for norm in place.norms]
    first = stem(made)
    if isinstance(first, torch.nn.Linear):
        gone = torch.tensor([at for at in range(first.out_features) if at not in width])
        with torch.no_grad():
            first.weight[gone] = first.bias[gone] = 0
    else:
        norms.append(first.LayerNorm)
    for norm in norms:
        norm.forward = over(norm)
    return made


def states(module):
    with torch.inference_mode():
        return module(input_ids=IDS, attention_mask=MASK).last_hidden_state


def counted(module):
    """Multiply-adds of one pass, as torch counts them: half its operations."""
    with FlopCounterMode(display=False) as counter:
        states(module)
    return counter.get_total_flops() // 2


@pytest.mark.parametrize("name", ARCHITECTURES)
def test_it_computes_what_the_masked_one_does(name):
    full = encoder(name)
    small = shrink(full, PLAN)
    torch.testing.assert_close(states(small), states(masked(full, PLAN)), atol=1e-5, rtol=0)
    assert not torch.allclose(states(small), states(full), atol=1e-2)


@pytest.mark.parametrize("name", [*ARCHITECTURES, "narrow electra"])
def test_fewer_columns_compute_what_the_masked_one_does(name):
    full = encoder("electra", embedding=8) if name == "narrow electra" else encoder(name)
    assert isinstance(stem(full), torch.nn.Linear) == (name == "narrow electra")
    small = shrink(full, NARROW)
    found = states(small)
    assert found.shape[-1] == small.config.hidden_size == len(NARROW.width)
    wanted = states(narrowed(masked(full, PLAN), NARROW.width))[..., list(NARROW.width)]
    torch.testing.assert_close(found, wanted, atol=1e-5, rtol=0)
    assert not any(p.shape[-1] == full.config.hidden_size for n, p in small.named_parameters() if "embeddings" not in n)


@pytest.mark.parametrize("sides", [1, 2])
def test_the_head_reads_the_columns_that_stay(sides):
    network = classifier.classifier(encoder("bert"), 3, pooling="mean", dropout=0.0, sides=sides)
    with torch.no_grad():
        torch.nn.init.normal_(network.head.weight)
        network.center += torch.arange(len(network.center))
    small = copy.deepcopy(network)
    narrow_head_(small, NARROW.width)
    shrink_(small.encoder, NARROW)
    vectors = torch.zeros(2, 16)
    vectors[:, list(NARROW.width)] = small.vectors(IDS, MASK, None).detach()
    pairs = [vectors[:1], vectors[1:], (vectors[:1] - vectors[1:]).abs(), vectors[:1] * vectors[1:]]
    whole = torch.cat(pairs, dim=1) if sides == 2 else vectors
    gone = torch.ones_like(network.center)
    gone.view(-1, 16)[:, list(NARROW.width)] = 0
    network.center[gone.bool()] = 0  # so that what is gone says nothing
    torch.testing.assert_close(small(IDS, MASK), network.answers(whole), atol=1e-4, rtol=1e-5)


@pytest.mark.parametrize("plan", [PLAN, NARROW])
@pytest.mark.parametrize("name", ARCHITECTURES)
def test_weights_and_operations_fall(name, plan):
    full = encoder(name)
    small = shrink(full, plan)
    weights = [sum(p.numel() for p in one.parameters()) for one in (full, small)]
    assert weights[1] < weights[0]
    attended = operations(small, [6, 6]) * 12  # tokens
    assert attended < operations(full, [6, 6]) * 12
    # torch counts the fused attention or not, by its kernel; the linear maps it always counts
    assert abs(counted(small) - attended) <= 2 * 6 * 12 * 4 * 4  # both products of every head that stays
    assert counted(small) < 0.6 * counted(full)


def test_the_whole_plan_changes_nothing_and_the_encoder_is_not_touched():
    full = encoder("bert")
    before = {name: value.clone() for name, value in full.state_dict().items()}
    assert torch.equal(states(shrink(full, whole(full))), states(full))
    shrink(full, PLAN)
    assert all(torch.equal(value, before[name]) for name, value in full.state_dict().items())
    assert full.config.num_hidden_layers == 3


def test_it_can_be_cut_again():
    full = encoder("roberta")
    inner = Plan((Stay(1, (0,), (0, 2, 6)),))
    torch.testing.assert_close(states(shrink(shrink(full, PLAN), inner)), states(shrink(full, PLAN.inside(inner))))


def test_what_stands_still_keeps_standing():
    full = encoder("bert").requires_grad_(False)
    assert not any(p.requires_grad for p in shrink(full, PLAN).parameters())


@pytest.mark.parametrize(
    ("stay", "said"),
    [
        (Stay(3, (0,), (0,)), "a layer that stays must be below 3; got 3; count from 0"),
        (Stay(1, (4,), (0,)), "a head that stays must be below 4; got 4 in layer 1; count from 0"),
        (Stay(1, (0,), (12,)), "a neuron that stays must be below 12; got 12 in layer 1; count from 0"),
    ],
)
def test_what_is_not_there_cannot_stay(stay, said):
    with pytest.raises(InputError, match=said):
        shrink(encoder("bert"), Plan((stay,)))


def test_columns_that_are_not_there_cannot_stay():
    with pytest.raises(InputError, match="a column that stays must be below 16; got 16; count from 0, or leave"):
        shrink(encoder("bert"), Plan(PLAN.stay, (3, 16)))
