"""Which torch module gives a predictor's scores from its tokens?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Ints, Outputs, Task
from naeum.engine import bases, sessions
from naeum.engine.batches import by_tokens
from naeum.engine.features import BUDGET
from naeum.engine.tokens import Tokens, pad, tokenize
from naeum.extras import need
from naeum.model.text.aims import answered, columns
from naeum.model.text.examples import texts
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.pairs import sides
from naeum.model.text.probe import FittedProbe
from naeum.model.text.reading import APART, CROSSED

if TYPE_CHECKING:
    import pyarrow as pa

TORCH = "answer with torch instead: naeum predict RUN FILE --out FILE"


@dataclass(frozen=True, eq=False)
class Scoring:
    """A module (input_ids, attention_mask[, token_type_ids]) -> (rows, columns), and how it reads."""

    module: Any
    base: bases.Base
    max_length: int  # tokens
    pair: bool  # two texts with a separator between them, told apart by token_type_ids where the encoder knows any
    apart: bool = False  # two texts, each read by itself: inputs (rows, 2, tokens)


def scoring(predictor: FineTunedEncoder | FittedProbe) -> Scoring:
    """The module of a fine-tuned encoder, or of a linear head on a frozen one, in float32 and evaluation mode.

    Raises:
        BaseModelError: the base model is gone.
    """
    if isinstance(predictor, FineTunedEncoder):
        apart, network = predictor.reading == APART, predictor.network.eval()
        module = _sides()(network).eval() if apart else network
        return Scoring(module, predictor.base, predictor.max_length, predictor.reading == CROSSED, apart)
    apart = predictor.learner.apart
    probe = _probe()(
        sessions.load(predictor.base), (predictor._numbers, predictor.learner.pooling, apart), predictor.head.weights,
        predictor.head.bias,
    )  # fmt: skip
    return Scoring(probe.eval().requires_grad_(False), predictor.base, predictor.learner.max_length, False, apart)


@dataclass(frozen=True, eq=False)
class Unrounded:
    """A probe on features in full precision: those that are stored have half of it."""

    task: Task
    made: Scoring

    def predict(self, rows: pa.Table) -> Outputs:
        """What its module says of each row, in order."""
        torch = need("torch", "an export")
        lengths, padded = self._read(rows)
        scores = np.empty((len(rows), columns(self.task)), np.float32)
        with torch.inference_mode():
            for batch in by_tokens(lengths, BUDGET["cpu"]):
                scores[batch] = self.made.module(*map(torch.as_tensor, padded(batch))).numpy()
        return answered(self.task, scores)

    def _read(self, rows: pa.Table) -> tuple[Ints, Callable[[Ints], tuple[Any, ...]]]:
        """How many tokens each row has, and what gives the ids and the mask of some rows."""
        made = self.made
        if made.apart:
            both = [tokenize(made.base, side, made.max_length) for side in sides(rows, self.task)]
            longest = np.maximum(both[0].lengths, both[1].lengths)
            return longest, partial(two_sided, both)
        found = tokenize(made.base, texts(rows, self.task), made.max_length)
        return found.lengths, partial(pad, found)


def two_sided(both: Sequence[Tokens], rows: Ints) -> tuple[Ints, Ints]:
    """(rows, 2, tokens) the ids and the mask of some rows of two texts."""
    padded = [pad(side, rows) for side in both]
    wide = max(ids.shape[1] for ids, _ in padded)

    def stacked(which: int, fill: int) -> Ints:
        arrays = [one[which] for one in padded]
        more = [np.pad(one, ((0, 0), (0, wide - one.shape[1])), constant_values=fill) for one in arrays]
        return np.stack(more, axis=1)

    return stacked(0, both[0].padding), stacked(1, 0)


@cache
def _sides() -> Any:
    torch = need("torch", "an export")

    class Sides(torch.nn.Module):  # type: ignore[name-defined, misc]
        """A fine-tuned encoder that compares the two texts of a row."""

        def __init__(self, network: Any) -> None:
            super().__init__()
            self.network = network

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            vectors = self.network.vectors(input_ids.flatten(0, 1), attention_mask.flatten(0, 1), None)
            first, second = vectors.reshape(input_ids.shape[0], 2, -1).unbind(1)
            return self.network.answers(torch.cat([first, second, (first - second).abs(), first * second], dim=1))

    return Sides


@cache
def _probe() -> Any:
    torch = need("torch", "an export")

    class Probed(torch.nn.Module):  # type: ignore[name-defined, misc]
        """A frozen encoder, the pooled states of some layers, and a linear head on them."""

        def __init__(self, encoder: Any, how: tuple[tuple[int, ...], str, bool], weights: Any, bias: Any) -> None:
            super().__init__()
            self.encoder, (self.layers, self.pooling, self.apart) = encoder, how
            self.head = torch.nn.Linear(*weights.shape)
            with torch.no_grad():
                self.head.weight.copy_(torch.as_tensor(np.ascontiguousarray(weights.T)))
                self.head.bias.copy_(torch.as_tensor(np.array(bias)))

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            if not self.apart:
                return self.head(self._vectors(input_ids, attention_mask))
            vectors = self._vectors(input_ids.flatten(0, 1), attention_mask.flatten(0, 1))
            first, second = vectors.reshape(input_ids.shape[0], 2, -1).unbind(1)
            lengths = (first.norm(dim=1) * second.norm(dim=1)).clamp_min(torch.finfo(torch.float32).tiny)
            cosine = ((first * second).sum(dim=1) / lengths)[:, None]
            return self.head(torch.cat([first, second, (first - second).abs(), first * second, cosine], dim=1))

        def _vectors(self, input_ids: Any, attention_mask: Any) -> Any:
            found = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True, return_dict=True
            )
            states = (*found.hidden_states[:-1], found.last_hidden_state)
            return torch.cat([self._pool(states[layer], attention_mask) for layer in self.layers], 1)

        def _pool(self, state: Any, mask: Any) -> Any:
            if self.pooling == "cls":
                return state[:, 0]
            share = mask.float() / mask.sum(1, keepdim=True)  # (rows, tokens)
            return torch.bmm(share[:, None], state)[:, 0]

    return Probed
