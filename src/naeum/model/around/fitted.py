"""How does a model that was fitted before take part as it is? By its key in the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from naeum.contract import InputKind, OutputKind, Parts, Run, Shape
from naeum.errors import InputError
from naeum.model.around.through import Through
from naeum.model.claims import ALL, EVERY


@dataclass(frozen=True)
class Fitted:
    """A model from the store; it learns nothing from the rows it is given.

    Args:
        artifact: its key in the store.

    Raises:
        InputError: no artifact is named; when fitting: it answers another task than the rows have.
        StoreError: when fitting: it is not in the store, or is damaged.
    """

    artifact: str = ""

    kind: ClassVar[str] = "fitted"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = EVERY
    reads: ClassVar[frozenset[InputKind]] = ALL

    def fit(self, parts: Parts, run: Run) -> Through:
        """Read the model back."""
        if not self.artifact:
            raise InputError("a fitted learner must name an artifact; got none; give a key of the store")
        found = run.load(self.artifact)
        known, asked = found.task, parts.fit.task
        if (known.inputs, known.classes, known.output) != (asked.inputs, asked.classes, asked.output):
            raise InputError(
                f"a fitted model must answer the task of the rows, {', '.join(asked.classes)} from "
                f"{', '.join(asked.inputs)}; {self.artifact} answers {', '.join(known.classes)} from "
                f"{', '.join(known.inputs)}; use the data it was fitted on"
            )
        return Through(found)
