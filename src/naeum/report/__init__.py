"""How does a ladder become one HTML file with figures?"""

from __future__ import annotations

from naeum import verb
from naeum.report.figures import FIGURES
from naeum.report.page import page, write
from naeum.report.sections import SECTIONS
from naeum.report.view import View

verb(__name__)  # naeum.report(ladder) writes one

__all__ = ["FIGURES", "SECTIONS", "View", "page", "write"]
