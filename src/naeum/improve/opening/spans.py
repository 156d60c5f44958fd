"""What is tried first on questions that passages answer?

Hand-made hints in a linear model, then one fine-tune of the base model whose schedule ends at its share of the time.
"""

from __future__ import annotations

from naeum.contract import Edit, Rung
from naeum.improve.opening.step import Skip, Step
from naeum.improve.opening.timing import cheap, scheduled
from naeum.improve.site import Site
from naeum.model.spans.finetuned import SpanReader
from naeum.model.spans.ranker import SpanRanker

TRAINED_SHARE = 0.5  # of the time: there is little else to try, and a reader wants many rows
MOST_EPOCHS = 6.0  # of the fine-tune


def ranker(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """Which words of the question stand how near, and what kind of thing it asks for."""
    reason = "A linear model of where the words of the question stand and of what it asks for: quick, reads no encoder."
    return cheap(site, SpanRanker(), "ranker", reason)


def reader(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The base model trained to read questions and passages."""
    if not site.bases:
        return Skip(f"No base model for {' and '.join(site.languages)} is at hand without a network.")
    reason = "The base model itself learns to read a question beside its passage and to say where the answer stands."
    return scheduled(site, SpanReader(base=site.bases[0]), (TRAINED_SHARE, MOST_EPOCHS), "reader", reason)


STEPS: tuple[tuple[str, Step], ...] = (("ranker", ranker), ("reader", reader))
