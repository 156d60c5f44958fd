"""What stays the same during one climb?"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum.contract import Ids, Parts, Policy, Task, subset
from naeum.data import joined
from naeum.improve.basis import Basis
from naeum.improve.clock import Clock
from naeum.improve.executor import Executor, Watch
from naeum.improve.options import Options
from naeum.improve.wishes import Wishes
from naeum.store import Ledger

if TYPE_CHECKING:
    import pyarrow as pa

    from naeum.data import Split
    from naeum.measure import Metric
    from naeum.measure.elsewhere import Meant


@dataclass(frozen=True, eq=False)
class Site:
    """Data, tools and settings of a climb; only the ledger, the store and the clock behind it change."""

    folder: Path
    options: Options
    task: Task
    split: Split
    metric: Metric
    policy: Policy
    ledger: Ledger
    executor: Executor
    clock: Clock
    watch: Watch
    learner_kinds: Mapping[str, Any]
    predictor_kinds: Mapping[str, Any]
    languages: tuple[str, ...]
    wishes: Wishes  # of someone in another shell
    bases: tuple[str, ...]  # at hand for the language, the likeliest first
    words: Mapping[str, float]  # length of a text in words: mean, p50, p95, p99, max
    meant: Meant | None = None  # a limit of time on another machine
    others: Callable[[Ids], pa.Table] | None = None  # columns beside the inputs, of these rows
    environment: Mapping[str, Any] = field(default_factory=dict)
    basis: Basis = field(default_factory=Basis)  # why these base models, in this order
    checks: tuple[Any, ...] = ()  # of the user, beside naeum's own
    start: tuple[Any, ...] = ()  # learners that the user wants tried first
    going_on: bool = False  # the user named a run folder, to go on with it

    @property
    def timed(self) -> bool:
        """Whether a clock decides; otherwise rungs are counted and nothing depends on time."""
        return self.options.rungs is None

    @property
    def limits(self) -> Mapping[str, float]:
        """The user's limits as costs that are measured here must hold them."""
        given = self.options.limits
        return given if self.meant is None else {**given, "latency_ms": self.meant.here}

    @property
    def everything(self) -> Parts:
        """All labelled rows but test, to learn from; nothing to decide by looking."""
        parts = self.split.parts
        empty = subset(parts.tune, [], f"{parts.tune.key}/none")
        rows = (parts.fit, parts.tune) if self.executor.folds else (parts.fit, parts.tune, self.split.select)
        return Parts(joined(rows), empty)

    def say(self, event: str, **what: Any) -> None:
        """Tell the watcher."""
        self.watch({"event": event, **what})

    def write(self, event: str, **what: Any) -> None:
        """Write to the ledger with the time used so far."""
        self.clock.keep()
        elapsed = round(self.clock.elapsed(), 3) if self.timed else 0.0
        self.ledger.append({"event": event, "elapsed": elapsed, **finite(what)})


def finite(what: Any) -> Any:
    """`what` with null for every number that JSON has no word for (a score of one class alone may be undefined).

    Example:
        >>> finite({"score": float("nan"), "rows": [1, 2.5]})
        {'score': None, 'rows': [1, 2.5]}
    """
    if isinstance(what, float):
        return what if math.isfinite(what) else None
    if isinstance(what, Mapping):
        return {name: finite(item) for name, item in what.items()}
    return [finite(item) for item in what] if isinstance(what, (list, tuple)) else what
