"""What of a ladder do the figures and sections look at?

A `View` reads a ladder once and answers what several of them ask: the champion's path, its answers on tune, the metric.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum import tongue
from naeum.contract import Dataset, Ints, Outputs, Rung
from naeum.data.shown import in_words
from naeum.errors import NaeumError
from naeum.report import words
from naeum.report.markup import Markup, tag

if TYPE_CHECKING:
    from naeum.measure.scored import Metric

IMAGES = {b"\x89PNG": "png", b"\xff\xd8": "jpeg", b"GIF8": "gif", b"RIFF": "webp", b"BM": "bmp"}  # by first bytes
SAME = 1e-3  # of a score, in its units: what rounding of answers may change
SEARCHED = "searched"  # kind of the learner that tries several settings of another
CALIBRATED = "calibrated"  # kind of the learner around learners that sets the temperature


@dataclass(frozen=True, eq=False)
class View:
    """A ladder (`naeum.improve.Ladder`) and whether rows of the user may be shown."""

    ladder: Any
    rows: bool = True

    @cached_property
    def metric(self) -> Metric | None:
        """What was improved; none where a user's own function is no longer there."""
        from naeum.measure.metrics import metric

        try:
            return metric(self.ladder.task.metric)
        except NaeumError:
            return None

    @property
    def sign(self) -> int:
        """+1: higher is better, -1: lower is."""
        return 1 if self.metric is None else self.metric.sign

    @property
    def score_name(self) -> str:
        return str(self.ladder.task.metric) if self.metric is None else self.metric.title

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """Technique name -> what it is called."""
        return words.titles()

    def title(self, rung: Rung) -> str:
        """What the technique of a rung is called, in the language that is spoken: figures write it on their ticks."""
        return tongue.said(words.title(rung.technique, self.titles))

    @cached_property
    def champion(self) -> Rung:
        rung: Rung = self.ladder.champion_rung
        return rung

    @cached_property
    def path(self) -> frozenset[int]:
        """Numbers of the champion and of all rungs that it was made from."""
        by_number = {rung.number: rung for rung in self.ladder.rungs}
        found, waiting = set(), [self.champion.number]
        while waiting:
            number = waiting.pop()
            if number not in found and number in by_number:
                found.add(number)
                waiting.extend(by_number[number].parents)
        return frozenset(found)

    def better(self, one: float, other: float) -> bool:
        return self.sign * one > self.sign * other

    @cached_property
    def elapsed(self) -> Mapping[int, float]:
        """Seconds from the start until each rung was measured, by its number."""
        total, found = 0.0, {}
        for rung in self.ladder.rungs:
            total = float(rung.cost.get("at", total + rung.cost.get("seconds", 0.0)))
            found[rung.number] = total
        return found

    @property
    def seconds(self) -> float:
        """Seconds of the whole climb; those of its rungs where the run counted rungs, not time."""
        return float(self.ladder.seconds) or max(self.elapsed.values(), default=0.0)

    @cached_property
    def tune(self) -> Dataset | None:
        """The labelled rows that may be looked at; none where the data are too small to have them."""
        try:
            part: Dataset = self.ladder.part("tune")
        except (NaeumError, OSError):
            return None
        return part if len(part) and (part.target >= 0).any() else None

    def answers(self, number: int) -> Outputs | None:
        """What a rung answered on tune; none where that is not kept."""
        if self.tune is None:
            return None
        try:
            outputs: Outputs = self.ladder.outputs(number, "tune")
        except (NaeumError, OSError):
            return None
        return outputs if len(outputs) == len(self.tune) and self._measured(number, outputs) else None

    def _measured(self, number: int, outputs: Outputs) -> bool:
        """Whether these answers have the score that was measured: those of a model that saw the rows would flatter."""
        told = next((rung.tune_score for rung in self.ladder.rungs if rung.number == number), None)
        if self.metric is None or told is None or self.tune is None:
            return True
        return bool(abs(self.metric.score(outputs, self.tune) - told) <= SAME)

    @cached_property
    def outputs(self) -> Outputs | None:
        return self.answers(self.champion.number)

    @cached_property
    def uncalibrated(self) -> Outputs | None:
        """The answers of what the champion calibrates; none where it calibrates nothing."""
        if self.champion.learner.kind != CALIBRATED or not self.champion.parents:
            return None
        return self.answers(self.champion.parents[-1])

    def trials(self, rung: Rung) -> tuple[Mapping[str, Any], ...]:
        """The trials of a rung that is a search; none for any other, or where they are not kept."""
        if rung.learner.kind != SEARCHED:
            return ()
        try:
            return tuple(self.ladder.store.load(rung.artifact).trials)
        except (NaeumError, OSError):
            return ()

    @cached_property
    def judged(self) -> Ints:
        """Positions in tune of the labelled rows."""
        target = np.empty(0) if self.tune is None else self.tune.target
        return np.flatnonzero(target >= 0)

    @cached_property
    def confusion(self) -> Ints:
        """(classes, classes): how often each true class (row) was answered as each class (column), on tune."""
        classes = len(self.ladder.task.classes)
        counts = np.zeros((classes, classes), np.int64)
        if self.tune is not None and self.outputs is not None:
            np.add.at(counts, (self.tune.target[self.judged], self.outputs.codes[self.judged]), 1)
        return counts

    def texts(self, at: Ints) -> list[str]:
        """The texts of tune rows by position; empty strings where no rows may be shown."""
        if self.tune is None or not self.rows:
            return [""] * len(at)
        columns = self.tune.task.columns
        taken = self.tune.rows.take(np.asarray(at, np.int64)).to_pylist()
        return [in_words(row, columns) for row in taken]

    def picture(self, at: int) -> Markup | None:
        """The image of a tune row by position; none where rows hold none, or none may be shown."""
        if self.tune is None or not self.rows:
            return None
        name = next((name for name, kind in self.tune.task.columns.items() if kind == "image"), None)
        found = None if name is None else self.tune.rows[name][at].as_py()
        if not found:
            return None
        kind = next((kind for mark, kind in IMAGES.items() if found.startswith(mark)), "png")
        data = base64.b64encode(found).decode()
        return tag("img", src=f"data:image/{kind};base64,{data}", alt="", width="64", loading="lazy")
