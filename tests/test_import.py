"""Is naeum quick to open, and does it leave the heavy packages alone until they are needed?"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

TIMES = 5
IMPORT_SECONDS = 0.3
HELP_SECONDS = 0.4
# One start of the bare interpreter takes about this long on an idle two-core machine; where it takes longer, the
# machine is slow or busy, and all limits stretch by the same factor.
BARE_SECONDS = 0.03
HEAVY = {
    "torch", "transformers", "tokenizers", "peft", "accelerate", "sklearn", "scipy", "pandas", "pyarrow", "duckdb",
    "matplotlib", "seaborn", "optuna", "onnxruntime", "datasets", "lingua", "sentence_transformers",
}  # fmt: skip


def seconds(*arguments: str) -> float:
    """Processor seconds of a fresh interpreter, the median of a few: what waits for other processes is not counted."""
    spent = []
    for _ in range(TIMES):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *arguments], check=True, capture_output=True, timeout=60)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return statistics.median(spent)


def over_bare(*arguments: str) -> float:
    """Seconds over a bare start, in seconds of an idle machine."""
    bare = seconds("-c", "pass")
    return (seconds(*arguments) - bare) / max(1.0, bare / BARE_SECONDS)


def modules_after(statement: str) -> set[str]:
    code = f"{statement}\nimport sys\nprint(*{{name.partition('.')[0] for name in sys.modules}}, file=sys.stderr)"
    ended = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, timeout=60)
    return set(ended.stderr.split())


def test_import_is_quick() -> None:
    assert over_bare("-c", "import naeum") < IMPORT_SECONDS


def test_import_loads_nothing_heavy() -> None:
    assert modules_after("import naeum") & HEAVY == set()


def test_help_is_quick() -> None:
    assert over_bare("-c", "from naeum.cli import main; main()", "--help") < HELP_SECONDS


def test_help_loads_nothing_heavy() -> None:
    ask = "from naeum.cli import main"
    show = "import contextlib, sys; sys.argv = ['naeum', '--help']"
    assert modules_after(f"{show}\n{ask}\nwith contextlib.suppress(SystemExit):\n    main()") & HEAVY == set()


def test_no_module_needs_a_heavy_package_to_be_imported() -> None:
    """The core works without torch, and no room pays for another's tools; Arrow is what data are held in.

    The estimators of naeum.sklearn are classes of scikit-learn, so their files alone need it.
    """
    every = "import importlib, pkgutil, naeum"
    found = "one.name for one in pkgutil.walk_packages(naeum.__path__, 'naeum.') if 'naeum.sklearn.' not in one.name"
    walk = f"[importlib.import_module(name) for name in ({found})]"
    assert modules_after(f"{every}\n{walk}") & HEAVY - {"pyarrow"} == set()
