"""What is tried first on words that get tags?

A conditional random field on what words look like, then one fine-tune of the base model whose schedule ends at its
share of the time (a recurrent network where no base model reads the language).
"""

from __future__ import annotations

from naeum.contract import Edit, Rung
from naeum.improve.opening.step import Skip, Step
from naeum.improve.opening.timing import cheap, scheduled
from naeum.improve.site import Site
from naeum.model.tags.crf import Crf
from naeum.model.tags.finetuned import TunedTagger
from naeum.model.tags.probe import WordProbe
from naeum.model.tags.sequence import SequenceTagger

TRAINED_SHARE = 0.36  # of the time, as for texts
MOST_EPOCHS = 8.0  # of the fine-tune
NETWORK_EPOCHS = 15.0  # of a network from scratch at most


def crf(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """What words look like, and which tag follows which."""
    reason = "A conditional random field on words, their beginnings, endings and neighbours: quick, and sees case."
    return cheap(site, Crf(), "crf", reason)


def probe(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """One feature pass, and a head on each word."""
    if not site.bases:
        return Skip(f"No base model for {' and '.join(site.languages)} is at hand without a network.")
    reason = f"One pass through {site.bases[0]}, then a linear head on every word: unlike the field, so worth a blend."
    return cheap(site, WordProbe(base=site.bases[0]), "word_probe", reason)


def tagger(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """The base model trained to tag."""
    if not site.bases:
        return Skip(f"No base model for {' and '.join(site.languages)} is at hand without a network.")
    reason = "The base model itself learns from these sentences, with case and signs of words told beside."
    return scheduled(site, TunedTagger(base=site.bases[0]), (TRAINED_SHARE, MOST_EPOCHS), "tagger", reason)


def network(site: Site, rungs: tuple[Rung, ...]) -> Edit | Skip:
    """A recurrent network trained on the spot."""
    if site.bases:
        return Skip(f"{site.bases[0]} reads this language; networks from scratch are for languages without one.")
    reason = "A recurrent network trained on these sentences: no base model reads this language."
    return scheduled(site, SequenceTagger(), (TRAINED_SHARE, NETWORK_EPOCHS), "sequence_tagger", reason)


STEPS: tuple[tuple[str, Step], ...] = (
    ("crf", crf),
    ("word_probe", probe),
    ("tagger", tagger),
    ("sequence_tagger", network),
)
