"""Does the gate let an equal export through, and name the node where another one parts?"""

from dataclasses import replace

import numpy as np
import onnx
import pytest
from onnx import numpy_helper

from naeum.compress.export import parity
from naeum.compress.export import parts as pieces
from naeum.compress.export.folder import CARD, describe
from naeum.compress.export.modules import Unrounded
from naeum.compress.reading import reader
from naeum.contract import Outputs, Task
from naeum.errors import ParityError
from naeum.model.around.conformal import WithEnds
from naeum.model.floor import Majority
from naeum.model.text.linear import TfidfLogistic
from naeum.testing.worlds import numbers


def written(predictor, place):
    """The folder of a predictor, before any gate."""
    tree = pieces.write(predictor, place)
    describe(place, {"task": predictor.task.to_json(), "model": tree.root, "made_with": {}, **tree.around})
    return tree


def disturbed(path, name, by):
    """Add more and more to the numbers of a bias whose name ends so."""
    model = onnx.load(str(path))
    found = next(one for one in model.graph.initializer if one.name.endswith(name))
    array = numpy_helper.to_array(found)
    changed = array + np.linspace(0, by, len(array), dtype=np.float32)
    found.CopyFrom(numpy_helper.from_array(changed, found.name))
    onnx.save(model, str(path))


def test_an_equal_export_passes_with_its_numbers(exported):
    found = exported[1]["parity"]
    assert found["rows"] == 8 and found["flips"] == 0
    assert 0 <= found["largest"] <= found["tolerance"] == parity.TOLERANCE


def test_the_first_node_that_parts_is_named(tuned, parts, tmp_path):
    tree = written(tuned, tmp_path)
    disturbed(tmp_path / "part0.onnx", "encoder.layer.1.attention.output.dense.bias", 0.5)
    match = r"scores part by .*, first at linear_\d+ \(Add in encoder\.encoder\.layer\.1\.attention\.output\.dense\) of"
    with pytest.raises(ParityError, match=match):
        parity.gate(reader.Model(tmp_path, 1), tuned, parts.tune.rows, tree.parts)


def test_ngrams_that_part_are_named(parts, run, tmp_path):
    fitted = TfidfLogistic().fit(parts, run)
    tree = written(fitted, tmp_path)
    with np.load(tmp_path / "part0.npz") as stored:
        arrays = dict(stored)
    np.savez(tmp_path / "part0.npz", **{**arrays, "idf": arrays["idf"] * np.linspace(1, 2, len(arrays["idf"]))})
    with pytest.raises(ParityError, match=r"first at the n-grams of part0\.npz; answer with torch"):
        parity.gate(reader.Model(tmp_path, 1), fitted, parts.tune.rows, tree.parts)


def test_an_interval_that_is_lost_is_told(run, tmp_path):
    given = numbers.parts(24)
    fitted = WithEnds(Majority().fit(given, run), 1.5)
    written(fitted.inner, tmp_path)
    with pytest.raises(ParityError, match="must keep the interval of a number"):
        parity.gate(reader.Model(tmp_path, 1), fitted, given.tune.rows, ())
    assert (tmp_path / CARD).is_file()


def test_probes_inside_are_asked_in_float32(mixed, probe, tuned, parts):
    assert parity.in_float32(tuned) is tuned
    found = parity.in_float32(mixed)
    assert isinstance(found.inner.members[1], Unrounded)
    assert found.inner.members[2] is mixed.inner.members[2]
    own = probe.predict(parts.tune.rows).scores
    np.testing.assert_allclose(parity.in_float32(probe).predict(parts.tune.rows).scores, own, atol=0.05)


def test_differences_are_over_the_size_of_large_scores():
    own, other = np.array([[0.5, -200.0]], np.float32), np.array([[0.6, -201.0]], np.float32)
    np.testing.assert_allclose(parity.difference(own, other), [[0.1, 0.005]], rtol=1e-5)


def test_flips_count_rows_with_another_answer():
    task = Task(classes=("좋음", "나쁨"))
    own, other = (Outputs(task, np.array(scores, np.float32)) for scores in ([[1, 0], [0, 1]], [[1, 0], [1, 0]]))
    assert parity.flips(own, other) == 1
    number = Outputs(Task(output="number"), np.ones((2, 1), np.float32), "identity")
    assert parity.flips(number, replace(number, scores=number.scores + 1)) == 0
