"""Does the head share out each window, and tell apart what stands in one piece?"""

from __future__ import annotations

import numpy as np
import torch

from naeum.contract import Policy
from naeum.engine import bases, sessions
from naeum.model.spans import asked as reading
from naeum.model.spans.reader import reader, shares
from naeum.model.spans.windows import windows
from naeum.testing.worlds import spans


def test_shares_are_those_of_softmax_in_each_window_and_their_gradient_too() -> None:
    logits = torch.randn(7, 2, dtype=torch.float64, requires_grad=True)
    window = torch.tensor([0, 0, 0, 1, 1, 2, 2])
    found = shares(logits, window)
    wanted = torch.cat([torch.log_softmax(logits[window == at], dim=0) for at in range(3)])
    assert torch.allclose(found, wanted)
    weights = torch.randn(7, 2, dtype=torch.float64)
    one, other = (torch.autograd.grad((each * weights).sum(), logits, retain_graph=True)[0] for each in (found, wanted))
    assert torch.allclose(one, other)
    assert shares(torch.zeros(0, 2), torch.zeros(0, dtype=torch.int64)).shape == (0, 2)


def test_units_in_one_piece_are_told_apart_by_what_stands_beside(tiny_base: str) -> None:
    base = bases.find(tiny_base, Policy(offline=True))
    found = windows(base, reading.asked(spans.dataset([("the", "영화 보고", None)]).rows, spans.TASK), 16)
    module = reader(sessions.load(base), 0.0).eval()
    batch = found.collate(np.arange(1))
    with torch.no_grad():
        plain = module(**batch)
        assert torch.allclose(plain, torch.full((5, 2), -np.log(5.0), dtype=plain.dtype)), "all weights begin at zero"
        module.edge.weight[int(found.edges[2, 0]), 0] = 4.0  # a start at the second unit, in the piece of the first
        started = module(**batch).exp()
        module.edge.weight.zero_()
        module.edge.weight[int(found.edges[2, 2]), 3] = 4.0  # an end before the third
        ended = module(**batch).exp()
    assert (
        started[:, 0].argmax() == 2 and started[:, 0].max() > 0.9 and torch.allclose(started[:, 1], plain[:, 1].exp())
    )
    assert ended[:, 1].argmax() == 2 and ended[:, 1].max() > 0.9
