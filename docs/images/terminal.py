"""How does a climb look in a terminal? The end of the demo's run, as terminal.svg and terminal.ko.svg.

From the root of a checkout, after `make demo`: make pictures
"""

from __future__ import annotations

import html
import io
import re
from pathlib import Path
from typing import Any

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.cells import cell_len
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

import naeum
from naeum import tongue
from naeum.cli.screen import Screen

HERE, RUN = Path(__file__).absolute().parent, "runs/demo/clinc150"
COLUMNS = 118  # of the terminal: whole intervals stand in the table
# A picture in a README loads nothing: the reader's own font with signs of one width.
ALONE = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
WRITTEN = re.compile(r'textLength="([\d.]+)"([^>]*)>([^<]*)</text>')


def main() -> None:
    """Draw the run in both languages."""
    ladder = naeum.open_run(RUN)
    for language, name in (("en", "terminal.svg"), ("ko", "terminal.ko.svg")):
        with tongue.speaking(language):
            (HERE / name).write_text(drawn(ladder) + "\n", encoding="utf-8")


def drawn(ladder: Any) -> str:
    """What the terminal shows when the climb is over, as SVG."""
    console = Console(record=True, file=io.StringIO(), width=COLUMNS, force_terminal=True, highlight=False)
    command = ladder.environment["command"].partition("naeum improve ")[2].partition(" --offline")[0]
    command = command.replace(" --valid", " \\\n    --valid")
    console.print(f"[bold]$[/bold] naeum improve {command}\n", soft_wrap=True)
    screen = Screen(None, console)
    screen.rungs = list(ladder.rungs)
    screen.done(ladder, ladder.folder / "report.html")
    made = console.export_svg(title="naeum", theme=DIMMED_MONOKAI, code_format=ALONE, unique_id="naeum")
    return WRITTEN.sub(_wide, made)


def _wide(found: re.Match[str]) -> str:
    """Hangul takes two columns; rich reserves one."""
    text = html.unescape(found[3])
    length = float(found[1]) * cell_len(text) / max(len(text), 1)
    return f'textLength="{length:.1f}"{found[2]}>{found[3]}</text>'


if __name__ == "__main__":
    main()
