"""naeum export: how does the champion leave naeum?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from naeum.cli.aloud import tell
from naeum.cli.errors import said
from naeum.cli.flags import WITH
from naeum.cli.predict import share
from naeum.errors import InputError

BALANCED = "+balance"  # see `naeum.compress.quantize.quantized.named`


def export(
    run: str = typer.Argument(..., metavar="RUN", help="The folder of a run."),
    folder: str = typer.Argument(
        ..., metavar="PLACE", help="Where to: a new folder, an earlier export; a script or a notebook also as a file."
    ),
    to: str = typer.Option(
        "onnx",
        "--to",
        metavar="FORMAT",
        help="onnx: runs with onnxruntime, tokenizers and numpy. web: with a page. script, notebook: code to train. "
        "hf: a folder for transformers.",
    ),
    int8: bool = typer.Option(False, "--int8", metavar=" ", help="Bring encoders to eight bits: smaller and quicker."),
    calibration: str = typer.Option(
        "percentile", "--calibration", metavar="HOW", help="With --int8: minmax, percentile, entropy, mse or dynamic."
    ),
    balance: bool = typer.Option(
        False, "--balance", metavar=" ", help="With --int8: move what is hard to round from activations into weights."
    ),
    weights: str = typer.Option(
        None,
        "--weights",
        metavar="FORM",
        help="Weights alone in int4, nf4, int8, float16 or bfloat16: smaller, not quicker.",
    ),
    words: str = typer.Option(
        "all",
        "--words",
        metavar="WHICH",
        help="all, or used: base models keep the words of your rows, and all signs.",
    ),
    max_loss: str = typer.Option(
        None,
        "--max-loss",
        metavar="PERCENT",
        help="Most that --int8 and --words may lose of the score on tune. Default: 0.5%.",
    ),
    rung: int = typer.Option(None, "--rung", metavar="N", help="This rung instead of the champion."),
    with_: list[str] = WITH,
    runtime: str = typer.Option(
        None, "--runtime", metavar="FILE", help="With --to web: onnxruntime-web as npm packs it; needed once."
    ),
    fallback: float = typer.Option(
        None, "--fallback", metavar="MS", help="A model of n-grams answers what takes longer a row, or fails."
    ),
    json: bool = typer.Option(False, "--json", metavar=" ", help="Say what was done as a JSON object."),
    verbose: bool = typer.Option(False, "--verbose", metavar=" ", help="Show the whole traceback of an error."),
) -> None:
    """Write the champion so that it answers without naeum, after its answers were compared with the run's."""
    with said(verbose):
        from naeum.cycle import export as exported

        lost = None if max_loss is None else share(max_loss, "--max-loss")
        bits = _bits(calibration if int8 else "", balance, weights)
        how: dict[str, Any] = {"int8": bits, "words": words, "max_loss": lost, "rung": rung}
        how |= {} if fallback is None else {"fallback": fallback}
        if runtime is not None:
            from naeum.compress.export.page import runtime as kept

            kept(Path(runtime))
        card = exported(run, folder, to=to, with_=tuple(with_ or ()), **how)
        if json:
            import json as writer

            print(writer.dumps({"folder": folder, **card}, ensure_ascii=False))
        else:
            tell(told(card, Path(folder)) if to in ("onnx", "web") else taken(card))


def _bits(int8: str, balance: bool, weights: str | None) -> str:
    """How encoders are brought to fewer bits, in one word; '' where they stay."""
    if (weights and int8) or (balance and not int8):
        raise InputError(
            "--weights must stand alone, and --balance with --int8; got another pair; leave one of them out"
        )
    return weights or int8 + (BALANCED if balance else "")


def told(card: dict[str, Any], folder: Path) -> str:
    """What was written, how large it is, and how near its answers are."""
    from naeum.compress.export.folder import example

    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6
    found = card["parity"]
    near = f"On {found['rows']:,} rows its scores are within {found['largest']:.1g} of the run's"
    flips = f"{found['flips']:,} answers differ" if found["flips"] else "no answer differs"
    lines = [f"{folder}: {size:.1f} MB. {near}, and {flips}."]
    less = [card[name]["said"] for name in ("vocabulary", "eight_bits") if name in card]
    if less:
        lines = [f"{folder}: {size:.1f} MB. {near} before it was made smaller.", *less]
    if "fallback" in card:
        lines.append(
            f"What fails or takes longer than {card['fallback']['limit_ms']:g} ms a row is answered by n-grams."
        )
    if "page" in card:
        lines.append(f"In a browser: python -m http.server 8000 -d {folder}, then open http://localhost:8000")
    return "\n".join([*lines, f"Try it: python {folder / 'predict.py'} {example(card['task'])}"])


def taken(card: dict[str, Any]) -> str:
    """What was taken away as code, how near its answers are, and what its training leaves out."""
    found = card["parity"]
    close = f"its scores are within {found['largest']:.1g} of the run's, with the same answers."
    near = f"On {found['rows']:,} rows {close}"
    if card["to"] == "hf":
        return f"{card['folder']}: load it with transformers.{card['auto']}. {near}"
    lines = [f"{card['script']}, with its weights in {card['weights']}. {near}"]
    if card["left_out"]:
        lines.append(f"Its training leaves out: {'; '.join(card['left_out'])}.")
    if card["no_training"]:
        lines.append(f"It predicts, but does not train: {card['no_training']}.")
    if card["to"] == "script":
        lines.append(f"Try it: python {card['script']} predict FILE --out answers.csv")
    return "\n".join(lines)
