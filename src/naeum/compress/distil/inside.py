"""How far is the inside of a student from that of its teacher: its states, its attention, the vectors of its texts?

hidden      squared distance of the states of tokens, of layers that follow each other (TinyBERT)
attention   squared distance of what queries and keys say of each other before the softmax (TinyBERT)
embedding   squared distance of the states below the first layer (TinyBERT)
cosine      one minus the cosine of the last states of tokens (DistilBERT)
patient     squared distance of the first token's states, of length one, at each layer but the last (patient)
contrast    telling the teacher's vector of a text from those of the other texts of the batch (contrastive)

References:
    Sanh et al. 2019, "DistilBERT, a distilled version of BERT". Jiao et al. 2020, "TinyBERT" (eqs. 7-9).
    Sun et al. 2019, "Patient knowledge distillation for BERT model compression" (eq. 6).
    Tian et al. 2020, "Contrastive representation distillation"; Sun et al. 2020, "Contrastive distillation on
    intermediate representations" (CoDIR).
    Sun et al. 2020, "MobileBERT" (section 3.5: layer by layer).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar

from naeum import extras
from naeum.errors import InputError
from naeum.values import Choice, Real, setting

LOSSES = ("hidden", "attention", "embedding", "cosine", "patient", "contrast")
TEMPERATURE = 0.1  # of the likeness of two vectors of texts
MOST_WEIGHT = 1_000.0


@dataclass(frozen=True)
class Inside:
    """What of its teacher's inside a student learns, and when.

    Args:
        losses: names in LOSSES; none: it learns the answers alone.
        weight: of their sum beside the answers.
        epochs: of a stage before, in which they alone are learned; 0: they are learned beside the answers, all along.
        layer_by_layer: whether that stage teaches one layer after the other, those below standing still.
        general: epochs of a stage before all others, in which the student has the weights of the base model and learns
            the inside of that, as it was before it learned a task; texts alone are read, so any are of use.

    Raises:
        InputError: a loss is not known, or a number is out of its range.

    Example:
        >>> Inside(("hidden", "attention"), epochs=2.0).layer_by_layer
        False
    """

    kind: ClassVar[str] = "inside"
    version: ClassVar[int] = 1
    losses: tuple[str, ...] = ("cosine",)
    weight: float = setting(1.0, Real(0.1, 10.0, log=True))
    epochs: float = setting(0.0, Choice((0.0, 2.0, 5.0)))
    layer_by_layer: bool = False
    general: float = setting(0.0, Choice((0.0, 1.0, 3.0)))

    def __post_init__(self) -> None:
        unknown = [name for name in self.losses if name not in LOSSES]
        if unknown:
            raise InputError(f"losses must be some of {', '.join(LOSSES)}; got {unknown[0]!r}; correct its name")
        if not (0 < self.weight <= MOST_WEIGHT and self.epochs >= 0 and self.general >= 0):
            raise InputError(
                f"weight must be above 0 and at most {MOST_WEIGHT:g}, epochs and general at least 0; got "
                f"{self.weight}, {self.epochs} and {self.general}; leave them out to use the defaults"
            )
        if self.general and not self.losses:
            raise InputError(
                f"a general stage must have losses to learn by, as it reads no answers; got none with {self.general:g} "
                "epochs; give hidden, attention and embedding"
            )
        if self.layer_by_layer and not (self.epochs and {"hidden", "attention"} & set(self.losses)):
            raise InputError(
                "a stage that goes layer by layer must have epochs, and the loss hidden or attention; got "
                f"{self.epochs:g} and {', '.join(self.losses) or 'none'}; give both"
            )


@dataclass(eq=False)
class Seen:
    """What was seen of one pass through an encoder: states of each layer, those below the first one before them."""

    states: list[Any]  # (texts, tokens, width) each
    queries: list[Any]  # (texts, tokens, heads x head width) of each layer
    keys: list[Any]


@contextmanager
def watching(encoder: Any, layers: Sequence[Any]) -> Iterator[Seen]:
    """See what passes through an encoder; `layers` are its `places`."""
    seen = Seen([], [], [])

    def to(found: list[Any]) -> Any:
        return lambda module, given, out: found.append(out[0] if isinstance(out, tuple) else out)

    hooks = [encoder.embeddings.register_forward_hook(to(seen.states))]
    for one in layers:
        query, key, _ = one.family.maps
        hooks.append(getattr(one.attention, query).register_forward_hook(to(seen.queries)))
        hooks.append(getattr(one.attention, key).register_forward_hook(to(seen.keys)))
        hooks.append(one.block.register_forward_hook(to(seen.states)))
    try:
        yield seen
    finally:
        for hook in hooks:
            hook.remove()


def apart(
    student: Seen, teacher: Seen, real: Any, names: Sequence[str], follows: Sequence[int], widths: tuple[int, int]
) -> dict[str, list[Any]]:
    """Name of a loss -> (texts,) how far they are apart, at each layer of the student.

    Args:
        student, teacher: of the same texts; the states of the student brought to the teacher's width.
        real: (texts, tokens) 1 where there is a token, 0 where a text has ended.
        names: the losses wanted.
        follows: the layer of the teacher that each layer of the student follows.
        widths: of an attention head, of the student and of the teacher.
    """
    found: dict[str, list[Any]] = {}
    pairs = [(student.states[at + 1], teacher.states[to + 1]) for at, to in enumerate(follows)]
    if "hidden" in names:
        found["hidden"] = [over_tokens(((one - other) ** 2).mean(dim=2), real) for one, other in pairs]
    if "attention" in names:
        looks = [(relation(student, at, widths[0]), relation(teacher, to, widths[1])) for at, to in enumerate(follows)]
        found["attention"] = [over_pairs((one - other) ** 2, real) for one, other in looks]
    if "embedding" in names:
        found["embedding"] = [over_tokens(((student.states[0] - teacher.states[0]) ** 2).mean(dim=2), real)]
    if "cosine" in names:
        from torch.nn import functional

        one, other = pairs[-1]
        found["cosine"] = [over_tokens(1.0 - functional.cosine_similarity(one, other, dim=2), real)]
    if "patient" in names and len(pairs) > 1:
        firsts = [(unit(one[:, 0]), unit(other[:, 0])) for one, other in pairs[:-1]]
        found["patient"] = [((one - other) ** 2).sum(dim=1) for one, other in firsts]
    if "contrast" in names:
        one, other = (unit(over_tokens(state, real)) for state in pairs[-1])
        found["contrast"] = [_told_apart(one, other)]
    return found


def relation(seen: Seen, layer: int, width: int) -> Any:
    """(texts, tokens, tokens) the mean over heads of what queries say of keys, over the root of their width."""
    query, key = seen.queries[layer], seen.keys[layer]
    texts, tokens, _ = query.shape
    query, key = (one.view(texts, tokens, -1, width).transpose(1, 2) for one in (query, key))
    return ((query @ key.transpose(2, 3)) / math.sqrt(width)).mean(dim=1)


def over_tokens(values: Any, real: Any) -> Any:
    """(texts,) or (texts, width) the mean of (texts, tokens) or (texts, tokens, width) over the real tokens."""
    wide = real if values.dim() == 2 else real[:, :, None]
    return (values * wide).sum(dim=1) / real.sum(dim=1).clamp_min(1.0).view(-1, *(1 for _ in values.shape[2:]))


def over_pairs(values: Any, real: Any) -> Any:
    """(texts,) the mean of (texts, tokens, tokens) over the pairs of real tokens."""
    both = real[:, :, None] * real[:, None, :]
    return (values * both).sum(dim=(1, 2)) / both.sum(dim=(1, 2)).clamp_min(1.0)


def unit(vectors: Any) -> Any:
    """Vectors (texts, width) of length one."""
    from torch.nn import functional

    return functional.normalize(vectors, dim=1)


def _told_apart(one: Any, other: Any) -> Any:
    """(texts,) the cross-entropy of telling the teacher's vector of a text from the others (van den Oord 2018)."""
    import torch
    from torch.nn import functional

    return functional.cross_entropy(
        one @ other.T / TEMPERATURE, torch.arange(len(one), device=one.device), reduction="none"
    )


def watched(student: Any, teacher: Any, follows: Sequence[int], inside: Inside, sides: int) -> Any:
    """A student's classifier that also says, while it is trained, how far its inside is from its teacher's.

    Args:
        student: see `classifier.classifier`; its answers are (rows, columns), those of this module one column wider.
        teacher: the teacher's encoder; it stands still and is no part of the module's weights.
        follows: the layer of the teacher that each layer of the student follows.
        inside: which losses.
        sides: texts of a row that are read apart.
    """
    return _class()(student, teacher, tuple(follows), inside, sides)


@cache
def _class() -> Any:
    torch = extras.need("torch", "distillation")
    from naeum.compress.compact import places

    class Watched(torch.nn.Module):  # type: ignore[name-defined, misc]
        def __init__(self, student: Any, teacher: Any, follows: tuple[int, ...], inside: Inside, sides: int) -> None:
            super().__init__()
            self.inner = student
            self.outside = (teacher.eval(),)  # in a tuple: none of its weights is one of this module's
            self.follows, self.inside, self.sides = follows, inside, sides
            self.only: int | None = None  # the one layer that is taught now
            narrow, wide = (int(one.config.hidden_size) for one in (student.encoder, teacher))
            self.wider = torch.nn.Linear(narrow, wide, bias=False) if narrow != wide else None

        def forward(self, **inputs: Any) -> Any:
            if not self.training:
                return self.inner(**inputs)
            own, other = places(self.inner.encoder), places(self.outside[0])
            with watching(self.inner.encoder, own) as student:
                logits = self.inner(**inputs)
            with torch.no_grad(), watching(self.outside[0], other) as teacher:
                self.outside[0](**inputs)
            ids, mask = inputs["input_ids"], inputs.get("attention_mask")
            real = torch.ones_like(ids, dtype=torch.float32) if mask is None else mask.float()
            with torch.autocast(ids.device.type, enabled=False):
                far = self.far(
                    _exact(student, self.wider), _exact(teacher), real, (own[0].head_width, other[0].head_width)
                )
            return torch.cat([logits, far.view(self.sides, -1).mean(dim=0)[:, None]], dim=1)

        def far(self, student: Seen, teacher: Seen, real: Any, widths: tuple[int, int]) -> Any:
            found = apart(student, teacher, real, self.inside.losses, self.follows, widths)
            if self.only is not None:
                return sum(found[name][self.only] for name in ("hidden", "attention") if name in found)
            return sum(torch.stack(each).mean(dim=0) for each in found.values())

    return Watched


def _exact(seen: Seen, wider: Any = None) -> Seen:
    """All in single precision, states brought to another width."""
    states = [one.float() if wider is None else wider(one.float()) for one in seen.states]
    return Seen(states, [one.float() for one in seen.queries], [one.float() for one in seen.keys])
