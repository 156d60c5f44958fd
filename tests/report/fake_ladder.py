"""What would a finished climb look like? A ladder with the attributes of the real one; nothing is fitted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pyarrow as pa

from naeum.contract import Dataset, Finding, Outputs, Rung, Task
from naeum.measure.metrics import METRICS
from naeum.values import changed

_INTENTS = (
    "transfer balance card freeze limit travel alert flight book hotel song play timer alarm weather traffic gas "
    "order pizza recipe calorie meeting calendar remind list shop tax payday insurance mortgage rate exchange spell "
    "translate joke coin"
)
WORDS = tuple(_INTENTS.split())
RESAMPLES = {"rung": 2, "count": 20, "rows": 500, "bias": 0.21, "variance": 0.04, "error": 0.25}
KOREAN = (
    "재미있는 영화였다",
    "시간이 아깝다",
    "배우의 연기가 훌륭하다",
    "지루하고 뻔한 이야기",
    "음악이 정말 좋았어요",
    "다시 보고 싶은 작품",
)


@dataclass(frozen=True)
class Majority:
    kind, version = "majority", 1


@dataclass(frozen=True)
class Linear:
    kind, version = "tfidf_logistic", 1
    words: tuple[int, ...] = (1, 2)
    characters: tuple[int, ...] = (2, 5)
    strength: float = 1.0


@dataclass(frozen=True)
class Probe:
    kind, version = "probe", 1
    base: str = "all-MiniLM-L6-v2"
    layer: int = -1
    pooling: str = "mean"


@dataclass(frozen=True)
class FineTuned:
    kind, version = "finetuned", 1
    base: str = "all-MiniLM-L6-v2"
    method: str = "full"
    rate: float = 2e-4
    smoothing: float = 0.0
    max_length: int = 64


@dataclass(frozen=True)
class Augmented:
    kind, version = "augmented", 1
    inner: Any = None
    deletion: float = 0.1


@dataclass(frozen=True)
class Cleaned:
    kind, version = "cleaned", 1
    inner: Any = None
    dropped: int = 61


@dataclass(frozen=True)
class Blend:
    kind, version = "blend", 1
    members: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Calibrated:
    kind, version = "calibrated", 1
    inner: Any = None
    temperature: float = 0.82


@dataclass(frozen=True)
class Searched:
    kind, version = "searched", 1
    inner: Any = None
    trials: int = 3


@dataclass(frozen=True)
class Champion:
    rung: Rung
    predictor: Any = None


WEIGHED: dict[str, Any] = {
    "name": "all-MiniLM-L6-v2", "at_hand": True, "points": 0.9, "size_mb": 91.0, "licence": "apache-2.0", "breaks": "",
    "reasons": ["trained on en", "1.31 pieces a word"], "suit": {"pieces": 1.31, "unknown": 0.0},
}  # fmt: skip
SMOOTH = FineTuned(smoothing=0.1)
BLEND = Blend((Linear(), Probe(layer=4), SMOOTH))
# learner, technique, reason, parents, score, kept, seconds, ms, MB
CLIMB: tuple[tuple[Any, str, str, tuple[int, ...], float, bool, float, float, float], ...] = (
    (Majority(), "majority", "The floor: what is right without reading.", (), 0.0067, True, 0.1, 0.01, 0.01),
    (Linear(), "linear", "The opening book starts with a linear model.", (0,), 0.925, True, 6.4, 0.62, 21.0),
    (Probe(), "probe", "One feature pass of the base serves every probe.", (1,), 0.953, True, 35.0, 5.1, 91.0),
    (Probe(layer=4), "layer", "Middle layers often carry intents better.", (2,), 0.956, False, 1.2, 4.2, 91.0),
    (FineTuned(), "finetune", "M01: the probe's training error stands far above the reference.",
     (2,), 0.961, True, 212.0, 5.3, 91.0),
    (FineTuned(method="lora"), "lora", "M02: fewer free weights answer it.", (4,), 0.957, False, 160.0, 5.6, 92.0),
    (SMOOTH, "smoothing", "M02: smoothed targets answer variance.", (4,), 0.9645, True, 205.0, 5.3, 91.0),
    (replace(SMOOTH, max_length=128), "max_length", "M05: 3.1 % of texts are cut.",
     (6,), 0.9641, False, 230.0, 5.4, 91.0),
    (Augmented(SMOOTH), "augment", "M02: more rows answer variance.", (6,), 0.9652, False, 301.0, 5.3, 91.0),
    (BLEND, "blend", "Unlike models make unlike mistakes.", (1, 3, 6), 0.9705, True, 3.1, 9.8, 203.0),
    (Cleaned(BLEND), "clean", "M03: 61 labels look wrong.", (9,), 0.9699, False, 240.0, 9.8, 203.0),
    (Calibrated(BLEND), "calibrate", "M11: confidence is 3.4 points below accuracy.",
     (9,), 0.9707, True, 0.4, 9.8, 203.0),
)  # fmt: skip


def rungs(select: int, floor: float, harder: float) -> tuple[Rung, ...]:
    """The climb above as rungs; every score is lower by `harder`, save the floor."""
    made: list[Rung] = []
    best, elapsed = 0, 2.0
    for number, (learner, technique, reason, parents, score, kept, seconds, ms, mb) in enumerate(CLIMB):
        value = floor if number == 0 else score - harder
        half = 1.96 * np.sqrt(max(value * (1 - value), 1e-6) / select)
        gain = value - made[best].score if made else 0.0
        spread = 0.6 * half
        elapsed += 0.58 * seconds
        rung = Rung(
            number=number, learner=learner, technique=technique, reason=reason, parents=parents,
            changed=changed(made[parents[-1]].learner, learner) if parents else (),
            artifact=f"{number:032x}", score=value, low=value - half, high=value + half,
            tune_score=value - 0.003, fit_score=min(1.0, value + 0.02), gain=gain, gain_low=gain - spread,
            gain_high=gain + spread,
            p_better=float(1 / (1 + np.exp(-4 * gain / spread))), kept=kept,
            decision="kept: likely better" if kept else "not kept: the gain may be chance",
            cost={"seconds": seconds, "latency_ms": ms, "rows_per_second": 2e3 / ms,
                  "at": elapsed, "size_mb": mb, "memory_mb": 2 * mb},
            forecast={"gain": gain * 0.7 + 0.001, "gain_sd": 0.004, "seconds": seconds * 1.2} if number > 1 else {},
            answers=reason[:3] if reason[:1] == "M" else "",
        )  # fmt: skip
        made.append(rung)
        best = number if kept else best
    return tuple(made)


class FakeLadder:
    """A ladder as `naeum.improve.ladder.Ladder` shows it, for `classes` classes."""

    resamples: dict[str, Any] | None = RESAMPLES

    def __init__(
        self, folder: Path, classes: tuple[str, ...], texts: list[str], *, metric: str = "accuracy", seed: int = 0
    ):
        self.folder, self.texts = folder, texts
        self.rng = np.random.default_rng(seed)
        self.task = Task(classes=classes, metric=metric, positive=classes[-1] if len(classes) == 2 else None)
        self.options = {"target": "label", "minutes": 15.0, "seed": 0, "metric": metric, "no_rows": False}
        self.rungs = rungs(1500, *((0.503, 0.08) if len(classes) == 2 else (1 / len(classes), 0.0)))
        self.champion_rung = self.rungs[-1]
        self.champion = Champion(self.champion_rung)
        self.finished, self.seconds, self.minutes = True, 812.4, 812.4 / 60
        self.estimate: dict[str, Any] | None = None
        scores = [0.8 + 0.02 * at for at in range(7)]
        each = [{"layer": at, "score": one, "low": one - 0.02, "high": one + 0.02} for at, one in enumerate(scores)]
        self.layers: dict[str, Any] = {"base": Probe.base, "layers": each, "said": "The last layer, 6, knows most."}
        self.pinned: int | None = None
        self.remarks: dict[int, tuple[str, ...]] = {}
        self._tune = self._dataset()
        self._measure()
        self._say()

    def _measure(self) -> None:
        """Every rung has the score on tune that its answers have."""
        judge = METRICS[self.task.metric]
        scores = [judge.score(self.outputs(rung.number, "tune"), self._tune) for rung in self.rungs]
        self.rungs = tuple(replace(rung, tune_score=found) for rung, found in zip(self.rungs, scores, strict=True))
        self.champion_rung = self.rungs[-1]

    def _dataset(self) -> Dataset:
        n, k = len(self.texts), len(self.task.classes)
        ids = np.arange(1, n + 1, dtype=np.uint64) * np.uint64(2**40 + 7)
        target = np.sort(self.rng.integers(0, k, n)).astype(np.int64)
        table = pa.table({"text": self.texts})
        ones, nothing = np.ones(n, np.float32), np.zeros(n, np.uint8)
        return Dataset(self.task, table, ids, target, ones, "tune", np.arange(n), nothing, ids)

    def part(self, name: str) -> Dataset:
        if name not in ("fit", "tune"):
            raise ValueError(name)
        return self._tune

    def outputs(self, number: int, part: str) -> Outputs:
        """Answers as right as the rung's score says; mistakes go to the neighbouring class."""
        rng = np.random.default_rng(number)
        truth, k = self._tune.target, len(self.task.classes)
        wrong = rng.random(len(truth)) > self.rungs[number].score
        answer = np.where(
            wrong, np.where(rng.random(len(truth)) < 0.7, truth ^ 1, rng.integers(0, k, len(truth))), truth
        )
        sure = np.where(wrong, rng.beta(2, 2, len(truth)), rng.beta(9, 1, len(truth))).clip(1.2 / k, 0.9999)
        scores = np.log(np.repeat(((1 - sure) / (k - 1))[:, None], k, axis=1))
        scores[np.arange(len(truth)), answer % k] = np.log(sure)
        return Outputs(self.task, (scores * (1.0 if number == 11 else 0.6)).astype(np.float32))

    def text_of(self, id: int) -> str:
        return self.texts[int(np.flatnonzero(self._tune.ids == np.uint64(id))[0])]

    def _say(self) -> None:
        n, k = 15000, len(self.task.classes)
        counts = (self.rng.gamma(8, 12, k) + 5).astype(int).tolist()
        self.summary: dict[str, Any] = {
            "weighed": [WEIGHED], "basis": f"base model = {WEIGHED['name']}, the only one at hand",
            "name": self.folder.name, "rows": n, "fit": 10500, "tune": 1500, "select": 1500, "test": 1500,
            "unlabelled": 0, "regime": "parts", "classes": list(self.task.classes), "class_counts": counts, "looks": 12,
            "languages": ["ko"] if k == 2 else ["en"],
            "tokens": {"mean": 8.4, "p50": 8, "p95": 15, "p99": 20, "max": 28},
            "notes": ["The text is in column 'text' (override with --text).", "4 exact duplicates stand on one side."],
        }  # fmt: skip
        self.findings = self._findings()
        self.answers = tuple(
            [{"code": f.code, "title": f.title, "state": "finding", "seen": f.seen} for f in self.findings]
            + [{"code": "M06", "title": "No better than the floor", "state": "passed", "seen": "0.97 against 0.01."},
               {"code": "M08", "title": "Shift between parts", "state": "not applicable", "seen": "No time column."}]
        )  # fmt: skip
        self.untried = (
            {"technique": "domain_pretraining", "reason": "It needs unlabelled rows; there are none."},
            {"technique": "focal_loss", "reason": "It answers imbalance (M04), which was not found."},
        )
        self.test = self._test()
        sizes = [656, 1312, 2625, 5250, 10500]
        errors = [0.02 + 4.1 * size**-0.55 for size in sizes]
        self.curve = {
            "sizes": sizes, "errors": errors, "lows": [e - 0.008 for e in errors], "highs": [e + 0.008 for e in errors],
            "remaining": 0.44, "asymptote": 0.020, "asymptote_low": 0.012, "asymptote_high": 0.027,
            "a": 0.020, "b": 4.1, "c": 0.55,
            "at_double": 0.02 + 4.1 * 21000**-0.55, "at_double_low": 0.028, "at_double_high": 0.042,
        }  # fmt: skip
        self.bias_variance = {
            "fit_error": 0.008, "fit_low": 0.006, "fit_high": 0.010, "tune_error": 0.032, "tune_low": 0.024,
            "tune_high": 0.041, "reference": 0.010, "reference_source": "estimated label noise", "bias": 0.010,
            "bias_low": 0.002, "bias_high": 0.017, "variance": 0.012, "variance_low": 0.004, "variance_high": 0.020,
            "verdict": "variance",
        }  # fmt: skip
        at = self.rng.choice(len(self.texts), 8, replace=False)
        classes = self.task.classes
        self.suspects = [
            {"id": int(self._tune.ids[i]), "text": self.texts[i], "label": classes[int(self._tune.target[i])],
             "suggested": classes[int(self._tune.target[i]) ^ 1], "score": 0.01 + 0.02 * j} for j, i in enumerate(at)
        ]  # fmt: skip
        self.environment = {
            "naeum": "0.1.0", "python": "3.11.9", "torch": "2.13.0", "numpy": "2.4.0", "seed": 0, "threads": 2,
            "command": f"naeum improve {self.folder.name}.csv --minutes 15", "data": "9f" * 16, "learner": "3c" * 16,
        }  # fmt: skip
        self.why = (
            "Three edits made the difference: fine-tuning the encoder (+0.007), label smoothing (+0.003) and blending "
            "it with the linear model and the probe (+0.005). The blend's members disagree on 4.1 % of the rows."
        )
        self.forecast = "Twice the data would likely take 0.004 off the error; 15 more minutes likely less than 0.002."

    def _findings(self) -> tuple[Finding, ...]:
        ids = tuple(int(one) for one in self._tune.ids[:3])
        return (
            Finding("M02", "Variance", "issue", "Error 0.032 on tune stands 0.012 above the curve's asymptote.",
                    {"variance": 0.012}, ids, ("augment", "smoothing")),
            Finding("M03", "Label noise", "warning", "61 of 10,500 labels (0.6 %) look wrong.",
                    {"suspects": 61}, ids, ("clean",)),
            Finding("M05", "Truncation", "tip", "3.1 % of the texts are longer than 64 tokens.",
                    {"share": 0.031}, (), ("max_length",)),
        )  # fmt: skip

    def _test(self) -> dict[str, Any]:
        score, floor = self.rungs[-1].score, self.rungs[0].score
        odds = {"p": 0.0004, "p_better": 0.9998}

        def scored(value: float) -> dict[str, float]:
            return {"value": value, "low": value - 0.009, "high": value + 0.008}

        def gained(gain: float) -> dict[str, float]:
            return {"gain": gain, "gain_low": gain - 0.008, "gain_high": gain + 0.008, **odds}

        compared = [
            {"rung": n, **scored(self.rungs[n].score - 0.002), **gained(score - self.rungs[n].score), "p_holm": 0.002}
            for n in (0, 1, 2, 4, 6, 9)
        ]
        refit = {**scored(score - 0.001), **gained(0.001)}
        return {
            "metric": self.task.metric, "rows": 1500, "seen": 1, "number": 11, **scored(score - 0.001),
            **gained(score - floor), "floor": scored(floor), "measured": scored(score - 0.002), "refit": refit,
            "compared": compared, "without_leaks": {**scored(score - 0.004), "rows": 1488.0},
        }  # fmt: skip


def searched(ladder: FakeLadder) -> FakeLadder:
    """The ladder with one more rung: a search of three trials, the last of them pruned."""
    rung = replace(
        ladder.rungs[3], number=12, technique="search", learner=Searched(Probe()), parents=(3,), changed=("",)
    )
    trials = (
        {"params": {"layer": 4, "pooling": "mean"}, "score": 0.871, "first": 0.8, "pruned": False, "seconds": 1.0},
        {"params": {"layer": 5, "pooling": "cls"}, "score": 0.876, "first": 0.81, "pruned": False, "seconds": 1.0},
        {"params": {"layer": 0, "pooling": "cls"}, "score": 0.6, "first": 0.6, "pruned": True, "seconds": 0.2},
    )
    ladder.rungs = (*ladder.rungs, rung)
    ladder.store = SimpleNamespace(load=lambda artifact: SimpleNamespace(trials=trials))
    return ladder


def english(folder: Path, classes: int = 150, rows: int = 1500) -> FakeLadder:
    """Intents: many classes, English."""
    rng = np.random.default_rng(1)
    names = tuple(f"{a}_{b}" for a in WORDS for b in ("status", "change", "cancel", "question"))[:classes]
    texts = [f'please {" ".join(rng.choice(WORDS, rng.integers(3, 14)))} <{n}> & "now"' for n in range(rows)]
    return FakeLadder(folder, names, texts)


def korean(folder: Path, rows: int = 600) -> FakeLadder:
    """Reviews: two classes with Hangul names, Hangul texts."""
    rng = np.random.default_rng(2)
    texts = [f"{' '.join(rng.choice(KOREAN, rng.integers(1, 5)))} {n}" for n in range(rows)]
    return FakeLadder(folder, ("부정", "긍정"), texts)
