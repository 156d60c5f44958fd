"""What would help a tagger: made sentences, a chain of tags, patterns of pieces of words, case told beside?

Dai & Adel 2020 (mentions exchanged), Lample et al. 2016 (a chain on a network), Lafferty et al. 2001 (patterns).
"""

from __future__ import annotations

from collections.abc import Iterator

from naeum import values
from naeum.contract import Evidence, OutputKind, Rung
from naeum.improve.techniques.editing import Change, found, inside, of_kind, settings, technique, whose
from naeum.model.tags.chained import Chained
from naeum.model.tags.swapped import Swapped

TAGS: frozenset[OutputKind] = frozenset({"tags"})
TAGGERS = ("crf", "word_probe", "tuned_tagger")
SHARES = (1.0, 2.0)  # made sentences a real one
DROPS = (0.1, 0.2)  # of words outside, where it was less


def _mention_swap(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    why = f"{evidence.rows} sentences show few names, and others could stand in their place"
    made = tuple(at for at, node in inside(rung.learner) if node.kind == "swapped")
    for at, node in of_kind(rung.learner, "swapped"):
        for drop in [one for one in DROPS if one > node.drop][:1]:
            what = f"{drop:.0%} of the words outside left out of made sentences for {whose(rung.learner, at)}"
            yield Change(values.put(rung.learner, f"{at}.drop".lstrip("."), drop), what, why)
    for at, node in of_kind(rung.learner, *TAGGERS):
        if not any(at.startswith(f"{outer}.".lstrip(".")) for outer in made):
            for share in SHARES:
                what = f"{share:g} sentences with other names made from each real one for {whose(rung.learner, at)}"
                yield Change(values.put(rung.learner, at, Swapped(node, share=share)), what, why)


def _chain(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    """A field is a chain already; a blend is chained as a whole."""
    around = tuple(at for at, node in inside(rung.learner) if node.kind == "chained")
    for at, node in of_kind(rung.learner, "word_probe", "tuned_tagger", "blend"):
        if evidence.task.output in TAGS and not any(at.startswith(f"{outer}.".lstrip(".")) for outer in around):
            what = f"transitions between tags on top of {whose(rung.learner, at)}"
            why = f"{len(evidence.task.classes)} tags do not follow each other in every order"
            yield Change(values.put(rung.learner, at, Chained(node)), what, why)


def _word_pieces(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    looser = "M01" in found(evidence) or "M02" not in found(evidence)
    for path, now in settings(rung.learner, "pieces_of_words"):
        if now != looser:
            what = f"{'all' if looser else 'no'} runs of three characters of a word in {whose(rung.learner, path)}"
            why = f"with {evidence.rows} sentences many words are met for the first time"
            yield Change(values.put(rung.learner, path, looser), what, why)


def _case(rung: Rung, evidence: Evidence) -> Iterator[Change]:
    for path, now in settings(rung.learner, "cased"):
        what = f"case and signs of words {'no longer ' if now else ''}told beside in {whose(rung.learner, path)}"
        yield Change(
            values.put(rung.learner, path, not now), what, f"names are told by it in {evidence.rows} sentences"
        )


MENTION_SWAP = technique("mention_swap", "sentences with other names", ("M02", "M04"), _mention_swap, TAGS)
CHAIN = technique("chain", "transitions between tags", ("M01", "M02"), _chain, TAGS)
WORD_PIECES = technique("word_pieces", "pieces of words as patterns", ("M01", "M02"), _word_pieces, TAGS)
CASE = technique("case", "case told beside", ("M01",), _case, TAGS)
