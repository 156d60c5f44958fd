"""Does every learner that the registry knows keep every law in every world that it claims?"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from naeum import extras, registry
from naeum.contract import Task
from naeum.model.claims import claims
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.bench import Bench
from naeum.testing.encoders import tiny_encoder
from naeum.testing.examples import (
    EARLIER,
    EXEMPT,
    NEEDS_LIGHTGBM,
    NEEDS_OPTUNA,
    NEEDS_SKOPS,
    NEEDS_TORCH,
    examples,
    exemptions,
)
from naeum.testing.laws import Law, holds_for
from naeum.testing.learners import LEARNER_LAWS
from naeum.testing.predictors import PREDICTOR_LAWS
from naeum.testing.worlds import WORLDS, world

BASE = "BASE"  # stands for the folder of the tiny encoder, which is made when the tests run
EXAMPLES = examples(BASE)
ONCE = frozenset({"another_process_same_model"})  # dear, and about the learner rather than the world


@cache
def task(name: str) -> Task:
    return world(name).parts(6).fit.task


def tried() -> list[tuple[int, str]]:
    """Every example in the first world that it claims, and the first example of each kind in all the others."""
    found: list[tuple[int, str]] = []
    seen: set[tuple[str, str]] = set()
    for place, learner in enumerate(EXAMPLES):
        for at, name in enumerate(
            name for name in WORLDS if claims(learner, task(name)) and not _elsewhere(learner, name)
        ):
            if at == 0 or (learner.kind, name) not in seen:
                found.append((place, name))
                seen.add((learner.kind, name))
    return found


def _elsewhere(learner: object, name: str) -> bool:
    """Whether a learner that sees no order in classes was tried on the same texts without one."""
    return name == "ordered" and claims(learner, replace(task(name), ordered=False))


TRIED = tried()
FIRST = dict(reversed(TRIED))
# The first case of each kind of learner and of answer: what trains with torch takes seconds a law, so `make slow` tries
# its further examples, and it in the further worlds of an answer.
OF_ANSWER = {(EXAMPLES[place].kind, task(name).output): (place, name) for place, name in reversed(TRIED)}

# An export takes seconds, and what is done to it hardly depends on what is answered.
COMPRESSING = frozenset({"onnx", "quantized", "quantization_aware", "pruned", "sparsified"})
ELSEWHERE = "another_process_same_model"
OF_KIND = {EXAMPLES[place].kind: (place, name) for place, name in reversed(TRIED)}


def heavy(case: tuple[int, str]) -> bool:
    """Whether a case is left to `make slow`."""
    kind = EXAMPLES[case[0]].kind
    if kind in COMPRESSING:
        return case != OF_KIND[kind]
    return kind in NEEDS_TORCH and case != OF_ANSWER[kind, task(case[1]).output]


def loads_torch_again(case: tuple[int, str], law: Law) -> bool:
    """Whether a law starts a process that loads torch: only the fine-tuned encoder does so in every run."""
    kind = EXAMPLES[case[0]].kind
    return law.__name__ == ELSEWHERE and kind in NEEDS_TORCH | COMPRESSING and kind != "finetuned"


def marks(case: tuple[int, str], law: Law) -> list[pytest.MarkDecorator]:
    """Slow, or nothing."""
    return [pytest.mark.slow] if heavy(case) or loads_torch_again(case, law) else []


def label(case: tuple[int, str]) -> str:
    learner = EXAMPLES[case[0]]
    same = [one for one in EXAMPLES if one.kind == learner.kind]
    number = "" if len(same) == 1 else str(same.index(learner) + 1)
    return f"{learner.kind}{number}-{case[1]}"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_encoder(tmp_path_factory.mktemp("encoder")) if extras.there("torch") else ""


@pytest.fixture(scope="module")
def bench(request: pytest.FixtureRequest, base: str, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    place, name = request.param
    kind = EXAMPLES[place].kind
    needs = {"torch": NEEDS_TORCH, "optuna": NEEDS_OPTUNA, "lightgbm": NEEDS_LIGHTGBM, "skops": NEEDS_SKOPS}
    for package, kinds in needs.items():
        if kind in kinds and not extras.there(package):
            pytest.skip(f"{kind} needs {package}, which is not installed")
    earlier = EARLIER.get(name, TfidfLogistic())
    return Bench(examples(base or BASE)[place], tmp_path_factory.mktemp(kind), world=name, earlier=earlier)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test for each law and each case that it speaks of."""
    if "law" not in metafunc.fixturenames:
        return
    laws = LEARNER_LAWS if metafunc.function.__name__ == "test_learner" else PREDICTOR_LAWS
    pairs = [
        (case, law)
        for case in TRIED
        for law in laws
        if holds_for(law, task(case[1]).output) and (case[1] == FIRST[case[0]] or law.__name__ not in ONCE)
    ]
    tried = [pytest.param(case, law, id=f"{label(case)}-{law.__name__}", marks=marks(case, law)) for case, law in pairs]
    metafunc.parametrize(("bench", "law"), tried, indirect=["bench"], scope="module")


def test_every_learner_of_the_registry_has_an_example_and_a_world() -> None:
    assert {cls.kind for cls in registry.learners()} == {learner.kind for learner in EXAMPLES}
    assert {EXAMPLES[place].kind for place, _ in TRIED} == {learner.kind for learner in EXAMPLES}


def test_every_exemption_names_a_learner_and_a_law_and_says_why() -> None:
    laws = {law.__name__ for law in (*LEARNER_LAWS, *PREDICTOR_LAWS)}
    for kind, reasons in EXEMPT.items():
        assert kind in {learner.kind for learner in EXAMPLES}
        assert set(reasons) <= laws
        assert all(len(reason.split()) > 4 for reason in reasons.values())


def test_learner(bench: Bench, law: Law) -> None:
    if reason := exemptions(bench.learner).get(law.__name__):
        pytest.skip(reason)
    law(bench)


def test_predictor(bench: Bench, law: Law) -> None:
    if reason := exemptions(bench.learner).get(law.__name__):
        pytest.skip(reason)
    law(bench)
