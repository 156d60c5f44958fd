"""Which models does the benchmark of engines ask, and where are they kept between runs?

One fine-tuned MiniLM-L6 for SST-2; of it an export in float32 and one in eight bits, a student of two of its layers
that learned from its answers to made rows as well, and a cascade of both whose threshold was chosen on the tune rows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import quantization_models
from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.inside import Inside
from naeum.compress.distil.layers import Layers
from naeum.compress.distil.lesson import More
from naeum.compress.export import folder
from naeum.compress.quantize.quantized import Quantized
from naeum.contract import Parts, Policy, Predictor
from naeum.model.around.cascade import Cascading, Told, chosen
from naeum.testing.runs import TinyRun
from naeum.train.recipe import Optimization

NAME = "sst2"
# Chosen on tune by how often it agrees with its teacher, 94.4 % of the rows (accuracy 0.859; the teacher 0.881). With a
# look at tune that stops it, 93.5 % at twenty made rows each (0.873) and 92.0 % at eight (0.869).
STUDENT = Layers(
    2, inside=Inside(()), patience=0, optimization=Optimization(epochs=3.0, learning_rate=4e-4, batch_size=128)
)
MORE = More(made=20.0)
MAX_LOSS = 0.003  # points of accuracy that a cascade may lose
PEERS = "NAEUM_PEERS_PYTHON"
CALIBRATED = "openvino.xml"


@dataclass(frozen=True, eq=False)
class Models:
    """The fitted model, its rows, and the folders of exports by name."""

    teacher: Predictor
    tune: Any
    test: Any
    places: dict[str, Path]
    told: dict[str, Told]


def models(kept: Path, threads: int) -> Models:
    """All of them, made where they are not kept yet; the network of the teacher is trained in bfloat16."""
    given = quantization_models.given(NAME, kept, threads=threads)
    parts, teacher = Parts(given.fit, given.tune), given.predictor
    run = TinyRun(kept / "run", 0, Policy(dtype="bfloat16", threads=threads, offline=True, reason="a benchmark"))
    learner = quantization_models._learner(NAME)
    run.fitted[run.key(learner, parts)] = teacher
    places = {name: kept / name for name in ("fp32", "int8", "student", "cascade")}
    if not folder.is_export(places["fp32"]):
        folder.export(teacher, places["fp32"], given.tune.rows)
    if not folder.is_export(places["int8"]):
        part = kept / ".int8"
        shutil.rmtree(part, ignore_errors=True)
        change = Quantized().change(given.fit, given.tune)
        folder.export(teacher, part, given.tune.rows, change=change)
        part.rename(places["int8"])
    told: dict[str, Told] = {}
    if not (folder.is_export(places["student"]) and folder.is_export(places["cascade"])):
        student = Distilled(learner, STUDENT, more=MORE).fit(parts, run)
        folder.export(student, places["student"], given.tune.rows)
        folder.export(cascaded(student, teacher, given.tune), places["cascade"], given.tune.rows)
    calibrate(kept, given.fit.rows["text"].to_pylist())
    return Models(teacher, given.tune, given.test, places, told)


def cascaded(quick: Any, careful: Any, tune: Any) -> Cascading:
    """Both with the threshold that tune says."""
    found = chosen(quick.predict(tune.rows), careful.predict(tune.rows), tune, MAX_LOSS)
    print(f"cascade of {quick.kind} and {careful.kind}: {found}", flush=True)
    return Cascading(tune.task, (quick, careful), found)


def calibrate(kept: Path, texts: list[str]) -> None:
    """The eight-bit model that OpenVINO's own tool makes of the same graph, in the peers' environment."""
    python = os.environ.get(PEERS)
    if python is None or (kept / CALIBRATED).exists():
        return
    (kept / "calibration.txt").write_text("\n".join(text.replace("\n", " ") for text in texts[:300]), encoding="utf-8")
    script = Path(__file__).parent / "peers" / "openvino_int8.py"
    place = kept / "fp32"
    given = [place / "part0.onnx", place / "part0.tokenizer.json", kept / "calibration.txt", kept / CALIBRATED]
    done = subprocess.run([python, str(script), *map(str, given)], check=False)
    if done.returncode:
        print("OpenVINO's own tool (nncf) gave no model; it is left out")
