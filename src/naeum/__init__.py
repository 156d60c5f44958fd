"""naeum (나음): labelled data in; a better, explained, tested model out, one measured step at a time."""

from __future__ import annotations

__version__ = "0.1.0"
