"""How do vectors that lie beside a graph come to eight bits: those of pieces of words, and of hashed n-grams?

A vector keeps a whole number from -127 to 127 for each of its numbers, and a step of its own. What reads them
multiplies them back once, as it is opened: smaller on the disk and on the way there, and as quick.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.compress.export.folder import nodes
from naeum.compress.quantize.sensitivity import Cost, decibels
from naeum.contract import Floats

# Kind of part -> under which key of its node the file stands, and the name of the vectors in it.
STORED = {
    "bag": ("file", "table"),
    "averages": ("file", "vectors"),
    "sequence": ("arrays", "table"),
    "tagged_sequence": ("arrays", "table"),
}
STEPS = 127  # on either side of zero
STEP = "step"  # the name of the steps in a file


@dataclass(frozen=True, eq=False)
class Vectors:
    """The vectors of one part of an exported folder, in float32."""

    file: str
    name: str  # of the array in the file
    arrays: dict[str, Any]  # all of the file

    @classmethod
    def of(cls, place: Path, card: dict[str, Any]) -> tuple[Vectors, ...]:
        """Those of all parts of a folder."""
        found = []
        for node in nodes(card["model"]):
            if node["kind"] in STORED:
                key, name = STORED[node["kind"]]
                with np.load(place / node[key], allow_pickle=False) as stored:
                    found.append(cls(node[key], name, dict(stored)))
        return tuple(found)

    @property
    def layer(self) -> str:
        """What they are called among the layers of a model."""
        return f"{self.file}:{self.name}"

    @property
    def cost(self) -> Cost:
        """What eight bits cost them."""
        whole, step = rounded(self.arrays[self.name])
        return Cost(self.layer, decibels(self.arrays[self.name], whole * step[:, None]), 1.0)

    def write(self, place: Path, ending: str) -> str:
        """Write them in eight bits; gives the name of the file."""
        whole, step = rounded(self.arrays[self.name])
        name = f"{self.file.removesuffix('.npz')}.{ending}.npz"
        np.savez(place / name, **{**self.arrays, self.name: whole, STEP: step})
        return name


def rounded(table: Floats) -> tuple[npt.NDArray[np.int8], Floats]:
    """(rows, width) whole numbers, and (rows,) the step of each row.

    Example:
        >>> whole, step = rounded(np.float32([[1.0, -2.54], [0.0, 0.0]]))
        >>> whole.tolist(), step.round(2).tolist()
        ([[50, -127], [0, 0]], [0.019999999552965164, 1.0])
    """
    greatest = np.abs(table).max(axis=1)
    step = np.where(greatest > 0, greatest / STEPS, 1).astype(np.float32)
    return np.rint(table / step[:, None]).astype(np.int8), step
