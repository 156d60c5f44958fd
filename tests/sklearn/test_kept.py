"""Does a model live on without the folder that it was made in, with all that it refers to?"""

from __future__ import annotations

import copy
import gc
from pathlib import Path

import numpy as np

from naeum import registry
from naeum.contract import Task
from naeum.model.around.blend import Pool
from naeum.model.floor import Prior
from naeum.sklearn.kept import Kept
from naeum.store import Store


def test_the_artifact_and_its_members_are_kept_in_memory(tmp_path: Path) -> None:
    import pyarrow as pa

    task, rows = Task(classes=("a", "b")), pa.table({"text": ["좋다"]})
    store = Store(tmp_path / "artifacts", registry.predictors())
    members = tuple(Prior(task, np.log(np.array(share, np.float32))) for share in ([0.2, 0.8], [0.4, 0.6]))
    store.save("whole", Pool(task, members, (0.5, 0.5), (0, 1)))
    kept = Kept(store, "whole")
    wanted = store.load("whole").predict(rows).scores
    for file in tmp_path.rglob("*"):
        if file.is_file():
            file.unlink()
    for one in (kept, copy.deepcopy(kept)):
        assert np.array_equal(one.predictor.predict(rows).scores, wanted)
        assert one.predictor is one.predictor, "it is read once"


def test_its_folder_goes_with_it(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    task = Task(classes=("a", "b"))
    store = Store(tmp_path / "artifacts", registry.predictors())
    store.save("whole", Prior(task, np.log(np.array([0.2, 0.8], np.float32))))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "own"))
    (tmp_path / "own").mkdir()
    kept = Kept(store, "whole")
    assert kept.predictor.task == task and list((tmp_path / "own").iterdir())
    del kept
    gc.collect()
    assert not list((tmp_path / "own").iterdir())
