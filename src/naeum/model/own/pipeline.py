"""How well does the user's own scikit-learn pipeline answer?

It is fitted and asked as it stands. What is fitted is saved by skops, which reads back types that are trusted and
nothing else; nothing is pickled.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np
import numpy.typing as npt

from naeum import extras
from naeum.contract import InputKind, OutputKind, Outputs, Parts, Run, Shape, State, Task
from naeum.errors import InputError
from naeum.model.own import recipe

if TYPE_CHECKING:
    import pyarrow as pa

LEAST = 1e-6  # a class that the pipeline gives no probability gets this, so that a logarithm is there
SURE = 0.9  # the probability of an answer where the pipeline tells none
READS: frozenset[InputKind] = frozenset({"text", "number", "category", "date"})


@dataclass(frozen=True)
class SklearnPipeline:
    """A scikit-learn estimator or pipeline of the user's own; make one with `naeum.from_sklearn`.

    Args:
        recipe: the unfitted pipeline as JSON, see `naeum.model.own.recipe`.
        answers: "label" or "number".
        frame: it is given a DataFrame of the input columns; otherwise the texts of the one text column, as strings.

    Raises:
        InputError: another kind of answer; when fitting: a type that is not trusted, or no row has a target.

    Example:
        >>> from pathlib import Path
        >>> from sklearn.feature_extraction.text import TfidfVectorizer
        >>> from sklearn.linear_model import LogisticRegression
        >>> from sklearn.pipeline import make_pipeline
        >>> from naeum.testing.data import parts
        >>> from naeum.testing.runs import TinyRun
        >>> given = parts(96)
        >>> own = from_sklearn(make_pipeline(TfidfVectorizer(), LogisticRegression(C=10)))
        >>> found = own.fit(given, TinyRun(Path())).predict(given.tune.rows)
        >>> bool((found.codes == given.tune.target).mean() > 0.8)
        True
    """

    recipe: str = ""
    answers: str = "label"
    frame: bool = False

    kind: ClassVar[str] = "sklearn_pipeline"
    version: ClassVar[int] = 1
    shapes: ClassVar[frozenset[Shape]] = frozenset({"N→1"})
    outputs: ClassVar[frozenset[OutputKind]] = frozenset({"label", "number"})
    reads: ClassVar[frozenset[InputKind]] = READS

    def __post_init__(self) -> None:
        if self.answers not in ("label", "number"):
            raise InputError(f"answers must be label or number; got {self.answers!r}; a pipeline gives one of the two")

    def claims(self, task: Task) -> bool:
        """Whether the task asks for what the pipeline answers, from columns that it can be given."""
        kinds = tuple(task.columns.values())
        return task.output == self.answers and (set(kinds) <= READS if self.frame else kinds == ("text",))

    def fit(self, parts: Parts, run: Run) -> FittedPipeline:
        """Fit the pipeline on the labelled rows of fit and tune: it decides nothing by looking at tune."""
        data = parts.fit
        where = np.flatnonzero((data.target >= 0) & (data.weight > 0))
        if not len(where):
            raise InputError("some rows must have a target; none of fit has; label some")
        pipeline, task = recipe.built(self.recipe), data.task
        rows = handed(data.rows.take(where), task, self.frame)
        number = task.output == "number"
        answers: Any = data.truth.take(where).to_numpy() if number else data.target[where]
        if not number and (answers == answers[0]).all():
            from sklearn.dummy import DummyClassifier

            pipeline = DummyClassifier()  # most classifiers refuse a class alone
        pipeline.fit(rows, answers, **_weighed(pipeline, data.weight[where]))
        return FittedPipeline(task, pipeline, _told(pipeline), self.frame)


@dataclass(frozen=True, eq=False)
class FittedPipeline:
    """A fitted pipeline; its answers as the task asks for them."""

    task: Task
    pipeline: Any
    told: npt.NDArray[np.uint8]  # the bytes that skops wrote of it
    frame: bool

    kind: ClassVar[str] = "sklearn_pipeline"
    version: ClassVar[int] = 1

    def predict(self, rows: pa.Table) -> Outputs:
        """(rows, classes) log-probabilities, or (rows, 1) numbers."""
        if not rows.num_rows:
            width = 1 if self.task.output == "number" else len(self.task.classes)
            return Outputs(self.task, np.zeros((0, width), np.float32), self._link)
        given = handed(rows, self.task, self.frame)
        if self.task.output == "number":
            told = np.asarray(self.pipeline.predict(given), np.float32).reshape(rows.num_rows, -1)[:, :1]
            return Outputs(self.task, told, self._link)
        scores = np.full((rows.num_rows, len(self.task.classes)), np.log(LEAST), np.float32)
        scores[:, np.asarray(self.pipeline.classes_, np.int64)] = self._logits(given)
        return Outputs(self.task, scores, self._link)

    @property
    def _link(self) -> Any:
        return "identity" if self.task.output == "number" else "softmax"

    def _logits(self, given: Any) -> Any:
        """(rows, classes of the pipeline) its log-probabilities, else its margins, else its bare answers."""
        classes = np.asarray(self.pipeline.classes_)
        if hasattr(self.pipeline, "predict_proba"):
            return np.log(np.maximum(np.asarray(self.pipeline.predict_proba(given), np.float64), LEAST))
        if hasattr(self.pipeline, "decision_function"):
            margins = np.asarray(self.pipeline.decision_function(given), np.float64)
            return np.stack([np.zeros_like(margins), margins], axis=1) if margins.ndim == 1 else margins
        answers = np.asarray(self.pipeline.predict(given))[:, None] == classes[None]
        return np.log(np.where(answers, SURE, (1 - SURE) / max(len(classes) - 1, 1)))

    def state(self) -> State:
        """The fitted pipeline as skops writes it."""
        return State({"frame": self.frame}, arrays={"pipeline": self.told})

    @classmethod
    def restore(cls, task: Task, state: State) -> FittedPipeline:
        """Read back, trusted types alone."""
        skops = extras.need("skops.io", "a pipeline of scikit-learn")
        told = state.arrays["pipeline"]
        pipeline = skops.loads(told.tobytes(), trusted=_refuse_strange(skops, told.tobytes()))
        return cls(task, pipeline, told, bool(state.settings["frame"]))

    def decided(self, learner: SklearnPipeline) -> SklearnPipeline:
        """The learner as it is: it decides nothing by looking."""
        return learner


def from_sklearn(pipeline: Any, *, frame: bool | None = None) -> SklearnPipeline:
    """An unfitted scikit-learn estimator or pipeline as a learner, to climb from: `improve(data, start=learner)`.

    Args:
        pipeline: a classifier or a regressor. What it was fitted on before does not come along.
        frame: give it a DataFrame with the input columns, as a ColumnTransformer wants, rather than a list of strings;
            by default strings where its first step reads texts.

    Raises:
        InputError: it is no classifier or regressor, or holds a type that is not trusted.
        MissingExtra: skops is not installed.

    References:
        Buitinck et al. 2013, "API design for machine learning software: experiences from the scikit-learn project".
    """
    from sklearn.base import is_classifier, is_regressor

    extras.need("skops", "from_sklearn")
    if (
        isinstance(pipeline, type)
        or not hasattr(pipeline, "fit")
        or not (is_classifier(pipeline) or is_regressor(pipeline))
    ):
        raise InputError(
            "a pipeline must be a classifier or a regressor, or end in one; got "
            f"{getattr(pipeline, '__name__', type(pipeline).__name__)}; add one as the last step"
        )
    answers = "label" if is_classifier(pipeline) else "number"
    made = SklearnPipeline(recipe.written(pipeline), answers, not _reads_texts(pipeline) if frame is None else frame)
    recipe.built(made.recipe)
    return made


def _reads_texts(step: Any) -> bool:
    """Whether a step, or the first of its steps, reads bare texts."""
    inside = getattr(step, "steps", None) or getattr(step, "transformer_list", None)
    if inside:
        return _reads_texts(inside[0][1])
    inner = next((getattr(step, name) for name in ("estimator", "base_estimator") if hasattr(step, name)), None)
    return hasattr(step, "build_analyzer") if inner is None else _reads_texts(inner)


def handed(rows: pa.Table, task: Task, frame: bool) -> Any:
    """The input columns as a pipeline takes them: a list of strings, or a DataFrame."""
    if not frame:
        return [text or "" for text in rows.column(task.inputs[0]).to_pylist()]
    return rows.select(list(task.inputs)).to_pandas()


def _weighed(pipeline: Any, weights: Any) -> dict[str, Any]:
    """The weights of rows for the last step, where they differ and it takes any."""
    from sklearn.utils.validation import has_fit_parameter

    if np.all(weights == weights[0]):
        return {}
    steps = getattr(pipeline, "steps", None)
    name, last = steps[-1] if steps else ("", pipeline)
    if not has_fit_parameter(last, "sample_weight"):
        return {}
    return {f"{name}__sample_weight" if steps else "sample_weight": weights}


def _told(pipeline: Any) -> npt.NDArray[np.uint8]:
    """What skops writes of a fitted pipeline, read back by trusted types alone.

    Raises:
        InputError: it holds a type that is not trusted.
    """
    skops = extras.need("skops.io", "a pipeline of scikit-learn")
    told = skops.dumps(pipeline)
    _refuse_strange(skops, told)
    return np.frombuffer(told, np.uint8)


def _refuse_strange(skops: Any, told: bytes) -> list[str]:
    """The types that the file holds beyond those that skops trusts, all of them trusted here.

    Raises:
        InputError: one of them is not.
    """
    found = list(skops.get_untrusted_types(data=told))
    strange = [name for name in found if not recipe.trusted(name)]
    if strange:
        raise InputError(
            f"every type in a saved pipeline must be trusted; got {', '.join(strange[:3])}; if you trust them: export "
            f"{recipe.VARIABLE}={','.join(strange)}"
        )
    return found
