"""What is known of the smaller models that were made so far, for what is tried next?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from naeum.compress.export.exported import OnnxModel
from naeum.contract import Rung
from naeum.improve.compressing.asked import EASY, LATENCY, Diagnosis, Seen
from naeum.improve.compressing.front import Point, lost
from naeum.improve.compressing.recipes import STUDENTS
from naeum.improve.rung import answer_again, measured_parts
from naeum.improve.site import Site
from naeum.model.around.cascade import chosen


@dataclass(eq=False)
class Findings:
    """Grows with every model that is made."""

    site: Site
    champion: Rung
    own: Point
    limits: Mapping[str, float]
    max_loss: float
    made: dict[str, Point | None] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    easy: dict[str, float] = field(default_factory=dict)

    @property
    def diagnosis(self) -> Diagnosis:
        """All of it."""
        return Diagnosis(self.seen, self.made, self.limits, self.max_loss, self.easy, self._lost)

    @property
    def _lost(self) -> dict[str, float]:
        sign = self.site.metric.sign
        return {name: lost(point, self.own, sign) for name, point in self.made.items() if point is not None}

    def look(self, name: str, rung: Rung) -> None:
        """Look at a model that was made: what it lost in fewer bits, or whether it could stand before the champion."""
        point = self.made[name]
        if point is None:
            return
        model: Any = self.site.executor.fitted(rung.artifact).predictor
        told = model.model.card.get("eight_bits") if isinstance(model, OnnxModel) else None
        share = lost(point, self.own, self.site.metric.sign)
        if told:
            plain = (told.get("plain") or {}).get("loss", 0.0)
            self.seen[name] = Seen(len(told["kept"]), len(told["layers"]), plain, share)
        most = self.limits.get(LATENCY)
        if name in STUDENTS and self.site.task.output == "label" and most and point.latency_ms <= most:
            self._ask(name, rung, share)

    def _ask(self, name: str, rung: Rung, share: float) -> None:
        """How many rows a student that loses too much answers as well as the champion, by how sure it is."""
        if share <= self.max_loss:
            return
        tune = measured_parts(self.site).tune
        answers = [answer_again(self.site, one).tune for one in (rung, self.champion)]
        easy = chosen(answers[0], answers[1], tune, self.max_loss / 2).share
        self.easy[name] = easy
        if easy < EASY:
            self.site.say(
                "note",
                text=f"The {name} before the champion would answer {100 * easy:.0f} % of the rows: fewer than "
                f"{100 * EASY:.0f} %, so the 95th percentile of time would be the champion's.",
            )
