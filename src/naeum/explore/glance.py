"""What do data say at a glance, before a model is made of them?

The quick parts of the analysis alone: seconds for a hundred thousand rows. Tables without a text are looked at column
by column, too, as what stands in their cells may call for a step of cleaning.
"""

from __future__ import annotations

from naeum.contract import Policy
from naeum.data.parts import Data
from naeum.errors import NaeumError
from naeum.explore.course import FIRST, explore
from naeum.explore.profile import Profile

CELLS = 5_000_000  # up to which columns are looked at one by one: about a second


def glance(data: Data, *, seed: int = 0) -> Profile | None:
    """The profile of read data with its first parts: missing values, equal rows, classes. None where it cannot be made.

    A model can be made of data that an analysis stumbles over, so no fault of it reaches the caller.

    Example:
        >>> from naeum.data import read
        >>> data = read([{"text": f"불 {n} 켜 줘", "label": "on"} for n in range(9)] + [{"text": "꺼", "label": "off"}])
        >>> glance(data).summary[0]
        '10 rows, 2 columns: 1 text and 1 category.'
    """
    task = data.dataset.task
    names = [part.name for part in FIRST]
    texts = [name for name, kind in task.columns.items() if kind == "text"]
    plain = not texts and "image" not in task.columns.values() and "words" not in task.columns.values()
    if plain and len(data.dataset) * len(task.inputs) <= CELLS:
        names.append("columns")
    try:
        return explore(
            data, target=task.target if task.output == "label" else None, text=texts or None, parts=names, seed=seed,
            policy=Policy(offline=True, reason="nothing is computed by a model"),
        )  # fmt: skip
    except NaeumError:
        return None
