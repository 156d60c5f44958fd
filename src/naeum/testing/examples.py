"""Which settings of naeum's own learners are quick enough to try every law on, and which laws need not hold?"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from naeum.compress.distil.distilled import Distilled
from naeum.compress.distil.inside import Inside
from naeum.compress.distil.layers import Layers
from naeum.compress.distil.lesson import More
from naeum.compress.export.exported import Exported
from naeum.compress.prune.pruned import Pruned
from naeum.compress.prune.sparsified import Sparsified
from naeum.compress.quantize.aware import QuantizationAware
from naeum.compress.quantize.quantized import Quantized
from naeum.data.clean import DropDuplicates, Normalise
from naeum.model.around.augmented import Augmented
from naeum.model.around.bagged import Bagged
from naeum.model.around.blend import Blend
from naeum.model.around.calibrated import Calibrated
from naeum.model.around.cascade import Cascade
from naeum.model.around.cleaned import Cleaned
from naeum.model.around.columns import Columns, Group
from naeum.model.around.conformal import Conformal
from naeum.model.around.cutpoints import CutPoints
from naeum.model.around.fitted import Fitted
from naeum.model.around.halved import Halved
from naeum.model.around.ordinal import Ordinal
from naeum.model.around.prepared import Prepared
from naeum.model.around.pseudo import Pseudo
from naeum.model.around.searched import Searched
from naeum.model.around.thresholded import Thresholded
from naeum.model.around.weighed import Weighed
from naeum.model.around.withheld import Withheld
from naeum.model.floor import Majority
from naeum.model.image.changes import Changes
from naeum.model.image.described import DescribedImages
from naeum.model.image.linear import ImageLinear
from naeum.model.image.network import Descent, ImageNetwork
from naeum.model.image.pretrained import ImageProbe, TunedImages
from naeum.model.image.residual import Residual
from naeum.model.own.pipeline import SklearnPipeline
from naeum.model.sequence.attention import Attention
from naeum.model.sequence.recurrent import Recurrence
from naeum.model.sequence.vectors import Skipgram
from naeum.model.sequence.words import WordReading
from naeum.model.spans.finetuned import SpanReader
from naeum.model.spans.ranker import SpanRanker
from naeum.model.table.adaboost import AdaBoost
from naeum.model.table.boosting import Boosting
from naeum.model.table.derived import Derived
from naeum.model.table.forest import Forest
from naeum.model.table.light import LightBoosting
from naeum.model.table.linear import TableLinear
from naeum.model.table.network import TableNetwork
from naeum.model.table.perceptron import Perceptron
from naeum.model.tags.chained import Chained
from naeum.model.tags.crf import Crf
from naeum.model.tags.finetuned import Reading, TunedTagger
from naeum.model.tags.probe import WordProbe
from naeum.model.tags.sequence import SequenceTagger
from naeum.model.tags.swapped import Swapped
from naeum.model.text.contrastive import Contrastive
from naeum.model.text.finetuned import BiEncoder, CrossEncoder, FineTuned
from naeum.model.text.linear import NaiveBayesLogistic, TfidfLogistic
from naeum.model.text.networks import CharConvolution, HashedNgrams
from naeum.model.text.ordinal import TfidfOrdinal
from naeum.model.text.pair_linear import PairLinear
from naeum.model.text.probe import PairProbe, Probe
from naeum.model.text.prototypes import Prototypes
from naeum.model.text.ridge import TfidfRidge
from naeum.model.text.sequence import SequenceNetwork
from naeum.model.text.several_heads import SeveralHeads
from naeum.model.text.tuning import Full, Lora
from naeum.model.text.word_vectors import WordVectors
from naeum.testing.bench import BEFORE
from naeum.testing.encoders import SIGHT
from naeum.train.recipe import Optimization

NEEDS_TORCH = frozenset(
    {
        "probe",
        "finetuned",
        "hashed_ngrams",
        "char_convolution",
        "sequence_network",
        "table_network",
        "sequence_tagger",
        "image_network",
        "image_probe",
        "tuned_images",
        "word_probe",
        "tuned_tagger",
        "span_reader",
        "pair_probe",
        "prototypes",
        "contrastive",
        "cross_encoder",
        "bi_encoder",
        "several_heads",
        "onnx",
        "quantized",
        "distilled",
        "pruned",
        "sparsified",
    }
)
NEEDS_SKOPS = frozenset({"sklearn_pipeline"})
NEEDS_OPTUNA = frozenset({"searched"})
NEEDS_LIGHTGBM = frozenset({"light_boosting"})

_SMALL = TfidfLogistic(words=(1, 1), chars=(1, 2))
_OTHER = NaiveBayesLogistic(words=(1, 1), chars=(0, 0), min_df=1)
_BRISK = Optimization(epochs=30.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)
_AGAIN = Optimization(epochs=10.0, learning_rate=2e-3, batch_size=8, layer_decay=1.0)
_TOGETHER = Optimization(epochs=20.0, learning_rate=3e-3, batch_size=24, layer_decay=1.0)
_BOLD = Optimization(epochs=30.0, learning_rate=5e-3, batch_size=4, layer_decay=1.0)
_CALM = Optimization(epochs=30.0, learning_rate=3e-4, batch_size=8, layer_decay=1.0)  # LoRA takes ten times the rate

_BAG = HashedNgrams(optimization=Optimization(epochs=15.0, learning_rate=2e-2), width=32, buckets=2**12)
_SEEN = ImageNetwork(
    network=Residual(width=8, stages=2),
    optimization=Descent(epochs=12.0, learning_rate=0.05, batch_size=8),
    size=16,
)
_STEPS = Optimization(epochs=16.0, learning_rate=1e-2, batch_size=8)
_READ = WordReading(width=16, dropout=0.0)
_GRU = Recurrence("gru", width=16, dropout=0.0)
_LOOKING = Attention(width=16, layers=1, heads=2, dropout=0.0)

_DRAWS = "rows are drawn in an order that depends on how many there are, so other rows mean other draws"
_BEFORE = "what was fitted before does not look at the rows"
_SCALED = "vectors are centred and scaled over all fit rows, whatever these weigh"
_EPOCHS = "training stops at the best moment on tune; without tune it ends where it was told, some steps elsewhere"
_HALVES = "vectors are kept in half precision, whose last bit depends on the batch, and differences of them are read"
_BAGS = "rows are dealt to folds by how many there are, so other rows mean other folds"
_EIGHT = "a last bit in float32 may be another step in eight bits, and float32 sums depend on the company of a row"
_JUDGED = "every row is judged in folds, also one of weight zero, and other rows mean other folds"


_OWN_TEXTS = json.dumps({"class": "sklearn.pipeline.Pipeline", "settings": {"steps": {"list": [
    {"tuple": ["words", {"class": "sklearn.feature_extraction.text.TfidfVectorizer", "settings": {}}]},
    {"tuple": ["last", {"class": "sklearn.linear_model._logistic.LogisticRegression", "settings": {"C": 10.0}}]},
]}}})  # fmt: skip


def examples(base: str = "") -> tuple[Any, ...]:
    """Learners of every kind, quick ones.

    Args:
        base: path of a tiny encoder (see encoders.py), for the learners that read with one; they are left out without.
    """
    without = (*_of_texts(), *_of_tags(), *_of_spans(), *_of_tables(), *_around_others(), *_of_images(), *_students())
    return (*without, *_with_a_base(base)) if base else without


def _of_texts() -> tuple[Any, ...]:
    return (
        Majority(),
        TfidfLogistic(),
        TfidfLogistic(c=0.0, class_weight="balanced"),
        NaiveBayesLogistic(),
        SklearnPipeline(_OWN_TEXTS),
        TfidfRidge(),
        TfidfRidge(loss="huber", c=1.0),
        TfidfOrdinal(),
        PairLinear(),
        _BAG,
        CharConvolution(
            optimization=Optimization(epochs=16.0, learning_rate=5e-3), width=16, filters=16, windows=(1, 2)
        ),
        SequenceNetwork(_GRU, _STEPS, reading=_READ),
        SequenceNetwork(_LOOKING, _STEPS, reading=_READ),
        WordVectors(Skipgram(width=16)),
    )


def _of_tags() -> tuple[Any, ...]:
    return (
        Crf(),
        Chained(Crf()),
        Crf(pieces_of_words=True),
        Swapped(Crf(), share=0.5),
        SequenceTagger(_GRU, _STEPS, reading=_READ),
        SequenceTagger(_LOOKING, _STEPS, reading=_READ),
    )


def _of_spans() -> tuple[Any, ...]:
    return (
        SpanRanker(),
        Blend((SpanRanker(c=0.3), SpanRanker(longest=8))),
        Withheld(SpanRanker()),
    )


def _of_tables() -> tuple[Any, ...]:
    return (
        TableLinear(),
        TableLinear(c=1.0, degree=2, class_weight="balanced"),
        Boosting(rounds=50, leaves=8, least_rows=5),
        LightBoosting(rounds=50, leaves=8, least_rows=5),
        Forest(trees=20),
        Forest(how="extra", trees=20),
        AdaBoost(trees=20),
        TableNetwork(
            Perceptron(64, layers=1, dropout=0.0), Optimization(epochs=60.0, learning_rate=5e-3, batch_size=8)
        ),
        Derived(TableLinear(c=1.0), ("logs", "ranks", "pairs", "means", "counts", "spans")),
        Columns(
            (
                Group(("memo",), Majority()),
                Group(("나이", "요금", "town", "joined"), TableLinear(c=1.0)),
            )
        ),
        Exported(Derived(TableLinear(c=1.0), ("logs", "ranks", "means"))),
    )


def _around_others() -> tuple[Any, ...]:
    return (
        Blend((_SMALL, _OTHER)),
        Blend((_SMALL, _OTHER), how="stacking"),
        Calibrated(_SMALL),
        Cascade(_OTHER, _SMALL),
        Bagged(_SMALL, folds=3),
        Bagged(Crf(), folds=3),
        Bagged(TableLinear(), folds=3),
        Weighed(_SMALL),
        Pseudo(_SMALL, share=1.0),
        Augmented(_SMALL, methods=("spacing", "jamo", "delete")),
        Cleaned(_SMALL, how="relabel", judge=_OTHER, folds=3),
        Thresholded(_SMALL),
        Ordinal(_SMALL),
        Halved((_SMALL, _OTHER)),
        CutPoints(TfidfOrdinal(c=4.0)),
        Conformal(TfidfRidge(words=(1, 1), chars=(0, 0), c=4.0)),
        Fitted(BEFORE),
        Prepared(_SMALL, (Normalise("text"), DropDuplicates(("text",)))),
        Searched(_SMALL, paths=("c",), trials=3),
        Exported(_SMALL),
    )


def _of_images() -> tuple[Any, ...]:
    return (
        ImageLinear(size=16, cells=4),
        DescribedImages(Boosting(rounds=50, leaves=8, least_rows=3), size=16),
        _SEEN,
    )


def _students() -> tuple[Any, ...]:
    return (
        Distilled(_SMALL, _BAG, more=More(made=1.0)),
        Distilled(Blend((_SMALL, _OTHER)), _SMALL),
        Distilled(TfidfRidge(), _BAG),
        Distilled(Crf(), SequenceTagger(_GRU, _STEPS, reading=_READ)),
        Distilled(DescribedImages(Boosting(rounds=50, leaves=8, least_rows=3), size=16), _SEEN),
    )


def _with_a_base(base: str) -> tuple[Any, ...]:
    return (
        Probe(base=base, max_length=32),
        PairProbe(base=base, max_length=32),
        Prototypes(base=base, max_length=32),
        ImageProbe(base=f"{base}/{SIGHT}"),
        TunedImages(base=f"{base}/{SIGHT}", optimization=_BRISK, changes=Changes(cutout=0.0)),
        Contrastive(base=base, optimization=_TOGETHER, max_length=32),
        CrossEncoder(base=base, optimization=_BRISK, max_length=32),
        BiEncoder(base=base, optimization=_BRISK, max_length=32),
        WordProbe(base, layers=2, max_length=32),
        TunedTagger(base, Full(embeddings=True), _BOLD, dropout=0.0, reading=Reading(max_length=32), patience=30),
        SpanReader(base, Full(embeddings=True), _CALM, dropout=0.0, max_length=48),
        FineTuned(base=base, optimization=_BRISK, max_length=32),
        SeveralHeads(FineTuned(base=base, optimization=_BRISK, max_length=32), views=0.03),
        FineTuned(base=base, tuning=Lora(rank=4), optimization=_CALM, max_length=32),
        Exported(Probe(base=base, max_length=32)),
        Quantized(Probe(base=base, max_length=32)),
        QuantizationAware(FineTuned(base=base, optimization=_BRISK, max_length=32), epochs=4.0),
        Distilled(
            FineTuned(base=base, optimization=_BRISK, max_length=32),
            Layers(1, optimization=_BRISK, inside=Inside(("hidden", "cosine"))),
        ),
        Pruned(FineTuned(base=base, optimization=_BRISK, max_length=32), share=0.6, steps=2, optimization=_AGAIN),
        Sparsified(FineTuned(base=base, optimization=_BRISK, max_length=32), share=0.5, steps=2, optimization=_AGAIN),
    )


# What was fitted before in a world that the usual learner does not claim.
EARLIER: Mapping[str, Any] = {
    "numbers": TfidfRidge(),
    "tags": Crf(),
    "spans": SpanRanker(),
    "table": TableLinear(c=1.0),
    "prices": TableLinear(c=1.0),
    "pairs": PairLinear(),
    "images": ImageLinear(size=16, cells=4),
}

# kind of learner -> law -> why it need not hold
EXEMPT: Mapping[str, Mapping[str, str]] = {
    "majority": {"learns_the_truth": "it is the floor: it reads no word"},
    "quantized": {
        "rows_of_weight_zero_are_as_if_absent": _SCALED,
        "batch_size_changes_nothing": _EIGHT,
        "order_changes_nothing": _EIGHT,
    },
    "distilled": {"rows_of_weight_zero_are_as_if_absent": _DRAWS, "decided_fits_without_tune": _EPOCHS},
    "onnx": {"rows_of_weight_zero_are_as_if_absent": _SCALED},
    "fitted": {"a_class_without_rows_is_improbable": _BEFORE, "a_class_alone_is_answered": _BEFORE},
    "quantization_aware": {"rows_of_weight_zero_are_as_if_absent": _DRAWS},
    "augmented": {"rows_of_weight_zero_are_as_if_absent": _DRAWS},
    "bagged": {"rows_of_weight_zero_are_as_if_absent": _BAGS},
    "swapped": {"rows_of_weight_zero_are_as_if_absent": _DRAWS},
    "cleaned": {"rows_of_weight_zero_are_as_if_absent": _JUDGED},
    "probe": {"rows_of_weight_zero_are_as_if_absent": _SCALED},
    "hashed_ngrams": {"rows_of_weight_zero_are_as_if_absent": _DRAWS, "decided_fits_without_tune": _EPOCHS},
    "char_convolution": {"rows_of_weight_zero_are_as_if_absent": _DRAWS, "decided_fits_without_tune": _EPOCHS},
    **{
        kind: {"rows_of_weight_zero_are_as_if_absent": _DRAWS, "decided_fits_without_tune": _EPOCHS}
        for kind in (
            "cross_encoder",
            "bi_encoder",
            "several_heads",
            "sequence_network",
            "sequence_tagger",
            "pruned",
            "sparsified",
        )
    },
    "pair_probe": {"rows_of_weight_zero_are_as_if_absent": _SCALED, "batch_size_changes_nothing": _HALVES},
    "span_reader": {
        "learns_the_truth": "the tiny encoder knows no word of these passages; tests/model/spans has some it knows",
        "rows_of_weight_zero_are_as_if_absent": _DRAWS,
    },
    "contrastive": {"rows_of_weight_zero_are_as_if_absent": _DRAWS},
    "finetuned": {"rows_of_weight_zero_are_as_if_absent": _DRAWS, "decided_fits_without_tune": _EPOCHS},
}


def exemptions(learner: Any) -> Mapping[str, str]:
    """The laws that need not hold for a learner, with reasons."""
    return EXEMPT.get(learner.kind, {})
