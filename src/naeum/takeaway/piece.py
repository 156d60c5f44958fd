"""Of which pieces of code is a model made that needs no naeum, and what is to be known about them?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.contract import Task
from naeum.errors import InputError

ELSE = "answer with the run instead: naeum predict RUN FILE --out FILE"


@dataclass(frozen=True)
class Name:
    """A name in the code, such as that of a constant."""

    text: str


@dataclass(frozen=True)
class Piece:
    """A call in the code: a class that stands in one of the templates, with what it is given.

    Args:
        call: the class.
        files: the templates that its code stands in, those that it needs before it.
        arguments: what it is given, by name; pieces and lists of pieces among it.
    """

    call: str
    files: tuple[str, ...]
    arguments: Mapping[str, Any]

    def walk(self) -> list[Piece]:
        """This piece and all inside it, inner ones first."""
        inside = [
            each for one in self.arguments.values() for each in (one if isinstance(one, list) else [one])
            if isinstance(each, Piece)
        ]  # fmt: skip
        return [*(deeper for one in inside for deeper in one.walk()), self]


@dataclass(frozen=True, eq=False)
class Writing:
    """The folder that the weights of pieces go into, and what is found out on the way."""

    folder: Path
    task: Task
    left_out: list[str] = field(default_factory=list)  # of the training: what the code does not do
    no_training: list[str] = field(default_factory=list)  # parts that the code cannot train, each in a sentence
    names: list[str] = field(default_factory=list)
    around: dict[str, Any] = field(default_factory=dict)  # the cut and the reach that stand around the whole

    def name(self, what: str) -> str:
        """A name for the files of a piece: what it is, and a number from the second one on."""
        number = sum(one.rstrip("0123456789") == what for one in self.names) + 1
        self.names.append(what if number == 1 else f"{what}{number}")
        return self.names[-1]

    def save(self, name: str, **arrays: npt.NDArray[Any] | Any) -> None:
        """Arrays as an npz file."""
        np.savez(self.folder / f"{name}.npz", **arrays)  # type: ignore[arg-type]

    def leave_out(self, what: str) -> None:
        """Note once what the training of the code does not do."""
        if what not in self.left_out:
            self.left_out.append(what)

    def untrainable(self, why: str) -> None:
        """Note once which part the code can answer with but not train."""
        if why not in self.no_training:
            self.no_training.append(why)


def refused(kind: str) -> InputError:
    """A part that has no code."""
    return InputError(
        f"a model must be made of parts that have their code in naeum/takeaway/pieces to be written as a script; "
        f"this one has a part of kind {kind!r}; {ELSE}"
    )


def code(thing: Any, depth: int = 0) -> str:
    """A piece, or a value that it is given, as Python; what is long stands a line each.

    Example:
        >>> print(code(Piece("Blend", (), {"members": [], "weights": [0.5]})))
        Blend(members=[], weights=[0.5])
    """
    flat = _flat(thing)
    if isinstance(thing, (str, Name)) or (len(flat) <= _room(depth) and not _nested(thing)):
        return flat
    pad = "    " * (depth + 1)
    if isinstance(thing, Piece):
        inside = [f"{pad}{name}={code(value, depth + 1)},\n" for name, value in thing.arguments.items()]
        return f"{thing.call}(\n{''.join(inside)}{pad[:-4]})"
    if isinstance(thing, Mapping):
        inside = [f"{pad}{_quoted(name)}: {code(value, depth + 1)},\n" for name, value in thing.items()]
        return f"{{\n{''.join(inside)}{pad[:-4]}}}"
    inside = [f"{pad}{code(value, depth + 1)},\n" for value in thing]
    return f"[\n{''.join(inside)}{pad[:-4]}]"


def _room(depth: int) -> int:
    return 76 - 4 * depth


def _nested(thing: Any) -> bool:
    """Whether a piece or a mapping stands inside: then a line each reads better."""
    if isinstance(thing, Piece):
        return any(isinstance(one, (Piece, Mapping)) or _nested(one) for one in thing.arguments.values())
    return isinstance(thing, list) and any(isinstance(one, Piece) for one in thing)


def _flat(thing: Any) -> str:
    if isinstance(thing, Name):
        return thing.text
    if isinstance(thing, Piece):
        return f"{thing.call}({', '.join(f'{name}={_flat(value)}' for name, value in thing.arguments.items())})"
    if isinstance(thing, Mapping):
        return f"{{{', '.join(f'{_quoted(name)}: {_flat(value)}' for name, value in thing.items())}}}"
    if isinstance(thing, str):
        return _quoted(thing)
    if isinstance(thing, tuple) and len(thing) != 1:
        return f"({', '.join(map(_flat, thing))})"
    if isinstance(thing, Sequence):
        return f"[{', '.join(map(_flat, thing))}]"
    return repr(thing)


def _quoted(text: str) -> str:
    """A string between double quotes, as formatters write it; Hangul as it is."""
    plain = repr(text)
    if plain.startswith("'") and '"' not in text:
        return f'"{plain[1:-1]}"'.replace("\\'", "'")
    return plain
