"""What does training make smaller?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Floats, Ints, OutputKind
from naeum.errors import InputError
from naeum.train.job import RowLoss
from naeum.train.recipe import Objective

if TYPE_CHECKING:
    import torch

OF_NUMBERS = ("cross_entropy", "squared", "huber")
OF_CLASSES = ("cross_entropy", "focal")
OF_SPANS = ("cross_entropy",)
OF_LABELS = (*OF_CLASSES, "asymmetric")
MARGIN = 0.05  # probability below which a label that a row lacks counts nothing (Ridnik et al. 2021, section 2.3)
HUBER_REACH = 1.0  # standard deviations of the target from which an error counts by its size, not by its square


@dataclass(frozen=True, eq=False)
class Loss:
    """An objective with what it must know of the classes; made by `loss_of`."""

    objective: Objective
    class_weight: torch.Tensor | None  # (classes,) mean one over the rows of fit
    log_prior: torch.Tensor | None  # (classes,)

    def __call__(self, logits: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
        """The loss of each row, not averaged, in nats.

        Args:
            logits: (rows, classes).
            target: (rows,) codes; ignored where `soft` is given.
            soft: (rows, classes) target distributions.

        Returns:
            (rows,).
        """
        from torch.nn import functional

        aim = self.objective
        logits = logits.float()
        if self.log_prior is not None:
            logits = logits + aim.logit_adjustment * self.log_prior.to(logits.device)
        logs = functional.log_softmax(logits, dim=-1)
        if aim.loss == "focal":
            # Lin et al. 2017, "Focal loss for dense object detection": (1 - p)^gamma of each class's own p.
            logs = logs * (1.0 - logs.exp()).clamp_min(1e-12) ** aim.focal_gamma
        if self.class_weight is not None:
            logs = logs * self.class_weight.to(logits.device)
        hard = -logs.gather(1, target[:, None]).squeeze(1) if soft is None else -(soft * logs).sum(dim=1)
        if not aim.label_smoothing:
            return hard
        # Szegedy et al. 2016, "Rethinking the Inception architecture": a share of the target is spread evenly.
        return (1.0 - aim.label_smoothing) * hard - aim.label_smoothing * logs.mean(dim=1)


@dataclass(frozen=True, eq=False)
class LabelsLoss:
    """Binary cross-entropy of each of several labels, a mean over them."""

    objective: Objective
    class_weight: torch.Tensor | None  # (classes,) of a row that has the label, over that of one without
    log_prior: torch.Tensor | None  # (classes,) log odds of each label

    def __call__(self, logits: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
        """The loss of each row, not averaged, in nats.

        Args:
            logits: (rows, classes).
            target: not looked at.
            soft: (rows, classes) 1 where a row has the label, 0 where not, or between.

        Returns:
            (rows,).
        """
        from torch.nn import functional

        aim, wanted = self.objective, _given(soft)
        logits = logits.float()
        if self.log_prior is not None:
            logits = logits + aim.logit_adjustment * self.log_prior.to(logits.device)
        if aim.label_smoothing:
            wanted = (1.0 - aim.label_smoothing) * wanted + 0.5 * aim.label_smoothing
        if aim.loss == "asymmetric":
            return self._asymmetric(logits, wanted).mean(dim=1)
        weight = None if self.class_weight is None else self.class_weight.to(logits.device)
        losses = functional.binary_cross_entropy_with_logits(logits, wanted, pos_weight=weight, reduction="none")
        if aim.loss == "focal":
            right = wanted * logits.sigmoid() + (1.0 - wanted) * (-logits).sigmoid()
            losses = losses * (1.0 - right).clamp_min(1e-12) ** aim.focal_gamma
        return losses.mean(dim=1)

    def _asymmetric(self, logits: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        """(rows, classes) Ridnik et al. 2021, "Asymmetric loss": easy labels that a row lacks count less."""
        chance = logits.sigmoid()
        lacking = (chance - MARGIN).clamp_min(0)
        has = -wanted * chance.clamp_min(1e-8).log()
        if self.class_weight is not None:
            has = has * self.class_weight.to(logits.device)
        return has - (1.0 - wanted) * lacking**self.objective.focal_gamma * (1.0 - lacking).clamp_min(1e-8).log()


@dataclass(frozen=True, eq=False)
class NumberLoss:
    """Half the squared distance of a number, or Huber's (1964, "Robust estimation of a location parameter")."""

    objective: Objective

    def __call__(self, scores: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
        """The loss of each row, not averaged.

        Args:
            scores: (rows, 1), like `soft` in standard deviations of the target.
            target: not looked at.
            soft: (rows, 1) the numbers.

        Returns:
            (rows,).
        """
        from torch.nn import functional

        scores, wanted = scores.float(), _given(soft)
        if self.objective.loss == "huber":
            return functional.huber_loss(scores, wanted, reduction="none", delta=HUBER_REACH).squeeze(1)
        return 0.5 * functional.mse_loss(scores, wanted, reduction="none").squeeze(1)


def span_loss(logs: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None = None) -> torch.Tensor:
    """(units,) what each unit of a passage adds to the cross-entropy of the starts and ends of its answer, in nats.

    Args:
        logs: (units, 2) log-probabilities of a start and an end, over the units that are read together.
        target: not looked at.
        soft: (units, 2) shares of the right starts and ends.
    """
    return -(_given(soft) * logs.float()).sum(dim=1)


def loss_of(
    objective: Objective, target: Ints, classes: int, soft: Floats | None = None, output: OutputKind = "label"
) -> RowLoss:
    """The loss for an objective, with class weights and shares counted on the rows of fit.

    Class weights: rows / (classes there are x rows of the class), so their mean over the rows is one; of several labels
    rows without a label / rows with it. Logit adjustment adds tau x log share of the class while training and not when
    answering (Menon et al. 2021, "Long-tail learning via logit adjustment", eq. 10), of several labels tau x log odds.

    Raises:
        InputError: the loss is not one of this kind of answers.
    """
    allowed = {"number": OF_NUMBERS, "labels": OF_LABELS, "span": OF_SPANS}.get(output, OF_CLASSES)
    if objective.loss not in allowed:
        raise InputError(
            f"the loss of the output {output} must be one of {', '.join(allowed)}; got {objective.loss!r}; choose one"
        )
    if output == "number":
        return NumberLoss(objective)
    if output == "span":
        return span_loss
    counts = class_counts(target, classes, soft)
    if output == "labels":
        return _labels_loss(objective, counts, float(len(target)))
    weights = prior = None
    if objective.class_weight == "balanced":
        there = counts > 0
        weights = np.where(there, counts.sum() / (there.sum() * np.where(there, counts, 1.0)), 0.0)
    if objective.logit_adjustment:
        prior = np.log((counts + 1.0) / (counts + 1.0).sum())  # one row added: a class without rows keeps a finite log
    return Loss(objective, _tensor(weights), _tensor(prior))


def plain(
    scores: torch.Tensor, target: torch.Tensor, soft: torch.Tensor | None, output: OutputKind = "label"
) -> torch.Tensor:
    """(rows,) the loss of each row without weights, smoothing or adjustment: cross-entropy, or half the square."""
    from torch.nn import functional

    if output == "number":
        return NumberLoss(Objective())(scores, target, soft)
    if output == "labels":
        return LabelsLoss(Objective(), None, None)(scores, target, soft)
    if output == "span":
        return span_loss(scores, target, soft)
    return functional.cross_entropy(scores, target if soft is None else soft, reduction="none")


def class_counts(target: Ints, classes: int, soft: Floats | None = None) -> np.ndarray:
    """(classes,) rows of each class; sums of the soft targets where there are any.

    Example:
        >>> class_counts(np.array([0, 2, 2]), 4)
        array([1., 0., 2., 0.])
    """
    if soft is not None:
        return np.asarray(soft.sum(axis=0), np.float64)
    return np.bincount(target, minlength=classes).astype(np.float64)


def _labels_loss(objective: Objective, counts: np.ndarray, rows: float) -> LabelsLoss:
    weights = prior = None
    odds = (rows - counts + 1.0) / (counts + 1.0)  # one row added on either side
    if objective.class_weight == "balanced":
        weights = odds
    if objective.logit_adjustment:
        prior = -np.log(odds)
    return LabelsLoss(objective, _tensor(weights), _tensor(prior))


def _tensor(array: np.ndarray | None) -> torch.Tensor | None:
    import torch

    return None if array is None else torch.as_tensor(array, dtype=torch.float32)


def _given(soft: torch.Tensor | None) -> torch.Tensor:
    if soft is None:
        raise InputError("labels and numbers must come as a matrix of what is wanted; got none; give it as `soft`")
    return soft.float()
