"""How does an encoder that lost parts learn again, with the answers it gave before as a part of what is wanted?"""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.contract import Dataset, Floats, OutputKind, Parts
from naeum.model.text import classifier
from naeum.model.text.aims import Aim, columns
from naeum.model.text.examples import to_learn
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.reading import read
from naeum.model.text.tuning import Full
from naeum.train.job import Examples, Job, RowLoss
from naeum.train.objectives import loss_of
from naeum.train.recipe import Objective, Optimization

if TYPE_CHECKING:
    import torch

TEMPERATURE = 2.0  # that softens the answers which are learned from (Hinton et al. 2015): of 1, 2 and 4 as usual


@dataclass(frozen=True, eq=False)
class Taught:
    """The loss of the task and that towards answers given before, in shares (Hinton et al. 2015, "Distilling").

    Args:
        own: the loss of the task.
        columns: of the scores; of `soft` the first so many are what the task wants, the others the scores given before.
        wanted: whether the first ones say anything.
        share: of the second loss.
        output: which distance there is between answers.
    """

    own: RowLoss
    columns: int
    wanted: bool
    share: float
    output: OutputKind

    def __call__(self, scores: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
        """(rows,) the loss of each row."""
        if soft is None:
            return self.own(scores, target, None)
        plain, before = soft[:, : self.columns], soft[:, self.columns :]
        own = self.own(scores, target, plain if self.wanted else None)
        return (1.0 - self.share) * own + self.share * away(scores.float(), before, self.output)


def away(scores: torch.Tensor, before: torch.Tensor, output: OutputKind) -> torch.Tensor:
    """(rows,) how far scores are from those given before: cross-entropy at TEMPERATURE, of labels each by itself, of
    numbers half the square."""
    from torch.nn import functional

    if output == "number":
        return 0.5 * functional.mse_loss(scores, before, reduction="none").squeeze(1)
    if output == "labels":
        wanted = before.sigmoid()
        return functional.binary_cross_entropy_with_logits(scores, wanted, reduction="none").mean(dim=1)
    wanted = functional.softmax(before / TEMPERATURE, dim=1)
    logs = functional.log_softmax(scores / TEMPERATURE, dim=1)
    return -(wanted * logs).sum(dim=1) * TEMPERATURE**2


@dataclass(frozen=True, eq=False)
class Work:
    """The rows that are learned from again, and what is wanted of them."""

    fit: Dataset
    aim: Aim
    examples: Examples
    loss: RowLoss  # with the answers given before, where they count
    plain: RowLoss  # of the task alone
    optimization: Optimization
    objective: Objective

    @classmethod
    def of(
        cls, teacher: FineTunedEncoder, parts: Parts, optimization: Optimization, objective: Objective, soft: float
    ) -> Work:
        """The rows of fit as an encoder reads them, and its answers to them where they count at all.

        Raises:
            InputError: there is no labelled row.
        """
        fit = to_learn(parts.fit, teacher.kind)
        aim, task = Aim.of(fit), fit.task
        lengths, collate = read(teacher.base, fit.rows, task, teacher.max_length, teacher.reading)
        wanted = aim.wanted(fit)
        plain = loss_of(objective, fit.target, columns(task), soft=wanted, output=task.output)
        examples = Examples(lengths, collate, fit.target, fit.weight, wanted)
        if not soft:
            return cls(fit, aim, examples, plain, plain, optimization, objective)
        before = _in_aim(teacher.predict(fit.rows).scores, aim)
        own = np.zeros_like(before) if wanted is None else wanted
        both = replace(examples, soft=np.concatenate([own, before], axis=1).astype(np.float32))
        taught = Taught(plain, columns(task), wanted is not None, soft, task.output)
        return cls(fit, aim, both, taught, plain, optimization, objective)

    @property
    def bare(self) -> Examples:
        """The rows with what the task wants alone."""
        wanted = self.aim.wanted(self.fit)
        return replace(self.examples, soft=wanted)

    def job(self, network: Any, seed: int, dropout: float) -> Job:
        """The training of a classifier that answers in the units of the task; it is copied, see `settled`."""
        module = copy.deepcopy(network)
        classifier.set_dropout(module.encoder, dropout)
        module.dropout.p = dropout
        _unsettle(module.head, self.aim)
        classifier.prepare(module, Full(), seed)
        return Job(
            module=module,
            fit=self.examples,
            tune=None,
            classes=columns(self.fit.task),
            optimization=self.optimization,
            objective=self.objective,
            scale=classifier.rates(module, self.optimization.layer_decay, 1.0),
            output=self.fit.task.output,
            loss=self.loss,
        )

    def settled(self, module: Any) -> Any:
        """A trained module, answering in the units of the task."""
        classifier.merge(module)
        self.aim.settle(module.head)
        return module.eval()


def _in_aim(scores: Floats, aim: Aim) -> Floats:
    return np.asarray((scores - aim.center) / aim.spread, np.float32)


def _unsettle(head: Any, aim: Aim) -> None:
    """Let a head that answers in a number's own units learn in those of the aim."""
    import torch

    if aim.task.output == "number":
        with torch.no_grad():
            head.weight.div_(aim.spread)
            head.bias.sub_(aim.center).div_(aim.spread)
