"""How does a model answer as it will be served: as its exported folder?"""

from __future__ import annotations

import json
import secrets
import shutil
import tempfile
import weakref
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from naeum import values
from naeum.compress.export import folder, parity, safety, vocabulary
from naeum.compress.reading import reader
from naeum.contract import InputKind, OutputKind, Outputs, Parts, Predictor, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.claims import ALL, ROWS
from naeum.values import Choice, setting

if TYPE_CHECKING:
    import pyarrow as pa

MOST_COMPARED = 500  # rows of tune (of fit, where there is no tune) that the gate looks at


@dataclass(frozen=True)
class Exported:
    """`inner` answering as its exported folder does: through numpy, onnxruntime, tokenizers and Pillow alone.

    Args:
        inner: the learner.
        words: "all", or "used": its tables of words keep those that fit rows use, and all single signs.
        max_loss: how much of the metric fewer words may cost on tune, relative.

    Raises:
        InputError: words is not known; when fitting: a part of what was fitted cannot be exported.
        ParityError: when fitting: the export does not answer as the inner predictor does.
    """

    inner: Any = None
    words: str = setting(vocabulary.ALL, Choice(vocabulary.WORDS))
    max_loss: float = vocabulary.MAX_LOSS

    kind: ClassVar[str] = "onnx"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1", "N→N"})
    outputs: ClassVar[frozenset[OutputKind]] = ROWS | {"tags"}
    reads: ClassVar[frozenset[InputKind]] = ALL

    def __post_init__(self) -> None:
        vocabulary.check(self.words)

    def fit(self, parts: Parts, run: Run) -> OnnxModel:
        """Fit the inner learner, and export what it gives."""
        fitted = run.fit(self.inner, parts)
        home = Home.made()
        rows = (parts.tune if len(parts.tune) else parts.fit).rows.slice(0, MOST_COMPARED)
        change = None if self.words == vocabulary.ALL else vocabulary.cutting(parts.fit, parts.tune, self.max_loss)
        written(fitted, home.path / "model", rows, change)
        model = reader.Model(home.path / "model", run.policy.threads)
        return OnnxModel(fitted.task, model, values.to_json(replace(self, inner=fitted.decided(self.inner))), home)


@dataclass(frozen=True, eq=False)
class Home:
    """A folder that is there as long as this is: the store copies from it, and what costs are measured weighs it."""

    path: Path

    @classmethod
    def made(cls) -> Home:
        """A new one."""
        home = cls(Path(tempfile.mkdtemp(prefix="naeum-onnx-")))
        weakref.finalize(home, shutil.rmtree, home.path, True)
        return home


@dataclass(frozen=True, eq=False)
class OnnxModel:
    """An exported folder as a predictor: it answers exactly what the folder answers without naeum."""

    task: Task
    model: reader.Model
    recipe: Any = None  # the learner with all that its fit decided, as JSON; None of a folder
    home: Home | None = None  # keeps the files of a fresh export while the model is in use

    kind: ClassVar[str] = "onnx"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """What the folder answers."""
        return parity.answers(self.model, self.task, rows)

    def state(self) -> State:
        """The files of the folder that a model is read from, and the recipe it was made by."""
        names = folder.files(self.model.card)
        return State({"recipe": self.recipe}, files={name: self.model.folder / name for name in names})

    @classmethod
    def restore(cls, task: Task, state: State) -> OnnxModel:
        """Read back.

        Raises:
            InputError: a file is not what it must be.
        """
        found = opened(state.files[folder.CARD].parent)
        return replace(found, recipe=state.settings["recipe"])

    def decided(self, learner: Any) -> Any:
        """The learner as its fit wrote it down."""
        if self.recipe is None:
            return learner
        kinds = {node.kind: type(node) for _, node in values.nodes(learner)}
        return values.from_json(self.recipe, kinds)


def written(fitted: Predictor, place: Path, rows: pa.Table, change: folder.Change | None = None) -> dict[str, Any]:
    """Export a predictor into a new folder; one that is exported is copied, as it passed the gate before.

    Args:
        fitted: the predictor.
        place: the folder.
        rows: to compare answers on.
        change: what is done to the folder before it is put in its place.

    Returns:
        What model.json says.

    Raises:
        InputError: as `folder.export`; or what was exported is in eight bits and shall be changed again.
        ParityError: as `folder.export`.
    """
    if not isinstance(fitted, OnnxModel):
        return folder.export(fitted, place, rows, change=change)
    card = fitted.model.card
    if change is not None and "eight_bits" in card:
        raise InputError(
            "a model must be in float32 to be brought to fewer bits or words; this one was brought to fewer bits "
            "before; change the learner inside it"
        )
    part = place.absolute().parent / f".{place.name}.{secrets.token_hex(4)}"
    part.mkdir(parents=True)
    try:
        for name in folder.files(card):
            shutil.copyfile(fitted.model.folder / name, part / name)
        card = dict(card) if change is None else change(part, dict(card))
        folder.describe(part, card)
        opened(part)
        folder.put(part, place)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return card


def opened(place: Path, threads: int = 0) -> OnnxModel:
    """The predictor of an exported folder.

    Raises:
        InputError: it is none, is of a newer naeum, a file is missing, reads from outside or has custom operators.
        MissingExtra: onnx, onnxruntime or tokenizers is not installed.
    """
    if not folder.is_export(place):
        raise InputError(f"an exported model must be a folder with {folder.CARD}; {place} has none; name the folder")
    card = json.loads((place / folder.CARD).read_text(encoding="utf-8"))
    if card.get("format", 0) > folder.FORMAT:
        raise InputError(
            f"an exported model must have format {folder.FORMAT} or older; {place} has {card['format']}; update naeum"
        )
    for name in folder.files(card):
        if Path(name).name != name or not (place / name).is_file():
            raise InputError(f"the files of an exported model must lie in its folder; {place} lacks {name}; copy it")
        if name.endswith(".onnx"):
            safety.check(place / name)
    return OnnxModel(Task.from_json(card["task"]), reader.Model(place, threads))
