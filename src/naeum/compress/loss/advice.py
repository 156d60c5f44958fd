"""What does one do about a loss? The first of these that holds is said.

A layer that carries most of the noise; a length, a class or a slice that loses beyond chance and carries much of the
loss; a loss that is spread over all; confidence that moved while answers stayed; nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from naeum.compress.loss.groups import SURE, Group
from naeum.compress.loss.slices import CLASS, LENGTH
from naeum.compress.quantize.sensitivity import OUTLYING

if TYPE_CHECKING:
    from naeum.compress.loss.compared import Loss

MOST_OF = 0.5  # of the noise that a single layer carries, or of the loss that some rows do
MANY = 0.25  # of the loss that some rows carry, from which they are told
MOVED = 0.01  # of expected calibration error: a percent is what a threshold of a user's feels
NAMED = 3  # layers that a sentence names


def told(loss: Loss) -> Iterator[str]:
    """The numbers, in sentences."""
    yield (
        f"Its {loss.metric} went from {loss.before:.4g} to {loss.after:.4g} on {loss.rows:,} rows of tune; "
        f"{loss.flips:,} answers changed, {loss.better:,} rows for the better and {loss.worse:,} for the worse "
        f"(p = {loss.p:.2g})."
    )
    if loss.layers and (named := [one for one in loss.layers if one.layer][:NAMED]):
        shares = ", ".join(f"{one.layer} ({100 * one.share:.0f} %)" for one in named)
        yield f"Most of the noise in the scores comes from {shares}."
    before, after = loss.confidence_before, loss.confidence_after
    if before is not None and after is not None:
        yield f"The calibration error went from {100 * before.error:.1f} % to {100 * after.error:.1f} %."
    for group in guilty(loss)[:NAMED]:
        yield (
            f"{_named(group)}: {group.worse:,} worse, {group.better:,} better of {group.rows:,} "
            f"({100 * group.share:.0f} % of what was lost)."
        )


def next_step(loss: Loss) -> str:
    """What to do next."""
    lost = loss.loss > 0 and (loss.p < SURE or bool(guilty(loss)))
    if lost:
        return _layer(loss) or _rows(loss) or _everywhere(loss)
    if moved(loss):
        return (
            "Next: confidence moved while answers stayed, so calibrate again on tune rows before anything reads the "
            "probabilities."
        )
    if loss.loss > 0:
        return "Next: nothing, what was lost is within chance; more tune rows would tell smaller losses."
    return "Next: nothing, as nothing was lost."


def guilty(loss: Loss) -> list[Group]:
    """Groups that lose beyond chance and carry much of the loss, the heaviest first."""
    return [one for one in loss.groups if one.guilty and one.share >= MANY]


def moved(loss: Loss) -> bool:
    """Whether confidence means less than it did."""
    before, after = loss.confidence_before, loss.confidence_after
    return before is not None and after is not None and after.error - before.error > MOVED


def _layer(loss: Loss) -> str:
    first = next((one for one in loss.layers if one.layer), None)
    if first is None or first.share < MOST_OF:
        return ""
    share = f"{100 * first.share:.0f} %"
    if first.outlier >= OUTLYING:
        return (
            f"Next: {first.layer} carries {share} of the noise, as its activations reach {first.outlier:.0f} times the "
            "usual ones: balance them (smooth), or keep it in float32."
        )
    return f"Next: {first.layer} carries {share} of the noise: keep it in float32."


def _rows(loss: Loss) -> str:
    first = next((one for one in guilty(loss) if one.share >= MOST_OF), None)
    if first is None:
        return ""
    if first.kind == LENGTH:
        return f"Next: {_named(first)} lose most: calibrate or retrain it on rows of such lengths."
    if first.kind == CLASS:
        return f"Next: {_named(first)} lose most: retrain with more weight on them, or allow this model less loss."
    return f"Next: {_named(first)} lose most: add such rows where it is calibrated or retrained."


def _everywhere(loss: Loss) -> str:
    if loss.layers:
        return (
            "Next: the noise is spread over the layers, so no single one helps: train on with the rounding "
            "(quantization-aware), or keep more layers in float32."
        )
    return (
        "Next: the loss is spread over classes and lengths: train the smaller model longer on the answers of the "
        "larger one, or make it less small."
    )


def _named(group: Group) -> str:
    return f"rows of {group.name}" if group.kind == CLASS and not group.name.startswith("answers ") else group.name
