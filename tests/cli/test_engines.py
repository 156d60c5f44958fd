"""Is what engines did with a model told by threads and batches, the quickest first?"""

from types import SimpleNamespace

import pyarrow as pa

from naeum.cli import engines
from naeum.compress.export import quickest as room
from naeum.engine.trial import Chosen, Tried
from naeum.engine.ways import EXACT, HALF, OPENVINO, TORCH, Way

FOUND = Chosen(
    Way(OPENVINO, EXACT, 2, 2, 512),
    (
        Tried(Way(TORCH, threads=2), 100.0, 0.0, 0.0),
        Tried(Way(OPENVINO, HALF, 2), 900.0, 0.1, 0.5, "50.0 % of the answers are other ones"),
        Tried(Way(OPENVINO, EXACT, 2, 2, 512), 300.0, 0.0, 0.0),
        Tried(Way(OPENVINO, EXACT, 1, 1, 2048), 200.0, 0.0, 0.0),
    ),
)
TABLE = """\
engine       exactness  threads  at a time  tokens  rows a second
openvino     float32          2          2     512            300
openvino     float32          1          1   2,048            200
torch        float32          2          1       -            100
openvino     bfloat16         2          1   1,024            900  refused: 50.0 % of the answers are other ones
"""


def test_the_quickest_stands_first_and_what_is_refused_last():
    assert engines.told(FOUND) == TABLE + FOUND.said
    assert engines.document(FOUND)["tried"][0]["way"]["engine"] == TORCH


def test_choices_are_kept_where_predict_looks_for_them(korean, monkeypatch):
    rows, plain = pa.table({"text": ["글"]}), object()
    korean.model = lambda rung: SimpleNamespace(predictor=plain)
    job = engines.job_of(korean, rows, None, 2)
    assert job.home == korean.folder / "cache" / "engine" and job.key == korean.shipped and job.threads == 2
    monkeypatch.setattr(room, "known", lambda model, job, wish: (model, wish))
    assert engines.tried(korean, job, None, now=False) == (plain, room.Wish())
    monkeypatch.setattr(room, "made", lambda model, job: ("export of", model))
    monkeypatch.setattr(room, "tried", lambda model, job, wish, plain, anew: (model, plain, anew))
    assert engines.tried(korean, job, None, now=True) == (("export of", plain), plain, True)
