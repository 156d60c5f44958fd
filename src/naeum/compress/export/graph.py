"""How does a torch module become an ONNX graph, and which part of it cannot?"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from naeum.errors import InputError
from naeum.extras import need

MOST_BYTES = 2_000_000_000  # of one ONNX file: Protocol Buffers end at 2 GiB
SCORES = "scores"  # the name of the output
SIDED, IMAGES = 3, 4  # axes of two texts a row as whole numbers, and of images
LENGTH = 128  # characters of the exporter's reason that are shown

Arrays = Mapping[str, npt.NDArray[Any]]


@dataclass(frozen=True, eq=False)
class Traced:
    """What was exported: the program whose nodes the graph's values are named after."""

    path: Path
    program: Any  # torch.export.ExportedProgram
    opset: int


def write(module: Any, inputs: Arrays, path: Path, told: str) -> Traced:
    """Write a module as one ONNX file whose rows, tokens and words may be as many as one likes.

    Args:
        module: in evaluation mode; takes the inputs by name and gives one tensor (rows, columns).
        inputs: name -> an example; whole numbers such as (rows, tokens), at least two of each, are free in all sizes,
            of (rows, 2, tokens) not in the middle one; other numbers such as (rows, width) in all but the last, images
            (rows, channels, side, side) in the first.
        path: of the file.
        told: what the module is called in a refusal.

    Raises:
        InputError: a part of it cannot be traced, or it is too large for one file.
        MissingExtra: torch, onnx or onnxscript is not installed.
    """
    torch, _, _ = (need(name, "an export to ONNX") for name in ("torch", "onnx", "onnxscript"))
    size = sum(value.numel() * value.element_size() for value in module.state_dict().values())
    if size > MOST_BYTES:
        raise InputError(
            f"a model must have at most {MOST_BYTES / 1e9:g} GB of weights to be one ONNX file; {told} has "
            f"{size / 1e9:.1f} GB; distil it, or choose a smaller base"
        )
    given = {name: torch.as_tensor(np.array(array)) for name, array in inputs.items()}
    shapes = _free(given)
    with _quietly():
        try:
            traced = torch.export.export(module, (), given, dynamic_shapes=shapes, strict=False)
            made = torch.onnx.export(
                traced, dynamo=True, external_data=False, verbose=False, input_names=[*given], output_names=[SCORES]
            )
        except Exception as error:  # the exporter raises its own, and whatever a module raises
            raise _untraceable(module, given, told, error) from error
        made.save(str(path), external_data=False)
    return Traced(path, made.exported_program, int(made.model.opset_imports[""]))


def recorded(traced: Traced, inputs: Arrays) -> dict[str, npt.NDArray[Any]]:
    """Name of a value -> what torch computes for it, in the order in which it does."""
    torch = need("torch", "an export to ONNX")
    seen: dict[str, npt.NDArray[Any]] = {}

    class Recorder(torch.fx.Interpreter):  # type: ignore[name-defined, misc]
        def run_node(self, node: Any) -> Any:
            value = super().run_node(node)
            if isinstance(value, torch.Tensor) and node.op == "call_function":
                seen[node.name] = value.detach().numpy()
            return value

    with torch.no_grad():
        Recorder(traced.program.module()).run(*(torch.as_tensor(np.array(array)) for array in inputs.values()))
    return seen


def computed(path: Path, inputs: Arrays, names: list[str]) -> dict[str, npt.NDArray[Any]]:
    """Name of a value -> what onnxruntime computes for it, for those of `names` that the graph has, in its order."""
    onnx, runtime = need("onnx", "reading an ONNX file"), need("onnxruntime", "an ONNX file")
    model = onnx.load(str(path))
    there = [name for node in model.graph.node for name in node.output]
    asked = [name for name in there if name in set(names)]
    ends = {one.name for one in model.graph.output}
    model.graph.output.extend(onnx.ValueInfoProto(name=name) for name in asked if name not in ends)
    options = runtime.SessionOptions()
    options.graph_optimization_level = runtime.GraphOptimizationLevel.ORT_DISABLE_ALL  # nodes stay what they are
    options.log_severity_level = 3  # errors only
    session = runtime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    return dict(zip(asked, session.run(asked, dict(inputs)), strict=True)) if asked else {}


def scope(path: Path, value: str) -> str:
    """Which module of torch a value of the graph comes from, and by which operator.

    Values that the exporter named nothing for are told by their node alone.
    """
    onnx = need("onnx", "reading an ONNX file")
    model = onnx.load(str(path), load_external_data=False)
    node = next((one for one in model.graph.node if value in one.output), None)
    if node is None:
        return value
    notes = {note.key: note.value for note in node.metadata_props}
    names = notes.get("pkg.torch.onnx.name_scopes", "").strip("[]").replace("'", "").split(", ")
    inside = [name for name in names[:-1] if name]
    return f"{value} ({node.op_type}{f' in {inside[-1]}' if inside else ''})"


def _free(given: Mapping[str, Any]) -> dict[str, Any]:
    """Which sizes of each input may be as they like."""
    torch = need("torch", "an export to ONNX")
    return {name: dict.fromkeys(_sizes(array), torch.export.Dim.DYNAMIC) for name, array in given.items()}


def _sizes(array: Any) -> tuple[int, ...]:
    """The axes of an input that may be as long as one likes."""
    if array.ndim == IMAGES:
        return (0,)
    if array.is_floating_point():
        return tuple(range(max(1, array.ndim - 1)))
    return (0, 2) if array.ndim == SIDED else tuple(range(array.ndim))


@contextmanager
def _quietly() -> Iterator[None]:
    """The exporter talks about its own parts; what matters comes as an exception."""
    log = logging.getLogger("torch.onnx")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        log.setLevel(before)


def _untraceable(module: Any, given: Mapping[str, Any], told: str, error: Exception) -> InputError:
    """The refusal, which names the innermost module that was at work."""
    part = _at_work(module, given) or "its graph"
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    reason = (lines[0] if lines else type(error).__name__)[:LENGTH]
    return InputError(
        f"every part of a model must be one that torch can trace, to be exported; {part} of {told} is not ({reason}); "
        "answer with torch instead: naeum predict RUN FILE --out FILE"
    )


def _at_work(module: Any, given: Mapping[str, Any]) -> str:
    """The path of the module in which tracing stops; '' where tracing itself goes through."""
    torch = need("torch", "an export to ONNX")
    stack: list[str] = []

    def entering(name: str) -> Any:
        return lambda *_: stack.append(name)

    def leaving(*_: Any) -> None:
        stack.pop()

    parts = [(name, part) for name, part in module.named_modules() if name]
    hooks = [part.register_forward_pre_hook(entering(name)) for name, part in parts]
    hooks += [part.register_forward_hook(leaving) for _, part in parts]
    try:
        torch.export.export(module, (), dict(given), dynamic_shapes=_free(given), strict=False)
    except Exception:  # the same that is being told
        return stack[-1] if stack else ""
    finally:
        for hook in hooks:
            hook.remove()
    return ""
