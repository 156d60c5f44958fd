"""Do the optimizers move weights as torch's own do, each group at its rate?"""

from __future__ import annotations

import math

import pytest
import torch

from naeum.train import optimizers
from naeum.train.recipe import Optimization


class Net(torch.nn.Module):
    def __init__(self, sparse: bool = False) -> None:
        super().__init__()
        torch.manual_seed(0)
        self.words = torch.nn.Embedding(20, 6, sparse=sparse)
        self.norm = torch.nn.LayerNorm(6)
        self.head = torch.nn.Linear(6, 3)

    def forward(self, ids: torch.Tensor) -> torch.Tensor:
        return self.head(self.norm(self.words(ids).mean(dim=1)))


def scale(name: str) -> float:
    return {"words": 0.25, "norm": 0.5, "head": 1.0}[name.split(".")[0]]


def even(name: str) -> float:
    return 1.0


def backward(net: Net, step: int) -> None:
    ids = torch.randint(0, 20, (4, 5), generator=torch.Generator().manual_seed(step))
    torch.nn.functional.cross_entropy(net(ids), torch.tensor([0, 1, 2, 0])).backward()


def test_groups_are_by_decay_and_scale() -> None:
    dense, sparse = optimizers.groups(Net(), Optimization(weight_decay=0.1), scale)
    found = {(len(g["params"]), g["weight_decay"], g["scale"]) for g in dense}
    assert found == {(1, 0.1, 0.25), (2, 0.0, 0.5), (1, 0.1, 1.0), (1, 0.0, 1.0)}
    assert sparse == []


def test_frozen_weights_are_in_no_group() -> None:
    net = Net()
    net.words.weight.requires_grad_(False)
    dense, _ = optimizers.groups(net, Optimization(), scale)
    assert sum(len(group["params"]) for group in dense) == 4


@pytest.mark.parametrize("name", ["adamw", "sgd", "adafactor"])
def test_steps_are_those_of_torch(name: str) -> None:
    optimization = Optimization(optimizer=name, learning_rate=0.01, weight_decay=0.1)
    mine, theirs = Net(), Net()
    built = optimizers.build(mine, optimization, scale)
    rates = {"words": 0.25, "norm": 0.5, "head": 1.0}
    groups = [
        {"params": [p], "lr": 0.01 * rates[n.split(".")[0]], "weight_decay": 0.1 if p.ndim > 1 else 0.0}
        for n, p in theirs.named_parameters()
    ]
    makers = {
        "adamw": lambda: torch.optim.AdamW(groups),
        "sgd": lambda: torch.optim.SGD(groups, momentum=0.9, nesterov=True),
        "adafactor": lambda: torch.optim.Adafactor(groups),
    }
    reference = makers[name]()
    for step in range(5):
        for net in (mine, theirs):
            net.zero_grad()
            backward(net, step)
        optimizers.set_rate(built, 0.01)
        for optimizer in (*built, reference):
            optimizer.step()
    for one, other in zip(mine.parameters(), theirs.parameters(), strict=True):
        torch.testing.assert_close(one, other)


def test_sparse_rows_move_like_adam_where_all_rows_are_met() -> None:
    mine, theirs = Net(sparse=True), Net()
    built = optimizers.build(mine, Optimization(learning_rate=0.01, weight_decay=0.0), even)
    reference = torch.optim.Adam(theirs.parameters(), lr=0.01)
    assert len(built) == 2
    for _ in range(3):
        for net in (mine, theirs):
            net.zero_grad()
            torch.nn.functional.cross_entropy(
                net(torch.arange(20).reshape(4, 5)), torch.tensor([0, 1, 2, 0])
            ).backward()
        for optimizer in (*built, reference):
            optimizer.step()
    torch.testing.assert_close(mine.words.weight, theirs.words.weight)


def test_rows_that_are_not_met_stand_still() -> None:
    net = Net(sparse=True)
    before = net.words.weight.detach().clone()
    built = optimizers.build(net, Optimization(learning_rate=0.01), scale)
    net(torch.tensor([[1, 2]])).sum().backward()
    for optimizer in built:
        optimizer.step()
    moved = (net.words.weight != before).any(dim=1)
    assert moved.nonzero().flatten().tolist() == [1, 2]


@pytest.mark.parametrize("sparse", [False, True])
@pytest.mark.parametrize("most", [0.05, 100.0, 0.0])
def test_clipping_is_torchs_for_dense_and_sparse(sparse: bool, most: float) -> None:
    mine, theirs = Net(sparse=sparse), Net()
    backward(mine, 0)
    backward(theirs, 0)
    norm = optimizers.clip(mine.parameters(), most)
    expected = torch.nn.utils.clip_grad_norm_(theirs.parameters(), most or math.inf)
    assert norm == pytest.approx(float(expected), rel=1e-5)
    for one, other in zip(mine.parameters(), theirs.parameters(), strict=True):
        grad = one.grad.to_dense() if one.grad.is_sparse else one.grad
        torch.testing.assert_close(grad, other.grad)


def test_a_gradient_that_is_not_finite_is_told_and_left() -> None:
    net = Net()
    backward(net, 0)
    net.head.bias.grad[0] = math.nan
    assert math.isnan(optimizers.clip(net.parameters(), 1.0))
    assert bool(torch.isfinite(net.head.weight.grad).all())
    assert optimizers.clip([torch.nn.Parameter(torch.zeros(1))], 1.0) == 0.0
