"""Does every learner that the registry knows, and the predictor it makes, keep every law?"""

from __future__ import annotations

from typing import Any

import pytest

from naeum import extras, registry
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.bench import Bench
from naeum.testing.encoders import tiny_encoder
from naeum.testing.examples import EXEMPT, NEEDS_OPTUNA, NEEDS_TORCH, examples, exemptions
from naeum.testing.laws import Law
from naeum.testing.learners import LEARNER_LAWS
from naeum.testing.predictors import PREDICTOR_LAWS

BASE = "BASE"  # stands for the folder of the tiny encoder, which is made when the tests run
EXAMPLES = examples(BASE)


def name(learner: Any) -> str:
    same = [one for one in EXAMPLES if one.kind == learner.kind]
    return learner.kind if len(same) == 1 else f"{learner.kind}{same.index(learner) + 1}"


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> str:
    return tiny_encoder(tmp_path_factory.mktemp("encoder")) if extras.there("torch") else ""


@pytest.fixture(scope="module")
def bench(request: pytest.FixtureRequest, base: str, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    place = request.param
    kind = EXAMPLES[place].kind
    for package, kinds in (("torch", NEEDS_TORCH), ("optuna", NEEDS_OPTUNA)):
        if kind in kinds and not extras.there(package):
            pytest.skip(f"{kind} needs {package}, which is not installed")
    return Bench(examples(base or BASE)[place], tmp_path_factory.mktemp(kind), earlier=TfidfLogistic())


def test_every_learner_of_the_registry_has_an_example() -> None:
    assert {cls.kind for cls in registry.learners()} == {learner.kind for learner in EXAMPLES}


def test_every_exemption_names_a_learner_and_a_law_and_says_why() -> None:
    laws = {law.__name__ for law in (*LEARNER_LAWS, *PREDICTOR_LAWS)}
    for kind, reasons in EXEMPT.items():
        assert kind in {learner.kind for learner in EXAMPLES}
        assert set(reasons) <= laws
        assert all(len(reason.split()) > 4 for reason in reasons.values())


@pytest.mark.parametrize("bench", range(len(EXAMPLES)), ids=[name(one) for one in EXAMPLES], indirect=True)
@pytest.mark.parametrize("law", LEARNER_LAWS, ids=lambda law: law.__name__)
def test_learner(bench: Bench, law: Law) -> None:
    if reason := exemptions(bench.learner).get(law.__name__):
        pytest.skip(reason)
    law(bench)


@pytest.mark.parametrize("bench", range(len(EXAMPLES)), ids=[name(one) for one in EXAMPLES], indirect=True)
@pytest.mark.parametrize("law", PREDICTOR_LAWS, ids=lambda law: law.__name__)
def test_predictor(bench: Bench, law: Law) -> None:
    if reason := exemptions(bench.learner).get(law.__name__):
        pytest.skip(reason)
    law(bench)
