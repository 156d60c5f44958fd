"""What is tried first on questions that passages answer?

Hand-made hints in a linear model, then one fine-tune of the base model whose schedule ends at its share of the time.
"""

from __future__ import annotations

from naeum.contract import Edit, Rung
from naeum.improve.opening.step import Skip, Step
from naeum.improve.opening.timing import cheap
from naeum.improve.site import Site
from naeum.model.spans.ranker import SpanRanker


def ranker(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Which words of the question stand how near, and what kind of thing it asks for."""
    reason = "A linear model of where the words of the question stand and of what it asks for: quick, reads no encoder."
    return cheap(site, SpanRanker(), "ranker", reason)


STEPS: tuple[tuple[str, Step], ...] = (("ranker", ranker),)
