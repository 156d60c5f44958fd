"""How does a model answer with its layers in eight bits, those in float32 that would cost too much?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from naeum import values
from naeum.compress.export import vocabulary
from naeum.compress.export.exported import MOST_COMPARED, Home, OnnxModel, written
from naeum.compress.quantize.arithmetic import WEIGHTS, Arithmetic, weights_alone
from naeum.compress.quantize.quantizing import DYNAMIC, Settings, quantize
from naeum.compress.quantize.ranges import WAYS
from naeum.compress.reading import reader
from naeum.contract import Dataset, InputKind, OutputKind, Parts, Run, Shape
from naeum.errors import InputError
from naeum.model.claims import ROWS
from naeum.values import Choice, setting

HOWS = (*WAYS, DYNAMIC)
BALANCED = "+balance"  # behind a calibration: half is moved from activations into weights (Xiao et al. 2023)


@dataclass(frozen=True)
class Quantized:
    """`inner`, which reads texts or words by an encoder, with its linear maps and its table of words in fewer bits.

    Args:
        inner: the learner.
        how: where the ends of activations come from: rows of fit ("minmax", "percentile", "entropy", "mse"), or each
            batch ("dynamic"), where a row's answer depends a little on its company.
        max_loss: how much of the metric may be lost on tune, relative to what it was. As many layers stay in float32 as
            that needs.
        kept: names of the layers that stay; None: decided on tune.
        arithmetic: in which numbers weights are kept and multiplied; weights alone are smaller, not quicker.
        words: "all", or "used": the table of words keeps those that fit rows use, and all single signs.

    Raises:
        InputError: a setting is not known; when fitting: what was fitted has no encoder.
        ParityError: when fitting: what was fitted cannot be exported as it is.

    References:
        Jacob et al. 2018, "Quantization and training of neural networks for efficient integer-arithmetic-only
        inference".
    """

    inner: Any = None
    how: str = setting("percentile", Choice(HOWS))
    max_loss: float = vocabulary.MAX_LOSS
    kept: tuple[str, ...] | None = None
    words: str = setting(vocabulary.ALL, Choice(vocabulary.WORDS))
    arithmetic: Arithmetic = Arithmetic()  # noqa: RUF009 - a frozen value

    kind: ClassVar[str] = "quantized"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS | {"tags"}
    reads: ClassVar[frozenset[InputKind]] = frozenset({"text", "words"})

    def __post_init__(self) -> None:
        if self.how not in HOWS:
            raise InputError(f"how must be one of {', '.join(HOWS)}; got {self.how!r}; correct its name")
        vocabulary.check(self.words)
        if not self.max_loss >= 0:
            raise InputError(f"max_loss must be 0 or more; got {self.max_loss}; 0.005 is half a percent")

    def fit(self, parts: Parts, run: Run) -> OnnxModel:
        """Fit the inner learner, export it, quantize the export."""
        fitted = run.fit(self.inner, parts)
        home = Home.made()
        rows = (parts.tune if len(parts.tune) else parts.fit).rows.slice(0, MOST_COMPARED)
        card = written(fitted, home.path / "model", rows, self.change(parts.fit, parts.tune))
        decided = replace(self, inner=fitted.decided(self.inner), kept=tuple(card["eight_bits"]["kept"]))
        model = reader.Model(home.path / "model", run.policy.threads)
        return OnnxModel(fitted.task, model, values.to_json(decided), home)

    def change(self, fit: Dataset, tune: Dataset) -> Callable[[Path, dict[str, Any]], dict[str, Any]]:
        """What is done to an exported folder."""

        def changed(place: Path, card: dict[str, Any]) -> dict[str, Any]:
            left = self.max_loss
            if self.words == vocabulary.USED:
                card = vocabulary.cut(place, card, fit, tune, left)
                left = max(0.0, left - max(0.0, card["vocabulary"]["loss"]))
            return quantize(place, card, fit, tune, Settings(self.how, left, self.kept, self.arithmetic))

        return changed


def named(how: str) -> Quantized:
    """The learner, without what is inside, of a calibration, of one with balance, or of weights alone.

    Raises:
        InputError: it is none of these.

    Example:
        >>> named("mse+balance").arithmetic.balance, named("int4").arithmetic.grain
        (0.5, '32')
    """
    if how in WEIGHTS:
        return Quantized(arithmetic=weights_alone(how))
    if how.endswith(BALANCED):
        return Quantized(how=how.removesuffix(BALANCED), arithmetic=Arithmetic(balance=0.5))
    return Quantized(how=how)
