"""What does training make smaller?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from naeum.contract import Floats, Ints
from naeum.train.recipe import Objective

if TYPE_CHECKING:
    import torch


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


def loss_of(objective: Objective, target: Ints, classes: int, soft: Floats | None = None) -> Loss:
    """The loss for an objective, with class weights and shares counted on the rows of fit.

    Class weights: rows / (classes there are x rows of the class), so their mean over the rows is one. Logit adjustment
    adds tau x log share of the class while training and not when answering (Menon et al. 2021, "Long-tail learning via
    logit adjustment", eq. 10).
    """
    import torch

    counts = class_counts(target, classes, soft)
    weights = prior = None
    if objective.class_weight == "balanced":
        there = counts > 0
        weights = np.where(there, counts.sum() / (there.sum() * np.where(there, counts, 1.0)), 0.0)
    if objective.logit_adjustment:
        prior = np.log((counts + 1.0) / (counts + 1.0).sum())  # one row added: a class without rows keeps a finite log
    as_tensor = [None if x is None else torch.as_tensor(x, dtype=torch.float32) for x in (weights, prior)]
    return Loss(objective, as_tensor[0], as_tensor[1])


def class_counts(target: Ints, classes: int, soft: Floats | None = None) -> np.ndarray:
    """(classes,) rows of each class; sums of the soft targets where there are any. Rows without a class do not count.

    Example:
        >>> class_counts(np.array([0, 2, 2]), 4)
        array([1., 0., 2., 0.])
    """
    if soft is not None:
        return np.asarray(soft.sum(axis=0), np.float64)
    return np.bincount(target[target >= 0], minlength=classes).astype(np.float64)
