"""Which font draws Hangul in a figure?

Figures are drawn with DejaVu Sans, which matplotlib brings, and glyphs that it lacks with a Korean font: one of the
system, else Nanum Gothic (SIL Open Font Licence) out of the package koreanize-matplotlib, which is never imported.
"""

from __future__ import annotations

import importlib.util
from functools import cache
from pathlib import Path

LATIN = "DejaVu Sans"
KOREAN = (
    "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans CJK KR", "Noto Sans KR", "NanumGothic", "NanumBarunGothic",
)  # fmt: skip
HOLDER, FONT = "koreanize_matplotlib", "NanumGothic.ttf"


def families() -> list[str]:
    """Font families in the order in which glyphs are looked for."""
    found = korean()
    return [LATIN] if found is None else [LATIN, found]


@cache
def korean() -> str | None:
    """The name of a font with Hangul, registered with matplotlib; none where there is none."""
    from matplotlib import font_manager

    there = {font.name for font in font_manager.fontManager.ttflist}
    for name in KOREAN:
        if name in there:
            return name
    path = packaged()
    if path is None:
        return None
    font_manager.fontManager.addfont(path)
    return str(font_manager.FontProperties(fname=path).get_name())


def packaged() -> Path | None:
    """Where the packaged Korean font lies; none where the package is missing."""
    spec = importlib.util.find_spec(HOLDER)
    if spec is None or not spec.submodule_search_locations:
        return None
    found = [Path(folder) / "fonts" / FONT for folder in spec.submodule_search_locations]
    return next((path for path in found if path.is_file()), None)
