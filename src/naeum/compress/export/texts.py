"""How do the parts of texts and of tagged words lie in an exported folder: n-grams, encoders, means of vectors?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from naeum.compress.export import tagging
from naeum.compress.export.filing import Filing, Node
from naeum.compress.export.modules import Scoring, scoring, two_sided
from naeum.engine import tokens
from naeum.model.tags.chained import Links, parted
from naeum.model.tags.crf import FittedCrf
from naeum.model.tags.finetuned import EncoderTagger
from naeum.model.tags.probe import FittedWordProbe
from naeum.model.text.finetuned import FineTunedEncoder
from naeum.model.text.linear import FittedLinear
from naeum.model.text.ordinal import FittedOrdinal
from naeum.model.text.pair_linear import FittedPairs
from naeum.model.text.probe import FittedProbe
from naeum.model.text.word_vectors import Averages

EXAMPLE = ("a b c d e f", "a b c", "a")  # rows of unlike length, which the exporter traces a graph with


def ngrams(fitted: FittedLinear, filing: Filing) -> Node:
    """The arrays as they are; numpy reads them."""
    arrays = {**fitted.vocabulary.arrays(), "weights": fitted.weights, "biases": fitted.biases}
    return filing.arrays(fitted, {"kind": "ngrams", **_pieces(fitted), "second": _second(fitted)}, arrays)


def ranks(fitted: FittedOrdinal, filing: Filing) -> Node:
    """One weight for each n-gram, and the cut points between classes in an order."""
    node = {"kind": "ranks", **_pieces(fitted), "classes": len(fitted.task.classes)}
    own = {name: np.asarray(getattr(fitted, name)) for name in ("slopes", "cuts", "there")}
    return filing.arrays(fitted, node, {**fitted.vocabulary.arrays(), **own})


def pairs(fitted: FittedPairs, filing: Filing) -> Node:
    """Weights of what two texts share, of what only one holds, and of how alike they are."""
    node = {"kind": "pairs", **_pieces(fitted), "second": _second(fitted), "ordered": fitted.ordered}
    own = {name: getattr(fitted, name) for name in ("known", "scaling", "weights", "biases")}
    return filing.arrays(fitted, node, {**fitted.vocabulary.arrays(), **own})


def averages(fitted: Averages, filing: Filing) -> Node:
    """Vectors of pieces of words, and a linear head on their mean."""
    node = {"kind": "averages", "weighting": fitted.learner.weighting, "max_length": fitted.learner.max_length}
    own = {name: getattr(fitted, name) for name in ("known", "vectors", "rarity")}
    return filing.arrays(fitted, node, {**own, "weights": fitted.head.weights, "bias": fitted.head.bias})


def encoder(fitted: FineTunedEncoder | FittedProbe, filing: Filing) -> Node:
    """An encoder with its head: of one text, of two with a separator, of two apart."""
    made = scoring(fitted)
    node = {"kind": "sides"} if made.apart else {"kind": "graph", "pair": made.pair}
    return filing.encoder(fitted, node, made, example(made))


def tagged(fitted: EncoderTagger | FittedWordProbe, filing: Filing) -> Node:
    """An encoder that answers every word."""
    made = tagging.tagging(fitted)
    return filing.encoder(fitted, {"kind": "words", "joint": made.joint}, made, tagging.example(made))


def patterns(fitted: FittedCrf, filing: Filing) -> Node:
    """Weights of what is seen of words, and transitions."""
    chain = {"step": fitted.chain.step, "first": fitted.chain.first}
    node = {"kind": "patterns", "pieces": fitted.pieces}
    return filing.arrays(fitted, node, {"known": fitted.known, "weights": fitted.weights, **chain})


def chained(links: Links, filing: Filing) -> Node:
    """The transitions beside what they chain."""
    inner, (scale, chain) = filing.inner(links.inner, filing), parted(links.numbers)
    node = {"kind": "chained", "members": [inner]}
    return filing.arrays(links, node, {"scale": scale, "step": chain.step, "first": chain.first})


def example(made: Scoring, texts: Sequence[str] = EXAMPLE) -> dict[str, Any]:
    """A batch as the module is given it, by name of the input, each (rows, tokens), of two texts (rows, 2, tokens)."""
    rows = np.arange(len(texts))
    if made.apart:
        both = [tokens.tokenize(made.base, side, made.max_length) for side in (texts, [*texts[::-1]])]
        return dict(zip(("input_ids", "attention_mask"), two_sided(both, rows), strict=True))
    if made.pair:
        found = tokens.tokenize_pairs(made.base, texts, texts, made.max_length)
    else:
        found = tokens.tokenize(made.base, texts, made.max_length)
    ids, mask = tokens.pad(found, rows)
    batch = {"input_ids": ids, "attention_mask": mask}
    if found.types is not None and found.types.any():
        types, _ = tokens.pad(tokens.Tokens(found.types, found.offsets, 0), rows)
        batch["token_type_ids"] = types
    return batch


def _pieces(fitted: Any) -> Node:
    """How n-grams are looked for."""
    pieces = fitted.vocabulary.pieces
    return {
        "words": list(pieces.words), "chars": list(pieces.chars), "lowercase": pieces.lowercase,
        "sublinear": pieces.sublinear,
    }  # fmt: skip


def _second(fitted: Any) -> bool:
    """Whether of two classes only the margin of the second is kept."""
    return bool(fitted.task.output == "label" and fitted.weights.shape[1] < len(fitted.task.classes))
