"""Which torch module gives a predictor's scores from its tokens?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Outputs, Task
from naeum.engine import bases, sessions
from naeum.engine.batches import by_tokens
from naeum.engine.features import BUDGET
from naeum.engine.tokens import pad, tokenize
from naeum.errors import InputError
from naeum.extras import need
from naeum.model.text.aims import answered, columns
from naeum.model.text.examples import texts
from naeum.model.text.finetuned import FineTunedEncoder
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


def scoring(predictor: FineTunedEncoder | FittedProbe) -> Scoring:
    """The module of a fine-tuned encoder, or of a linear head on a frozen one, in float32 and evaluation mode.

    Raises:
        InputError: it reads the two texts of a row apart.
        BaseModelError: the base model is gone.
    """
    if isinstance(predictor, FineTunedEncoder):
        if predictor.reading == APART:
            raise _apart(predictor.kind)
        crossed = predictor.reading == CROSSED
        return Scoring(predictor.network.eval(), predictor.base, predictor.max_length, crossed)
    if predictor.learner.apart:
        raise _apart(predictor.learner.kind)
    probe = _probe()(
        sessions.load(predictor.base), predictor._numbers, predictor.learner.pooling, predictor.head.weights,
        predictor.head.bias,
    )  # fmt: skip
    return Scoring(probe.eval().requires_grad_(False), predictor.base, predictor.learner.max_length, False)


@dataclass(frozen=True, eq=False)
class Unrounded:
    """A probe on features in full precision: those that are stored have half of it."""

    task: Task
    made: Scoring

    def predict(self, rows: pa.Table) -> Outputs:
        """What its module says of each row, in order."""
        torch = need("torch", "an export")
        found = tokenize(self.made.base, texts(rows, self.task), self.made.max_length)
        scores = np.empty((len(rows), columns(self.task)), np.float32)
        with torch.inference_mode():
            for batch in by_tokens(found.lengths, BUDGET["cpu"]):
                given = (torch.as_tensor(array) for array in pad(found, batch))
                scores[batch] = self.made.module(*given).numpy()
        return answered(self.task, scores)


def _apart(kind: str) -> InputError:
    return InputError(
        f"a model must read each row as one text to be exported; the {kind} reads two texts apart; {TORCH}"
    )


@cache
def _probe() -> Any:
    torch = need("torch", "an export")

    class Probed(torch.nn.Module):  # type: ignore[name-defined, misc]
        """A frozen encoder, the pooled states of some layers, and a linear head on them."""

        def __init__(self, encoder: Any, layers: tuple[int, ...], pooling: str, weights: Any, bias: Any) -> None:
            super().__init__()
            self.encoder, self.layers, self.pooling = encoder, layers, pooling
            self.head = torch.nn.Linear(*weights.shape)
            with torch.no_grad():
                self.head.weight.copy_(torch.as_tensor(np.ascontiguousarray(weights.T)))
                self.head.bias.copy_(torch.as_tensor(np.array(bias)))

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            found = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True, return_dict=True
            )
            states = (*found.hidden_states[:-1], found.last_hidden_state)
            pooled = [self._pool(states[layer], attention_mask) for layer in self.layers]
            return self.head(torch.cat(pooled, 1))

        def _pool(self, state: Any, mask: Any) -> Any:
            if self.pooling == "cls":
                return state[:, 0]
            share = mask.float() / mask.sum(1, keepdim=True)  # (rows, tokens)
            return torch.bmm(share[:, None], state)[:, 0]

    return Probed
