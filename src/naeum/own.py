"""Which learners, predictors, techniques and checks does a file of the user's bring, or a package that is installed?

A file is named with --with; a package has an entry point in the group `naeum.parts` that names a module. What is found
in the module itself counts: classes with a `kind`, techniques, and things with a `code` and a `look`.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import inspect
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from naeum import registry
from naeum.contract import Technique
from naeum.errors import InputError
from naeum.values import digest

GROUP = "naeum.parts"  # of entry points
OURS = "BDMW"  # letters that codes of naeum begin with
CODE = re.compile(r"[A-Z][0-9]{2,3}")  # of a finding; naeum's own have two digits


@dataclass(frozen=True)
class Own:
    """Parts that are not naeum's."""

    values: Mapping[str, Any] = field(default_factory=dict)  # learners and the values inside them, by kind
    predictors: Mapping[str, Any] = field(default_factory=dict)  # by kind
    techniques: tuple[Technique, ...] = ()
    checks: tuple[Any, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.values or self.predictors or self.techniques or self.checks)


def own(files: Sequence[str] = ()) -> Own:
    """The parts of installed packages, then those of the files.

    Raises:
        InputError: a file is not there, does not run, brings nothing, or two things have one name.
    """
    found = Own()
    for point in entry_points(group=GROUP):
        found = _joined(found, _parts(_installed(point), point.name), point.name)
    for name in files:
        parts = _parts(_loaded(Path(name)), name)
        if not parts:
            raise InputError(
                f"a file named with --with must bring a learner, a technique or a check; {name} brings none; see "
                "docs/extend.md"
            )
        found = _joined(found, parts, name)
    return found


def joined(known: Mapping[str, Any], more: Mapping[str, Any], where: str = "a file of yours") -> dict[str, Any]:
    """Two mappings as one.

    Raises:
        InputError: they share a name.

    Example:
        >>> joined({"a": 1}, {"b": 2})
        {'a': 1, 'b': 2}
    """
    doubled = next((name for name in more if name in known and more[name] is not known[name]), None)
    if doubled is not None:
        raise InputError(f"every name must mean one thing; {where} brings {doubled!r} again; give it another name")
    return {**known, **more}


def _joined(one: Own, other: Own, where: str) -> Own:
    names = {technique.name: technique for technique in one.techniques}
    codes = {check.code: check for check in one.checks}
    techniques = joined(names, {technique.name: technique for technique in other.techniques}, where)
    checks = joined(codes, {check.code: check for check in other.checks}, where)
    return Own(
        joined(one.values, other.values, where),
        joined(one.predictors, other.predictors, where),
        tuple(techniques.values()),
        tuple(checks.values()),
    )


def _parts(module: ModuleType, where: str) -> Own:
    """What a module brings: the classes that it defines, the techniques and checks that it holds."""
    things = [thing for name, thing in vars(module).items() if not name.startswith("_")]
    classes = [
        one for one in things if inspect.isclass(one) and one.__module__ == module.__name__ and hasattr(one, "kind")
    ]
    answering = [one for one in classes if hasattr(one, "predict")]
    values = [one for one in classes if not hasattr(one, "predict")]
    for one in (*values, *answering):
        _refuse_unsound(one, one in answering, where)
    ours = registry.techniques()
    techniques = tuple(one for one in things if isinstance(one, Technique) and not any(one is its for its in ours))
    taken = {one.name for one in ours} & {one.name for one in techniques}
    if taken:
        raise InputError(
            f"a technique must have a name of its own; {where} has {min(taken)!r}, one of naeum's; rename it"
        )
    checks = tuple(one for one in things if not inspect.isclass(one) and hasattr(one, "look") and hasattr(one, "code"))
    for check in checks:
        sound = isinstance(check.code, str) and CODE.fullmatch(check.code) is not None
        if not sound or not getattr(check, "title", "") or check.code[0] in OURS:
            raise InputError(
                "a check must have a title and a code of a letter and digits that is not one of naeum's, as X01; "
                f"{where} has {check.code!r}; correct it"
            )
    kinds = {one.kind: one for one in values}
    if len(kinds) < len(values):
        raise InputError(f"every name must mean one thing; {where} gives one kind to two classes; rename one")
    return Own(kinds, {one.kind: one for one in answering}, techniques, checks)


def _refuse_unsound(cls: Any, answers: bool, where: str) -> None:
    """A learner is a frozen dataclass that names its version and shapes; a predictor can be read back."""
    said = f"{cls.__name__} of {where}"
    if not isinstance(cls.kind, str) or not isinstance(getattr(cls, "version", None), int):
        raise InputError(f"a part must have a kind (a word) and a version (a number); {said} lacks one; add it")
    if answers:
        lacking = [name for name in ("restore", "state", "decided") if not hasattr(cls, name)]
        if lacking:
            raise InputError(f"a predictor must have {', '.join(lacking)}; {said} has not; see docs/extend.md")
        return
    if not dataclasses.is_dataclass(cls) or not getattr(cls, "__dataclass_params__").frozen:  # noqa: B009  (untyped)
        raise InputError(
            f"a learner must be a frozen dataclass; {said} is none; write @dataclass(frozen=True) above it"
        )
    if hasattr(cls, "fit") and not hasattr(cls, "shapes"):
        raise InputError(f"a learner must name its shapes; {said} does not; add shapes = frozenset({{'N→1'}})")


def _installed(point: Any) -> ModuleType:
    try:
        module = point.load()
    except Exception as error:  # a package of another's may raise anything; the sentence says whose it is
        raise InputError(
            f"a package that brings parts must load; {point.value} raised {type(error).__name__}: {error}; update or "
            "uninstall it"
        ) from error
    if not isinstance(module, ModuleType):
        raise InputError(f"an entry point of {GROUP} must name a module; {point.value} does not; name one")
    return module


def _loaded(path: Path) -> ModuleType:
    """A file as a module of its own name, run once as long as it stays as it is."""
    if not path.is_file():
        raise InputError(f"a file named with --with must be there; got {path}; check the path")
    name = f"naeum_with_{digest(str(path.resolve()).encode() + path.read_bytes())}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise InputError(f"a file named with --with must be Python; got {path}; name a file that ends in .py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        sys.modules.pop(name, None)
        raise InputError(
            f"a file named with --with must run; {path} raised {type(error).__name__}: {error}; mend the file"
        ) from error
    return module
