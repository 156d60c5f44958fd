"""What do numbers that lie in memory say of their column, where a table is too wide to be asked in SQL?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum import sets
from naeum.explore.table import Table

Values = npt.NDArray[np.float64]  # of a column, without what is missing; may be infinite


def values_in(table: Table, name: str) -> Values:
    """The numbers of a column of a table that is held in memory."""
    import pyarrow as pa

    if table.held is None:
        raise ValueError(f"{table.name} is not held in memory")
    there: Any = table.held.column(name).drop_null()
    return np.asarray(there.cast(pa.float64()).to_numpy(zero_copy_only=False), np.float64)


def facts_of(values: Values) -> dict[str, Any]:
    """Count, distinct, infinite, least, most, whole, as `naeum.explore.facts` tells them.

    Example:
        >>> facts_of(np.array([1.0, 2.0, 2.0, np.inf]))["distinct"], facts_of(np.array([0.5, np.inf]))["most"]
        (3, 0.5)
    """
    finite = values[np.isfinite(values)]
    return {
        "exact": True, "count": len(values), "distinct": len(sets.unique(values)),
        "infinite": len(values) - len(finite),
        "least": float(finite.min()) if len(finite) else None, "most": float(finite.max()) if len(finite) else None,
        "whole": bool(len(finite)) and bool((finite == np.floor(finite)).all()),
    }  # fmt: skip


def moments(values: Values, quantiles: Sequence[float]) -> dict[str, Any]:
    """Mean, deviation, quantiles, zeros and negative values of the finite numbers.

    Example:
        >>> moments(np.array([1.0, 3.0, np.inf]), (0.5,))["quantiles"]
        {'0.5': 2.0}
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        empty = dict.fromkeys(map(str, quantiles))
        return {"mean": None, "deviation": None, "zeros": 0, "negative": 0, "quantiles": empty}
    spread = np.quantile(finite, quantiles).tolist()
    return {
        "mean": float(finite.mean()), "deviation": float(finite.std()), "zeros": int((finite == 0).sum()),
        "negative": int((finite < 0).sum()), "quantiles": dict(zip(map(str, quantiles), spread, strict=True)),
    }  # fmt: skip


def beyond(values: Values, one: Mapping[str, Any], low: float, high: float) -> list[Any]:
    """Values below and above two fences, the outermost between them, and the skew of the finite numbers."""
    finite = values[np.isfinite(values)]
    inside = finite[(finite >= low) & (finite <= high)]
    ends = [float(inside.min()), float(inside.max())] if len(inside) else [None, None]
    skew = float((((finite - one["mean"]) / (one["deviation"] or 1.0)) ** 3).mean())
    return [int((finite < low).sum()), int((finite > high).sum()), *ends, skew]
