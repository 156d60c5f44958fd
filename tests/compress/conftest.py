"""One tiny model of every part that is exported, fitted once, and one folder of all of them."""

import json
import subprocess
import sys

import pytest

from naeum.compress.export import folder
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.text.finetuned import FineTuned
from naeum.model.text.linear import TfidfLogistic
from naeum.model.text.probe import Probe
from naeum.testing.encoders import tiny_encoder
from naeum.testing.runs import TinyRun
from naeum.testing.worlds import korean
from naeum.train.recipe import Optimization

BRISK = Optimization(epochs=2.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)


BLOCKED = """
import sys
class Block:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in set(sys.argv[1].split()):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Block())
sys.path.insert(0, sys.argv[2])
import predict
sys.exit(predict.main(sys.argv[3:]))
"""
NEVER = "naeum torch transformers pyarrow scipy pandas sklearn onnx"  # packages that no exported folder may import


@pytest.fixture(scope="session")
def alone():
    """What `predict.py` of a folder answers in a process of its own, from which NEVER, and more, cannot be imported."""

    def ask(place, *asked, without=""):
        command = [sys.executable, "-I", "-c", BLOCKED, f"{NEVER} {without}", str(place), *asked]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return [json.loads(line) for line in done.stdout.splitlines()]

    return ask


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    return tiny_encoder(tmp_path_factory.mktemp("encoder"))


@pytest.fixture(scope="session")
def parts():
    return korean.parts(24)


@pytest.fixture(scope="session")
def run(tmp_path_factory):
    return TinyRun(tmp_path_factory.mktemp("run"))


@pytest.fixture(scope="session")
def tuned(base, parts, run):
    return run.fit(FineTuned(base=base, optimization=BRISK, max_length=32), parts)


@pytest.fixture(scope="session")
def probe(base, parts, run):
    return run.fit(Probe(base=base, max_length=32, c=0.01, layers=2), parts)


@pytest.fixture(scope="session")
def mixed(base, parts, run):
    """A calibrated blend of a fine-tuned encoder, a probe and n-grams."""
    members = (
        FineTuned(base=base, optimization=BRISK, max_length=32),
        Probe(base=base, max_length=32, c=0.01, layers=2),
        TfidfLogistic(words=(1, 2), chars=(2, 3)),
    )
    return run.fit(Calibrated(Blend(members, how="mean"), temperature=1.7), parts)


@pytest.fixture(scope="session")
def exported(mixed, parts, tmp_path_factory):
    """(folder, what its model.json says) of `mixed`; not to be changed."""
    place = tmp_path_factory.mktemp("exports") / "mixed"
    return place, folder.export(mixed, place, parts.tune.rows, about={"run": {"rung": 3}})


@pytest.fixture(scope="session")
def plain(tuned, parts, tmp_path_factory):
    """(folder, what its model.json says) of the fine-tuned encoder alone, in float32; not to be changed."""
    place = tmp_path_factory.mktemp("exports") / "plain"
    return place, folder.export(tuned, place, parts.tune.rows)
