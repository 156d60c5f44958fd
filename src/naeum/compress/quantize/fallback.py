"""How few layers must stay in float32 so that quality holds? The dearest first, as many as are needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence


def fewest(order: Sequence[str], loss: Callable[[tuple[str, ...]], float], most: float) -> tuple[str, ...]:
    """The shortest start of `order` with which the loss is at most `most`; all of it where nothing less is enough.

    Tried are none, one, two, four, …, then halves between the last that failed and the first that held: a trial costs a
    pass over the rows.

    Args:
        order: names of layers, the one that costs most first.
        loss: of the model in which these stay as they are.
        most: what it may be.

    Example:
        >>> fewest("abcdefgh", lambda kept: 0.9 - 0.2 * len(kept), most=0.01)
        ('a', 'b', 'c', 'd', 'e')
    """
    failed, held = -1, 0
    while held < len(order) and loss(tuple(order[:held])) > most:
        failed, held = held, min(len(order), max(1, 2 * held))
    while held - failed > 1:
        middle = (failed + held) // 2
        if loss(tuple(order[:middle])) > most:
            failed = middle
        else:
            held = middle
    return tuple(order[:held])
