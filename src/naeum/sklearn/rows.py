"""How does what scikit-learn hands over become the columns that naeum reads?

Numbers become a table of numbers; a DataFrame keeps its columns, texts and categories too; a list of strings is one
column of texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.utils.validation import validate_data

if TYPE_CHECKING:
    import pandas as pd

TEXT = "text"  # the column that bare strings stand in


def framed(estimator: Any, rows: Any, *, first: bool) -> pd.DataFrame:
    """The rows as a DataFrame; names and number of columns are kept on the estimator, or compared with those kept.

    Args:
        estimator: whose `n_features_in_` and `feature_names_in_` these are.
        rows: strings, a DataFrame, or anything that scikit-learn takes for a matrix.
        first: whether the estimator is fitted on them.

    Raises:
        ValueError, TypeError: as scikit-learn's own estimators raise them.
    """
    import pandas as pd

    if _texts(rows):
        estimator.n_features_in_ = 1
        return pd.DataFrame({TEXT: list(rows)})
    if _mixed(rows):
        validate_data(estimator, rows, skip_check_array=True, reset=first)
        if not hasattr(rows, "columns"):
            return pd.DataFrame(rows, columns=_names(rows.shape[1]))
        named: pd.DataFrame = rows.set_axis([str(name) for name in rows.columns], axis=1)
        return named.reset_index(drop=True)
    matrix = validate_data(estimator, rows, reset=first, dtype="numeric", ensure_all_finite="allow-nan")
    names = getattr(estimator, "feature_names_in_", None)
    names = _names(matrix.shape[1]) if names is None else [str(name) for name in names]
    return pd.DataFrame(np.asarray(matrix, np.float64), columns=names)


def beside(frame: pd.DataFrame, name: str) -> str:
    """A name that no column of the frame has."""
    while name in frame.columns:
        name += "_"
    return name


def _names(count: int) -> list[str]:
    return [f"x{at}" for at in range(count)]


def _texts(rows: Any) -> bool:
    """Whether these are bare strings: a list, an array or a Series of them."""
    if hasattr(rows, "columns") or not hasattr(rows, "__len__") or isinstance(rows, str) or not len(rows):
        return False
    if hasattr(rows, "iloc"):
        return isinstance(rows.iloc[0], str)
    if isinstance(rows, np.ndarray) and rows.ndim != 1:
        return False
    return isinstance(rows, (list, tuple, np.ndarray)) and isinstance(rows[0], str)


def _mixed(rows: Any) -> bool:
    """Whether some column holds other things than numbers."""
    if hasattr(rows, "columns") and hasattr(rows, "dtypes"):
        return not all(np.issubdtype(kind, np.number) for kind in rows.dtypes if isinstance(kind, np.dtype)) or any(
            not isinstance(kind, np.dtype) for kind in rows.dtypes
        )
    if isinstance(rows, np.ndarray) and rows.ndim == 2 and rows.dtype.kind in "OUS":
        return any(isinstance(cell, (str, bytes)) for cell in rows.ravel()[: rows.shape[1] * 100])
    return False
