"""Does a program that was written answer as the run does? It is run by itself, in a process that knows no naeum."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from naeum.compress.export.parity import TOLERANCE, difference
from naeum.contract import Floats, Outputs, Task
from naeum.engine import sessions
from naeum.engine.tokens import pad, tokenize
from naeum.errors import ParityError
from naeum.extras import need
from naeum.model.text.aims import answered as answered_as
from naeum.model.text.examples import texts
from naeum.model.text.pairs import compared, sides
from naeum.model.text.probe import FittedProbe

if TYPE_CHECKING:
    import pyarrow as pa

MOST_ROWS = 300  # that are compared: enough to meet every branch, few enough to wait for
SECONDS = 600  # that the program may take for them
LAST_WORDS = 600  # characters of what it said before it failed


def gate(script: Path, predictor: Any, rows: pa.Table) -> dict[str, Any]:
    """Run a program on rows and compare its scores and answers with those of the predictor.

    Returns:
        "rows" compared, and the "largest" difference of a score, over its size where that is above one.

    Raises:
        ParityError: it fails, or answers otherwise.
    """
    rows = rows.slice(0, MOST_ROWS)
    own: Outputs = precisely(predictor).predict(rows)
    scores, answers = answered(script, rows)
    away = difference(own.scores, np.asarray(scores, np.float32).reshape(own.scores.shape))
    if away.size and not float(away.max()) <= TOLERANCE:
        raise ParityError(
            f"a script must answer as the run does, within {TOLERANCE:g}; its scores part by {away.max():.2g}; "
            "answer with the run instead: naeum predict RUN FILE --out FILE"
        )
    if not same(own, answers):
        raise ParityError(
            "a script must answer as its scores say; it answers otherwise; report this as a fault of naeum"
        )
    return {"rows": len(rows), "largest": float(away.max(initial=0.0))}


def precisely(predictor: Any) -> Any:
    """The predictor with its probes in full precision: the vectors that a run keeps have half of it."""
    if isinstance(predictor, FittedProbe):
        return Precise(predictor)
    inside = getattr(predictor, "members", ()) if "members" in _names(predictor) else ()
    if inside:
        return replace(predictor, members=tuple(precisely(one) for one in inside))
    return replace(predictor, inner=precisely(predictor.inner)) if "inner" in _names(predictor) else predictor


def _names(predictor: Any) -> set[str]:
    return {one.name for one in fields(predictor)}


@dataclass(frozen=True, eq=False)
class Precise:
    """A probe whose vectors are never rounded."""

    probe: FittedProbe

    @property
    def task(self) -> Task:
        """The task of the probe."""
        return self.probe.task

    def predict(self, rows: pa.Table) -> Outputs:
        """Its answers."""
        if self.probe.learner.apart:
            vectors = compared(*(self.read(side) for side in sides(rows, self.task)))
        else:
            vectors = self.read(texts(rows, self.task))
        return answered_as(self.task, self.probe.head.logits(vectors))

    def read(self, given: list[str]) -> Floats:
        """(rows, layers * width) the pooled layers of texts."""
        torch = need("torch", "a script")
        probe, encoder, found = self.probe, sessions.load(self.probe.base).eval(), []
        tokens = tokenize(probe.base, given, probe.learner.max_length)
        with torch.inference_mode():
            for at in range(len(given)):
                ids, mask = (torch.as_tensor(array) for array in pad(tokens, [at]))
                told = encoder(input_ids=ids, attention_mask=mask, output_hidden_states=True)
                states = (*told.hidden_states[:-1], told.last_hidden_state)
                layers = [states[layer][0] for layer in probe._numbers]
                pooled = [one[0] if probe.learner.pooling == "cls" else one.mean(dim=0) for one in layers]
                found.append(torch.cat(pooled).numpy())
        return np.stack(found) if found else np.empty((0, probe.head.weights.shape[0]), np.float32)


def same(own: Outputs, answers: list[str]) -> bool:
    """Whether the written answers are those of the predictor."""
    if own.task.output == "number":
        return bool(np.allclose(own.scores[:, 0], np.array(answers, np.float64), rtol=1e-4, atol=1e-4))
    if own.task.output in ("labels", "tags"):
        return [list(one) for one in own.labels] == [json.loads(one) for one in answers]
    return [str(one) for one in own.labels] == answers


def answered(script: Path, rows: pa.Table) -> tuple[np.ndarray, list[str]]:
    """The scores and the answers that a program writes for rows.

    Raises:
        ParityError: it fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        given, out = Path(folder) / "rows.jsonl", Path(folder) / "answers.csv"
        write_rows(rows, given)
        clean = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME")}
        ended = subprocess.run(
            [sys.executable, str(script.absolute()), "predict", str(given), "--out", str(out), "--scores"],
            capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=SECONDS, check=False,
            cwd=folder, env={**clean, "PYTHONIOENCODING": "utf-8", "HF_HUB_OFFLINE": "1"},
        )  # fmt: skip
        if ended.returncode:
            raise ParityError(
                f"a script must run by itself; it ended with: {ended.stderr.strip()[-LAST_WORDS:]}; install what it "
                "names, or report this as a fault of naeum"
            )
        return read_answers(out)


def write_rows(rows: pa.Table, file: Path) -> None:
    """Rows as JSON lines, with every sign of theirs."""
    with file.open("w", encoding="utf-8") as stream:
        for row in rows.to_pylist():
            stream.write(json.dumps(row, default=str) + "\n")


def read_answers(file: Path) -> tuple[np.ndarray, list[str]]:
    """(units, columns) scores, and the answers as they are written."""
    import csv

    with file.open(encoding="utf-8", newline="") as stream:
        lines = list(csv.reader(stream))
    names = lines[0]
    columns = [at for at, name in enumerate(names) if name.startswith("score ")]
    answers = [line[names.index("prediction")] for line in lines[1:]]
    scores = [[json.loads(line[at]) for at in columns] for line in lines[1:]]
    units = [np.array(row, np.float64).reshape(len(columns), -1).T for row in scores]  # of tags a list a column
    return np.concatenate([np.empty((0, len(columns))), *units]), answers
