"""Which torch module gives a tagger's scores of words from their pieces?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from naeum.engine import bases, sessions
from naeum.extras import need
from naeum.model.tags.finetuned import EncoderTagger
from naeum.model.tags.looks import looks
from naeum.model.tags.probe import FittedWordProbe
from naeum.model.tags.sentences import Sentences
from naeum.model.tags.windows import windows

EXAMPLE = (
    ("가", "b", "Cd", "12", "..."),
    ("b", "가나"),
    ("Cd",),
)  # rows that the exporter traces with


@dataclass(frozen=True, eq=False)
class Tagging:
    """A module that takes `inputs` by name and gives (words, classes), and how it reads."""

    module: Any
    inputs: tuple[str, ...]
    base: bases.Base
    max_length: int  # pieces of a window
    joint: str  # what stands between two words


def tagging(predictor: EncoderTagger | FittedWordProbe) -> Tagging:
    """The module of a fine-tuned tagger, or of a linear head on the words of a frozen encoder, in float32.

    Raises:
        BaseModelError: the base model is gone.
    """
    if isinstance(predictor, EncoderTagger):
        network = predictor.network.eval()
        mean, cased = network.pieces == "mean", network.cased
        told = ("input_ids", "attention_mask", "first", *("end",) * mean, *("cases", "looks") * cased)
        return Tagging(_tagged()(network), told, predictor.base, predictor.max_length, predictor.joint)
    probed = _probed()(sessions.load(predictor.base), predictor._layers, predictor.head.weights, predictor.head.bias)
    told = ("input_ids", "attention_mask", "first", "looks")
    module = probed.eval().requires_grad_(False)
    return Tagging(module, told, predictor.base, predictor.learner.max_length, predictor.joint)


def example(made: Tagging) -> dict[str, Any]:
    """A batch as the module is given it, by name of the input."""
    words = Sentences([word for row in EXAMPLE for word in row], np.cumsum([0, *(len(row) for row in EXAMPLE)]))
    cut = windows(made.base, words, made.max_length, made.joint)
    given = {name: array if array is None else array.numpy() for name, array in cut.collate(_rows(cut)).items()}
    given["looks"] = looks(words)
    if given["attention_mask"] is None:
        given["attention_mask"] = np.ones_like(given["input_ids"])
    return {name: given[name] for name in made.inputs}


def _rows(cut: Any) -> Any:
    return np.arange(len(cut.units) - 1)


@cache
def _tagged() -> Any:
    torch = need("torch", "an export")

    class Tagged(torch.nn.Module):  # type: ignore[name-defined, misc]
        """A fine-tuned tagger whose words are means of pieces by sums that a graph of any size can compute."""

        def __init__(self, network: Any) -> None:
            super().__init__()
            self.network = network

        def forward(
            self, input_ids: Any, attention_mask: Any, first: Any, end: Any = None, cases: Any = None, looks: Any = None
        ) -> Any:
            network = self.network
            embedded = network.encoder.get_input_embeddings()(input_ids)
            if cases is not None:
                embedded = embedded + network.case(cases)
            states = network.encoder(inputs_embeds=embedded, attention_mask=attention_mask).last_hidden_state
            states = states.reshape(-1, states.shape[-1])
            vectors = states[first] if end is None else _means(torch, states, first, end)
            return network.head(vectors if looks is None else torch.cat([vectors, looks], dim=1))

    return Tagged


def _means(torch: Any, states: Any, first: Any, end: Any) -> Any:
    """(words, width) mean of the states [first, end) of each word: differences of running sums, in double precision."""
    sums = torch.cumsum(states.double(), dim=0)
    total = sums[end - 1] - sums[first] + states[first].double()
    return (total / (end - first)[:, None].double()).float()


@cache
def _probed() -> Any:
    torch = need("torch", "an export")

    class Probed(torch.nn.Module):  # type: ignore[name-defined, misc]
        """A frozen encoder, what some layers say of the first piece of each word, and a linear head on that."""

        def __init__(self, encoder: Any, layers: tuple[int, ...], weights: Any, bias: Any) -> None:
            super().__init__()
            self.encoder, self.layers = encoder, layers
            self.head = torch.nn.Linear(*weights.shape)
            with torch.no_grad():
                self.head.weight.copy_(torch.as_tensor(np.ascontiguousarray(weights.T)))
                self.head.bias.copy_(torch.as_tensor(np.array(bias)))

        def forward(self, input_ids: Any, attention_mask: Any, first: Any, looks: Any) -> Any:
            found = self.encoder(
                input_ids=input_ids, attention_mask=attention_mask, output_hidden_states=True, return_dict=True
            )
            states = (*found.hidden_states[:-1], found.last_hidden_state)
            picked = [states[layer].reshape(-1, states[layer].shape[-1])[first] for layer in self.layers]
            return self.head(torch.cat([*picked, looks], dim=1))

    return Probed
