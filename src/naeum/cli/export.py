"""naeum export: how does the champion leave naeum?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from naeum.cli.aloud import tell
from naeum.cli.errors import said


def export(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run."),
    folder: str = typer.Argument(..., metavar="FOLDER", help="Where to: a new folder, or an earlier export."),
    to: str = typer.Option("onnx", "--to", metavar="FORMAT", help="onnx: runs with onnxruntime, tokenizers and numpy."),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say what was done as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Write the champion as a folder that answers without naeum, after its answers were compared with the run's."""
    with said(verbose):
        from naeum.cycle import export as exported

        card = exported(run, folder, to=to)
        if json:
            import json as writer

            print(writer.dumps({"folder": folder, **card}, ensure_ascii=False))
        else:
            tell(told(card, Path(folder)))


def told(card: dict[str, Any], folder: Path) -> str:
    """What was written, how large it is, and how near its answers are."""
    size = sum(file.stat().st_size for file in folder.iterdir()) / 1e6
    found = card["parity"]
    flips = f"{found['flips']:,} answers differ" if found["flips"] else "no answer differs"
    return (
        f"{folder}: {size:.1f} MB. On {found['rows']:,} rows its scores are within {found['largest']:.1g} of the "
        f'run\'s, and {flips}.\nTry it: python {folder / "predict.py"} "a text"'
    )
