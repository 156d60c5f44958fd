"""How much of its score does an encoder lose in fewer bits, and does the diagnosis name where?

    python -m benchmarks.quantization [clinc150 sst2 nsmc wnut17] [--models FOLDER] [--rows N]

Each corpus has one fine-tuned MiniLM-L6, stopped on tune. It is exported, then brought to eight bits by onnxruntime's
own dynamic quantization and by naeum, and to fewer bits by naeum. Loss is relative to the export in float32; layers
that stay in float32 are chosen on tune, test is opened for the figures alone.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import quantization_models as models
from benchmarks import record

SECONDS = 2.0  # for the cost of each way
MAX_LOSS = 0.005  # relative, of the metric on tune
ANY_LOSS = 1e9  # where nothing is to be kept
PACKAGES = ("naeum", "onnxruntime", "onnx", "torch", "transformers", "numpy")
NAMED = 5  # layers of a diagnosis that are kept in the result

Change = Callable[[Path, dict[str, Any]], dict[str, Any]]


def ways(given: models.Given) -> dict[str, Change]:
    """By name, what is done to a copy of the exported folder."""
    from naeum.compress.quantize.arithmetic import Arithmetic, weights_alone
    from naeum.compress.quantize.quantized import Quantized

    def ours(**settings: Any) -> Change:
        return Quantized(**settings).change(given.fit, given.tune)

    return {
        "onnxruntime dynamic int8": theirs(per_channel=False),
        "onnxruntime dynamic int8, by channel": theirs(per_channel=True),
        "int8 dynamic, no layer kept": ours(how="dynamic", max_loss=ANY_LOSS, kept=()),
        "int8": ours(max_loss=MAX_LOSS),
        "int8, balanced": ours(max_loss=MAX_LOSS, arithmetic=Arithmetic(balance=0.5)),
        "int4 weights": ours(max_loss=MAX_LOSS, arithmetic=weights_alone("int4")),
    }


def theirs(per_channel: bool) -> Change:
    """onnxruntime's own dynamic quantization of every graph, with its defaults else."""

    def change(place: Path, card: dict[str, Any]) -> dict[str, Any]:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic

        for file in sorted(place.glob("*.onnx")):
            graph = onnx.load(str(file))
            del graph.graph.value_info[:]  # its own inference of shapes refuses those of torch's exporter
            onnx.save(graph, str(file))
            made = file.with_suffix(".made")
            quantize_dynamic(file, made, weight_type=QuantType.QInt8, per_channel=per_channel)
            made.replace(file)
        return card

    return change


def trial(given: models.Given, only: list[str] | None = None) -> dict[str, Any]:
    """Every way beside the export in float32, on tune and on test."""
    from naeum.compress.export import exported, folder

    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as scratch:
        own = Path(scratch) / "float32"
        folder.export(given.predictor, own, given.tune.rows.slice(0, 500))
        before = exported.opened(own)
        answers = {name: before.predict(part.rows) for name, part in _parts(given).items()}
        found["float32"] = _costs(before, own, given)
        for number, (name, change) in enumerate(ways(given).items()):
            if only and name not in only:
                continue
            place = Path(shutil.copytree(own, Path(scratch) / str(number)))
            try:
                card = change(place, json.loads((place / folder.CARD).read_text(encoding="utf-8")))
            except Exception as error:  # a way that cannot be gone is a result
                found[name] = {"failed": f"{type(error).__name__}: {error}"}
                print(f"{given.name:9} {name:38} {found[name]['failed'][:90]}", flush=True)
                continue
            folder.describe(place, card)
            found[name] = _told(exported.opened(place), place, card, answers, given)
            _print(given.name, name, found[name])
            shutil.rmtree(place)
    return {"rows": {name: len(part) for name, part in {"fit": given.fit, **_parts(given)}.items()}, "ways": found}


def _parts(given: models.Given) -> dict[str, Any]:
    return {"tune": given.tune, "test": given.test}


def _told(
    model: Any, place: Path, card: dict[str, Any], answers: dict[str, Any], given: models.Given
) -> dict[str, Any]:
    from naeum.compress.loss.compared import compared, layers_of

    found: dict[str, Any] = _costs(model, place, given)
    for name, part in _parts(given).items():
        layers = layers_of(card) if name == "tune" else ()
        loss = compared(answers[name], model.predict(part.rows), part, fit=given.fit, layers=layers)
        found[name] = {
            "before": loss.before, "after": loss.after, "loss": loss.loss, "flips": loss.flips, "better": loss.better,
            "worse": loss.worse, "p": loss.p, "said": loss.said,
            "calibration": [one.error if one else None for one in (loss.confidence_before, loss.confidence_after)],
        }  # fmt: skip
    told = card.get("eight_bits")
    if told:
        found |= {
            "plain": told["plain"]["loss"],
            "kept": list(told["kept"]),
            "layers": len(told["layers"]),
            "noise": told["noise"][:NAMED],
        }
        found["decibels"] = [[one["layer"], one["decibels"], one["outlier"]] for one in told["layers"][:NAMED]]
    return found


def _costs(model: Any, place: Path, given: models.Given) -> dict[str, Any]:
    from naeum.measure import cost

    spent = cost(model, given.tune.rows, seconds=SECONDS)
    size = sum(file.stat().st_size for file in place.glob("*.onnx")) / 1e6
    return {"size_mb": size, "latency_ms": spent.latency_ms, "rows_per_second": spent.rows_per_second}


def _print(corpus: str, name: str, one: dict[str, Any]) -> None:
    tune, test = one["tune"], one["test"]
    kept = f"{len(one['kept'])} of {one['layers']} kept" if "kept" in one else ""
    print(
        f"{corpus:9} {name:38} tune {100 * tune['loss']:6.2f} %  test {100 * test['loss']:6.2f} %  "
        f"flips {test['flips']:4}  {one['size_mb']:6.1f} MB  {one['latency_ms']:6.2f} ms  {kept}",
        flush=True,
    )


def main() -> None:
    """Measure and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", default=list(models.NAMES), metavar="CORPUS")
    parser.add_argument("--models", type=Path, default=record.ROOT / "runs" / "quantization", help="fitted ones, kept")
    parser.add_argument("--rows", type=int, help="of train that are learned from")
    parser.add_argument("--most", type=int, help="rows of tune, and of test")
    parser.add_argument("--only", action="append", help="a way; may be said again")
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    file = record.RESULTS / "quantization.json"
    found = json.loads(file.read_text(encoding="utf-8"))["corpora"] if file.exists() else {}
    for name in asked.names:  # kept after each: it takes minutes
        given = models.given(name, asked.models, asked.rows, asked.threads).cut(asked.most)
        found[name] = trial(given, asked.only)
        result = {"question": __doc__.splitlines()[0], "max_loss": MAX_LOSS, "corpora": found}
        print(record.save("quantization", result, PACKAGES).name, flush=True)


if __name__ == "__main__":
    main()
