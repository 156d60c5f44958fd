"""What does a technique usually bring, before it is tried here?

Gains are relative to what there is to gain: 0.10 takes a tenth of the champion's error away, whatever the metric.
The table holds careful guesses (none rests on the data set at hand); `priors_from` makes a better one from recorded
ladders (`recorded`). `cost` is the time of the edited rung over that of the rung it edits.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from naeum.contract import Rung
from naeum.measure import Metric, Prior, empirical_prior

STRENGTH = 4.0  # how many recorded gains a guess is worth
Z95 = 1.96  # half the width of a 95 % interval, in standard errors
LEAST_ERROR = 1e-4  # standard error of a relative gain: below it a recorded gain would drown all others


@dataclass(frozen=True)
class Usual:
    """What a technique brings and costs, before it is tried."""

    mean: float  # of the relative gain
    sd: float  # of the relative gain of one try
    cost: float  # seconds over those of the edited rung


# Guesses of November 2026. "seen" marks what plain runs on CLINC150 and SST-2 showed: probe to full tuning took
# 16 to 36 % of the error, three times the training time another 13 %. The others follow what papers report, halved,
# since papers report what worked. A wide sd says: worth finding out.
GUESSES: Mapping[str, Usual] = {
    "halving": Usual(0.03, 0.1, 3.0),  # the best of several of what base, lora and top_layers each may bring
    "base": Usual(0.02, 0.15, 1.0),
    "top_layers": Usual(0.05, 0.12, 2.0),
    "full": Usual(0.15, 0.15, 4.0),  # seen
    "embeddings": Usual(0.00, 0.04, 1.2),
    "lora": Usual(0.00, 0.08, 1.0),
    "epochs": Usual(0.02, 0.06, 1.5),  # seen
    "learning_rate": Usual(0.01, 0.06, 1.0),
    "schedule": Usual(0.00, 0.02, 1.0),
    "batch_size": Usual(0.00, 0.03, 1.0),
    "dropout": Usual(0.00, 0.03, 1.0),
    "weight_decay": Usual(0.00, 0.02, 1.0),
    "averaging": Usual(0.00, 0.02, 1.0),
    "label_smoothing": Usual(0.01, 0.03, 1.0),
    "class_weights": Usual(0.00, 0.05, 1.0),
    "weighed_rows": Usual(0.00, 0.05, 1.0),
    "focal": Usual(-0.01, 0.04, 1.0),
    "logit_adjustment": Usual(0.00, 0.05, 1.0),
    "max_length": Usual(0.00, 0.04, 1.3),
    "layer_pooling": Usual(0.02, 0.05, 0.2),  # the features of all layers come from one pass
    "ngrams": Usual(0.00, 0.03, 1.0),
    "regularization": Usual(0.01, 0.04, 1.0),
    "clean_labels": Usual(0.00, 0.04, 1.5),
    "prepare": Usual(0.00, 0.03, 1.1),
    "augment": Usual(0.00, 0.05, 1.5),
    "tree_size": Usual(0.00, 0.04, 1.2),
    "shrinkage": Usual(0.01, 0.03, 1.8),
    "more_trees": Usual(0.01, 0.03, 1.8),
    "column_sampling": Usual(0.00, 0.03, 0.8),
    "interactions": Usual(0.03, 0.08, 4.0),
    "derived_columns": Usual(0.02, 0.06, 1.5),
    "family": Usual(0.00, 0.10, 1.0),
    "bagging": Usual(0.04, 0.04, 4.0),  # every row is learned from, none only looked at
    "image_changes": Usual(0.02, 0.05, 1.1),
    "image_mixing": Usual(0.02, 0.06, 1.1),
    "stochastic_depth": Usual(0.00, 0.04, 1.0),
    "mirror_images": Usual(0.03, 0.03, 1.0),
    "width": Usual(0.02, 0.06, 2.5),
    "mention_swap": Usual(0.02, 0.05, 2.0),
    "chain": Usual(0.03, 0.04, 0.2),
    "word_pieces": Usual(0.00, 0.03, 1.2),
    "case": Usual(0.00, 0.05, 1.0),
    "label_losses": Usual(0.01, 0.05, 1.0),
    "label_weights": Usual(0.00, 0.05, 1.0),
    "robust_loss": Usual(0.00, 0.04, 1.2),
    "log_target": Usual(0.00, 0.06, 1.0),
    "pseudo_labels": Usual(0.04, 0.06, 4.0),
    "distil": Usual(0.05, 0.10, 1.5),
    "several_heads": Usual(0.01, 0.06, 1.4),
    "own_readers": Usual(0.02, 0.06, 1.5),
    "early_fusion": Usual(0.03, 0.08, 1.5),
    "blend": Usual(0.06, 0.05, 0.1),
    "second_seed": Usual(0.04, 0.04, 1.0),
    "calibrate": Usual(0.00, 0.01, 0.05),
    "prune": Usual(0.02, 0.10, 2.5),  # proposed only where the champion must give way to what holds the limits
    "quantize": Usual(0.02, 0.10, 1.3),  # the same
    "newcomer": Usual(0.03, 0.06, 2.0),
    "search": Usual(0.03, 0.05, 6.0),
}
UNKNOWN = Usual(0.0, 0.05, 1.0)  # of a technique that nobody has recorded yet


@dataclass(frozen=True)
class Recorded:
    """One edit of a past ladder."""

    technique: str
    gain: float  # relative to the error of the rung it edited
    error: float  # standard error of that
    cost: float = 1.0  # seconds over those of the rung it edited; 0 where they were not measured


def prior(technique: str, table: Mapping[str, Usual] = GUESSES) -> Usual:
    """What a technique usually brings; a wide guess around 0 for one that is not known.

    Example:
        >>> prior("blend").mean > prior("my own").mean
        True
    """
    return table.get(technique, UNKNOWN)


def recorded(rungs: Sequence[Rung], metric: Metric) -> tuple[Recorded, ...]:
    """The edits of a past ladder, their gains relative to the error of the champion of their time.

    Incomplete rungs, and those measured against a faultless champion, say nothing and are left out.
    """
    seconds = {rung.number: rung.cost.get("seconds", 0.0) for rung in rungs}
    found = []
    for rung in rungs:
        error = metric.error(rung.score - metric.sign * rung.gain)
        if rung.parents and rung.complete and error > 0:
            before = seconds.get(rung.parents[0], 0.0)
            spread = (rung.gain_high - rung.gain_low) / (2 * Z95)
            cost = seconds[rung.number] / before if before > 0 else 0.0
            found.append(Recorded(rung.technique, rung.gain / error, spread / error, cost))
    return tuple(found)


def priors_from(
    ladders: Iterable[Iterable[Recorded]], *, before: Mapping[str, Usual] = GUESSES, strength: float = STRENGTH
) -> Mapping[str, Usual]:
    """The table that recorded ladders speak for.

    Gains of one technique are normal around its mean, their noise normal around them (see measure/shrink.py for the
    posterior); `before` counts as `strength` gains, and stays for techniques without a record.

    Args:
        ladders: for each past ladder its edits. Leave out the ladders of the data set at hand.
        before: what was believed until now.
        strength: how many gains that is worth.
    """
    seen: dict[str, list[Recorded]] = {}
    for one in (one for ladder in ladders for one in ladder):
        seen.setdefault(one.technique, []).append(one)
    learnt = {name: _posterior(prior(name, before), records, strength) for name, records in seen.items()}
    return {**before, **learnt}


def _posterior(before: Usual, records: list[Recorded], strength: float) -> Usual:
    after = empirical_prior(
        [one.gain for one in records],
        [max(one.error, LEAST_ERROR) for one in records],
        before=Prior(before.mean, before.sd),
        strength=strength,
    )
    costs = [math.log(one.cost) for one in records if one.cost > 0]
    cost = (strength * math.log(before.cost) + sum(costs)) / (strength + len(costs))
    return Usual(after.mean, after.sd, math.exp(cost))
