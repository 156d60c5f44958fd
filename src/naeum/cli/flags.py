"""How do the options of a climb become flags? One flag a field of `Options`, with the help that stands there."""

from __future__ import annotations

import dataclasses
import inspect
import typing
from collections.abc import Callable
from typing import Any

import typer

from naeum.improve.options import NAMES, Options

UNITS = {"minutes": "MINUTES", "rungs": "N", "seed": "N", "threads": "N", "max_latency_ms": "MS", "max_size_mb": "MB",
         "max_memory_mb": "MB", "stop_at": "SCORE", "reference_score": "SCORE", "valid": "FILE", "test": "FILE",
         "unlabelled": "FILE", "run": "DIR", "base": "NAME|PATH", "only": "TECHNIQUE",
         "without": "TECHNIQUE", "positive": "CLASS", "metric": "NAME", "oof": "FILE", "ordered": "A<B<C",
         "decide": "FILE:RULE", "track": "NAME", "machine": "FILE", "start": "FILE", "with_": "FILE"}  # fmt: skip


WITH = typer.Option(
    None, "--with", metavar="FILE", help="File with learners or checks of yours that the run was made with."
)


def with_options(verb: Callable[..., None]) -> Callable[..., None]:
    """`verb(…, **given)` with a flag for every option. Only flags that were typed reach it."""

    def typed(**everything: Any) -> None:
        own = {name: everything.pop(name) for name in list(everything) if name in inspect.signature(verb).parameters}
        verb(**own, **{name: value for name, value in everything.items() if _was_typed(value)})

    kept = [
        one for one in inspect.signature(verb, eval_str=True).parameters.values() if one.kind is not one.VAR_KEYWORD
    ]
    parameters = [*(one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in kept), *_parameters()]
    typed.__name__, typed.__doc__ = verb.__name__, verb.__doc__
    typed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    typed.__annotations__ = {one.name: one.annotation for one in parameters}
    return typed


def _was_typed(value: Any) -> bool:
    """A zero was typed; none, an unset switch and an empty list were not."""
    return not (value is None or value is False or (isinstance(value, (list, tuple)) and not value))


def _parameters() -> list[inspect.Parameter]:
    hints = typing.get_type_hints(Options)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=_flag(field),
            annotation=_kind(field.name, hints[field.name]),
        )
        for field in dataclasses.fields(Options)
    ]


def _flag(field: dataclasses.Field[Any]) -> Any:
    said = field.metadata["help"]
    if field.default not in (None, False, ()):
        said += f" Default: {field.default:g}."
    name = f"--{field.name.rstrip('_').replace('_', '-')}"
    empty = False if field.default is False else None
    unit = " " if field.default is False else UNITS.get(field.name, "COLUMN")
    return typer.Option(
        empty, name, help=said, metavar=unit, rich_help_panel=field.metadata["panel"], show_default=False
    )


def _kind(name: str, hint: Any) -> Any:
    if name in (*NAMES, "start"):
        return list[str] | None
    for kind in (bool, int, float):
        if hint is kind:
            return kind if kind is bool else kind | None
        if kind in typing.get_args(hint):
            return kind | None
    return str | None
