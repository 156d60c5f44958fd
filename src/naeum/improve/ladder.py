"""What does a run folder say? The ladder: rungs, champion, findings, the test opening, read from the ledger.

The ledger is the only truth; a `Ladder` is what it says at one moment.
"""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from naeum import values
from naeum.contract import Dataset, Finding, Outputs, Predictor, Rung, Task
from naeum.data.shown import in_words
from naeum.engine.answering import Remembering
from naeum.errors import InputError
from naeum.improve import gate, parts
from naeum.store import Ledger, Store, learners

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

LEDGER = "ledger.jsonl"
SMALLER = "smaller"  # a rung that was made of a champion afterwards, to be smaller and quicker
RUNGS = ("rung", SMALLER)
AFTERTHOUGHTS = frozenset({"choose", "pin", "remark", SMALLER})  # what may follow in the ledger of a finished run
RESAMPLES = "resamples.json"  # beside the ledger, where they were asked for


@dataclass(frozen=True)
class Champion:
    """The best rung that holds the limits, ready to answer; equal rows are computed once while they are remembered."""

    rung: Rung
    predictor: Predictor

    def predict(self, rows: pa.Table | pd.DataFrame | Sequence[str]) -> Outputs:
        """Answers in the order of the rows; takes strings, a DataFrame or an Arrow table."""
        from naeum.data import rows_of

        return self._remembering(rows_of(rows, self.predictor.task))

    @cached_property
    def _remembering(self) -> Remembering:
        return Remembering(self.predictor.predict, self.predictor.task.inputs)


class Ladder:
    """A run, read from its folder.

    Args:
        folder: the run folder.
        learner_kinds: classes of learners and their parts by kind (`registry.values()`).
        predictor_kinds: classes of predictors by kind (`registry.predictors()`).

    Raises:
        InputError: the folder is no run.
        StoreError: the ledger or an artifact is damaged.
    """

    def __init__(self, folder: Path, learner_kinds: Mapping[str, Any], predictor_kinds: Mapping[str, Any]) -> None:
        self.folder = Path(folder)
        self._kinds = learner_kinds
        self.store = Store(self.folder / "artifacts", predictor_kinds)
        if not (self.folder / LEDGER).exists():
            raise InputError(
                f"a run folder must hold {LEDGER}; {self.folder} does not; make a run with: naeum improve DATA --run "
                f"{self.folder}"
            )
        self._ledger = Ledger(self.folder / LEDGER)
        self.events = tuple(self._ledger)

    def last(self, event: str) -> dict[str, Any]:
        """The newest event of a name; empty where there is none."""
        return self._ledger.last(event)

    @cached_property
    def start(self) -> dict[str, Any]:
        """The newest start: options, task, summary, environment."""
        return self.last("run")

    @cached_property
    def task(self) -> Task:
        """What is predicted."""
        return Task.from_json(self.start["task"])

    @property
    def options(self) -> dict[str, Any]:
        """Every resolved option, with limits that were chosen since; another machine needs a limit of time."""
        found = {**self.start["options"], **_since(self.events, "choose").get("limits", {})}
        return found if found.get("max_latency_ms") is not None else {**found, "machine": None}

    def judged(self, limits: Mapping[str, float]) -> dict[str, float]:
        """Limits as costs that were measured here must hold them: of time they may be meant on another machine."""
        from naeum.improve.elsewhere import meant

        there = meant(self.start.get("machine", {}), limits.get("latency_ms"))
        return dict(limits) if there is None else {**limits, "latency_ms": there.here}

    @property
    def summary(self) -> dict[str, Any]:
        """Sizes of the parts, classes, languages, notes."""
        looks = sum(event["event"] in RUNGS for event in self.events)
        return {**self.start["summary"], "looks": looks}

    @property
    def environment(self) -> dict[str, Any]:
        """Versions, seed, threads, command, hashes."""
        return dict(self.start["environment"])

    @cached_property
    def rungs(self) -> tuple[Rung, ...]:
        """Every rung in order, the floor first."""
        return rungs_of(self.events, self.folder, self._kinds)

    @cached_property
    def champion(self) -> Champion:
        """The champion; after the test opening the model that is shipped."""
        rung = self.champion_rung
        return Champion(rung, self.store.load(self.shipped))

    def model(self, number: int | None = None) -> Champion:
        """The champion, or the rung of a number as it was measured (of small data: the model of its first fold).

        Raises:
            InputError: there is no such rung.
        """
        if number is None:
            return self.champion
        if not 0 <= number < len(self.rungs):
            raise InputError(
                f"a rung must be one of 0 … {len(self.rungs) - 1}; got {number}; see them all with: naeum why "
                f"{self.folder}"
            )
        return Champion(self.rungs[number], self.store.load(self.rungs[number].artifact))

    @cached_property
    def champion_rung(self) -> Rung:
        """The rung of the champion, without loading its model."""
        from naeum.measure import metric

        if self.pinned is not None:
            return self.rungs[self.pinned]
        if not self.rungs:
            raise InputError(
                f"a run must have a rung to have a champion; {self.folder} has none yet; go on with: naeum improve "
                f"{self.folder}"
            )
        limits = {
            name: float(self.options[f"max_{name}"])
            for name in ("latency_ms", "size_mb", "memory_mb")
            if self.options.get(f"max_{name}") is not None
        }
        return gate.choose(self.rungs, self.judged(limits), metric(self.task.metric).sign)

    @property
    def shipped(self) -> str:
        """The artifact that `predict` uses: the champion refitted on all rows where that was done and not refused."""
        ship = self.last("ship")
        same = ship and ship["number"] == self.champion_rung.number
        return str(ship["artifact"]) if same else self.champion_rung.artifact

    @property
    def pinned(self) -> int | None:
        """The rung that the user wants as champion, whatever the gate says."""
        return self.last("pin").get("number")

    @property
    def remarks(self) -> dict[int, tuple[str, ...]]:
        """What the user noted beside rungs, in order."""
        found: dict[int, tuple[str, ...]] = {}
        for event in self.events:
            if event["event"] == "remark":
                found[event["number"]] = (*found.get(event["number"], ()), event["text"])
        return found

    @property
    def diagnosis(self) -> dict[str, Any]:
        """The newest diagnosis as it was written."""
        return self.last("diagnosis")

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the newest diagnosis found."""
        return tuple(finding_of(document) for document in self.diagnosis.get("findings", ()))

    @property
    def answers(self) -> tuple[dict[str, Any], ...]:
        """Every check of the newest diagnosis: code, title, state, seen."""
        return tuple(self.diagnosis.get("answers", ()))

    @property
    def curve(self) -> dict[str, Any] | None:
        """The learning curve, where one was measured."""
        return self.diagnosis.get("curve")

    @property
    def layers(self) -> dict[str, Any]:
        """What each layer of the base under the best probe knows; empty where none was probed."""
        return self.last("layers")

    @property
    def bias_variance(self) -> dict[str, Any] | None:
        """Bias and variance read from the user's own numbers."""
        return self.diagnosis.get("bias_variance")

    @property
    def resamples(self) -> dict[str, Any] | None:
        """Bias² and variance of the champion's recipe over resamples; none where they were not asked for."""
        path = self.folder / RESAMPLES
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return found if found.get("artifact") == self.champion_rung.artifact else None

    @property
    def suspects(self) -> list[dict[str, Any]]:
        """Rows whose label looks wrong, the most suspicious first."""
        return [{**row, "text": self.text_of(row["id"])} for row in self.last("suspects").get("rows", ())]

    @property
    def untried(self) -> tuple[dict[str, Any], ...]:
        """Techniques that were not tried, each with its reason."""
        return tuple(self.last("closing").get("untried", ()))

    @property
    def test(self) -> dict[str, Any] | None:
        """The newest opening of the test part, with how often it was opened."""
        opened = [event for event in self.events if event["event"] == "test"]
        return {**opened[-1], "seen": len(opened)} if opened else None

    @property
    def estimate(self) -> dict[str, Any] | None:
        """The cross-validated score where there is no test part, the choice among rungs inside it; None elsewhere."""
        return self.last("estimate") or None

    @property
    def finished(self) -> bool:
        """Whether the run came to its end."""
        return is_done(self.events)

    @property
    def seconds(self) -> float:
        """Seconds used, over kills and continuations."""
        return float(self.events[-1].get("elapsed", 0.0)) if self.events else 0.0

    @property
    def minutes(self) -> float:
        """The same in minutes."""
        return self.seconds / 60

    @property
    def why(self) -> str:
        """One paragraph: what made the difference."""
        return str(self.last("closing").get("why", ""))

    @property
    def forecast(self) -> str:
        """What more time or more data would likely bring."""
        return str(self.last("closing").get("forecast", ""))

    def part(self, name: str) -> Dataset:
        """The rows of `fit` or `tune`; select and test are not for looking at."""
        if name not in ("fit", "tune"):
            raise InputError(f"a part to look at must be fit or tune; got {name!r}; select and test stay unseen")
        return parts.load(self.folder / "parts" / name, self.task)

    def outputs(self, number: int, part: str) -> Outputs:
        """What rung `number` answered on a part."""
        from naeum.improve.executor import load_outputs, save_outputs

        key = self.start["keys"][part]
        artifact = self.rungs[number].artifact
        path = self.folder / "answers" / f"{artifact}-{key}.safetensors"
        if not path.exists():
            save_outputs(path, self.store.load(artifact).predict(self.part(part).rows))
        return load_outputs(path, self.task)

    def text_of(self, row: int) -> str:
        """The text of a row of fit or tune by its id; '' where it stands in neither."""
        for data, places in self._places:
            if row in places:
                row_of = {name: data.rows[name][places[row]].as_py() for name in self.task.inputs}
                return in_words(row_of, self.task.columns)
        return ""

    @cached_property
    def _places(self) -> list[tuple[Dataset, dict[int, int]]]:
        parts_shown = [self.part(name) for name in ("fit", "tune")]
        return [(data, {int(row): at for at, row in enumerate(data.ids)}) for data in parts_shown]

    def _repr_html_(self) -> str:
        from naeum import cards

        number = self.champion_rung.number if self.rungs else None
        said = {"run": str(self.folder), "champion": number, "why": self.why}
        return cards.facts(said) + cards.rungs(self.rungs, number) + "".join(map(cards.finding, self.findings))


def rung_event(rung: Rung, folder: Path, event: str = "rung") -> dict[str, Any]:
    """A rung as a ledger event; its learner is kept in the run's graph of learners."""
    document = {field.name: getattr(rung, field.name) for field in dataclasses.fields(rung)}
    document["learner"] = learners.save(folder / "learners", rung.learner)
    document["cost"], document["forecast"] = dict(rung.cost), dict(rung.forecast)
    return {"event": event, **document}


def rung_of(event: Mapping[str, Any], folder: Path, kinds: Mapping[str, Any]) -> Rung:
    """The rung of a ledger event."""
    known = {field.name for field in dataclasses.fields(Rung)}
    document: dict[str, Any] = {name: _undefined(item) for name, item in event.items() if name in known}
    document["learner"] = learners.load(folder / "learners", event["learner"], kinds)
    document["parents"], document["changed"] = tuple(event["parents"]), tuple(event["changed"])
    return Rung(**document)


def rungs_of(events: Iterable[Mapping[str, Any]], folder: Path, kinds: Mapping[str, Any]) -> tuple[Rung, ...]:
    """The rungs among the events of a ledger, in order."""
    return tuple(rung_of(event, folder, kinds) for event in events if event["event"] in RUNGS)


def is_done(events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a climb came to its end: what a user noted or chose since does not change that."""
    names = [event["event"] for event in events if event["event"] not in AFTERTHOUGHTS]
    return bool(names) and names[-1] == "done"


def _since(events: Sequence[dict[str, Any]], name: str) -> dict[str, Any]:
    """The newest event of a name since the last start; empty where there is none."""
    for event in reversed(events):
        if event["event"] == "run":
            break
        if event["event"] == name:
            return dict(event)
    return {}


def finding_of(document: Mapping[str, Any]) -> Finding:
    """The finding of a JSON document."""
    return Finding(**{**document, "rows": tuple(document["rows"]), "answers": tuple(document["answers"])})


def _undefined(item: Any) -> Any:
    """What `site.finite` wrote as null is not a number again."""
    if isinstance(item, Mapping):
        return {name: _undefined(value) for name, value in item.items()}
    return math.nan if item is None else item


def short(learner: Any) -> str:
    """A learner in a few words: its kind and what differs from the defaults.

    Example:
        >>> from naeum.model.floor import Majority
        >>> short(Majority())
        'majority'
    """
    settings = []
    for field in dataclasses.fields(learner):
        value = getattr(learner, field.name)
        if values.is_value(value):
            settings.append(short(value))
        elif isinstance(value, tuple) and value and all(values.is_value(item) for item in value):
            settings.append(" + ".join(short(item) for item in value))
        elif field.default is dataclasses.MISSING or value != field.default:
            settings.append(f"{field.name}={value}")
    return f"{learner.kind}({', '.join(settings)})" if settings else str(learner.kind)
