"""Does a model compute with as many threads as it is asked to, whatever stands around it?"""

from dataclasses import dataclass, replace

import torch

from naeum.contract import Policy
from naeum.engine.threads import policy_of, with_threads


@dataclass(frozen=True)
class Leaf:
    policy: Policy
    name: str = "leaf"


@dataclass(frozen=True)
class Around:
    members: tuple
    inner: object = None
    weights: tuple = (1.0,)


def test_every_policy_inside_gets_them_and_the_rest_stays():
    two, plain = Leaf(Policy(threads=2)), object()
    model = Around((two, Around((), two)), plain)
    found = with_threads(model, 1)
    assert found == Around((Leaf(Policy(threads=1)), Around((), Leaf(Policy(threads=1)))), plain)
    assert model.members[0].policy.threads == 2


def test_the_first_policy_inside_is_found():
    assert policy_of(Around((object(), Around((), Leaf(Policy("cuda", "float16")))))) == Policy("cuda", "float16")
    assert policy_of(object()) == Policy()


def test_what_has_them_already_is_the_same_object():
    model = Around((Leaf(Policy(threads=3)),))
    assert with_threads(model, 3) is model
    assert with_threads(replace(model, members=()), 1).members == ()


def test_torch_is_set():
    before = torch.get_num_threads()
    try:
        with_threads(object(), 1)
        assert torch.get_num_threads() == 1
    finally:
        torch.set_num_threads(before)
