"""What does a notebook show while a climb runs, and how do figures stand inline?"""

from __future__ import annotations

from naeum.notebook.figures import figure
from naeum.notebook.live import Live, kernel

__all__ = ["Live", "figure", "kernel"]
