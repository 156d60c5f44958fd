"""Learners, rungs and evidence to try techniques on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from naeum.contract import Evidence, Finding, Rung, Task
from naeum.model.around.augmented import Augmented
from naeum.model.around.bagged import Bagged
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.cleaned import Cleaned
from naeum.model.around.columns import Columns, Group
from naeum.model.around.searched import Searched
from naeum.model.floor import Majority
from naeum.model.image.linear import ImageLinear
from naeum.model.image.network import ImageNetwork
from naeum.model.table.adaboost import AdaBoost
from naeum.model.table.boosting import Boosting
from naeum.model.table.derived import Derived
from naeum.model.table.forest import Forest
from naeum.model.table.linear import TableLinear
from naeum.model.tags.crf import Crf
from naeum.model.tags.finetuned import TunedTagger
from naeum.model.tags.swapped import Swapped
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.probe import Probe
from naeum.model.text.tuning import Lora, TopLayers

SINGLE = {
    "majority": Majority(),
    "tfidf": TfidfLogistic(),
    "naive_bayes": NaiveBayesLogistic(),
    "probe": Probe(base="small"),
    "tuned": FineTuned(base="small"),
    "top": FineTuned(base="small", tuning=TopLayers(layers=2)),
    "lora": FineTuned(base="small", tuning=Lora()),
    "convolution": CharConvolution(),
    "hashed": HashedNgrams(),
    "lines": TableLinear(c=1.0),
    "boosted": Boosting(),
    "forest": Forest(),
    "adaboost": AdaBoost(),
    "network": ImageNetwork(),
    "field": Crf(),
    "tagger": TunedTagger(base="small"),
    "labels": FineTuned(base="small"),
    "number": TableLinear(c=1.0),
}
AROUND = {
    "blend": Blend(members=(SINGLE["tfidf"], SINGLE["tuned"], SINGLE["convolution"])),
    "calibrated": Calibrated(inner=SINGLE["tuned"]),
    "augmented": Augmented(inner=SINGLE["tfidf"]),
    "cleaned": Cleaned(inner=SINGLE["probe"]),
    "bagged": Bagged(inner=SINGLE["boosted"]),
    "derived": Blend(members=(Derived(inner=SINGLE["lines"]), SINGLE["boosted"])),
    "fused": Columns(
        (
            Group(("memo",), SINGLE["tfidf"]),
            Group(("사진",), ImageLinear()),
            Group(("나이", "town"), SINGLE["boosted"]),
        )
    ),
    "swapped": Swapped(inner=SINGLE["field"]),
    "searched": Searched(inner=SINGLE["tfidf"], paths=("c",)),
}
AROUND["deep"] = Calibrated(inner=Blend(members=(AROUND["augmented"], AROUND["cleaned"], SINGLE["tuned"])))


TABLE = Task(
    inputs=("나이", "요금", "town", "joined", "left", "memo"), classes=("가", "나", "다"),
    kinds=("number", "number", "category", "date", "date", "text"),
)  # fmt: skip
# The task of champions that do not read texts alone.
TASKS = dict.fromkeys(("lines", "boosted", "forest", "adaboost", "bagged", "derived"), TABLE)
TASKS |= dict.fromkeys(
    ("field", "tagger", "swapped"),
    Task(inputs=("words",), target="tags", classes=("B-이름", "I-이름", "O"), output="tags", kinds=("words",)),
)
TASKS["labels"] = Task(classes=("가", "나", "다"), output="labels")
TASKS["number"] = Task(inputs=TABLE.inputs, output="number", kinds=TABLE.kinds)
TASKS["fused"] = Task(
    inputs=("나이", "town", "memo", "사진"), classes=("가", "나", "다"), kinds=("number", "category", "text", "image")
)
TASKS["network"] = Task(inputs=("사진",), classes=("가", "나", "다"), kinds=("image",))


@pytest.fixture(scope="session")
def tasks() -> dict[str, Task]:
    """The task of learners, by their name, that is not one of texts."""
    return TASKS


@pytest.fixture(scope="session")
def learners() -> dict[str, Any]:
    """A learner of every kind, alone and around others."""
    return SINGLE | AROUND


def _rung(learner: Any, number: int = 0, **more: Any) -> Rung:
    plain = Rung(number, learner, "made", "made", (), ("",), f"key{number}", 0.8, 0.7, 0.9, 0.8, 0.9, kept=True)
    return replace(plain, **more)


@pytest.fixture(scope="session")
def rung() -> Callable[..., Rung]:
    """rung(learner, number=0, **fields)."""
    return _rung


def _finding(code: str, *names: str, **numbers: float) -> Finding:
    return Finding(code, "title", "warning", f"{code} saw 0.25 too much.", numbers, answers=names)


@pytest.fixture(scope="session")
def finding() -> Callable[..., Finding]:
    """finding(code, *names of techniques, **numbers)."""
    return _finding


@pytest.fixture(scope="session")
def evidence() -> Callable[..., Evidence]:
    """evidence(champion, others=(), **fields): 1,200 uneven Korean and English rows, everything installed."""

    def make(champion: Rung, others: tuple[Rung, ...] = (), **more: Any) -> Evidence:
        plain = Evidence(
            task=Task(classes=("가", "나", "다")),
            champion=champion,
            rungs=(*others, champion),
            findings=(),
            rows=1200,
            class_counts=(900, 200, 100),
            languages=("en",),
            tokens={"mean": 12.0, "p50": 10.0, "p95": 40.0, "p99": 80.0, "max": 300.0},
            bases=("small", "large", "other"),
            suspects=np.array([3, 4, 5], np.uint64),
            installed=frozenset({"torch", "transformers", "peft", "optuna", "onnx", "onnxruntime", "onnxscript"}),
        )
        return replace(plain, **more)

    return make
