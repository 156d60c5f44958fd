"""How does a ladder become one HTML file with figures?"""

from __future__ import annotations

from naeum.report.figures import FIGURES
from naeum.report.page import page, write
from naeum.report.sections import SECTIONS
from naeum.report.view import View

__all__ = ["FIGURES", "SECTIONS", "View", "page", "write"]
