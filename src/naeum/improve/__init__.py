"""How does a model get better? Executor, gate, opening book, techniques, planner, climb, closing."""

from __future__ import annotations

from naeum import verb

verb(__name__)
