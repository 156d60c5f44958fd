"""Is an ONNX file refused that reads from elsewhere or needs foreign code?"""

import numpy as np
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from naeum.compress.export import safety
from naeum.errors import InputError


def saved(path, nodes, initializers=(), functions=()):
    value = [helper.make_tensor_value_info(name, TensorProto.FLOAT, [2]) for name in ("x", "y")]
    graph = helper.make_graph(list(nodes), "g", value[:1], value[1:], initializer=list(initializers))
    onnx.save(helper.make_model(graph, functions=list(functions)), str(path))
    return path


def outside(location):
    tensor = numpy_helper.from_array(np.ones(2, np.float32), "w")
    tensor.ClearField("raw_data")
    tensor.data_location = TensorProto.EXTERNAL
    entry = tensor.external_data.add()
    entry.key, entry.value = "location", location
    return tensor


ADD = helper.make_node("Add", ["x", "w"], ["y"])


def test_a_plain_file_is_fine(tmp_path):
    safety.check(saved(tmp_path / "a.onnx", [ADD], [numpy_helper.from_array(np.ones(2, np.float32), "w")]))


def test_data_inside_the_folder_are_fine(tmp_path):
    safety.check(saved(tmp_path / "a.onnx", [ADD], [outside("a.onnx.data")]))


@pytest.mark.parametrize("location", ["../secret", "/etc/passwd", "b/../../secret"])
def test_data_outside_the_folder_are_refused(tmp_path, location):
    with pytest.raises(InputError, match=r"must lie in its folder; .* reads '.*' for w; export it as one file"):
        safety.check(saved(tmp_path / "a.onnx", [ADD], [outside(location)]))


def test_a_link_out_of_the_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").write_bytes(b"x")
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "data").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="must lie in its folder"):
        safety.check(saved(tmp_path / "model" / "a.onnx", [ADD], [outside("data")]))


def test_data_of_a_constant_are_looked_at_too(tmp_path):
    node = helper.make_node("Constant", [], ["w"], value=outside("../secret"))
    with pytest.raises(InputError, match="must lie in its folder"):
        safety.check(saved(tmp_path / "a.onnx", [node, ADD]))


def test_custom_operators_are_refused_wherever_they_stand(tmp_path):
    custom = helper.make_node("Steal", ["x"], ["y"], domain="org.stranger")
    with pytest.raises(InputError, match=r"standard operators; .* has org\.stranger\.Steal, which needs foreign code"):
        safety.check(saved(tmp_path / "a.onnx", [custom]))
    inner = helper.make_graph([custom], "inner", [], [helper.make_tensor_value_info("y", TensorProto.FLOAT, [2])])
    branch = helper.make_node("If", ["x"], ["y"], then_branch=inner, else_branch=inner)
    with pytest.raises(InputError, match=r"org\.stranger\.Steal"):
        safety.check(saved(tmp_path / "b.onnx", [branch]))


def test_a_function_of_the_file_itself_is_no_custom_operator(tmp_path):
    body = [helper.make_node("Add", ["a", "a"], ["b"])]
    own = helper.make_function("own", "Twice", ["a"], ["b"], body, [helper.make_opsetid("", 18)])
    safety.check(saved(tmp_path / "a.onnx", [helper.make_node("Twice", ["x"], ["y"], domain="own")], (), [own]))


def test_what_is_no_onnx_is_refused(tmp_path):
    (tmp_path / "a.onnx").write_bytes("한글".encode())
    with pytest.raises(InputError, match="must be an ONNX file; it cannot be read as one"):
        safety.check(tmp_path / "a.onnx")
