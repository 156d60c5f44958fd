"""What must every part of naeum keep to? The contracts.

A *learner* is a value that says how a model is made; `fit` turns it and data into a *predictor*. A *technique* edits a
learner. A *check* looks at a subject and says one *finding*. Nothing here imports more than numpy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Ids = npt.NDArray[np.uint64]
Shape = Literal["N→1", "N→N", "N→M"]
OutputKind = Literal["label", "labels", "number", "tags", "span", "text"]
InputKind = Literal["text", "words", "number", "category", "date", "image"]
Link = Literal["softmax", "sigmoid", "identity"]
Origin = Literal[0, 1, 2]
REAL, AUGMENTED, PSEUDO = 0, 1, 2

SHAPES: Mapping[OutputKind, Shape] = {
    "label": "N→1", "labels": "N→1", "number": "N→1", "tags": "N→N", "span": "N→N", "text": "N→M",
}  # fmt: skip


def _shown(thing: Any) -> str:
    """What a notebook shows of a thing."""
    from naeum import cards

    return cards.shown(thing)


@dataclass(frozen=True)
class Task:
    """What is predicted, from which columns, judged by which metric."""

    inputs: tuple[str, ...] = ("text",)
    target: str = "label"
    classes: tuple[str, ...] = ()  # order of the columns of every score matrix
    metric: str = "accuracy"
    output: OutputKind = "label"
    positive: str | None = None  # the class that AUROC, AUPRC and binary F1 are about
    kinds: tuple[InputKind, ...] = ()  # of the inputs, in their order; empty: every one is text
    ordered: bool = False  # the classes stand in their order: small, medium, large
    decide: str = ""  # a rule of the user's own that says which answer scores give, as file.py:function#hash
    units: tuple[str, ...] = ()  # of columns of numbers that were written with one, see data/units.py

    @property
    def shape(self) -> Shape:
        return SHAPES[self.output]

    def to_json(self) -> dict[str, Any]:
        """JSON-able settings; fields that came later stand there only where they say something, so that keys stay."""
        said = {k: v for k, v in self.__dict__.items() if v or k not in ("kinds", "ordered", "decide", "units")}
        return {name: list(value) if isinstance(value, tuple) else value for name, value in said.items()}

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Task:
        """The task that `to_json` wrote."""
        settings: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in document.items()}
        return cls(**settings)

    @property
    def columns(self) -> Mapping[str, InputKind]:
        """The kind of each input column."""
        texts: tuple[InputKind, ...] = tuple("text" for _ in self.inputs)
        return dict(zip(self.inputs, self.kinds or texts, strict=True))


@dataclass(frozen=True, eq=False)
class Dataset:
    """Rows with their task. All arrays have one entry a row; `key` is the hash of the content."""

    task: Task
    rows: pa.Table  # the input columns only: strings; words a list of strings; number and date double; image bytes
    ids: Ids  # stable: a hash of the row's content and its occurrence, or of the given id
    target: Ints  # codes into task.classes; where the output is no single class, 0; -1 = unlabelled
    weight: Floats
    key: str
    group: Ints  # rows of one group never stand on two sides of a split
    origin: npt.NDArray[np.uint8]  # REAL, AUGMENTED or PSEUDO
    parent: Ids  # the row that an augmented or pseudo-labelled row was made from; its own id for a real row
    soft: Floats | None = None  # (rows, classes) soft targets, where there are any
    # (rows,) targets that are no single class, null where there is none: number double; labels and tags a list of
    # int32 codes (tags: one a word); span a list of structs of int32 start and end, characters of the last input: each
    # answer that counts as right, none where the passage does not answer
    truth: Any = None  # pa.ChunkedArray

    def __len__(self) -> int:
        return len(self.ids)

    _repr_html_ = _shown


@dataclass(frozen=True)
class Parts:
    """All that a learner may see: `fit` for gradients and statistics, `tune` for what a fit decides by looking.

    `tune` may be empty: then a learner decides nothing by looking (see `Predictor.decided`).
    """

    fit: Dataset
    tune: Dataset


@dataclass(frozen=True, eq=False)
class Outputs:
    """The answers to rows, in their order."""

    task: Task
    # (units, classes); log-probabilities or logits under softmax; (rows, 1) of a number; (units, 2) of a span: of a
    # start and of an end at each unit of the passage, before them of no answer (see naeum.passages)
    scores: Floats
    link: Link = "softmax"
    offsets: Ints | None = None  # (rows + 1,) for N→N: row i owns units offsets[i]:offsets[i + 1]
    quantiles: Floats | None = None  # (rows, 2) of a number: the ends between which it lies with 90 % probability
    # (classes,) of labels: the probability from which each is answered, None: 0.5; (classes - 1,) of classes in an
    # order: the mean class numbers at which the next one is answered; (2,) of a span: how far it must be above no
    # answer, and its most units
    cut: Floats | None = None
    passages: npt.NDArray[np.object_] | None = None  # (rows,) of spans: the texts that they lie in, where at hand

    def __len__(self) -> int:
        return len(self.scores) if self.offsets is None else len(self.offsets) - 1

    @property
    def probabilities(self) -> Floats:
        """(units, classes), rows sum to one under softmax; of spans the units of each passage."""
        from naeum import decoding

        return decoding.probabilities(self)

    @property
    def codes(self) -> Ints:
        """(units,) the class of each unit, as the task's structure allows (a tag I- follows its B-)."""
        from naeum import decoding

        return decoding.codes(self)

    @property
    def labels(self) -> npt.NDArray[np.object_]:
        """(rows,) the answers: a class, a number, a tuple of classes, a list with the tag of each word, or a text that
        is empty where a passage gives no answer."""
        from naeum import decoding

        return decoding.answers(self)

    @property
    def confidence(self) -> Floats:
        """(rows,) the probability of the answer, by units taken as independent; NaN for numbers."""
        from naeum import decoding

        return decoding.confidence(self)

    def take(self, where: Sequence[int] | npt.NDArray[Any]) -> Outputs:
        """The answers at integer positions `where` of the rows, in that order."""
        at = np.asarray(where, dtype=np.int64)
        ends = None if self.quantiles is None else self.quantiles[at]
        texts = None if self.passages is None else self.passages[at]
        if self.offsets is None:
            return replace(self, scores=self.scores[at], quantiles=ends)
        sizes = np.diff(self.offsets)[at]
        offsets = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        units = np.repeat(self.offsets[at] - offsets[:-1], sizes) + np.arange(offsets[-1])
        return replace(self, scores=self.scores[units], offsets=offsets, quantiles=ends, passages=texts)

    def to_pandas(self) -> pd.DataFrame:
        """Columns `prediction` and `confidence` (a probability); of numbers `prediction`, and `low` and `high`.

        Of spans also `start` and `end` in characters of the passage, -1 where there is no answer.
        """
        from naeum import cards

        return cards.frame(self)

    _repr_html_ = _shown


@dataclass(frozen=True)
class State:
    """What of a predictor is stored: JSON, arrays, other predictors, files. Never code."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, npt.NDArray[Any]] = field(default_factory=dict)
    children: Mapping[str, Predictor] = field(default_factory=dict)
    files: Mapping[str, Path] = field(default_factory=dict)  # name in the artifact -> where it lies


class Predictor(Protocol):
    """A fitted model. Immutable and thread-safe; answers any string."""

    kind: ClassVar[str]
    version: ClassVar[int]

    @property
    def task(self) -> Task: ...
    def predict(self, rows: pa.Table) -> Outputs: ...
    def state(self) -> State: ...
    @classmethod
    def restore(cls, task: Task, state: State) -> Predictor: ...
    def decided(self, learner: Any) -> Any:
        """`learner` with all that this fit decided by looking at tune written down: it then fits without tune rows."""


@runtime_checkable
class HasModule(Protocol):
    """A predictor whose torch module can be trained on or compressed."""

    def module(self) -> Any: ...


@runtime_checkable
class HasFeatures(Protocol):
    """A predictor that turns rows into vectors."""

    def features(self, rows: pa.Table) -> Floats: ...  # (rows, width)


@dataclass(frozen=True)
class Policy:
    """Where and how exactly things are computed; decided once, with the reason."""

    device: str = "cpu"
    dtype: str = "float32"  # of training and answers: float32 or bfloat16; of answers on a GPU also float16
    threads: int = 2
    reason: str = ""
    offline: bool = False


class Run(Protocol):
    """What a fit is given beside its data. Every inner learner is fitted through it, never directly."""

    seed: int
    policy: Policy
    scratch: Path  # this fit's own folder, kept over a kill: a half-trained model goes on from there
    cache: Path  # shared over fits: features, tokens
    bare: Dataset | None  # rows without a target, for what learns without one
    also: Callable[[Ids], pa.Table] | None  # further answers of rows by their ids, for what only learns from them

    def seconds_left(self) -> float: ...
    def report(self, step: int, steps: int, score: float | None = None, note: str = "") -> None: ...
    def fit(self, inner: Any, parts: Parts, share: float = 1.0) -> Predictor: ...
    def held_out(self, inner: Any, parts: Parts) -> tuple[Outputs, Dataset]:
        """Answers of `inner` on rows it did not learn from, for what a wrapper tunes: tune, or out-of-fold rows."""

    def load(self, artifact: str) -> Predictor: ...  # what was fitted before, by its key in the store


class Learner(Protocol):
    """A frozen dataclass of JSON-able fields and learners.

    It may name its `outputs` (kinds of answers it learns) and its `reads` (kinds of columns it reads): class variables,
    frozen sets. Without them it answers with one label a row, and reads text; see `naeum.model.claims`.
    """

    kind: ClassVar[str]
    version: ClassVar[int]
    shapes: ClassVar[frozenset[Shape]]

    def fit(self, parts: Parts, run: Run) -> Predictor: ...


Severity = Literal["issue", "warning", "tip"]


@dataclass(frozen=True)
class Finding:
    """One observation, with its numbers and the rows that show it."""

    code: str
    title: str
    severity: Severity
    seen: str  # one sentence with the numbers in it
    numbers: Mapping[str, float] = field(default_factory=dict)
    rows: tuple[int, ...] = ()  # ids
    answers: tuple[str, ...] = ()  # names of techniques

    def to_json(self) -> dict[str, Any]:
        return {**self.__dict__, "numbers": dict(self.numbers), "rows": list(self.rows), "answers": list(self.answers)}

    _repr_html_ = _shown


class Check(Protocol):
    """Looks at a subject and says one finding, or nothing; raises errors.NotApplicable where it cannot say."""

    code: ClassVar[str]
    title: ClassVar[str]

    def look(self, subject: Any) -> Finding | None: ...


@dataclass(frozen=True)
class Rung:
    """A learner that was fitted and measured, as the ledger keeps it."""

    number: int
    learner: Any
    technique: str  # the edit that made it
    reason: str
    parents: tuple[int, ...]
    changed: tuple[str, ...]
    artifact: str  # key in the store
    score: float  # on select, in the metric's own units
    low: float  # 95 % interval of the score over rows
    high: float
    tune_score: float
    fit_score: float  # in evaluation mode, on clean fit rows
    gain: float = 0.0  # against the champion of its time, paired
    gain_low: float = 0.0
    gain_high: float = 0.0
    p_better: float = 0.5
    kept: bool = False
    decision: str = ""
    complete: bool = True
    cost: Mapping[str, float] = field(default_factory=dict)  # seconds, latency_ms, rows_per_second, size_mb, memory_mb
    forecast: Mapping[str, float] = field(default_factory=dict)  # gain, gain_sd, seconds: written before the fit
    answers: str = ""  # code of the finding it answers

    _repr_html_ = _shown


@dataclass(frozen=True)
class Evidence:
    """What a technique may know. No row of select is reachable from here."""

    task: Task
    champion: Rung
    rungs: tuple[Rung, ...]
    findings: tuple[Finding, ...]
    rows: int  # of fit
    class_counts: tuple[int, ...]
    languages: tuple[str, ...]  # ISO 639-1, most frequent first
    tokens: Mapping[str, float] = field(default_factory=dict)  # length of a text in words: mean, p50, p95, p99, max
    bases: tuple[str, ...] = ()  # names of base models at hand for this language, best first
    unlabelled: int = 0
    also: tuple[str, ...] = ()  # columns of further answers, named with --also
    seconds_left: float = float("inf")
    limits: Mapping[str, float] = field(default_factory=dict)
    suspects: Ids = field(default_factory=lambda: np.empty(0, np.uint64))  # rows whose label looks wrong
    installed: frozenset[str] = frozenset()  # optional packages that are there


@dataclass(frozen=True)
class Edit:
    """One proposed change, with what it answers and what it should bring."""

    learner: Any
    changed: tuple[str, ...]  # dotted paths
    technique: str
    reason: str
    answers: str = ""
    parents: tuple[int, ...] = ()


@dataclass(frozen=True)
class Technique:
    """A named pure function that edits a learner."""

    name: str
    title: str
    answers: tuple[str, ...]  # codes of findings; empty: always worth a try
    propose: Callable[[Rung, Evidence], Iterator[Edit]]
    shapes: frozenset[Shape] = frozenset({"N→1"})
    outputs: frozenset[OutputKind] = frozenset(SHAPES)  # kinds of answers that it makes sense for


def concatenated(answers: Sequence[Outputs]) -> Outputs:
    """Answers to several lots of rows as answers to all of them, one lot after the other.

    Numbers have intervals where all lots have them.
    """
    from naeum import decoding

    return decoding.concatenated(answers)  # type: ignore[no-any-return]


def subset(data: Dataset, where: Sequence[int] | npt.NDArray[Any], key: str) -> Dataset:
    """The rows at integer positions `where` of `data`, in that order, under a new key."""
    at = np.asarray(where, dtype=np.int64)
    soft = None if data.soft is None else data.soft[at]
    truth = None if data.truth is None else data.truth.take(at)
    arrays = {name: getattr(data, name)[at] for name in ("ids", "target", "weight", "group", "origin", "parent")}
    return replace(data, rows=data.rows.take(at), key=key, soft=soft, truth=truth, **arrays)
