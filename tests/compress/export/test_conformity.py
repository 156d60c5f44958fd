"""Is every learner that the registry knows either exported, answering as it does, or refused with a clear sentence?"""

from __future__ import annotations

import re
from functools import cache
from types import SimpleNamespace

import numpy as np
import pytest

from naeum import extras
from naeum.compress.export import folder, parts
from naeum.compress.export.exported import OnnxModel
from naeum.compress.export.parity import TOLERANCE, answers, difference, in_float32
from naeum.compress.reading import reader
from naeum.data.rows import rows_of
from naeum.errors import InputError
from naeum.model.claims import claims
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.bench import Bench
from naeum.testing.encoders import tiny_encoder
from naeum.testing.examples import EARLIER, NEEDS_LIGHTGBM, NEEDS_OPTUNA, NEEDS_SKOPS, NEEDS_TORCH, examples
from naeum.testing.worlds import WORLDS, world

BASE = "BASE"  # stands for the folder of the tiny encoder
EXAMPLES = examples(BASE)
# Kinds that an export does not know: they are refused, and it is said why and what to do.
REFUSED_KINDS = frozenset({"sklearn_pipeline", "span_ranker", "withheld", "span_reader"})
REFUSED = (
    r"to be exported; this one (answers \w+ from [\w, ]+|has a part of kind '\w+'); "
    r"answer with torch instead: naeum predict RUN FILE"
)
NEEDS = {"torch": NEEDS_TORCH, "optuna": NEEDS_OPTUNA, "lightgbm": NEEDS_LIGHTGBM, "skops": NEEDS_SKOPS}


@cache
def first_world(place: int) -> str:
    """The first of the tiny worlds that a learner claims."""
    return next(name for name in WORLDS if claims(EXAMPLES[place], world(name).parts(6).fit.task))


def cases():
    """Every example, those that train with torch left to `make slow`."""
    names = [learner.kind for learner in EXAMPLES]
    for place, learner in enumerate(EXAMPLES):
        number = names[:place].count(learner.kind)
        name = f"{learner.kind}{number + 1}-{first_world(place)}"
        heavy = learner.kind in NEEDS_TORCH | NEEDS_SKOPS and first_world(place) != "spans"
        yield pytest.param(place, id=name, marks=[pytest.mark.slow] if heavy else [])


@pytest.fixture(scope="module")
def tiny(tmp_path_factory):
    return tiny_encoder(tmp_path_factory.mktemp("encoder")) if extras.there("torch") else BASE


@pytest.mark.parametrize("place", list(cases()))
def test_it_is_exported_exactly_or_refused_clearly(place, tiny, tmp_path):
    learner = examples(tiny)[place]
    if first_world(place) == "spans":
        with pytest.raises(InputError, match=REFUSED):  # by its task, however it is fitted
            parts.write(SimpleNamespace(task=world("spans").parts(6).fit.task), tmp_path)
        return
    for package, kinds in NEEDS.items():
        if learner.kind in kinds and not extras.there(package):
            pytest.skip(f"{learner.kind} needs {package}, which is not installed")
    name = first_world(place)
    bench = Bench(learner, tmp_path, world=name, earlier=EARLIER.get(name, TfidfLogistic()))
    fitted, rows = bench.fitted, bench.parts.tune.rows
    said = ""
    try:
        folder.export(fitted, tmp_path / "model", rows)
    except InputError as refused:
        said = str(refused)
    if said:
        assert learner.kind in REFUSED_KINDS, said
        assert re.search(REFUSED, said), said
        return
    model = reader.Model(tmp_path / "model", 1)
    plain = fitted if isinstance(fitted, OnnxModel) else in_float32(fitted)
    # A folder reads cells as they arrive: a town called "null" is none.
    tables = {"number", "category", "date"} & set(fitted.task.columns.values())
    odd = rows_of(bench.odd.to_pylist(), fitted.task) if tables else bench.odd
    for asked in (rows, odd):
        own, told = plain.predict(asked), answers(model, fitted.task, asked)
        assert float(difference(own.scores, told.scores).max(initial=0.0)) <= TOLERANCE
        assert own.cut is None or np.allclose(own.cut, told.cut)


def test_every_refused_kind_has_an_example():
    assert {learner.kind for learner in EXAMPLES} >= REFUSED_KINDS
