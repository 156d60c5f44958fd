"""Is every class that is stored known, under one kind of its own?"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

import pytest

import naeum.model
from naeum import registry, values


def classes_of_models() -> list[type]:
    """Every class that is defined in a module of the model room and names its kind."""
    modules = [importlib.import_module(one.name) for one in pkgutil.walk_packages(naeum.model.__path__, "naeum.model.")]
    return [
        cls
        for module in modules
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if cls.__module__ == module.__name__ and isinstance(vars(cls).get("kind"), str)
    ]


def test_every_class_of_the_model_room_is_known() -> None:
    found = classes_of_models()
    assert len(found) > 15
    known = {*registry.values().values(), *registry.predictors().values()}
    assert {f"{cls.__module__}.{cls.__qualname__}" for cls in found if cls not in known} == set()


def test_every_class_stands_under_its_own_kind() -> None:
    for kinds in (registry.values(), registry.predictors()):
        assert all(cls.kind == kind and cls.version >= 1 for kind, cls in kinds.items())
        assert len(set(kinds.values())) == len(kinds)
    assert all(callable(cls.restore) and callable(cls.predict) for cls in registry.predictors().values())


def test_learners_are_the_values_that_fit() -> None:
    learners = registry.learners()
    assert {cls.kind for cls in learners} == {kind for kind, cls in registry.values().items() if hasattr(cls, "fit")}
    assert all(cls.shapes for cls in learners)


def test_every_value_with_defaults_comes_back_from_json() -> None:
    made: list[Any] = []
    for cls in registry.values().values():
        try:
            made.append(cls())
        except TypeError:
            continue  # it must be given a learner
    assert len(made) > 8
    for value in made:
        assert values.from_json(values.to_json(value), registry.values()) == value


def test_two_classes_of_one_kind_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "LEARNERS", registry.LEARNERS[:1] * 2)
    with pytest.raises(TypeError, match=r"kind 'majority' must name one class; .*Majority.* both have it"):
        registry._by_kind(1)


def test_techniques_and_checks_have_names_of_their_own() -> None:
    names = [technique.name for technique in registry.techniques()]
    codes = [check.code for check in registry.checks()]
    assert len(set(names)) == len(names) > 20
    assert len(set(codes)) == len(codes) == 14
