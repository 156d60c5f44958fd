"""A climb behind `fit` and `predict`: how does scikit-learn use naeum's champion?"""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClassifierMixin, RegressorMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets
from sklearn.utils.validation import _check_sample_weight, check_consistent_length, check_is_fitted, column_or_1d

from naeum.contract import Outputs
from naeum.cycle import COLUMNS, improve
from naeum.data import read, rows_of
from naeum.data.kinds import ABSENT
from naeum.data.target import canonical
from naeum.errors import NaeumError
from naeum.sklearn.kept import Kept
from naeum.sklearn.rows import TEXT, beside, framed

if TYPE_CHECKING:
    import pandas as pd

    from naeum.contract import OutputKind
    from naeum.improve.ladder import Ladder

MOST_SEED = 2**31 - 1
LEAST_ROWS = 2  # one to learn from and one to measure on
Array = npt.NDArray[Any]


class _Climbed(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """What classifier and regressor share. Settings as they are given; everything is checked in `fit`."""

    def __init__(
        self,
        minutes: float = 5.0,
        *,
        rungs: int | None = None,
        metric: str | None = None,
        run: str | None = None,
        random_state: Any = 0,
        options: Any = None,
    ) -> None:
        self.minutes = minutes
        self.rungs = rungs
        self.metric = metric
        self.run = run
        self.random_state = random_state
        self.options = options

    def _climb(self, frame: pd.DataFrame, answers: Array, weights: Any, output: OutputKind) -> None:
        """Climb, and keep the champion in memory."""
        if len(frame) < LEAST_ROWS:
            raise ValueError(
                f"a climb needs {LEAST_ROWS} rows or more to measure anything; got n_samples = {len(frame)}"
            )
        table, target = frame.copy(), beside(frame, "target")
        table[target] = answers
        given = {name: self.options[name] for name in COLUMNS if name in (self.options or {})}
        said = {"target": target, "output": output, "metric": self.metric, **_inputs(frame), **given}
        if weights is not None:
            said["weight"] = beside(table, "weight")
            table[said["weight"]] = weights
        seed = self.random_state
        seed = seed if isinstance(seed, int) else int(check_random_state(seed).randint(MOST_SEED))
        how = {"minutes": self.minutes, "rungs": self.rungs, "seed": seed, **(self.options or {})}
        how = {name: value for name, value in how.items() if name not in given}
        try:
            data = read(table, **said)
            if self.run is not None:
                self._keep(improve(data, run=self.run, **how))
                return
            with tempfile.TemporaryDirectory(prefix="naeum-") as folder:
                self._keep(improve(data, run=folder, **how))
        except NaeumError as error:
            raise ValueError(str(error)) from error

    def _keep(self, ladder: Ladder) -> None:
        import pandas as pd

        self.model_ = Kept(ladder.store, ladder.shipped)
        self.why_ = ladder.why
        names = ("number", "technique", "score", "low", "high", "gain", "gain_low", "gain_high", "kept")
        self.ladder_ = pd.DataFrame([{name: getattr(one, name) for name in names} for one in ladder.rungs])

    def _answer(self, X: Any) -> Outputs:
        check_is_fitted(self, "model_")
        frame = framed(self, X, first=False)
        predictor = self.model_.predictor
        try:
            return predictor.predict(rows_of(frame, predictor.task))
        except NaeumError as error:
            raise ValueError(str(error)) from error

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True  # a missing number is read as missing
        tags.input_tags.string = True
        return tags


class Classifier(ClassifierMixin, _Climbed):  # type: ignore[misc]
    """The champion of a climb as a classifier.

    Args:
        minutes: of the climb, in minutes.
        rungs: stop after so many rungs instead, without a clock: fully reproducible.
        metric: what is improved: accuracy, macro_f1, log_loss, … By default it is proposed from the classes.
        run: a folder to keep the whole run in, for `naeum.open_run` and the report; by default nothing is left.
        random_state: seed of all that is random.
        options: further options of `naeum.improve`, as a dictionary.

    Attributes:
        classes_: the classes, sorted.
        ladder_: a DataFrame with a line a rung: score and gain, each with its interval.
        why_: what made the difference, in words.

    Raises:
        ValueError: rows or answers do not hold what must hold.

    References:
        Buitinck et al. 2013, "API design for machine learning software: experiences from the scikit-learn project".

    Example:
        >>> import pandas as pd
        >>> said = pd.DataFrame({"text": ["정말 좋다", "별로다"] * 10, "age": range(20)})
        >>> model = Classifier(rungs=1).fit(said, ["good", "bad"] * 10)
        >>> model.classes_.tolist(), model.predict_proba(said).shape
        (['bad', 'good'], (20, 2))
    """

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Classifier:
        """Climb on rows X (a matrix, a DataFrame or strings) with the classes y; weights count rows more or less."""
        frame = framed(self, X, first=True)
        y = column_or_1d(_there(y, self), warn=True)
        check_consistent_length(frame, y)
        check_classification_targets(y)
        self.classes_, codes = np.unique(y, return_inverse=True)
        if len(self.classes_) < 2:
            raise ValueError(f"y must have two classes or more; it has only one class, {self.classes_[0]!r}")
        names = _names(self.classes_)
        weights = None if sample_weight is None else _check_sample_weight(sample_weight, frame)
        self._climb(frame, np.array(names, object)[codes], weights, "label")
        known = self.model_.predictor.task.classes
        self._order = np.array([known.index(name) for name in names], np.int64)
        return self

    def predict_proba(self, X: Any) -> Array:
        """(rows, classes) the probability of each class, in the order of `classes_`."""
        return np.asarray(self._answer(X).probabilities[:, self._order], np.float64)

    def predict(self, X: Any) -> Array:
        """(rows,) the class of each row."""
        outputs = self._answer(X)
        place = np.argsort(self._order)  # code of the task -> place in classes_
        return np.asarray(self.classes_[place[outputs.codes]])


class Regressor(RegressorMixin, _Climbed):  # type: ignore[misc]
    """The champion of a climb as a regressor; the arguments are those of `Classifier`.

    Example:
        >>> import numpy as np
        >>> rows = np.arange(40.0).reshape(20, 2)
        >>> Regressor(rungs=1).fit(rows, rows[:, 0]).predict(rows).shape
        (20,)
    """

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> Regressor:
        """Climb on rows X (a matrix, a DataFrame or strings) with the numbers y; weights count rows more or less."""
        frame = framed(self, X, first=True)
        y = np.asarray(column_or_1d(_there(y, self, numeric=True), warn=True), np.float64)
        check_consistent_length(frame, y)
        weights = None if sample_weight is None else _check_sample_weight(sample_weight, frame)
        self._climb(frame, y, weights, "number")
        return self

    def predict(self, X: Any) -> Array:
        """(rows,) the number of each row."""
        return np.asarray(self._answer(X).scores[:, 0], np.float64)

    def predict_interval(self, X: Any) -> Array | None:
        """(rows, 2) the ends between which each number lies with 90 % probability; None where the champion has none."""
        ends = self._answer(X).quantiles
        return None if ends is None else np.asarray(ends, np.float64)


def _there(y: Any, estimator: Any, *, numeric: bool = False) -> Any:
    """Answers without a missing one.

    Raises:
        ValueError: there are none, or one is missing, infinite or of another form.
    """
    from sklearn.utils.validation import _check_y

    if y is None:
        raise ValueError(f"requires y to be passed, but the target y is None, which {type(estimator).__name__} needs")
    return _check_y(y, multi_output=True, y_numeric=numeric, estimator=estimator)


def _inputs(frame: pd.DataFrame) -> dict[str, Any]:
    """What is to be learned from: the texts, every column of a matrix, or what suits of mixed columns."""
    if list(frame.columns) == [TEXT] and isinstance(frame[TEXT].iloc[0], str):
        return {"text": TEXT}
    return {"columns": list(frame.columns) if all(kind == np.float64 for kind in frame.dtypes) else "all"}


def _names(classes: Array) -> list[str]:
    """The classes as naeum writes them; numbered where two would be written alike, or one as if it were missing."""
    names = canonical([str(one).strip() for one in classes])
    plain = len(set(names)) == len(names) and not any(name.lower() in ABSENT or not name for name in names)
    return names if plain else [f"class {at}" for at in range(len(names))]
